"""A mapping for an unknown layout: proposed from its headers and cells, decided by the user."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

from lingti.catalog import PERSON, Column, Table
from lingti.district import ColumnMap, District
from lingti.ingest.checking.cell_problems import shown_cell
from lingti.ingest.checking.convert_column import EARLIEST, Context, parse
from lingti.ingest.checking.pseudonyms import mask_person
from lingti.ingest.mapping.match_source import Piece, plain
from lingti.ingest.mapping.templates import ADDED
from lingti.ingest.reading.sheet_tables import Cell
from lingti.ingest.values import cell_values, names
from lingti.language import Text

SURE, LIKELY, POSSIBLE = 0.9, 0.6, 0.35
# Of a table as a whole: all that it needs is there under a usual name, named by a title or not.
SURE_KIND = 0.7
_TRIED = 200  # distinct cells of a column that are tried
_SHOWN = 3
# What systems note of their own: never the day, the kind or the way of what a row tells.
_OF_THE_PROGRAM = re.compile(
    "^(录入|创建|更新|修改|导出|打印|同步|上传|审核|提交|注册)|证件(类[型别]|种类)|(编号|编码|代码)$"
)
_WITHOUT_MEANING = 0.3  # what is left of the sureness of a table nothing of which is told
PERSON_COLUMNS = ("name", "phone", "id")
_UNITS = {"分钟": "minutes", "minutes": "minutes", "半天": "half_days", "天数": "days"}


@dataclass(frozen=True)
class Choice:
    """The column of an export proposed for one of ours; `sureness` from 0 to 1.

    Several columns together make one text, such as estate, building and room. Without a column a
    `constant` may hold for every row.
    """

    columns: tuple[str, ...]
    sureness: float
    values: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    constant: str | None = None

    @property
    def column(self) -> str | None:
        """The first of the columns, or None."""
        return self.columns[0] if self.columns else None

    @property
    def is_made(self) -> bool:
        """Whether anything feeds our column."""
        return bool(self.columns) or self.constant is not None


@dataclass(frozen=True)
class Proposal:
    """How an export could feed a canonical table.

    `choices` has one entry per column of ours. `unknown_words` are cells of a column with a fixed
    list of values that stand for none of them, per column of ours.
    """

    canonical: Table
    sureness: float
    choices: Mapping[str, Choice]
    unknown_words: Mapping[str, tuple[str, ...]]

    @property
    def table(self) -> str:
        """The name of the canonical table."""
        return self.canonical.name

    @property
    def missing(self) -> list[str]:
        """The required columns of ours that nothing was found for."""
        table = self.canonical
        lacking = [
            one.name
            for one in table.columns
            if one.required and one.name != PERSON and not self.choices[one.name].is_made
        ]
        nobody = all(
            self.choices[name].column is None for name in PERSON_COLUMNS if name in self.choices
        )
        return [*lacking, *([PERSON] if table.has_person and nobody else [])]

    @property
    def is_sure(self) -> bool:
        """Whether it is sure what the rows are; else somebody has to say."""
        return self.sureness >= SURE_KIND and not self.missing

    @property
    def unsure_of(self) -> list[str]:
        """The columns of ours of whose source it is not sure."""
        return [name for name, one in self.choices.items() if one.columns and one.sureness < SURE]


def our_columns(table: Table) -> dict[str, Column | None]:
    """What a mapping can name: our columns, with a person as name, phone and ID number."""
    named: dict[str, Column | None] = {}
    for column in table.columns:
        if column.name == PERSON:
            named |= dict.fromkeys(PERSON_COLUMNS)
        else:
            named[column.name] = column
    return named


def propose(known: District, piece: Piece) -> list[Proposal]:
    """How a table could feed ours, the surest first."""
    found = [_of_table(table, piece, known.today) for table in known.catalog.tables.values()]
    return sorted(found, key=lambda one: -one.sureness)


def samples(piece: Piece, column: str, *, secret: bool) -> list[str]:
    """A few cells of a column as people may see them; a person's are asterisks."""
    cells = [cell_values.written(cell).strip() for cell in piece.table.distinct(column)[0]]
    secret = secret or names.are_persons(cells[:_TRIED], [1] * len(cells[:_TRIED]), column)
    shown = list(dict.fromkeys(cell for cell in cells if cell))[:_SHOWN]
    return [mask_person(one) if secret else shown_cell(one, ())[:24] for one in shown]


