"""Lists of communities as people type them, or paste them from a sheet."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from lingti.district import plausible
from lingti.district.model import Community
from lingti.language import gettext as _

FIELDS = ("name", "subdistrict", "residents", "households", "as_of", "topic")
_COUNTS = ("households", "residents")  # in this order: 常住户数 are households
_HEADERS = {
    "name": re.compile(r"社区|村|单位|名称|community|name", re.IGNORECASE),
    "subdistrict": re.compile(r"街道|镇|乡|subdistrict", re.IGNORECASE),
    "households": re.compile(r"户(?!籍人|籍$|口)|households", re.IGNORECASE),
    "residents": re.compile(r"人口|人数|居民|常住|residents|population", re.IGNORECASE),
    "as_of": re.compile(r"截至|截止|时间|日期|as of|day", re.IGNORECASE),
    "topic": re.compile(r"领题|课题|主题|topic", re.IGNORECASE),
}
_CELLS = re.compile(r"\t|[,，;；|]|\s{2,}")
_COUNT = re.compile(
    r"(\d[\d,，]*)(?:\.0+)?\s*(万)?\s*(?:人|户|名|口)?|(\d+\.\d+)\s*万\s*(?:人|户)?"
)
_ODD_COUNT = re.compile(r"[-−]\d.*|\d+万\d+千.*")  # no count, and no topic either
_NOTHING = re.compile(r"[-—–－/]+|无|暂无")
_TITLE = re.compile(r"(?:所属|所在)?(?:社区|街道|镇街|街镇|村社|单位|序号)(?:名称|名)?")
_HEADING = re.compile(r".*(?:名单|名册|一览表|情况表|统计表|基本情况)")
_TOTAL = re.compile(r"(?:合|总|小)\s*计|全区|总数")
_NUMBER = re.compile(r"\d+\s*[、．.)）]\s*(?=\D)")
_DAY = re.compile(
    r"((?:19|20)\d\d)\s*[-年./]\s*(\d{1,2})\s*(?:[-月./]\s*(\d{1,2})\s*日?)?\s*(?:月?底?)?"
)
_YEAR = re.compile(r"(\d{4})\s*年\s*底?")
_SUBDISTRICT = re.compile(r".{1,12}(?:街道|街道办|镇|乡|办事处)")


@dataclass(frozen=True)
class Typed:
    """A community as it was typed; None and "" where nothing was said."""

    name: str
    subdistrict: str = ""
    residents: int | None = None
    households: int | None = None
    as_of: date | None = None
    topic: str = ""
    subdistrict_above: bool = dataclasses.field(
        default=False, compare=False
    )  # it was blank below that one


def communities(text: str) -> tuple[list[Typed], list[str]]:
    """The communities of a text, one a line, and a sentence per line that is not understood.

    Cells are parted by tabs, commas or wide gaps. A first line of titles says what they are; else
    texts and numbers tell: a name first, residents before households. A heading above and totals
    are left out. A blank subdistrict is that of the line above, as merged cells are pasted.
    """
    lines = [(number, _cells(line)) for number, line in enumerate(text.splitlines(), 1)]
    lines = [(number, cells) for number, cells in lines if any(cells)]
    if len(lines) > 1 and _HEADING.fullmatch("".join(lines[0][1])):
        lines = lines[1:]
    lines = [line for line in lines if not any(map(_TOTAL.fullmatch, line[1]))]
    titles = _titles(lines[0][1]) if lines else None
    understood: list[Typed] = []
    problems: list[str] = []
    of_line = dict(enumerate(text.splitlines(), 1))
    above = _Above(titles.index("subdistrict") if titles and "subdistrict" in titles else None)
    for number, cells in lines[1:] if titles else lines:
        is_filled = above.fill(cells, of_line[number])
        try:
            typed = _named(titles, cells) if titles else _by_looks(cells)
            typed = replace(typed, subdistrict_above=is_filled)
        except ValueError as error:
            problems.append(_("Line {number}: {what}").format(number=number, what=error))
            continue
        if short_of(typed.name) in {short_of(other.name) for other in understood}:
            sentence = _("{name} stands there twice.").format(name=typed.name)
            problems.append(_("Line {number}: {what}").format(number=number, what=sentence))
        else:
            understood.append(typed)
    return understood, problems


@dataclass
class _Above:
    """The subdistrict of the lines above, and the column that it stands in."""

    column: int | None
    name: str = ""

    def fill(self, cells: list[str], line: str) -> bool:
        """Fills a blank cell of a sheet's line; whether it did. A dash says that there is none."""
        if self.column is None:
            looks = [at for at, cell in enumerate(cells) if _SUBDISTRICT.fullmatch(cell)]
            self.column = looks[0] if looks and "\t" in line else None
        if self.column is None or self.column >= len(cells):
            return False
        written = line.split("\t")[self.column].strip() if "\t" in line else "-"
        if written or not self.name:
            self.name = cells[self.column]
            return False
        cells[self.column] = self.name
        return True


def _cells(line: str) -> list[str]:
    """Of a line of a sheet, those between tabs; of one without any mark, words."""
    line = line.strip("\r\n")
    if "\t" in line:
        cells = line.split("\t")
    else:
        cells = _CELLS.split(re.sub(r"(?<=\d)[,，](?=\d{3}\b)", "", line))
        cells = cells if len(cells) > 1 else line.split()
    return ["" if _NOTHING.fullmatch(cell.strip()) else cell.strip() for cell in cells]


