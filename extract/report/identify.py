"""Who reports: the organ, from the text alone.

Never from a host name or a file name. What the text does not say, or says of two organs, stays NULL.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from extract.report.mirror import injected_words
from extract.report.organ_names import (
    HAN,
    LEVEL,
    NOT_PLACE,
    SEAT,
    SUFFIX,
    TOWNSHIP,
    Named,
    agree,
    complete,
    governs,
    is_half,
    is_name,
    is_national,
    qualified,
    says_where,
    words,
    written_out,
)
from extract.report.titles import LONGEST_TITLE, Title
from extract.report.years import SHORTEST_PROSE, YEAR

OPENING: Final = 3000
"""Code points of a report in which it says who reports."""

_SELVES: Final = {text: tuple(note.split()) for text, note in words("self")}
_OWN_WORD: Final = re.compile(rf"[我本]({'|'.join(_SELVES)})(?![法理公站])")

_NAME: Final = rf"{HAN}{{0,28}}?(?:{SUFFIX}|{LEVEL})"
_PUBLISHES: Final = "公布|公开|编写|编制|发布|现将"
_ALIAS: Final = r"(?:\([^()\d]{1,20}\))?"
"""The organ's further name in brackets behind it: 某区商务局(粮食局)."""
_STATED: Final = re.compile(rf"(?:{_PUBLISHES}|报告)(?={HAN}*+[\d(])(?P<organ>{_NAME}){_ALIAS}{YEAR}年")
_BEHIND_NAME: Final = re.compile(rf"年(?<=(?:{HAN}|\))(?:19|20)\d{{2}}年)")
_LONGEST_STATED: Final = 2 + 28 + max(map(len, f"{SUFFIX}|{LEVEL}".split("|"))) + 22 + len("2020")  # up to its 年
_STATED_AFTER: Final = re.compile(rf"{YEAR}年(?:度)?(?P<organ>{_NAME})(?:政府|政务)?信息公开")
_BEHIND_VERB: Final = re.compile(rf"年(?<=(?:{_PUBLISHES})(?:19|20)\d{{2}}年)")
"""A statement is read where its year stands: a literal is found fastest, and few follow a name or a verb."""
_REPORT: Final = "(?:政府|政务)?信息公开(?:工作)?(?:年度)?(?:工作)?(?:报告|年报)"
_TITLED_IN_TEXT: Final = re.compile(
    rf"《(?:(?P<organ>{_NAME}){YEAR}年(?:度)?{_REPORT}|(?P<told>{_NAME}){_REPORT}\((?:19|20)\d{{2}}年(?:度)?\))》"
)
_COMPILED: Final = re.compile(
    rf"(?:由|^|[。,\s])(?P<organ>(?:(?!由|报告){HAN}){{2,28}}?(?:{SUFFIX}))"
    r"(?:(?<!办公室)(?<!办公厅)(?:(?:(?<=管理委员会)|(?<=管委会))办公室)?"
    r"(?:现公布|现发布|(?:现将|向社会(?:公布|公开|发布))(?=\d{4}年)|(?:按照|按|根据|依据)[^。,]{0,30}(?:,结合实际)?,?编制"
    r"|(?:组织|负责)?编制)"
    r"|(?<=人民政府)办公[室厅][^。]{0,40}(?:综合|汇总)[^。]{0,40}(?:编制|而成))"
    rf"|结合(?P<told>{_NAME}){YEAR}年(?:度)?(?:政府|政务)?信息公开"
)
"""Who compiled the report; an office of a government compiles that of the government."""
_QUOTED: Final = re.compile(r"《[^》\n]{0,80}》")
_GOES_ON_TO_SAY: Final = (
    "认真|严格|坚持|在|按照|深入|全面|高度|始终|政府信息|积极|紧紧|围绕|贯彻|以|持续|政务公开|不断|切实"
    "|依托|通过|主动公开|深化|聚焦|加强|扎实|坚决|紧扣|大力|着力|进一步"
)
_SUBJECT: Final = re.compile(
    rf"(?:^|[。\s])(?:{YEAR}年(?:度|以来|来)?,?)(?P<organ>{HAN}{{2,14}}?(?:{SUFFIX}|{LEVEL}))(?={_GOES_ON_TO_SAY})"
    rf"|(?:^|[。\s])(?P<told>{_NAME})(?=(?:19|20)\d{{2}}年(?:度)?(?:主动公开|发布各类|共(?:主动)?公开|共发布|{_REPORT}由))"
)
_TOWN_SUBJECT: Final = re.compile(
    rf"(?<!{HAN})({HAN}{{2,5}}?(?:{'|'.join(TOWNSHIP)})(?:办事处|人民政府)?)(?={_GOES_ON_TO_SAY}|成立|共公开)"
)
_TITLE_WITHOUT_YEAR: Final = re.compile(
    rf"(?P<organ>{HAN}{{3,30}}?)(?:\d{{0,3}}年)?(?:度)?(?:政府|政务)?信息公开(?:工作)?(?:年度)?(?:工作)?(?:报告|年报)"
)
_BEGINS_TEXT: Final = re.compile(r"。|^\s*[一二]\s*[、.]")
_BEFORE_NAME: Final = re.compile(r"[的了与是由](?!平|田|林|县|硕|龙|布克)")
"""Words of a sentence that a name never begins with; some place names have them inside."""
_LABELS: Final = "|".join(r"\s?".join(text) for text, _ in words("publisher"))
_PUBLISHER: Final = re.compile(
    rf"(?:{_LABELS})\s{{0,3}}[】\]]?[:|】\]][\s|]{{0,3}}(?P<organ>{_NAME})(?=\s|$|[|(,。;责作发])"
)
_FILLER: Final = re.compile(
    rf"(?:{'|'.join(text for text, _ in words('filler'))})\s{{0,3}}(?:\([盖公]?章\))?\s{{0,3}}[:|][\s|]{{0,3}}"
    rf"(?:\([盖公]?章\)[\s|]{{0,3}})?(?P<organ>{_NAME})(?=\s|$|[|(,。;])"
)
"""Who filled the statistics table in."""
_STATISTICS: Final = r"(?:政府)?信息公开(?:工作)?(?:(?:基本)?情况|年报|年度报告)?统计(?:(?:年|季|半年)?报?表|数据)"
_CAPTION: Final = re.compile(
    rf"(?:附(?:件|表)?\d{{0,2}}[:.、]?)?(?:{YEAR}年度?)?(?P<organ>{HAN}{{2,30}}?)(?:(?:19|20)\d{{2}}年度?)?{_STATISTICS}.{{0,16}}"
)
"""The caption of a statistics table that names the organ."""
_CAPTION_ALONE: Final = re.compile(rf"(?:附(?:件|表)?\d{{0,2}}[:.、]?)?(?:{YEAR}年度?)?{_STATISTICS}(?:\(.{{1,12}}\))?")
_HEADER: Final = re.compile(r"[\s|]+(?:统计\s?指标|指标\s?名称|指标|项目)[\s|]")
"""Where the table begins in the line of its caption."""
_DATE: Final = r"(?:19|20)\d{2}(?:年|[./-])\d{1,2}(?:月|[./-])\d{1,2}日?"
_DATE_LINE: Final = re.compile(rf"\(?(?:{_DATE}|(?:19|20)\d{{2}}年.{{1,3}}月.{{1,3}}日)\)?")
_BEGINS_DATE: Final = ("(", "1", "2")
_ENDS_DATE: Final = ("日", ")")
_SIGNED: Final = re.compile(rf"(?P<organ>{HAN}{{3,34}})(?P<date>{_DATE})?")
_SEAL: Final = re.compile(r"\((?:盖章|公章|印章|章)\)")
_TERRITORY: Final = re.compile(r"[我全本](区|市|县|州|省|旗|盟|镇|乡|街道)")
_ANNOUNCES_ITSELF: Final = re.compile(
    r"公开[^。]{0,120}(?:报告|公布|汇报|总结|公开|编制|情况)如下|[现特](?:向社会)?(?:公布|发布|公开)"
    r"|全文(?:包括|由)|编制本(?:年度)?报告|本(?:年度)?报告(?:中?所列|中的数据|数据|由|是?根据|依据|按照|的?统计|电子版|内容|包括)"
)
_BEGINNING: Final = 400
_REPORTS_HEADING: Final = re.compile(
    r"[一二三四五六七八九]、[^。,\d]{0,16}?(主动公开|依申请公开|收费|复议)[^。,\d]{0,24}(?:\n|情况)"
)
_LEAST_HEADINGS: Final = 3
_OWN_ORGAN: Final = re.compile("本(?:机关|单位|部门)")
_PLACE: Final = re.compile(rf"{HAN}{{3,4}}")
_PLACES: Final = re.compile(rf"{HAN}{{1,6}}?[省市县区州旗盟镇乡](?!场)")
_OF_LEVEL: Final = {
    level: f"(?<![县市区旗]){level}(?:政府|委|局|级|直|内|人民政府)|[我全]{level}" for level in "省市县区州旗盟镇乡"
}
"""How a department speaks of the place of its own level."""
_PATH: Final = re.compile(r"(?:位置|首页).*[>»›].*[>»›]")
_STEP: Final = re.compile(r"[>»›|:]+")
_TOWN_LINE: Final = re.compile(rf"{HAN}{{1,8}}?[县市区旗]{HAN}{{1,6}}(?:镇|乡|街道)")
_PLACE_LINE: Final = re.compile(rf"{HAN}{{1,8}}(?:{LEVEL})")


