"""Rows that may not count though they are data: marked 作废 and the like. Asked once per word."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

import numpy as np

from lingti.district import Source
from lingti.ingest.checking.cell_problems import shown_cell
from lingti.ingest.checking.row_outcomes import Flags
from lingti.ingest.checking.void_words import WORDS, void_word
from lingti.ingest.layout.merged_marks import is_tick
from lingti.ingest.mapping.match_source import Binding, Piece, plain
from lingti.ingest.questions import Asking
from lingti.ingest.values import cell_values
from lingti.language import gettext as _

# Cells that say no by themselves, in a column that asks whether a row counts.
_NO = frozenset([*"否不无×✗✘╳缺旷假废退未0Nn", "no", "No", "NO", "FALSE", "false", "不是", "没有"])
_WHETHER = re.compile(
    "是否?(有效|到场|到会|到|参加|参与|出席|签到|出勤|通过|计入|确认)"
    "|^(有效|到场|出勤|签到|出席|到会)$"
)
_PUT_OFF = ("延期", "改期", "未举办", "未开展", "停办")
_OF_STATE = re.compile("(完成|开展|举办|落实|执行|进展|实施)情况")
_IN_BRACKETS = re.compile(r"[(（\[【](.+?)[)）\]】]")
_COLUMN = re.compile(
    "(完成|开展|举办|落实|执行|进展|实施)情况|签名|签字|到会|出席|参会|接龙|回执|备注|备考|说明|状态|状况|标记|标注|是否|有效|签到|出勤|到场|审核|核实|核销|remark|note|status|state"
)
_HELD = {"activities", "service", "public_posts", "councils"}
_PLAN = re.compile(
    r"((?:计划|预告|排期|预安排|报名)(?:一览|汇总|统计|登记|接龙)?(?:表|名单|名册)?)(?:[\s（(.]|$)"
)
# Columns of ticks or signatures, in which nothing means that somebody was not there.
_SIGNED = re.compile(
    "(本人|是否|实际)?(签到|签名|签字|到场|到会|出席|出勤|参加|参会)(签名|签字|确认|情况|栏|处|与否)?"
)
_ROWS_NAMED = 12


def find(
    asking: Asking, piece: Piece, source: Source, bindings: Sequence[Binding]
) -> list[tuple[str, Flags]]:
    """The rows of a table that do not count by what was answered, with why they are set aside."""
    set_aside: list[tuple[str, Flags]] = []
    table = piece.table
    if table.struck and _struck(asking, piece) == "void":
        set_aside.append(("struck", _rows(piece, table.struck)))
    if table.hidden and _hidden(asking, piece) == "void":
        set_aside.append(("hidden", _rows(piece, table.hidden)))
    if table.merged_rows and _merged(asking, piece) == "void":
        set_aside.append(("merged", _at(piece, table.merged_rows)))
    if (word := void_word(table.sheet)) and _whole_sheet(asking, piece, word) == "void":
        set_aside.append(("void", np.ones(len(table), bool)))
    if _HELD.intersection(source.tables) and _planned(asking, piece) == "void":
        set_aside.append(("planned", np.ones(len(table), bool)))
    beside = {plain(name) for name in _named(source, piece, bindings)}
    for column in piece.table.columns:
        named = plain(column)
        if named in beside:
            set_aside += [("void", flags) for flags in _marked(asking, piece, column, beside=True)]
        elif _COLUMN.search(named) and not _is_mapped(column, piece, source, bindings):
            set_aside += [("void", flags) for flags in _marked(asking, piece, column)]
            set_aside += [("unticked", flags) for flags in _unticked(asking, piece, column)]
    return set_aside


def _named(source: Source, piece: Piece, bindings: Sequence[Binding]) -> Iterator[str]:
    """The columns that name a table's persons, activities and the like."""
    for binding in bindings:
        if binding.piece is piece:
            columns = source.catalog.tables[binding.feed.table].columns
            texts = {
                column.name for column in columns if column.type == "varchar" and not column.allowed
            }
            for ours, mapped in binding.feed.columns.items():
                if ours == "name" or ours in texts:
                    yield from mapped.columns


def _struck(asking: Asking, piece: Piece) -> str | None:
    return asking.ask(
        "struck_rows",
        _("Do rows that are struck through count?"),
        {"void": _("No, they do not count"), "count": _("Yes, like the others")},
        default="void",
        sheet=piece.table.sheet,
        examples=_numbered(piece.table.struck),
    )


def _hidden(asking: Asking, piece: Piece) -> str | None:
    return asking.ask(
        "hidden_rows",
        _("Do rows that a filter hides count?"),
        {"count": _("Yes, like the others"), "void": _("No, they do not count")},
        default="count",
        sheet=piece.table.sheet,
        examples=_numbered(piece.table.hidden),
        file=hashlib.sha256(piece.file.data).hexdigest(),
    )


