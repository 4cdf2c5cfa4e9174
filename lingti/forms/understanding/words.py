"""The words of forms: which mean the same, what is counted, which units go together."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lingti.forms.reading.row_kinds import squeezed
from lingti.forms.understanding import offices

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
    r"^(?:[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、．)）](?!\d)|[①-⑳]|[-—•·*★▲]|附[件表录][\d一二三四五六七八九十]+(?:[-—.]\d+)?[:：]?)+"
)
# Who does what only residents do goes without saying, and so does who had a part in it.
_ACTOR = re.compile(
    r"(?:居民|群众){1,2}(?=(?:共|积极|踊跃)?(?:参与|参加|获得|获取|兑换|点单|提出|反映))(?!参[与加]人)"
    r"|(?:推动|促成|助力|促进|帮助|帮扶)(?:居民|群众)?(?=(?:实现|成功)?(?:就业)?上岗|(?:实现|成功)?安置)"
)
_NUMBER = re.compile(
    r"(?:实际|本期|当期|最终|年终|期末|月度|季度|半年|年度|全年)?(?:完成|发生|达到|达成|填报|统计|上报)?(?:的)?(?:情况|数值|数据|数字|数量|数|值|量|额|结果|实绩)?"
)
_LONGEST_TAIL = 6
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
    implied: dict[str, frozenset[str]]
    fields: dict[str, frozenset[str]]  # heading → the matters it is one of
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
    complete: frozenset[str]
    done: frozenset[str]


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
        _with_totals({word: unit for unit, words in told["tails"].items() for word in words}),
        {unit: frozenset(found) for unit, found in kinds.items()},
        frozenset(told["noise"]["words"]),
        frozenset(told["noise"]["whole"]),
        frozenset(told["noise"]["titles"] + told["noise"]["headings"]) | offices.plain_words(),
        frozenset(told["noise"]["groups"] + told["noise"]["headings"]) | offices.plain_words(),
        {word: frozenset(besides) for word, besides in told["implied"].items()},
        {word: frozenset(of.split()) for of, words in told["fields"].items() for word in words},
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
        frozenset(told["complete"]["words"]),
        frozenset(told["done"]["words"]),
    )


def _with_totals(tails: dict[str, str]) -> dict[str, str]:
    """With those that say besides that it is all of it: 总笔数, 时长总计, 人次合计."""
    known = {
        word: unit for word, unit in tails.items() if unit and unit != "%" and "总" not in word
    }
    more = {f"总{word}": unit for word, unit in known.items() if len(word) > 1}
    ends = ("总数", "总计", "合计", "数")
    more |= {word + end: unit for word, unit in known.items() for end in ends if len(word) > 1}
    return more | tails


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
    plain = _ACTOR.sub("", _MARKS.sub("", text).lower())
    known = lexicon()
    noise = known.noise
    if title:
        noise |= known.of_titles | {word for word in known.tails if len(word) > 1}
    if group:
        noise |= known.of_groups
    heads = known.fields if title or group else {}
    concepts, left = _parted(plain, noise, heads)
    end, tail = "", None
    # A group of which all is known counts nothing: 力量 in 发动志愿力量 is no 量.
    if not title and not (group and concepts and not left):
        plain, end = _tail(plain)
        tail = known.tails[end] if end else None
        concepts, left = _parted(plain, noise, heads)
    for concept in [*concepts]:
        concepts -= known.implied.get(concept, frozenset())
    if end in known.all_of and not concepts & known.told_by:
        left = [*left, end]
    return Named(frozenset(concepts), tuple(left), tail, bool(concepts) and end in known.weak)


def _parted(
    plain: str, noise: frozenset[str], heads: Mapping[str, frozenset[str]]
) -> tuple[set[str], list[str]]:
    """The concepts of a text, the longest words first, and what is left unexplained.

    Where these leave something, and shorter words leave nothing, it is of these: 基层|党委.
    """
    concepts, left = _longest_first(plain, noise, heads)
    if left and (whole := _all_known(plain, noise, heads)) is not None:
        return whole, []
    return concepts, left


def _all_known(
    plain: str, noise: frozenset[str], heads: Mapping[str, frozenset[str]]
) -> set[str] | None:
    """The concepts of a text cut into as few words as can be, all of them known; else None."""
    same = lexicon().same
    longest = max(map(len, [*same, *noise, *heads]))
    best: list[tuple[int, str] | None] = [(0, "")] + [None] * len(plain)
    for end in range(1, len(plain) + 1):
        for start in range(max(0, end - longest), end):
            word, before = plain[start:end], best[start]
            if before is None or not (word in same or word in noise or word in heads):
                continue
            old = best[end]
            if old is None or before[0] + 1 < old[0]:
                best[end] = before[0] + 1, word
    if best[-1] is None:
        return None
    concepts: set[str] = set()
    at = len(plain)
    while at and (cut := best[at]):
        concepts |= set(same.get(cut[1], [cut[1]] if cut[1] in heads else ()))
        at -= len(cut[1])
    return concepts


def _longest_first(
    plain: str, noise: frozenset[str], heads: Mapping[str, frozenset[str]]
) -> tuple[set[str], list[str]]:
    same = lexicon().same
    concepts: set[str] = set()
    left: list[str] = []
    run = ""
    longest = max(map(len, [*same, *noise, *heads]))
    at = 0
    while at < len(plain):
        for length in range(min(longest, len(plain) - at), 0, -1):
            word = plain[at : at + length]
            if word in same or word in noise or word in heads:
                break
        else:
            run += plain[at]
            at += 1
            continue
        concepts |= set(same.get(word, [word] if word in heads else ()))
        left, run = [*left, run] if run else left, ""
        at += length
    return concepts, [*left, run] if run else left


def _tail(plain: str) -> tuple[str, str]:
    """A name without what it counts at its end, and the word that says it; "" where none does."""
    known = lexicon()
    for length in range(min(_LONGEST_TAIL, len(plain)), 0, -1):
        word = plain[-length:]
        is_whole = length == len(plain) and length == 1
        is_cut = _is_cut(plain, len(plain) - length, is_who=word[:2] in known.weak)
        if word in known.tails and not is_whole and not is_cut:
            return plain[:-length], word
    return plain, ""


def _is_cut(plain: str, at: int, *, is_who: bool) -> bool:
    """Whether a word would be cut in two: 商家 in 签约商家数, before 家数.

    Not where another ends there: 诉求 in 诉求件数, though 诉求件 is a word; but 服务居民 is one.
    """
    known = lexicon().same
    if not is_who and any(plain[start:at] in known for start in range(max(0, at - 4), at - 1)):
        return False
    return any(
        plain[start:end] in known
        for start in range(max(0, at - 4), at)
        for end in range(at + 1, len(plain) + 1)
    )


def says_number(core: str) -> bool:
    """Whether a name only says that a number stands there: 完成情况, 实际完成值."""
    return core in lexicon().whole or (bool(core) and bool(_NUMBER.fullmatch(core)))


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