def find_organ(lines: Sequence[str], titles: Sequence[Title], text: str) -> Named | None:
    """The organ that reports: from the title, what the text says it publishes, the signature, the publisher's line,
    the subject of its sentences, or composed from a place and 我区, 我市 (大祥区 -> 大祥区人民政府).

    None where a statement and the signature agree on another organ than the title's, and where the page carries
    foreign words and names the organ in its title only.
    """
    opening = _QUOTED.sub("", text[:OPENING])
    heads = _heads(lines, titles)
    titled = _from_titles(heads) or _beside_title(lines, heads, text) or _from_title_without_year(lines)
    titled = titled or _from_caption(lines) or _beside_title(lines, _captions(lines), text)
    signed = _from_signature(lines)
    stated = _stated(text) if signed or not titled else None
    if titled and stated and signed and _outvoted(titled.name, stated.name, signed.name):
        return None
    named = titled or stated or _compiled(text, opening) or _from_pattern(_FILLER, text, "publisher")
    named = named or next(_weak(text, opening, signed), None)
    if named is None:
        return None
    name = qualified(named.name, text)
    if is_half(name):
        name = next((each.name for each in _weak(text, opening, signed) if agree(name, each.name)), name)
    if is_half(name):
        return None
    name = written_out(name, text)
    if injected_words(text) and not _recurs(named, lines, titles):
        return None
    return Named(name, named.basis)


