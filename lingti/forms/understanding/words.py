"""The words of forms: which mean the same, what is counted, which units go together."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from lingti.forms.reading.row_kinds import squeezed
from lingti.forms.understanding import offices

_FILE = Path(__file__).with_name("words.toml")
_RESTRICTING = _FILE.with_name("restricting.toml")
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
Cut = tuple[int, int, bool]  # from, to, and whether it is a word that is known
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
    own_fields: dict[str, frozenset[str]]  # heading → words of the names that it may head
    ends: tuple[str, ...]
    shares: frozenset[str]
    counted: dict[str, str]
    acts: frozenset[str]
    apart: dict[str, frozenset[str]]  # matter → what happens to other parts of it each
    restricts: tuple[str, ...]
    never_parts: frozenset[str]  # words that restrict, and are not made of words that do not
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
        _fields(told["fields"]),
        _fields(told["own_fields"]),
        tuple(sorted(told["noise"]["ends"], key=len, reverse=True)),
        frozenset(told["noise"]["shares"]),
        dict(told["counted"]),
        frozenset(told["acts"]["words"]),
        {matter: frozenset(acts) for matter, acts in told["apart"].items()},
        tuple(told["restricts"]["words"]),
        frozenset(told["restricts"]["words"]).union(*_never_parts().values()),
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


def _fields(told: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    return {word: frozenset(of.split()) for of, words in told.items() for word in words}


def _never_parts() -> dict[str, list[str]]:
    return tomllib.loads(_RESTRICTING.read_text("utf-8"))


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
    noise = _noise(title, group)
    heads = known.fields | known.own_fields if title or group else {}
    if group and plain in heads:  # 服务群众 over names of their own, else whom it served
        return Named(frozenset({plain}), (), None)
    concepts, left = _parted(plain, noise, heads, guarded=title or group)
    end, tail = "", None
    # A group of which all is known counts nothing: 力量 in 发动志愿力量 is no 量.
    if not title and not (group and concepts and not left):
        plain, end = _tail(plain)
        tail = known.tails[end] if end else None
        concepts, left = _parted(plain, noise, heads, guarded=title or group)
    for concept in [*concepts]:
        concepts -= known.implied.get(concept, frozenset())
    if end in known.all_of and not concepts & known.told_by:
        left = [*left, end]
    return Named(frozenset(concepts), tuple(left), tail, bool(concepts) and end in known.weak)


@cache
def _noise(title: bool, group: bool) -> frozenset[str]:
    """The words that change nothing in a name; in one of a title, and of a group."""
    known = lexicon()
    tails = frozenset(word for word in known.tails if len(word) > 1) if title else frozenset[str]()
    of_title = known.of_titles | tails if title else tails
    return known.noise | of_title | (known.of_groups if group else frozenset[str]())


def _parted(
    plain: str, noise: frozenset[str], heads: Mapping[str, frozenset[str]], *, guarded: bool = False
) -> tuple[set[str], list[str]]:
    """The concepts of a text, and what is left unexplained.

    It is cut into the longest words first; where that leaves something, so that least is left:
    基层|党委. Of a guarded text nothing that restricts is taken for a part of it: 社会|组织.
    """
    cuts = _longest_first(plain, noise, heads)
    if not all(is_known for _start, _end, is_known in cuts):
        cuts = _least_left(plain, noise, heads)
    same = lexicon().same
    concepts: set[str] = set()
    left = []
    for start, end, is_known in cuts:
        word = plain[start:end]
        concepts |= set(same.get(word, [word] if word in heads else ())) if is_known else set()
        left += [] if is_known else [word]
    if guarded:
        composed = _composed(plain, cuts, noise, heads)
        left += [word for word in composed if not any(word in each for each in left)]
    return concepts, left


def _composed(
    plain: str, cuts: list[Cut], noise: frozenset[str], heads: Mapping[str, frozenset[str]]
) -> list[str]:
    """The words of a text that restrict, and that no longer word which is known holds.

    Only where the text leaves no more when it is cut around them: 务工 is in no 服务工作.
    """
    held = [(start, end) for start, end, is_known in cuts if is_known]
    most = sum(end - start for start, end, is_known in cuts if not is_known)
    return [
        match[1]
        for match in _restricting().finditer(plain)
        if not any(
            start <= match.start() and match.end(1) <= end and end - start > len(match[1])
            for start, end in held
        )
        and sum(
            end - start
            for part in (plain[: match.start()], plain[match.end(1) :])
            for start, end, is_known in _least_left(part, noise, heads)
            if not is_known
        )
        <= most
    ]


@cache
def _restricting() -> re.Pattern[str]:
    every = sorted(lexicon().never_parts, key=len, reverse=True)
    return re.compile(f"(?=({'|'.join(map(re.escape, every))}))")  # they may overlap


def _least_left(
    plain: str, noise: frozenset[str], heads: Mapping[str, frozenset[str]]
) -> list[Cut]:
    """A text cut so that least of it is no word that is known, and then into fewest words."""
    same = lexicon().same
    longest = _longest(noise, heads)
    # Up to each place: characters and runs left, words, and the last cut.
    best: list[tuple[int, int, int, int, bool]] = [(0, 0, 0, 0, True)]
    for end in range(1, len(plain) + 1):
        before = best[end - 1]
        runs = before[1] + (end == 1 or before[4])
        ways = [(before[0] + 1, runs, before[2], end - 1, False)]
        for start in range(max(0, end - longest), end):
            word = plain[start:end]
            if word in same or word in noise or word in heads:
                before = best[start]
                ways.append((before[0], before[1], before[2] + 1, start, True))
        best.append(min(ways, key=lambda way: (way[:3], way[3])))
    cuts: list[Cut] = []
    at = len(plain)
    while at:
        start, is_known = best[at][3:]
        if cuts and not is_known and not cuts[-1][2]:
            cuts[-1] = start, cuts[-1][1], False
        else:
            cuts.append((start, at, is_known))
        at = start
    return cuts[::-1]


def _longest_first(
    plain: str, noise: frozenset[str], heads: Mapping[str, frozenset[str]]
) -> list[Cut]:
    same = lexicon().same
    cuts: list[Cut] = []
    longest = _longest(noise, heads)
    at = 0
    while at < len(plain):
        for length in range(min(longest, len(plain) - at), 0, -1):
            word = plain[at : at + length]
            if word in same or word in noise or word in heads:
                cuts.append((at, at + length, True))
                at += length
                break
        else:
            if cuts and not cuts[-1][2]:
                cuts[-1] = cuts[-1][0], at + 1, False
            else:
                cuts.append((at, at + 1, False))
            at += 1
    return cuts


@lru_cache(maxsize=64)
def _longest_noise(noise: frozenset[str]) -> int:
    return max(map(len, noise))


def _longest(noise: frozenset[str], heads: Mapping[str, frozenset[str]]) -> int:
    return max(_longest_noise(noise), max(map(len, lexicon().same)), *map(len, heads), 0)


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