def _merged(asking: Asking, piece: Piece) -> str | None:
    """Whether a mark in a merged cell holds for each row or day that it covers."""
    table = piece.table
    marks = list(dict.fromkeys(cell_values.written(mark) for mark in table.merged.values()))
    rows = sorted({table.row_numbers[at] for at in table.merged_rows})
    return asking.ask(
        "merged_cells",
        _("A merged cell holds {mark} for several rows or days. Do they all count?").format(
            mark="、".join(f"“{mark}”" for mark in marks[:3])
        ),
        {"count": _("Yes, each of them"), "void": _("No, only the first row or day")},
        default="count" if any(map(is_tick, table.merged.values())) else "void",
        sheet=table.sheet,
        examples=_numbered(rows),
    )


def _unticked(asking: Asking, piece: Piece, column: str) -> Iterator[Flags]:
    """Rows whose tick or signature is blank, where that was said to mean absent."""
    cells, codes = piece.table.distinct(column)
    blank = [at for at, cell in enumerate(cells) if not cell_values.written(cell).strip()]
    flags = np.isin(np.asarray(codes), blank)
    if not _SIGNED.fullmatch(plain(column)) or not flags.any() or 2 * flags.sum() > len(flags):
        return
    numbers = np.asarray(piece.table.row_numbers)[flags].tolist()
    choice = asking.ask(
        "unticked",
        _("Do rows count in which “{column}” is blank?").format(column=column),
        {"void": _("No, they were not there"), "count": _("Yes, like the others")},
        default="void",
        sheet=piece.table.sheet,
        column=column,
        examples=_numbered(sorted(set(numbers))),
    )
    if choice == "void":
        yield flags


def _whole_sheet(asking: Asking, piece: Piece, word: str) -> str | None:
    return asking.ask(
        "void_word",
        _("Do the rows of the sheet “{sheet}” count?").format(sheet=piece.table.sheet),
        {"void": _("No, they do not count"), "count": _("Yes, like the others")},
        default="void",
        sheet=piece.table.sheet,
        word=word,
    )


def _planned(asking: Asking, piece: Piece) -> str | None:
    """Whether what a title calls a plan was held; None for other titles."""
    matches = (
        _PLAN.search(text) for text in (piece.table.title, piece.table.sheet, piece.file.name)
    )
    plan = next((match for match in matches if match), None)
    if plan is None:
        return None
    return asking.ask(
        "planned",
        _("The table calls itself “{word}”. Was what stands in it held?").format(word=plan[1]),
        {"count": _("Yes, all of it; it counts"), "void": _("No, it is a plan; it does not count")},
        default="void",
        sheet=piece.table.sheet,
        word=plan[1],
    )


def _numbered(rows: Sequence[int]) -> list[str]:
    shown = ", ".join(map(str, rows[:_ROWS_NAMED])) + (" …" if len(rows) > _ROWS_NAMED else "")
    return [_("Rows {rows}").format(rows=shown)]


def _at(piece: Piece, positions: Sequence[int]) -> Flags:
    """The rows of a table at these positions."""
    flags: Flags = np.zeros(len(piece.table), bool)
    flags[positions] = True
    return flags


def _rows(piece: Piece, numbers: Sequence[int]) -> Flags:
    """Which of a table's rows have these numbers."""
    return np.isin(np.asarray(piece.table.row_numbers), numbers)


def _marked(asking: Asking, piece: Piece, column: str, *, beside: bool = False) -> Iterator[Flags]:
    """Rows that carry a word which was said to make them void; `beside` a name it stands in
    brackets, or alone: 张三（取消）, 清扫【延期】, 不参加."""
    cells, codes = piece.table.distinct(column)
    texts = [cell_values.written(cell).strip() for cell in cells]
    if beside:
        texts = [text if text in WORDS else " ".join(_IN_BRACKETS.findall(text)) for text in texts]
    of_state = _OF_STATE.search(plain(column)) is not None
    says_no = not beside and _WHETHER.search(plain(column)) is not None
    by_word: dict[str, list[int]] = {}
    for index, text in enumerate(texts):
        word = (
            text
            if says_no and text in _NO
            else void_word(text, more=_PUT_OFF if beside or of_state else ())
        )
        if word:
            by_word.setdefault(word, []).append(index)
    for word, indices in by_word.items():
        choice = asking.ask(
            "void_word",
            _("Do rows marked “{word}” in “{column}” count?").format(word=word, column=column),
            {"void": _("No, they do not count"), "count": _("Yes, like the others")},
            default="void",
            sheet=piece.table.sheet,
            column=column,
            word=word,
            examples=[shown_cell(texts[index], ()) for index in indices],
        )
        if choice == "void":
            yield np.isin(np.asarray(codes), indices)


def _is_mapped(column: str, piece: Piece, source: Source, bindings: Sequence[Binding]) -> bool:
    """Whether a source says already what the words of a column mean."""
    for binding in bindings:
        if binding.piece is not piece:
            continue
        feed = binding.feed
        if plain(column) in set(map(plain, [*feed.when, *feed.unless])):
            return True
        ours = {one.name: one for one in source.catalog.tables[feed.table].columns}
        for name, mapped in feed.columns.items():
            if plain(column) in map(plain, mapped.columns):
                known = ours.get(name)
                if mapped.values or (known and (known.allowed or known.type != "varchar")):
                    return True
    return False
