"""The words of forms: which mean the same, what is counted, which units go together."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lingti.forms.reading.row_kinds import squeezed

_FILE = Path(__file__).with_name("words.toml")
_SCALES = {
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10_000,
    "十万": 100_000,
    "百万": 10**6,
    "亿": 10**8,
}
_ORDER = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、．)）](?!\d)|[①-⑳]|[-—•·*★▲]|附[件表录][\d一二三四五六七八九十]+[:：]?)+"
)
_PART = re.compile(r"^[（(]?其中[)）]?[:：]?")
_MARKS = re.compile(r"[\s:：,，。;；、“”\"'‘’《》<>【】\[\]·…—\-~/+&]+")


@dataclass(frozen=True)
class Lexicon:
    """What `words.toml` says, ready to be looked up."""

    same: dict[str, tuple[str, ...]]  # word → concepts
    tails: dict[str, str]  # word at an end → unit, "" for any
    kinds: dict[str, frozenset[str]]  # unit → kinds it can be
    noise: frozenset[str]
    whole: frozenset[str]
    of_titles: frozenset[str]
    of_groups: frozenset[str]
    ends: tuple[str, ...]
    shares: frozenset[str]
    counted: dict[str, str]
    acts: frozenset[str]
    restricts: tuple[str, ...]
    asked: frozenset[str]
    told_by_unit: frozenset[str]
    told_by_matter: frozenset[str]
    free: frozenset[str]
    domains: frozenset[str]
    matters: frozenset[str]
    generic: frozenset[str]
    weak: frozenset[str]
    weak_by: frozenset[str]
    happened: frozenset[str]
    all_of: frozenset[str]
    told_by: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The words, read once."""
    told = tomllib.loads(_FILE.read_text("utf-8"))
    kinds: dict[str, set[str]] = {}
    for kind, units in told["units"].items():
        for unit in units:
            kinds.setdefault(unit, set()).add(kind)
    return Lexicon(
        {word: tuple(to.split()) for to, words in told["same"].items() for word in words},
        {word: unit for unit, words in told["tails"].items() for word in words},
        {unit: frozenset(found) for unit, found in kinds.items()},
        frozenset(told["noise"]["words"]),
        frozenset(told["noise"]["whole"]),
        frozenset(told["noise"]["titles"]),
        frozenset(told["noise"]["groups"]),
        tuple(sorted(told["noise"]["ends"], key=len, reverse=True)),
        frozenset(told["noise"]["shares"]),
        dict(told["counted"]),
        frozenset(told["acts"]["words"]),
        tuple(told["restricts"]["words"]),
        frozenset(map(squeezed, told["asked"]["words"])),
        frozenset(map(squeezed, told["asked"]["but_with_its_unit"])),
        frozenset(map(squeezed, told["asked"]["but_in_its_matter"])),
        frozenset(told["free"]["words"]),
        frozenset(told["domains"]["words"]),
        frozenset(told["matters"]["words"]),
        frozenset(told["generic"]["words"]),
        frozenset(told["weak"]["tails"]),
        frozenset(told["weak"]["units"]),
        frozenset(told["happened"]["words"]),
        frozenset(told["totals"]["tails"]),
        frozenset(told["totals"]["told_by"]),
    )


@dataclass(frozen=True)
class Unit:
    """A unit of a form: its name and how many of it one stands for (万小时: 小时, 10,000)."""

    name: str
    size: int = 1


def unit_of(text: str) -> Unit | None:
    """The unit that a text is; None where it is none that is known."""
    plain = re.sub(r"^(?:计量)?单位[:：]?", "", squeezed(text)).strip("()（）:：").lower()
    if plain in lexicon().kinds:
        return Unit(plain)
    for scale in sorted(_SCALES, key=len, reverse=True):
        if plain.startswith(scale) and plain.removeprefix(scale) in lexicon().kinds:
            return Unit(plain.removeprefix(scale), _SCALES[scale])
    return None


def go_together(one: str, other: str) -> bool:
    """Whether two units count the same things."""
    known = lexicon().kinds
    kinds = known.get(one.lower(), frozenset({one})), known.get(other.lower(), frozenset({other}))
    return bool(kinds[0] & kinds[1])


def all_together(*units: str) -> bool:
    """Whether there is one kind of things that all of these units count."""
    known = lexicon().kinds
    kinds = [known.get(unit.lower(), frozenset({unit})) for unit in units]
    return bool(frozenset.intersection(*kinds))


def without_order(text: str) -> str:
    """A name without what numbers it, and without 其中."""
    plain = squeezed(text)
    while (shorter := _PART.sub("", _ORDER.sub("", plain))) != plain:
        plain = shorter
    return plain.strip(":：")


@dataclass(frozen=True)
class Named:
    """What a name is made of: concepts, what is left unexplained, and what is counted.

    `tail` is a unit, "" for 数, or None where the name says nothing of what is counted; `weak`
    where it only says who.
    """

    concepts: frozenset[str]
    left: tuple[str, ...]
    tail: str | None
    weak: bool = False


def named(text: str, *, title: bool = False, group: bool = False) -> Named:
    """The parts of a name without its brackets, times and places; of a title, or of a group."""
    plain, end, tail = _MARKS.sub("", text).lower(), "", None
    known = lexicon()
    if not title:
        plain, end = _tail(plain)
        tail = known.tails[end] if end else None
    noise = known.noise
    if title:
        noise |= known.of_titles | {word for word in known.tails if len(word) > 1}
    if group:
        noise |= known.of_groups
    concepts: set[str] = set()
    left: list[str] = []
    run = ""
    longest = max(map(len, [*known.same, *noise]))
    at = 0
    while at < len(plain):
        for length in range(min(longest, len(plain) - at), 0, -1):
            word = plain[at : at + length]
            if word in known.same or word in noise:
                break
        else:
            run += plain[at]
            at += 1
            continue
        concepts |= set(known.same.get(word, ()))
        left, run = [*left, run] if run else left, ""
        at += length
    left = [*left, run] if run else left
    if end in known.all_of and not concepts & known.told_by:
        left = [*left, end]
    return Named(frozenset(concepts), tuple(left), tail, bool(concepts) and end in known.weak)


def _tail(plain: str) -> tuple[str, str]:
    """A name without what it counts at its end, and the word that says it; "" where none does."""
    known = lexicon()
    for length in range(min(4, len(plain)), 0, -1):
        word = plain[-length:]
        is_whole = length == len(plain) and length == 1
        if word in known.tails and not is_whole and not _is_cut(plain, len(plain) - length):
            return plain[:-length], word
    return plain, ""


def _is_cut(plain: str, at: int) -> bool:
    """Whether a word would be cut in two: 商家 in 签约商家数, before 家数."""
    known = lexicon().same
    return any(
        plain[start:end] in known
        for start in range(max(0, at - 4), at)
        for end in range(at + 1, len(plain) + 1)
    )


def without_end(text: str) -> str:
    """What a title begins with: 诉求受理件数 of 诉求受理件数分类统计表."""
    plain = squeezed(text)
    while end := next((one for one in lexicon().ends if plain.endswith(one)), ""):
        plain = plain.removesuffix(end)
    return plain


def restricting(left: tuple[str, ...]) -> str:
    """The word that restricts a number to some of it; empty where there is none."""
    text = " ".join(left)
    return next((word for word in lexicon().restricts if word in text), "")
