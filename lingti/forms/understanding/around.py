"""What stands around a slot, taken apart: its labels, those of groups, headings, unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lingti.forms.reading.row_kinds import squeezed
from lingti.forms.reading.slots import Slot
from lingti.forms.understanding import labels, words
from lingti.forms.understanding.background import (
    Background,
    Known,
    is_plain_sheet,
    measure,
    section,
)
from lingti.forms.understanding.labels import Label


@dataclass(frozen=True)
class Wording:
    """The labels of a slot, and what stands around it."""

    names: tuple[Label, ...]
    over: tuple[Label, ...]  # those of groups of rows and of columns
    around: frozenset[str]
    sections: tuple[str, ...]
    clause: str  # what its sentence said before it
    before: Label | None
    unit: words.Unit | None
    unit_text: str
    whole: words.Unit | None  # that of the whole sheet
    percent_sign: bool
    other_is_share: bool  # another column has the same change in per cent
    told_by_title: bool  # what is counted


def wording_of(known: Known, slot: Slot, ground: Background, *, by_title: bool = True) -> Wording:
    """Takes apart what stands around a slot; the title says what is counted where no name does.

    `by_title` is False for the names alone.
    """
    rows, columns = _labels(known, slot.rows), _labels(known, slot.columns)
    after, unit_text = slot.after, slot.unit
    if after and (rest := _unit_before(after)) is not None:
        unit_text, after = after[: len(after) - len(rest)], rest
    behind = [labels.label(after, known.places)] if after else []
    around = frozenset().union(*(topic.concepts for topic in ground.topics))
    sections = [*slot.context, *filter(None, [slot.clause])]
    around |= frozenset().union(*(section(known, text).concepts for text in sections))
    names = tuple(_without_whole([*rows, *columns, *behind], around))
    over = (*rows[:-1], *columns[:-1])
    if any(name.place for name in names):  # of a community one may say in which subdistrict it lies
        names = tuple(name for name in names if name.core not in known.ignored)
    before = labels.label(slot.before, known.places) if slot.before else None
    from_title: tuple[Label, ...] = ()
    is_alone = not (before and before.concepts) and not slot.blank
    if by_title and is_alone and not _says_what(known, names):
        names = (*(from_title := _of_title(known, slot, ground)), *names)
    around |= before.concepts if before else frozenset()
    unit = words.unit_of(unit_text) if unit_text else None
    signs = [name.unit.name for name in names if name.unit] + ([unit.name] if unit else [])
    return Wording(
        names,
        over,
        around,
        slot.context,
        slot.clause,
        before,
        unit,
        unit_text.strip(),
        ground.unit,
        "%" in signs or "‰" in signs or (not signs and ground.unit == words.Unit("%")),
        _has_share_beside(known, slot, names),
        bool(from_title),
    )


def _without_whole(names: Sequence[Label], around: frozenset[str]) -> Iterator[Label]:
    """Names without those that only say that a number stands there, as 完成 of what is not done."""
    known = words.lexicon()
    concepts = around.union(*(name.concepts for name in names))
    for name in names:
        if not words.says_number(name.core) or (
            name.concepts.difference(name.left) and concepts & known.done
        ):
            yield name
        elif name.time.is_said or name.unit:
            yield replace(name, concepts=frozenset(), left=())


def _has_share_beside(known: Known, slot: Slot, names: Sequence[Label]) -> bool:
    """Whether the column beside has the same change as a percentage, so that this has it not."""
    own = {name.time.change for name in names if name.time.change}
    beside = [labels.label(text, known.places) for text in (slot.beside if own else ())]
    return any(
        label.time.change in own
        and (label.time.how == "share" or (label.unit and label.unit.name == "%"))
        for label in beside
    )


def _labels(known: Known, texts: Sequence[str]) -> list[Label]:
    """The names of one side; over a name that says what is counted a group is only a heading."""
    side = [labels.label(text, known.places) for text in texts]
    for position, text in enumerate(texts[:-1]):
        if any(label.concepts for label in side[position + 1 :]):
            side[position] = labels.label(text, known.places, group=True)
    return side


def _says_what(known: Known, names: Sequence[Label]) -> bool:
    """Whether one of the names says what is counted, and is more than a member of it."""
    return any(name.concepts and name.core not in known.members for name in names)


def _of_title(known: Known, slot: Slot, ground: Background) -> tuple[Label, ...]:
    """What is counted where it stands only in the heading or title of a whole table."""
    is_told = any(squeezed(slot.sheet) in squeezed(title) for title in slot.titles)
    sheet = [] if slot.sheet == "-" or is_told or is_plain_sheet(slot.sheet) else [slot.sheet]
    texts = [text for text in (slot.heading, *sheet, *reversed(slot.titles)) if text]
    return measure(known, texts, ground.unit)


def _unit_before(text: str) -> str | None:
    """What is left of a text that begins with a unit; None where it does not."""
    for length in range(min(4, len(text)), 0, -1):
        if words.unit_of(text[:length]):
            return text[length:]
    return None
