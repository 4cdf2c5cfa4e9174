"""Courses from order to certificate, and what public-welfare posts do in which estate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from lingti import charts
from lingti.catalog import Metric, member_title
from lingti.judging import number_text, period_values, sentences
from lingti.judging.period_values import View
from lingti.language import gettext as _
from lingti.report.sentences import topics
from lingti.ui.comparison.breakdown import say_lacking, say_withheld
from lingti.ui.parts.elements import chart, empty, paper, sentence
from lingti.ui.window.frame import Page
from lingti.warehouse.frames import plain
from lingti.warehouse.template import COUNTED_STATES

SHARES = ("training_dispatched_share", "training_completed_share", "training_certified_share")
SERVICES, COMPLETED = "post_services", "training_completed"


def cohorts(page: Page, view: View, totals: pd.DataFrame) -> None:
    """How far the places ordered in the period came so far: a picture per community.

    `totals` as of `period_values.totals`, with the metrics of `SHARES`.
    """
    period = number_text.period(view.period.grain, view.period.id)
    running = _running(view, totals, SHARES[0])
    _say_none(running)
    for community in running:
        steps = _steps(totals, community)
        words = sentences.paragraph(
            [
                topics.cohort(steps, page.look.name(community), period),
                _of_the_period(view, totals, community, period),
            ]
        )
        title = _("{place}: places ordered in {period}").format(
            place=page.look.name(community), period=period
        )
        with paper(title, words, key=f"cohort-{community}"):
            names, counts = zip(*steps, strict=True)
            # What of an order came about later is another number than what the period brought.
            of_these = [_("of these {step}").format(step=sentences.within(step)) for step in names]
            names = (names[0], *of_these[1:])
            figure = charts.cohort_steps(names, counts, title, page.look, place=community)
            named = {"place": community, "of": view.period.id, "by": "", "member": ""}
            metrics = ("training_ordered", *SHARES)
            figure.data[1].meta = {
                "rows": [{"metric": metric, **named} for metric in metrics],
                "part": "numerator",
            }
            chart(figure, key=f"cohort-chart-{community}")


def _steps(totals: pd.DataFrame, community: str) -> list[tuple[str, float]]:
    totals_of_steps = [period_values.row(totals, name, community) for name in SHARES]
    titles = (_("Ordered"), _("Dispatched"), _("Completed"), _("Certified"))
    counts = [totals_of_steps[0].denominator, *(row.numerator for row in totals_of_steps)]
    return [(title, plain(count) or 0.0) for title, count in zip(titles, counts, strict=True)]


def _of_the_period(view: View, totals: pd.DataFrame, community: str, period: str) -> str:
    """How many completed a course in the period, whenever it was ordered: another number."""
    value = plain(period_values.row(totals, COMPLETED, community).value)
    if value is None:
        return ""
    return _("Completed in {period}, whenever ordered: {count}.").format(
        period=period,
        count=number_text.measured(value, view.catalog.metrics[COMPLETED]),
    )


def posts_by_estate(page: Page, view: View, totals: pd.DataFrame) -> None:
    """Services of public-welfare posts by estate and service: a heat map per community."""
    metric = page.catalog.metrics[SERVICES]
    whole = replace(view, per="total")
    members = period_values.by_member(page.warehouse, whole, SERVICES, "estate_service")
    running = _running(view, totals, SERVICES)
    _say_none(running)
    for community in running:
        of_it = members[members["community"] == community]
        title = _("{place}: services by estate").format(place=page.look.name(community))
        with paper(title, metric.unit.pick(), key=f"heat-{community}"):
            if of_it.empty:
                empty(_("Nothing was reported for this period."))
                continue
            if period_values.all_withheld(of_it):
                say_withheld()
                continue
            cells = _cells(of_it, page.district.community(community).estates, metric)
            if words := _alike_words(cells, metric):
                sentence(words)
                say_lacking(page, replace(view, communities=(community,)), metric)
                continue
            figure = charts.heat_map(cells, metric, page.look, place=community)
            chart(figure, key=f"heat-chart-{community}")
            say_lacking(page, replace(view, communities=(community,)), metric)


def _alike_words(cells: pd.DataFrame, metric: Metric) -> str:
    """A grid of which all cells are equal in one sentence; "" of others."""
    if cells["value"].nunique() != 1 or len(cells) < 2:
        return ""
    value = float(cells["value"].iloc[0])
    return _(
        "{estates} estates, {services} services each, every one {value}: {all} in all."
    ).format(
        estates=number_text.exact(cells["down"].nunique()),
        services=number_text.exact(cells["across"].nunique()),
        value=number_text.measured(value, metric),
        all=number_text.measured(float(cells["value"].sum()), metric),
    )


def _cells(members: pd.DataFrame, estates: Sequence[str], metric: Metric) -> pd.DataFrame:
    """The cells of `charts.heat_map`: estates, in the district's order, by services.

    The most frequent service comes first. A service that did not reach an estate is a true zero:
    its log was reported.
    """
    pairs = [str(member).partition("×")[::2] for member in members["member"]]
    frame = members.assign(
        estate=[estate for estate, _service in pairs], kind=[service for _estate, service in pairs]
    )
    order = frame.groupby("kind")["value"].sum().sort_values(ascending=False, kind="stable").index
    known = [estate for estate in estates if estate in set(frame["estate"])]
    others = sorted(set(frame["estate"]) - set(known))
    every = pd.MultiIndex.from_product([[*known, *others], order], names=["estate", "kind"])
    whole = frame.set_index(["estate", "kind"]).reindex(every).reset_index()
    same = ["metric", "community", "grain", "period", "dimension", "state"]
    return whole.assign(
        **{name: frame[name].iloc[0] for name in same},
        member=whole["estate"] + "×" + whole["kind"],
        value=whole["value"].fillna(0.0),
        down=whole["estate"],
        across=[member_title(metric, "service", kind).pick() for kind in whole["kind"]],
    )


def _running(view: View, totals: pd.DataFrame, name: str) -> list[str]:
    """The communities that reported a metric, in the district's order."""
    of_it = totals[(totals["metric"] == name) & totals["state"].isin(COUNTED_STATES)]
    return [community for community in view.communities if community in set(of_it["community"])]


def _say_none(running: list[str]) -> None:
    """Says so where none of the communities has a picture."""
    if not running:
        empty(_("None of the communities chosen runs this or has reported it."))
