"""What happened, for the charts of a metric: annotations, changes of definitions, decisions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from lingti import entries
from lingti.catalog import DISTRICT, Metric
from lingti.district import journal
from lingti.district.journal import Decision, Note, Origin
from lingti.language import gettext as _
from lingti.memo_cache import memoised
from lingti.warehouse import Warehouse


def decisions(warehouse: Warehouse) -> list[Decision]:
    """Every decision: those in the communities' exports and those entered, newest first."""
    exported = [
        Decision(**{**row, "origin": Origin(**row["origin"])})
        for row in warehouse.rows(warehouse.catalog.views["decisions"])
    ]
    return journal.decisions(warehouse.home, exported)


def on_charts(
    warehouse: Warehouse,
    metric: Metric,
    places: Sequence[str],
    first_day: date,
    last_day: date,
) -> list[Note]:
    """What the charts of a metric show of these places and days, in order of time.

    Annotations of the places and the district, decisions linked to the metric, and changes of its
    definition, which nobody has to enter.
    """
    entered = entries.version(warehouse.home)
    return _on_charts(warehouse, entered, metric, tuple(places), first_day, last_day)


@memoised
def _on_charts(
    warehouse: Warehouse,
    entered: tuple[int, int],
    metric: Metric,
    places: tuple[str, ...],
    first_day: date,
    last_day: date,
) -> list[Note]:
    notes = [
        *journal.notes(warehouse.home),
        *(
            _decided(decision)
            for decision in decisions(warehouse)
            if decision.metric == metric.name
        ),
        *(
            Note(
                DISTRICT,
                change.day,
                _("Definition changed: {note}").format(note=change.note.pick()),
            )
            for change in metric.changes
        ),
    ]
    shown = [
        note
        for note in notes
        if note.community in (*places, DISTRICT)
        and note.metric in ("", metric.name)
        and first_day <= note.day <= last_day
    ]
    return sorted(shown, key=lambda note: (note.day, note.community, note.text))


def _decided(decision: Decision) -> Note:
    text = _("Decided: {decision}").format(decision=decision.decision)
    return Note(decision.community, decision.day, text, decision.metric)
