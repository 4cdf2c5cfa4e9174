"""What is to be filled: every slot with the names that stand around it.

A grid is read as blocks. A block with a header is two-sided: names of rows at the left, of columns
above, in one or several panels side by side. Without a header a name has its empty cell at the
right. Nothing is told here of what the names mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lingti.forms.reading import row_kinds
from lingti.forms.reading.grid import Form, Grid, Place
from lingti.forms.reading.header_rows import is_name
from lingti.forms.reading.panels import Block, Blocks, Panel, blocks_of

_TOP = 4  # lines of a document that may say of when all of it is


@dataclass(frozen=True)
class Slot:
    """A cell or blank to be filled, or one that is not and why (`code`).

    `rows` and `columns` are the names beside and above it, outermost first; `context` are sections
    it stands in, `before` is the row that it is a part of (其中), `unit` the unit of its row,
    `clause` what its sentence said before it, `after` what stands behind a blank, `line` all that
    stands before it, `blank` its number in its text. `heading` is the innermost section, `beside`
    are the names of the columns beside its own. `titles`, `statements` and `notes` are those of
    its sheet, `lines` all of a document without anything to be filled, `said` those with a year.
    """

    sheet: str
    address: str
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    before: str = ""
    unit: str = ""
    clause: str = ""
    after: str = ""
    line: str = ""
    blank: int = 0
    percent: bool = False
    block: str = ""
    place: Place = (0, 0)
    code: str = ""
    heading: str = ""
    beside: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    statements: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


def slots(form: Form) -> list[Slot]:
    """Everything to be filled in a form, by sheet, row and column."""
    all_slots: list[Slot] = []
    headings, statements, notes = _lines(form)
    read = [blocks_of(grid) for grid in form.grids]
    for blocks in read:
        if form.kind != "docx" and not blocks.blocks:  # a cover speaks for all sheets
            statements += blocks.statements
    first = [heading for heading in headings[:1] if not row_kinds.is_section(heading)]
    for number, grid in enumerate(form.grids, 1):
        around = form.around.get(number, [])
        above = [text for text in around if text in headings]
        blocks = read[number - 1]
        outer = _outside(form, read, grid)
        slot = replace(
            Slot(grid.name, ""),
            titles=(*dict.fromkeys([*first, *above, *outer.titles, *blocks.titles]),),
            statements=(*statements, *outer.statements, *blocks.statements),
            notes=(*notes, *outer.notes, *blocks.notes),
        )
        for position, block in enumerate(blocks.blocks):
            name = f"{number}.{position}"
            of_block = list(_of_block(grid, block, replace(slot, block=name)))
            all_slots += _without_registers(of_block)
        headed = {row.number for block in blocks.blocks if block.header for row in block.body}
        for place, cell in sorted(grid.cells.items()):
            if cell.kind == "text" and row_kinds.has_blank(cell.text):
                address = grid.address(place)
                beside = _names_beside(grid, place)
                blank_slot = replace(
                    slot, address=address, place=place, block=address, context=beside
                )
                named = "" if place[0] in headed else "".join(beside[-1:])
                all_slots += blanks_in(cell.text, blank_slot, named)
    all_slots += _blanks(form, first, statements, notes)
    lines = tuple(line.text.strip() for line in form.lines if not row_kinds.has_blank(line.text))
    dated_lines = tuple(
        text for line in form.lines if "年" in (text := row_kinds.squeezed(line.text))
    )
    return [replace(slot, lines=lines, said=dated_lines) for slot in all_slots]


def _outside(form: Form, read: list[Blocks], grid: Grid) -> Blocks:
    """What the tables say that one stands in: their titles, and the names beside its cell."""
    outer = Blocks()
    while grid.within is not None:
        number, place = grid.within
        grid = form.grids[number]
        above = [
            name
            for block in read[number].blocks
            if any(row.number == place[0] for row in block.body)
            for name in block.header_of(grid, place[1])
        ]
        names = [*above, *_names_beside(grid, place), grid.at(*place).text]
        outer.statements += read[number].statements
        outer.notes += read[number].notes
        outer.titles = [*read[number].titles, *filter(None, names), *outer.titles]
    return outer


def _names_beside(grid: Grid, place: Place) -> tuple[str, ...]:
    """The names at the left of a cell with blanks, without those of other cells with blanks."""
    names: dict[Place, str] = {}
    for left in range(1, place[1]):
        first = grid.first(place[0], left)
        text = grid.at(*first).text.strip()
        if row_kinds.has_blank(text):
            names = {
                name_place: name
                for name_place, name in names.items()
                if grid.last(*name_place)[0] > name_place[0]
            }
        elif is_name(grid, *first):
            names[first] = text
    return tuple(names.values())


def _lines(form: Form) -> tuple[list[str], list[tuple[str, str]], list[str]]:
    """Of the lines outside tables: titles, statements, notes."""
    titles, statements, notes = [], [], []
    texts = [line.text.strip() for line in form.lines if line.text.strip()]
    first = next((at for at, text in enumerate(texts) if row_kinds.has_blank(text)), len(texts))
    top = set(texts[: min(first, _TOP)]) & set(form.around.get(1, texts))
    for text in texts:
        if filed := row_kinds.filed(text):
            statements.append(filed)
        if row_kinds.has_blank(text) or row_kinds.is_signature(text):
            continue
        if text in top and row_kinds.is_time(text):  # below the title, in a line of its own
            statements.append((row_kinds.PERIOD, row_kinds.squeezed(text)))
            continue
        several = row_kinds.statements_in(text)
        if whole := row_kinds.statement(text):
            several = several or [whole]
        if several:
            statements += several
        elif row_kinds.is_note(text) or len(text) > 40:
            notes.append(text)
        else:
            titles.append(text)
    return titles, statements, notes


def _of_block(grid: Grid, block: Block, slot: Slot) -> Iterator[Slot]:
    again = _named_again(grid, block)
    for row in block.body:
        for panel in block.panels:
            names = _names_of(grid, row.number, panel)
            unit = next((grid.at(row.number, column).text for column in panel.units), "")
            heads = {value: " ".join(block.header_of(grid, value)[-1:]) for value in panel.values}
            explained = [grid.at(row.number, definition).text for definition in block.definitions]
            for column in panel.values:
                place = (row.number, column)
                if grid.first(*place) != place or grid.at(*place).kind not in ("empty", "formula"):
                    continue
                header = block.header_of(grid, column)
                code = _code(grid, place, names, header, panel.numbered or len(block.body) > 1)
                if not code and (
                    again.get(column, row.number) < row.number
                    or _is_shared(grid, block, panel, place)
                ):
                    code = "ambiguous"
                yield replace(
                    slot,
                    address=grid.address(place),
                    rows=tuple(names),
                    columns=header,
                    context=(*row.context, *(one for one in explained if one)),
                    before=_part_of(block, grid, panel, column) or row.before,
                    heading=row.context[-1] if row.context else "",
                    beside=tuple(heads[value] for value in panel.values if value != column),
                    unit=unit,
                    percent=grid.at(*place).percent,
                    place=place,
                    code=code,
                )
    for pair in block.pairs:
        cell = grid.at(*pair.place)
        code = _code(grid, pair.place, [*pair.names], (), False)
        if not code and (grid.last(*pair.place)[0] > pair.named_to or not pair.alone):
            code = "ambiguous"
        yield replace(
            slot,
            address=grid.address(pair.place),
            rows=pair.names,
            context=pair.context,
            heading=pair.context[-1] if pair.context else "",
            before=pair.before,
            unit=pair.unit,
            percent=cell.percent,
            place=pair.place,
            code=code,
        )


def _part_of(block: Block, grid: Grid, panel: Panel, column: int) -> str:
    """The name of the column that one is a part of: 受理诉求 of 其中：办结 beside it."""
    own = block.header_of(grid, column)
    if not own or not row_kinds.is_part(own[-1]):
        return ""
    for left in reversed(
        [values_column for values_column in panel.values if values_column < column]
    ):
        name = "".join(block.header_of(grid, left)[-1:])
        if not row_kinds.is_part(name):
            return name
    return ""


def _names_of(grid: Grid, row: int, panel: Panel) -> list[str]:
    """The names of a row, outermost first; one that is merged over columns once."""
    return [
        text
        for column in panel.labels
        if (text := grid.at(row, column).text.strip()) and grid.first(row, column)[1] == column
    ]


def _named_again(grid: Grid, block: Block) -> dict[int, int]:
    """Column of values → the first row below the header that has another name for it."""
    first_row: dict[int, int] = {}
    for row in reversed(block.body):
        for panel in block.panels:
            first_row |= {
                column: row.number for column in panel.values if is_name(grid, row.number, column)
            }
    return first_row


def _is_shared(grid: Grid, block: Block, panel: Panel, place: Place) -> bool:
    """Whether a cell is merged over rows or columns that have names of their own."""
    (row, column), (last_row, last_column) = place, grid.last(*place)
    names = [_names_of(grid, row_number, panel) for row_number in range(row, last_row + 1)]
    headers = [
        block.header_of(grid, column_number) for column_number in range(column, last_column + 1)
    ]
    return any(name != names[0] for name in names) or any(
        header != headers[0] for header in headers
    )


def _code(
    grid: Grid, place: Place, names: list[str], header: tuple[str, ...], needs_name: bool
) -> str:
    """Why a cell is not to be filled; empty where it is."""
    cell = grid.at(*place)
    words = [*names[-1:], *header]
    if cell.kind == "formula":
        return "formula"
    if any(row_kinds.is_signature(word) for word in words):
        return "signature"
    if any(row_kinds.is_remark(word) for word in words):
        return "remark"
    if any(row_kinds.is_serial(name) for name in header):
        return "serial"
    if cell.locked:
        return "protected"
    if needs_name and not names:
        return "register"
    return ""


def _without_registers(of_block: list[Slot]) -> list[Slot]:
    """A block that asks for names of things, places or days is about one thing each.

    Where its rows have names, only the columns that ask for such are.
    """
    marked = []
    alone = [
        name
        for slot in of_block
        if not (slot.rows and slot.columns)
        for name in [*slot.rows, *slot.columns][-1:]
    ]
    is_register = any(map(row_kinds.is_entity, alone))
    for slot in of_block:
        by_row = bool(slot.rows and slot.columns)
        entity = bool(slot.columns) and row_kinds.is_entity(slot.columns[-1])
        if not slot.code and (entity or (is_register and not by_row)):
            slot = replace(slot, code="register")
        marked.append(slot)
    return marked


def _blanks(
    form: Form, titles: list[str], statements: list[tuple[str, str]], notes: list[str]
) -> Iterator[Slot]:
    """The blanks in lines of text, each with the clause before it and what stands behind it."""
    section: tuple[str, ...] = ()
    for line in form.lines:
        if row_kinds.is_section(line.text) and not row_kinds.has_blank(line.text):
            section = (line.text.strip(),)
        yield from blanks_in(
            line.text,
            Slot(
                "-",
                line.address,
                context=section,
                titles=tuple(titles[:1]),
                statements=tuple(statements),
                notes=tuple(notes),
                block=line.address,
            ),
        )


def blanks_in(text: str, slot: Slot, named: str = "") -> Iterator[Slot]:
    """The blanks of a text, `P3B1`, `P3B2` and so on; `named` stands beside a cell of them."""
    end_before = 0
    told_before = ""
    places = row_kinds.blanks(text)
    if places and (heading := row_kinds.heading_of(text[: places[0][0]])):
        slot = replace(slot, context=(*slot.context, heading))
    for number, (start, end) in enumerate(places, 1):
        until = places[number][0] if number < len(places) else len(text)
        between = text[end_before:start]
        sentence = max(between.rfind(mark) for mark in "。；;\n!！") + 1
        clause = between[sentence:]
        comma = max(clause.rstrip().rfind(mark) for mark in "，,：:") + 1
        if sentence:
            told_before = ""
        name = clause[comma:].strip(" 、").rstrip("（(") or clause.strip("，,、：: ")
        name = row_kinds.asked_before(name)
        context = told_before + clause[:comma]
        if not name.strip("（(") and number == 1:
            name = clause = named
        signed = row_kinds.is_signature(clause) or row_kinds.is_signature(clause.strip() + "：")
        after = text[end:until]
        cut = next((at for at, mark in enumerate(after) if mark in "，,。；;、：:（("), len(after))
        yield replace(
            slot,
            address=f"{slot.address}B{number}",
            rows=(name,) if name else (),
            clause=context.strip("，,、：: "),
            after=after[:cut].strip(),
            line=row_kinds.without_blanks(text[:start]),
            blank=number,
            code="signature" if signed or not name else "",
        )
        # What was named before in the sentence goes without saying; its unit stands behind it.
        told_before += clause + row_kinds.without_unit(after[:cut])
        end_before = end + min(cut, len(after))