def _titles(cells: list[str]) -> list[str] | None:
    """Which field each cell of a line of titles names; None for a line that is none.

    A field of tens of thousands ends in 万. Residents are those who live there (常住).
    """
    if any(re.search(r"\d", cell) for cell in cells):
        return None
    if "name" in (only := [_field(cell, ()) for cell in cells]) and all(
        _TITLE.fullmatch(cell) for cell in cells if cell
    ):
        return only
    if len(cells) < 2:
        return None
    lives_there = any("常住人" in cell for cell in cells)
    fields: list[str] = []
    for cell in cells:
        is_other = lives_there and "户籍人" in cell
        fields.append("" if is_other else _field(cell, fields))
    is_line = "name" in fields and len([field for field in fields if field]) > 1
    has_name_alone = any(
        re.search(r"人口|人数|户|街道名|名称|社区名|领题|截", cell) for cell in cells
    )
    if not (is_line and has_name_alone):
        return None
    pairs = zip(fields, cells, strict=True)
    return [f"{field}万" if field in _COUNTS and "万" in cell else field for field, cell in pairs]


def _field(cell: str, taken: Iterable[str]) -> str:
    left = [one for one in ("name", "subdistrict", *_COUNTS, *FIELDS[4:]) if one not in taken]
    return next((one for one in left if _HEADERS[one].search(cell)), "")


def _named(titles: list[str], cells: list[str]) -> Typed:
    cell_of = {
        field.removesuffix("万"): f"{cell}万" if field.endswith("万") and "万" not in cell else cell
        for field, cell in zip(titles, cells, strict=False)
        if field and cell
    }
    if "name" not in cell_of:
        raise ValueError(_("it names no community"))
    return Typed(
        _NUMBER.sub("", cell_of["name"], count=1),
        cell_of.get("subdistrict", ""),
        count(cell_of.get("residents", "")),
        count(cell_of.get("households", "")),
        _counted_on(cell_of.get("as_of", "")),
        cell_of.get("topic", ""),
    )


def _by_looks(cells: list[str]) -> Typed:
    texts: list[str] = []
    counts: list[int | None] = []
    as_of = None
    for cell in filter(None, cells):
        if _DAY.fullmatch(cell) or _YEAR.fullmatch(cell):
            as_of = _counted_on(cell)
        elif _COUNT.fullmatch(cell):
            counts.append(count(cell))
        elif _ODD_COUNT.fullmatch(cell):
            raise ValueError(_("{text!r} is no number").format(text=cell))
        else:
            texts.append(_NUMBER.sub("", cell, count=1))
    if len(counts) > 2:
        if counts[0] and counts[0] < 100:  # a running number stands first
            counts = counts[1:]
        if len(counts) > 2:
            raise ValueError(_("more than two numbers; write residents and households"))
    placed = [text for text in texts if _SUBDISTRICT.fullmatch(text)]
    rest = [text for text in texts if text not in placed[:1]]
    if placed and not rest:  # a town that is a community itself
        rest, placed = placed[:1], placed[1:]
    if not rest:
        raise ValueError(_("it names no community"))
    counts += [None] * (2 - len(counts))
    if counts[0] is not None and counts[1] is not None and counts[1] > counts[0] > 0:
        sentence = _("more households than residents; a first line of titles tells which is which")
        raise ValueError(sentence)
    return Typed(rest[0], "".join(placed[:1]), counts[0], counts[1], as_of, "".join(rest[1:2]))


def count(text: str) -> int | None:
    """A number of people as it is written, 1.2万人; None for none. Raises ValueError."""
    if not text:
        return None
    match = _COUNT.fullmatch(text)
    if match is None:
        raise ValueError(_("{text!r} is no number").format(text=text))
    if match[3]:
        return plausible.people(round(float(match[3]) * 10_000))
    return plausible.people(int(re.sub(r"[,，]", "", match[1])) * (10_000 if match[2] else 1))


def _counted_on(text: str) -> date | None:
    day = day_of(text)
    return None if day is None else plausible.counted_on(day)


def day_of(text: str) -> date | None:
    """A day; of a month or a year its last one."""
    if not text:
        return None
    if year := _YEAR.fullmatch(text):
        return date(int(year[1]), 12, 31)
    match = _DAY.fullmatch(text)
    if match is None:
        raise ValueError(_("{text!r} is no day; write 2025-12-31").format(text=text))
    try:
        year_number, month = int(match[1]), int(match[2])
        if match[3]:
            return date(year_number, month, int(match[3]))
        after = date(year_number + month // 12, month % 12 + 1, 1)
        return date.fromordinal(after.toordinal() - 1)
    except ValueError as error:
        raise ValueError(_("{text!r} is no day; write 2025-12-31").format(text=text)) from error


def ids(named: Iterable[Typed], known: Iterable[Community]) -> Iterator[tuple[str, Typed]]:
    """An id for each: that of the known community of that name, else one made of its name."""
    known = list(known)
    by_name = {
        name: community.id
        for community in known
        for name in (community.name.zh, community.short.zh)
    }
    taken = {community.id for community in known}
    for typed in named:
        community_id = by_name.get(typed.name) or new_id(typed.name, taken)
        taken.add(community_id)
        yield community_id, typed


def new_id(name: str, taken: Iterable[str]) -> str:
    """An id that no other has: the name in short, as far as an id may be."""
    taken = set(taken)
    short = re.sub(r"\W", "", short_of(name)).lower()
    if not short.isidentifier() or short == "district":
        short = f"c_{short}"
    numbered = (f"{short}{number}" for number in range(2, len(taken) + 3))
    return short if short not in taken else next(one for one in numbered if one not in taken)


def short_of(name: str) -> str:
    """A community's name in short: 望江社区 is 望江."""
    for ending in ("社区居委会", "社区居民委员会", "社区", "村委会"):
        if len(name) > len(ending) + 1 and name.endswith(ending):
            return name.removesuffix(ending)
    return name