def speaks_of_itself(text: str) -> bool:
    """Whether the text says 我局, 本机关, 我县: a page about the reports of others does not."""
    return bool(_own_words(text)) or any(said.search(text) for said in (_TERRITORY, _OWN_ORGAN))


def announces_itself(text: str) -> bool:
    """Whether the text begins by saying that it is a report (现将我局…情况报告如下), or has the headings of one."""
    if _ANNOUNCES_ITSELF.search(text[:_BEGINNING]):
        return True
    return len({match[1] for match in _REPORTS_HEADING.finditer(text)}) >= _LEAST_HEADINGS


def heads_text(titles: Sequence[Title], lines: Sequence[str]) -> bool:
    """Whether the first title stands above the text."""
    return bool(_heads(lines, titles[:1])) and not any("。" in line for line in lines[: titles[0].row])


def stated_year(text: str) -> int | None:
    """The year of the report that the text says it is publishing."""
    before, after = _all_statements(text)
    match = next(iter(before or after), None)
    return int(match["year"]) if match else None


def _stated(text: str) -> Named | None:
    before, after = _all_statements(text)
    return _from_matches(before, "title") or _from_matches(after, "title")


@lru_cache(maxsize=4)  # the same text is looked at where a report begins and where it is read
def _all_statements(text: str) -> tuple[tuple[re.Match[str], ...], tuple[re.Match[str], ...]]:
    """Where the text says whose report of which year it publishes: the organ first, the year first."""
    opening = _QUOTED.sub("", text[:OPENING])
    return tuple(_statements(opening)), tuple(_statements_after(opening))