def looks_personal(column: str) -> bool:
    """Whether a header speaks of what identifies a person, so that its cells are not shown."""
    named = plain(column)
    words = [word for name in PERSON_COLUMNS for word in _dictionary()["persons"][name]]
    return any(plain(word) in named for word in words) or "址" in named or "户" in named


def _of_table(table: Table, piece: Piece, today: date) -> Proposal:
    ours = our_columns(table)
    scored = [
        (score, name, column)
        for name, known in ours.items()
        for column in piece.table.columns
        if plain(column) not in ADDED
        and (score := _likeness_of(table, name, known, column, piece)) >= POSSIBLE
        and (score := score * _fitting_share(known, name, column, piece, today)) >= POSSIBLE
    ]
    chosen: dict[str, tuple[str, float]] = {}
    used: set[str] = set()
    for score, name, column in sorted(scored, key=lambda one: -one[0]):
        if name not in chosen and column not in used:
            chosen[name] = (column, score)
            used.add(column)
    choices, unknown = {}, {}
    for name, known in ours.items():
        found, score = chosen.get(name, (None, 0.0))
        meant, rest = words_of(table, known, found, piece)
        columns: tuple[str, ...] = (found,) if found else ()
        constant = None
        if found is None:
            constant = _constant(table, known, piece)
        elif known is not None and known.role == "keyed":
            columns = _address(piece, found)
        unit = unit_of(known, found)
        choices[name] = Choice(columns, round(score, 2), meant, unit, constant)
        if rest:
            unknown[name] = tuple(rest)
    return Proposal(table, _sureness(table, choices, piece), choices, unknown)


def _likeness_of(table: Table, name: str, known: Column | None, column: str, piece: Piece) -> float:
    """How much a column looks like one of ours: by its header, and where there is none by what its
    cells are, days, persons, numbers or words; words alone tell of no kind."""
    if piece.table.header_rows:
        return _likeness(table, name, column)
    cells, codes = piece.table.distinct(column)
    texts = [cell_values.written(cell).strip() for cell in cells]
    rows = [0] * len(texts)
    for code in codes:
        rows[code] += 1
    if names.are_persons(texts, rows):
        return 0.9 * (name == "name")
    if known is None:
        return 0.9 * (name != "name" and _fitting_share(known, name, column, piece, EARLIEST) > 0.9)
    if all(isinstance(cell, int | float) for cell in cells if cell is not None):
        return 0.8 * (known.type in ("integer", "decimal(8, 2)"))
    if any(isinstance(cell, date) for cell in cells):
        return 0.9 * (known.type == "date")
    return 0.9 if known.type == "date" else 0.55 * (known.type == "varchar" and not known.allowed)


def _likeness(table: Table, name: str, column: str) -> float:
    """How much a header looks like those that people usually give a column of ours."""
    known = _synonyms(table, name)
    header = plain(column)
    bare = re.sub(r"[(（\[【].*?[)）\]】]|[*:：]", "", header)
    if header not in known and _OF_THE_PROGRAM.search(bare):
        return 0.0
    last = header.split("·")[-1]
    if {header, bare, last} & set(known):
        place = min(known.index(one) for one in (header, bare, last) if one in known)
        return 1.0 - 0.01 * min(place, 20)
    inside = [len(word) / len(bare) for word in known if len(word) > 1 and word in bare]
    near = max((SequenceMatcher(None, bare, word).ratio() for word in known), default=0.0)
    return max(0.55 + 0.35 * max(inside) if inside else 0.0, 0.8 * near)


def _fitting_share(
    known: Column | None, name: str, column: str, piece: Piece, today: date
) -> float:
    """The share of cells that are what our column holds; a little less than 1 if none are."""
    cells: list[Cell] = [
        one for one in piece.table.distinct(column)[0] if cell_values.written(one).strip()
    ]
    cells = cells[:_TRIED]
    if not cells:
        return 0.9
    if known is None:
        parsers = {"phone": cell_values.phones, "id": cell_values.id_numbers}
        found = parsers[name](cells).values if name in parsers else cell_values.texts(cells).values
        if name == "name":
            found = [
                one if one and not re.search(r"\d", one) and len(one) < 12 else None
                for one in found
            ]
    elif known.allowed:
        return 1.0
    else:
        context = Context(piece, today, frozenset({today.year}))
        mapped = ColumnMap((column,), unit=unit_of(known, column))
        found = parse(known, mapped, cells, context).values
        if known.type == "varchar" and not known.role:
            numbers = sum(isinstance(cell, (int, float)) for cell in cells)
            return 1.0 - 0.5 * numbers / len(cells)
    return sum(one is not None for one in found) / len(cells)


