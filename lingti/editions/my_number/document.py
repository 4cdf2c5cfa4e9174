"""What would make somebody's number, as `lingti why --mine` prints it."""

from __future__ import annotations

from typing import Any

from lingti.catalog import DISTRICT
from lingti.district import District
from lingti.editions.my_number import Candidate, Explained, words
from lingti.judging.periods import Period
from lingti.language import gettext as _
from lingti.warehouse import Warehouse


def of(warehouse: Warehouse, settings: District, told: Explained, period: Period) -> dict[str, Any]:
    """The number, theirs, and the candidates, each with kind, words, number and rows."""
    names = {one.id: one.short.pick() for one in settings.communities} | {DISTRICT: _("District")}

    def line(one: Candidate) -> dict[str, Any]:
        said = words.says(warehouse, told.metric, one, lambda place: names.get(place, place))
        return {
            "kind": one.kind,
            "says": said,
            "value": one.value,
            "rows": one.rows_count,
            "rows_at": dict(one.rows),
        }

    return {
        "metric": told.metric.name,
        "community": told.place,
        "grain": period.grain,
        "period": period.id,
        "value": told.ours,
        "state": told.state,
        "mine": told.mine.value,
        "same": told.is_same,
        "exact": [line(one) for one in told.exact],
        "open": [line(one) for one in told.open],
        "others": [line(one) for one in told.others],
    }