def _statements(opening: str) -> Iterator[re.Match[str]]:
    """The organ before the year: 现将某县2021年…公布如下."""
    end = 0
    for year in _BEHIND_NAME.finditer(opening):
        if match := _STATED.search(opening, max(end, year.start() - _LONGEST_STATED), year.end()):
            yield match
        end = year.end()


def _statements_after(opening: str) -> Iterator[re.Match[str]]:
    """The year first: 现将2021年某县政府信息公开…."""
    end = 0
    for year in _BEHIND_VERB.finditer(opening):
        start = year.start() - len("公布2020")
        if start >= end and (match := _STATED_AFTER.match(opening, year.start() - len("2020"))):
            end = match.end()
            yield match


def _compiled(text: str, opening: str) -> Named | None:
    return _from_pattern(_TITLED_IN_TEXT, text[:OPENING], "title") or _from_pattern(_COMPILED, opening, "title")


def _weak(text: str, opening: str, signed: Named | None) -> Iterator[Named]:
    """What may name the organ where neither title nor statement does, as far as the text's own 我局, 我镇 allow it."""
    selves = _own_words(text)
    if signed and _suits(signed.name, selves):
        yield signed
    publisher = _from_pattern(_PUBLISHER, opening, "publisher")
    if publisher and _suits(publisher.name, selves) and _is_publishers_own(publisher.name, text, selves):
        yield publisher
    subject = _from_pattern(_SUBJECT, opening, "self_reference")
    if subject and _suits(subject.name, selves):
        yield subject
    town = _from_subjects(opening)
    if town and _suits(town.name, selves) and (selves or not _TERRITORY.search(text)):
        yield town
    path = _from_path(text[:OPENING])
    if path and _suits(path.name, selves):
        yield path
    department = publisher is not None and not governs(publisher.name) and _suits(publisher.name, selves)
    if not selves and not (department and publisher and not publisher.name.endswith(("办公室", "办公厅"))):
        place = _from_place(text)
        if place:
            yield place


@lru_cache(maxsize=1)
def _own_words(text: str) -> Counter[str]:
    """How often the text says 我局, 我镇, ... by kind of organ."""
    return Counter(_OWN_WORD.findall(text))


def _suits(name: str, selves: Counter[str]) -> bool:
    """Whether an organ of this name can call itself as the text mostly does."""
    return not selves or name.endswith(_SELVES[selves.most_common(1)[0][0]])


def _is_publishers_own(name: str, text: str, selves: Counter[str]) -> bool:
    """Whether the publisher reports on itself: it says 我局; else a government's page publishes for many organs, and
    a department publishes what 我县 reports."""
    if selves or name.endswith(("镇人民政府", "乡人民政府", "街道办事处")):
        return True
    speaks_of_region = _TERRITORY.search(text) is not None
    return speaks_of_region if governs(name) else not (speaks_of_region or name.endswith(("府办公室", "府办公厅")))