def words_of(
    table: Table, known: Column | None, column: str | None, piece: Piece
) -> tuple[dict[str, str], list[str]]:
    """Of a column with a fixed list of values: what each cell stands for, and the unknown ones."""
    if known is None or not known.allowed or column is None:
        return {}, []
    dictionary = _dictionary()["words"].get(table.name, {}).get(known.name, {})
    meant: dict[str, str] = {}
    unknown = []
    for cell in piece.table.distinct(column)[0][:50]:
        written = cell_values.written(cell).strip()
        titles = {
            value: [value, known.words[value].zh, known.words[value].en] for value in known.allowed
        }
        value = next(
            (one for one in known.allowed if written in [*titles[one], *dictionary.get(one, [])]),
            None,
        )
        if value:
            meant[written] = value
        elif written:
            unknown.append(written)
    return meant, unknown


def _constant(table: Table, known: Column | None, piece: Piece) -> str | None:
    """The value that a sheet's name or the title gives a whole table, as 需求清单 does."""
    dictionary = _dictionary()["words"].get(table.name, {})
    if known is None or not known.required or known.name not in dictionary:
        return None
    texts = " ".join((piece.table.sheet, piece.table.title, piece.file.name))
    named = [one for one, words in dictionary[known.name].items() if any(w in texts for w in words)]
    return named[0] if len(named) == 1 else None


def _address(piece: Piece, found: str) -> tuple[str, ...]:
    """All the columns that together tell a household, in the order of the export."""
    return tuple(
        name
        for name in piece.table.columns
        if name == found or plain(name) in _dictionary()["address"]["parts"]
    )


def unit_of(known: Column | None, column: str | None) -> str:
    """The unit that a header of hours names: minutes, half days, days; "" for hours."""
    if known is None or column is None or not known.type.startswith("decimal"):
        return ""
    return next((unit for word, unit in _UNITS.items() if word in plain(column)), "")


def _sureness(table: Table, choices: Mapping[str, Choice], piece: Piece) -> float:
    """How well the table fits as a whole: what it needs is there, and much of the rest."""
    required = [one.name for one in table.columns if one.required and one.name != PERSON]
    scores = [choices[name].sureness or 0.8 * choices[name].is_made for name in required]
    if table.has_person:
        scores.append(max(choices[name].sureness for name in PERSON_COLUMNS))
    rest = [one.sureness for name, one in choices.items() if name not in required]
    texts = " ".join((piece.table.title, piece.table.sheet, piece.file.name))
    named = any(word in texts for word in _dictionary()["titles"].get(table.name, [table.title.zh]))
    taken = sum(len(one.columns) for one in choices.values()) / max(1, len(piece.table.columns))
    needed = sum(scores) / len(scores)
    score = 0.6 * needed + 0.15 * (sum(rest) / len(rest) if rest else needed)
    score += 0.1 * min(1.0, taken) + 0.15 * named
    telling = _dictionary()["telling"].get(table.name, [])
    is_told = named or not telling or any(choices[name].sureness >= LIKELY for name in telling)
    return round(score * (1.0 if all(scores) else 0.6) * (1.0 if is_told else _WITHOUT_MEANING), 3)


@cache
def _dictionary() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("headers.toml").read_text("utf-8"))


@cache
def _synonyms_of(table: str, name: str, title: Text | None) -> tuple[str, ...]:
    dictionary = _dictionary()
    if title is None:
        return tuple(map(plain, dictionary["persons"][name]))
    named = [title.zh, title.en, *dictionary["columns"].get(table, {}).get(name, [])]
    return tuple(dict.fromkeys(map(plain, named)))


def _synonyms(table: Table, name: str) -> tuple[str, ...]:
    title = None if name in PERSON_COLUMNS else table.column(name).title
    return _synonyms_of(table.name, name, title)
