"""One name on a form taken apart: place, time, unit, and the concepts of what is counted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from lingti.catalog import DISTRICT
from lingti.district import District
from lingti.forms.reading.row_kinds import squeezed
from lingti.forms.understanding import times, words
from lingti.forms.understanding.times import ConflictError, Time
from lingti.forms.understanding.words import Unit

TOTALS = frozenset(
    ["合计", "总计", "小计", "共计", "全区合计", "合计数", "全区总计", "总数", "全区"]
)
_BRACKETS = re.compile(r"[（(\[【]([^（）()\[\]【】]*)[）)\]】]")
_SLASH = re.compile(r"[/／]([^/／]{1,4})$")
# How a table is laid out is nothing that is counted: 公益岗分项服务次数.
_APART = re.compile(r"分项|分类别?|[分逐](?:月|季)(?!度)|按(?:月|类别|项目)")
_EACH = re.compile(r"(个?小时|人|人次)[/／每](人|名|场)")
_EACH_OF = {"人": "人均", "名": "人均", "场": "场均"}
_EMPTY_BRACKETS = frozenset(
    [
        "",
        "必填",
        "选填",
        "如有",
        "个",
        "整数",
        "保留一位小数",
        "保留两位小数",
        "保留1位小数",
        "保留2位小数",
        "盖章",
        "公章",
    ]
)


@dataclass(frozen=True, eq=False)
class Places:
    """The names of places: `exact` → id, `full` are those that are known within a text too.

    Two are the same only where they are one, so that what was read by one is kept.
    """

    exact: Mapping[str, str]
    full: Mapping[str, str]


def places_of(district: District) -> Places:
    """The names of a district's communities and its own; those of two are none's."""
    exact: dict[str, set[str]] = {}
    full: dict[str, str] = {}
    for community in district.communities:
        short = community.short.zh
        names = [
            community.name.zh,
            community.name.en,
            short,
            community.short.en,
            f"{short}社区",
            f"{short}居委会",
        ]
        names += [
            f"{community.name.zh}居委会",
            f"{community.name.zh}居民委员会",
            f"{community.name.zh}党委",
        ]
        for name in names:
            if name:
                exact.setdefault(squeezed(name).lower(), set()).add(community.id)
        full |= {squeezed(name): community.id for name in (community.name.zh, f"{short}社区")}
    for name in (district.name.zh, district.name.en, "全区"):
        if name:
            exact.setdefault(squeezed(name).lower(), set()).add(DISTRICT)
    full.setdefault(squeezed(district.name.zh), DISTRICT)
    by_length = sorted((name for name in full if len(name) > 2), key=len, reverse=True)
    return Places(
        {name: ids.pop() for name, ids in exact.items() if len(ids) == 1},
        {name: full[name] for name in by_length},
    )


@dataclass(frozen=True)
class Label:
    """What a name says. `core` is it without time, unit and brackets, as members are written.

    `concepts` include what is not explained, `left`; `tail` as of `words.Named`. `conflict` where
    it says two times.
    """

    core: str
    concepts: frozenset[str]
    left: tuple[str, ...]
    tail: str | None
    unit: Unit | None
    time: Time
    place: str = ""
    total: str = ""
    conflict: bool = False
    weak: bool = False

    def counted(self, unit: str) -> list[str]:
        """All that it says of what is counted: units, and "" for a bare 数.

        `unit` is said elsewhere, so that 走访居民 may only say who.
        """
        only_who = self.weak and unit in words.lexicon().weak_by
        units = [] if self.tail is None or only_who else [self.tail]
        return [*units, self.unit.name] if self.unit else units


@lru_cache(maxsize=4096)
def label(text: str, known: Places, *, title: bool = False, group: bool = False) -> Label:
    """Takes a name apart: of a cell, a title, or a group of rows or columns."""
    plain = words.without_order(text)
    plain, unit, brackets, time, conflict = _without_brackets(plain)
    if unit is None and (slash := _SLASH.search(plain)) and (unit := words.unit_of(slash[1])):
        plain = plain[: slash.start()]
    try:
        plain, outside = times.said(plain)
        time = times.merged([time, outside])
    except ConflictError:
        conflict = True
    if plain in TOTALS:
        place = DISTRICT if plain.startswith("全区") else ""
        return Label(plain, frozenset(), (), None, unit, time, place, plain, conflict)
    if place := known.exact.get(plain.lower(), ""):
        return Label(plain, frozenset(), (), None, unit, time, place, "", conflict)
    plain, place = _without_place(plain, known)
    parts = words.named(plain, title=title, group=group)
    inside = [words.named(bracket) for bracket in brackets]
    left = (*parts.left, *(word for named in inside for word in named.left))
    core = words.without_order(plain)
    if core in words.lexicon().shares:
        left = (core,)
    concepts = parts.concepts.union(left, *(named.concepts for named in inside))
    return Label(core, concepts, left, parts.tail, unit, time, place, "", conflict, parts.weak)


def in_brackets(text: str) -> list[str]:
    """What stands in the brackets of a text, those aside that only tell how to fill it in."""
    texts = [match[1] for match in _BRACKETS.finditer(text)]
    return [text for text in texts if text not in _EMPTY_BRACKETS]


def of_title(text: str, known: Places) -> list[Label]:
    """What a title says is counted, its brackets apart; without whose and of when it is."""
    plain = squeezed(text)
    parts = [_BRACKETS.sub("", plain), *(match[1] for match in _BRACKETS.finditer(plain))]
    parts = [_APART.sub("", words.without_end(part)) for part in parts if part]
    labels = [label(part, known) for part in parts if part]
    return [
        replace(each_label, place="", time=Time(), total="", conflict=False)
        for each_label in labels
        if each_label.concepts or each_label.unit or each_label.tail is not None
    ]


def _without_brackets(plain: str) -> tuple[str, Unit | None, list[str], Time, bool]:
    """A text without its brackets; the unit and time in them, and what else they say."""
    unit: Unit | None = None
    left: list[str] = []
    time, conflict = Time(), False
    while match := _BRACKETS.search(plain):
        inside = match[1]
        if (each := _EACH.fullmatch(inside)) and unit is None:  # 小时/人 is of each of them
            unit = words.unit_of(each[1])
            left.append(_EACH_OF[each[2]])
        elif (unit_inside := words.unit_of(inside)) is not None and unit is None:
            unit = unit_inside
        elif inside not in _EMPTY_BRACKETS:
            try:
                rest, inside_time = times.said(inside)
                time = times.merged([time, inside_time])
            except ConflictError:
                rest, conflict = "", True
            if rest and not (words.unit_of(rest) and unit is None):
                left.append(rest)
            elif rest:
                unit = words.unit_of(rest)
        plain = plain[: match.start()] + plain[match.end() :]
    return plain, unit, left, time, conflict


def places_in(text: str, known: Places) -> list[str]:
    """The places whose names stand in a text."""
    places = []
    for name, place in known.full.items():  # the longest first
        if name in text:
            places.append(place)
            text = text.replace(name, "")
    whole = known.exact.get(text.lower())
    return places or ([whole] if whole else [])


def _without_place(plain: str, known: Places) -> tuple[str, str]:
    if plain.startswith("全区"):
        return plain.removeprefix("全区"), DISTRICT
    for name, place in known.full.items():
        if name in plain:
            return plain.replace(name, ""), place
    return plain, ""