def _outvoted(titled: str, stated: str, signed: str) -> bool:
    return agree(stated, signed) and not agree(titled, stated) and not agree(titled, signed)


def _recurs(named: Named, lines: Sequence[str], titles: Sequence[Title]) -> bool:
    """Whether the text confirms a name outside the titles: by the name, or by its place, or the level of that (区政府,
    省局), where it calls itself as such an organ can."""
    head = {title.row for title in titles}
    rest = "\n".join(line.replace(" ", "") for row, line in enumerate(lines) if row not in head)
    seat = next((seat for seat in SEAT.values() if seat and named.name.endswith(seat)), "")
    stem = named.name.removesuffix(seat)
    if stem in rest:
        return True
    places = [place for place in _PLACES.findall(stem) if place not in NOT_PLACE]
    if not places or not _suits(named.name, _own_words(rest)):
        return False
    return places[-1] in rest or re.search(_OF_LEVEL[places[-1][-1]], rest) is not None


def _from_titles(titles: Sequence[Title]) -> Named | None:
    for title in titles:
        if title.organ and (named := complete(title.organ)) and not injected_words(title.text):
            return named
    return None


def _heads(lines: Sequence[str], titles: Sequence[Title]) -> list[Title]:
    """The titles above the text; those below it are links to other reports."""
    if not titles:
        return []
    first = titles[0].row
    if "。" in lines[first]:  # all of a page in one line
        return [titles[0]]
    text = next((row for row in range(first + 1, len(lines)) if _BEGINS_TEXT.search(lines[row])), len(lines))
    return [title for title in titles if title.row < text]


def _from_title_without_year(lines: Sequence[str]) -> Named | None:
    """The organ of a line that is a title but for its year, which it lacks or which is damaged."""
    for line in lines:
        if len(line) > LONGEST_TITLE:
            return None
        match = _TITLE_WITHOUT_YEAR.fullmatch(line.replace(" ", "")) if "公" in line and "开" in line else None
        named = complete(match["organ"]) if match else None
        if named and is_name(named.name) and not injected_words(line):
            return named
    return None


def _from_caption(lines: Sequence[str]) -> Named | None:
    """The organ that the caption of a statistics table names."""
    for _, caption in _caption_lines(lines):
        match = _CAPTION.fullmatch(caption)
        named = complete(match["organ"]) if match else None
        if named and not is_half(named.name):
            return named
    return None


