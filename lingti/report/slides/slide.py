"""One slide as plain data, and the line at its foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lingti.judging.sentences import joined
from lingti.language import gettext as _
from lingti.report.content import Grid, Picture
from lingti.report.inputs import Material
from lingti.report.sentences import exact_numbers


@dataclass(frozen=True)
class Slide:
    """One slide. `id` names it in links; `under` stands below the title, `source` at the foot.

    `notes` are for the speaker: the definition, and how the rows add up to the number.
    """

    id: str
    title: str
    under: str = ""
    picture: Picture | None = None
    grid: Grid | None = None
    source: str = ""
    notes: tuple[str, ...] = ()


def source(material: Material, place: str, tables: Sequence[str] = ()) -> str:
    """Where a slide's numbers come from, how far they go, and whether they are exact."""
    parts = [exact_numbers.as_of(material, place), exact_numbers.exactness(material, place)]
    if tables:
        named = (
            joined(exact_numbers.tables(material, list(tables)[:3]))
            if len(tables) < 8
            else _("all data")
        )
        parts.insert(0, _("Source: {tables}").format(tables=named))
    note = _("sample data") if material.district.note.pick() else ""
    return " · ".join([*parts, note] if note else parts)


def without_stop(sentence: str) -> str:
    """A title has no full stop."""
    return sentence.rstrip("。.")
