"""What needs attention, the most severe first: late decisions and reports, targets, findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from lingti.catalog import DISTRICT, Catalog
from lingti.judging import number_text
from lingti.judging.period_values import View
from lingti.judging.periods import day_of
from lingti.judging.reporting import findings as findings_module
from lingti.judging.sentences import joined
from lingti.judging.standing import standing
from lingti.judging.standing.standing import Overdue, Standing
from lingti.judging.standing.targets import Progress
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.memo_cache import memoised
from lingti.warehouse import Warehouse
from lingti.warehouse.frames import rows


@dataclass(frozen=True)
class Item:
    """One thing to attend to; `sentence` says what.

    `kind` is overdue, late, concerns, pace, missed or finding. `days` is how late it is, `owner`
    the post in charge. `page` is where it is dealt with, `asks` what that page is asked for.
    """

    kind: str
    community: str
    sentence: str
    page: str
    days: int = 0
    owner: str = ""
    asks: tuple[tuple[str, str], ...] = ()
    weight: float = 0.0  # among items of one kind and as many days

    @property
    def severity(self) -> tuple[int, int, float]:
        """The larger the sooner: what is late by its days, then what has no day."""
        return (
            _KINDS[::-1].index(self.kind) if not self.days else len(_KINDS),
            self.days,
            self.weight,
        )


# What has no day of its own, in this order.
_KINDS = ("overdue", "late", "concerns", "pace", "missed", "finding")


def items(
    warehouse: Warehouse,
    view: View,
    standings: Sequence[Standing],
    gaps: pd.DataFrame,
    today: date,
) -> list[Item]:
    """What needs attention in the communities looked at, the most severe first.

    `standings` as of `standing.of`, `gaps` as of `period_values.gaps`.
    """
    known = warehouse.catalog
    all_items = [
        *(_overdue(late) for one in standings for late in one.overdue),
        *_late(gaps, known, today),
        *_concerns(warehouse, view),
        *(
            _off_pace(aim)
            for one in standings
            for aim in one.targets
            if aim.status in standing.SHORT_OF
        ),
        *_findings(findings_module.by_rule(warehouse), known),
    ]
    mine = [item for item in all_items if item.community in view.places]
    return sorted(mine, key=lambda item: item.severity, reverse=True)


def _overdue(late: Overdue) -> Item:
    decision = late.decision
    asks = (
        ("standing", "overdue"),
        ("in", "" if decision.community == DISTRICT else decision.community),
    )
    sentence = _("{decision}.").format(decision=decision.decision.rstrip("。."))
    return Item(
        "overdue", decision.community, sentence, "decisions", late.days, decision.owner, asks
    )


def _concerns(warehouse: Warehouse, view: View) -> list[Item]:
    """One item per community with concerns unresolved over their limit, and the oldest of them."""
    on = view.period.last_day
    counted: dict[str, tuple[int, date]] = {}
    for row in warehouse.rows(
        warehouse.catalog.views["overdue_concerns"], on=on, places=list(view.communities)
    ):
        count, oldest = counted.get(row["community"], (0, on))
        counted[row["community"]] = (count + row["concerns"], min(oldest, row["oldest"]))
    return [_concerns_item(place, *of_it) for place, of_it in counted.items()]


def _concerns_item(place: str, count: int, oldest: date) -> Item:
    words = ngettext(
        "{count} concern unresolved over its limit, raised {day}.",
        "{count} concerns unresolved over their limit, the oldest raised {day}.",
        count,
    )
    sentence = words.format(count=number_text.exact(count), day=number_text.day(oldest))
    return Item("concerns", place, sentence, "concerns", asks=(("in", place),), weight=count)


def gap_sentences(gaps: pd.DataFrame, known: Catalog) -> list[str]:
    """What a community has not reported, one sentence per month and state."""
    return [
        _late_sentence([str(period)], str(state), [str(one) for one in found["tbl"]], known)
        for (period, state), found in gaps.groupby(["period", "state"], sort=False)
    ]


@memoised
def _late(gaps: pd.DataFrame, known: Catalog, today: date) -> list[Item]:
    """One item per community and set of tables, with all its months; late since the first."""
    months: dict[tuple[str, str, tuple[str, ...]], dict[str, date]] = {}
    for (community, period, state), frame in gaps.groupby(
        ["community", "period", "state"], sort=False
    ):
        tables = tuple(str(one) for one in frame["tbl"])
        of_it = months.setdefault((str(community), str(state), tables), {})
        of_it[str(period)] = day_of(frame["due_on"].min())
    return [
        Item(
            "late",
            community,
            _late_sentence(sorted(due), state, list(tables), known),
            "reporting",
            days=(today - min(due.values())).days,
            asks=(("in", community),),
        )
        for (community, state, tables), due in months.items()
    ]


def _late_sentence(periods: list[str], state: str, tables: list[str], known: Catalog) -> str:
    template = (
        _("{months} not reported: {tables}.")
        if state == "not_reported"
        else _("{months} reported in part: {tables}.")
    )
    months = joined(number_text.months(periods))
    titles = [known.tables[name].title.pick() for name in tables]
    return template.format(months=months, tables=joined(titles))


def _off_pace(progress: Progress) -> Item:
    metric = progress.metric
    is_missed = progress.status == "missed"
    template = (
        _("{period}: {title} {value}, the target was {target}.")
        if is_missed
        else _("{period}: {title} {value} of {target}; {needed} would be on pace.")
    )
    if not is_missed and progress.value is not None and progress.value >= progress.needed:
        template = _("{period}: {title} {value} of {target}; the last three months fall short.")
    sentence = template.format(
        period=number_text.period(progress.grain, progress.period),
        title=metric.title.pick(),
        value=number_text.measured_exact(progress.value, metric),
        target=number_text.measured_exact(progress.target, metric),
        needed=number_text.measured_exact(progress.needed, metric),
    )
    place = progress.place
    asks = (("in", "" if place == DISTRICT else place), ("place", place))
    return Item(
        "missed" if is_missed else "pace",
        place,
        sentence,
        "targets",
        asks=asks,
        weight=1 - standing.attained(progress),
    )


@memoised
def _findings(findings: pd.DataFrame, known: Catalog) -> list[Item]:
    """One item per community: how many findings of each rule."""
    words_of: dict[str, list[str]] = {}
    for row in rows(findings):
        words = _("{title} ({number})").format(
            title=known.checks[row.check_name].title.pick(), number=number_text.exact(row.findings)
        )
        words_of.setdefault(row.community, []).append(words)
    return [
        Item(
            "finding",
            community,
            _("{findings}.").format(findings=joined(words)),
            "findings",
            asks=(("in", community),),
            weight=len(words),
        )
        for community, words in words_of.items()
    ]