def _caption_lines(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The lines that may be captions of statistics, without marks before them and the table behind."""
    for row, line in enumerate(lines):
        if "统计" in line:
            head = _HEADER.split(line, 1)[0].replace(" ", "").strip("#*|")
            if len(head) <= LONGEST_TITLE:
                yield row, head


def _captions(lines: Sequence[str]) -> list[Title]:
    """The captions of statistics tables that name no organ, as titles."""
    return [Title(row, 0, "", caption) for row, caption in _caption_lines(lines) if _CAPTION_ALONE.fullmatch(caption)]


def _beside_title(lines: Sequence[str], titles: Sequence[Title], text: str) -> Named | None:
    """The organ's name alone on the line above or below a title that names none; not one of a menu's names."""
    for title in titles:
        if title.organ:
            continue
        above = [name for line in lines[max(0, title.row - 6) : title.row] if (name := _bare(line))]
        below = [name for line in lines[title.row + 1 : title.row + 4] if (name := _bare(line))]
        while above and above[-1] in title.text:  # a title over several lines
            above.pop()
        if len(above) > 1 and is_national(above[-2]) and is_name("".join(above[-2:])):
            return Named("".join(above[-2:]), "title")  # 国家税务总局 over 某县税务局 over the title
        menu = {line for line in above + below if is_name(line)}
        if not menu and _PLACE_LINE.fullmatch("".join(above[-2:-1])) and is_name("".join(above[-2:])):
            return Named("".join(above[-2:]), "title")  # 攸县 over 应急管理局 over the title
        for line in [*above[-1:], *below[:1]]:
            if menu == {line} and _suits(line, _own_words(text)):
                return Named(line, "title")
            if not menu and _TOWN_LINE.fullmatch(line):
                return complete(line)
    return None


def _bare(line: str) -> str:
    return line.replace(" ", "").strip("()")


def _from_pattern(pattern: re.Pattern[str], text: str, basis: str) -> Named | None:
    return _from_matches(pattern.finditer(text), basis)


def _from_matches(matches: Iterable[re.Match[str]], basis: str) -> Named | None:
    for match in matches:
        name = _BEFORE_NAME.split(match["organ"] or match["told"])[-1]
        first, _, second = name.partition("和")
        named = None if second and complete(first) else complete(name)  # 住房和城乡建设局 is one, two organs are none
        if named and (says_where(named.name) or is_half(named.name)):
            return Named(named.name, "composed" if named.basis == "composed" else basis)
    return None


def _from_signature(lines: Sequence[str]) -> Named | None:
    """An organ's name alone on a line below the text, with a date behind or below it; the last one counts."""
    prose = next((row for row, line in enumerate(lines) if _is_prose(line)), len(lines))
    dated = False  # whether the next line that is not blank is a date
    for line in reversed(lines[prose + 1 :]):
        bare = line.replace(" ", "")
        if (dated or bare[-1:] in _ENDS_DATE or bare[-1:].isdecimal()) and len(line) <= 2 * SHORTEST_PROSE:
            match = _SIGNED.fullmatch(_SEAL.sub("", bare))
            if match and (match["date"] or dated) and is_name(match["organ"]):
                return Named(match["organ"], "signature")
        if bare and not bare.isspace():
            dated = bare[0] in _BEGINS_DATE and _DATE_LINE.fullmatch(bare) is not None
    return None


def _is_prose(line: str) -> bool:
    return (len(line) >= SHORTEST_PROSE or _BEGINS_TEXT.search(line) is not None) and not line.isspace()


def _from_path(opening: str) -> Named | None:
    """The one department in the path of the page (当前位置: 首页 > 县水利局 > 年报), where it is printed."""
    for line in opening.split("\n"):
        if len(line) < 2 * LONGEST_TITLE and _PATH.search(line):
            parts = {part for each in _STEP.split(line) if is_name(part := each.strip(" :"))}
            departments = {name for name in parts if not governs(name)}
            if len(departments) == 1:
                return Named(departments.pop(), "publisher")
    return None


def _from_subjects(opening: str) -> Named | None:
    """The one township that sentences begin with (秀市镇成立了…), where there is no other."""
    named = {complete(name) for name in _TOWN_SUBJECT.findall(opening)} - {None}
    only = named.pop() if len(named) == 1 else None
    return Named(only.name, "composed" if only.basis == "composed" else "self_reference") if only else None


def _from_place(text: str) -> Named | None:
    """我区 and a place that ends in 区, named twice at least: the longest spelling that nearly all mentions share."""
    own = Counter(_TERRITORY.findall(text))
    for level, _ in own.most_common(2):
        short = Counter(text[match.start() - 2 : match.end()] for match in re.finditer(level, text))
        named = ((n, gram) for gram, n in short.most_common() if n > 1 and _names_place(gram, level))
        count, best = next(named, (0, ""))
        if not best:
            continue
        for _ in range(2):
            longer = Counter(re.findall(rf"{HAN}{best}", text)).most_common(1)
            if longer and longer[0][1] * 5 >= count * 4:
                best = longer[0][0]
        return Named(best + SEAT[level], "composed")
    return None


def _names_place(gram: str, level: str) -> bool:
    """Whether two characters and a level can be a place: not 我市, 各县区 or a piece of a sentence."""
    common = any(gram.endswith(word) for word in NOT_PLACE if word.endswith(level))
    return not common and _PLACE.fullmatch(gram) is not None
