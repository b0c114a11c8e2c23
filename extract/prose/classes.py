"""The classes of words that the mechanism itself asks for, as sets and patterns of their symbols.

Belongs here: which classes cut, shift or refuse a figure. Does not belong here: the words of a class (word.csv) and
what names a figure (phrase.csv).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final, NamedTuple

from extract.prose.grammar import ALONE, DENIALS, load_grammar
from extract.prose.lexicon import DELIMITERS, FIGURE, ZERO, load_lexicon, load_topics, symbol_of

CLAUSE_ENDS: Final = ",;:()"
CHANNELS: Final = {
    "gazette": "disclosed_via_gazette",
    "web": "disclosed_via_website",
    "weibo": "disclosed_via_weibo",
    "wechat": "disclosed_via_wechat",
    "other_way": "disclosed_via_other",
    "new_media": None,  # a channel without an indicator of its own
}
"""Classes of channels, and the quantity of what is published through each."""
_ENQUIRIES: Final = "enquiry enquiry_by_phone enquiry_in_person enquiry_online"
_OUTCOMES: Final = (
    "upheld corrected other_outcome pending dismissed dismissed_suit withdrawn withdrawn_suit perform illegal "
    "other_corrected"
)


class Classes(NamedTuple):
    """Sets of symbols (frozenset) and patterns over symbols (re.Pattern)."""

    known: frozenset[str]
    topics: dict[str, str]
    others: frozenset[str]  # the site's own statistics
    enquiries: frozenset[str]
    foreign: re.Pattern[str]  # another year's figures, plans, rules, the site's statistics, denials
    turn: re.Pattern[str]  # last year, plans: they can govern a whole sentence
    half: str
    year_ago: str
    plan: str
    since: str
    narrows: re.Pattern[str]  # parts and bodies
    part: str
    body: str
    at: str
    comparing: frozenset[str]
    whole: str
    every: frozenset[str]
    implying: re.Pattern[str]  # words for all, the bracket in which an outcome of all is named, 收到5件,已答复
    going_on: frozenset[str]  # behind the number of all, before what became of them
    carry: str
    respectively: str
    joints: str
    beside: frozenset[str]  # symbols that stand next to a figure of some phrase
    around: frozenset[str]  # the same, and words for all: a figure with none of them beside it is not named
    lists: re.Pattern[str]
    opens_list: frozenset[str]
    before_name: frozenset[str]  # what may stand before 1件予以维持
    verbs: re.Pattern[str]
    handling: frozenset[str]  # steps of handling: what they count is no part of what was received
    not_nouns: frozenset[str]
    channels: frozenset[str]
    channel: re.Pattern[str]
    main_channels: frozenset[str]  # a list of channels without one of these is of some of them
    by_channel: dict[str, str | None]
    asking: re.Pattern[str]  # channels of requests
    meeting: frozenset[str]  # verbs of those who hold a meeting and of those who only come to it
    publish: str
    fielded: frozenset[str]  # what an office has of its own field
    proactive: str
    business: re.Pattern[str]  # an office's other business, for which it takes applications
    answers: frozenset[str]  # what a request can be answered with
    denials: re.Pattern[str]
    alone: frozenset[str]  # denials that need no noun
    qualified: frozenset[str]  # before a denied noun: another quantity is denied
    request: str
    steps: frozenset[str]  # verbs of handling, which may go on about whoever was named before
    of_which: str
    disputes: frozenset[str]
    outcomes: frozenset[str]  # of disputes
    opening: frozenset[str]
    doing: frozenset[str]
    unclean: frozenset[str]  # before a noun: others are counted with it, or it is somebody's business
    runs: dict[str, re.Pattern[str]]  # by sign: nouns joined by 、 and 和 at the end of a clause
    unlisted: re.Pattern[str]  # what makes an unknown part of a list foreign
    uncounted: frozenset[str]  # behind a figure: it counts these, or is no number of the year
    breaks: re.Pattern[str]
    items: re.Pattern[str]


def _set(names: str) -> frozenset[str]:
    return frozenset(map(symbol_of, names.split()))


def _any(symbols: Iterable[str]) -> str:
    return f"[{re.escape(''.join(sorted(symbols)))}]"


def _run(sign: str) -> re.Pattern[str]:
    noun = _any((load_grammar().nouns[sign] | _set("waiver")) - {FIGURE})
    recon, litig, appeal = map(symbol_of, ("recon", "litig", "appeal"))
    joint = rf"(?:{_any(_set('and') | {'、'})}|(?<={recon})(?={litig})|(?<={litig})(?={appeal}))"
    return re.compile(rf"{noun}(?:{joint}{noun})*$")


@cache
def load_classes() -> Classes:
    """Build the sets and patterns once. Raises KeyError naming a class that word.csv does not have."""
    grammar, channels = load_grammar(), _set(" ".join(CHANNELS))
    known = frozenset(symbol for symbol in load_lexicon().symbols.values() if symbol)
    denials = _set(" ".join(DENIALS))
    going_on = _set("and") | {","}
    return Classes(
        known=known,
        topics=load_topics(),
        others=_set(f"site {_ENQUIRIES}"),
        enquiries=_set(_ENQUIRIES),
        foreign=re.compile(_any(_set(f"compare plan rule site since {_ENQUIRIES}") | denials)),
        turn=re.compile(_any(_set("year_ago plan"))),
        half=symbol_of("half"),
        year_ago=symbol_of("year_ago"),
        plan=symbol_of("plan"),
        since=symbol_of("since"),
        narrows=re.compile(_any(_set("part other_body"))),
        part=symbol_of("part"),
        body=symbol_of("other_body"),
        at=symbol_of("at"),
        comparing=_set("compare year_ago"),
        whole=symbol_of("whole"),
        every=_set("all each"),
        implying=re.compile(
            f"{_any(_set('all each') | {'('})}|(?<={FIGURE}){_any(going_on)}"
            f"(?={_any(_set(f'answer complete ontime {_OUTCOMES}'))})"
        ),
        going_on=going_on,
        carry=symbol_of("carry"),
        respectively=symbol_of("respectively"),
        joints="、" + symbol_of("and"),
        beside=grammar.nouns[FIGURE] | grammar.followers,
        around=grammar.nouns[FIGURE] | grammar.followers | _set("all each via"),
        lists=re.compile(_any(_set("of_which in_those rate_accept rate_complete rate_answer")) + "|(?<=#):"),
        opens_list=_set("of_which in_those respectively"),
        before_name=_set("of_which in_those respectively whole all rest"),
        verbs=re.compile(_any(_set("receive accept complete answer"))),
        handling=_set("receive accept complete"),
        not_nouns=_set("whole part all via receive accept other_body"),
        channels=channels,
        channel=re.compile(_any(channels)),
        main_channels=_set("web gazette"),
        by_channel={symbol_of(name): quantity for name, quantity in CHANNELS.items()},
        asking=re.compile(_any(_set("in_person fax online online_request letter email fax_or_letter other_form"))),
        meeting=_set("hold attend"),
        publish=symbol_of("publish"),
        fielded=_set("info norm_doc"),
        proactive=symbol_of("proactive"),
        business=re.compile(_any(_set("licensing licensed penalty coercion"))),
        answers=_set("grant partial nonexist notown"),
        denials=re.compile(_any(denials)),
        alone=_set(" ".join(ALONE)),
        qualified=_set(
            f"refuse partial extended ontime complete answer repeat grant all site {_ENQUIRIES} {_OUTCOMES}"
        ),
        steps=_set("accept complete ontime extended answer"),
        of_which=symbol_of("of_which"),
        request=symbol_of("request"),
        disputes=_set("recon litig"),
        outcomes=_set(_OUTCOMES),
        opening=_set("whole new recipient via at") | frozenset(CLAUSE_ENDS),
        doing=_set("hold issue publish receive accept"),
        unclean=_set("etc handle invest update"),
        runs={sign: _run(sign) for sign in (FIGURE, ZERO)},
        unlisted=re.compile(_any(_set("rule since") | denials)),
        uncounted=grammar.followers | _set(f"site rule part {_ENQUIRIES}"),
        breaks=re.compile(_any(CLAUSE_ENDS)),
        items=re.compile(_any(DELIMITERS)),
    )
