"""What would make somebody's number, as `lingti why --mine` prints it."""

from __future__ import annotations

from typing import Any

from lingti.catalog import DISTRICT
from lingti.district import District
from lingti.editions.my_number import Candidate, Explained, words
from lingti.judging.periods import Period
from lingti.language import gettext as _
from lingti.warehouse import Warehouse


def of(
    warehouse: Warehouse, settings: District, explained: Explained, period: Period
) -> dict[str, Any]:
    """The number, theirs, and the candidates, each with kind, words, number and rows."""
    names = {community.id: community.short.pick() for community in settings.communities} | {
        DISTRICT: _("District")
    }

    def line(candidate: Candidate) -> dict[str, Any]:
        sentence = words.candidate_words(
            warehouse, explained.metric, candidate, lambda place: names.get(place, place)
        )
        return {
            "kind": candidate.kind,
            "says": sentence,
            "value": candidate.value,
            "rows": candidate.rows_count,
            "rows_at": dict(candidate.rows),
        }

    return {
        "metric": explained.metric.name,
        "community": explained.place,
        "grain": period.grain,
        "period": period.id,
        "value": explained.ours,
        "state": explained.state,
        "mine": explained.mine.value,
        "same": explained.is_same,
        "exact": [line(candidate) for candidate in explained.exact],
        "open": [line(candidate) for candidate in explained.open],
        "others": [line(other) for other in explained.others],
    }
