"""Courses from order to certificate, and what public-welfare posts do in which estate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from lingti import catalog, charts, compare, formats, topic_sentences
from lingti.catalog import UNFILLED, member_title
from lingti.compare import View
from lingti.frames import plain
from lingti.language import gettext as _
from lingti.ui.blocks import chart, empty, paper
from lingti.ui.frame import Page

SHARES = ("training_dispatched_share", "training_completed_share", "training_certified_share")
SERVICES = "post_services"


def cohorts(page: Page, view: View, totals: pd.DataFrame) -> None:
    """How far the places ordered in the period came so far: a picture per community.

    `totals` as of `compare.totals`, with the metrics of `SHARES`.
    """
    period = formats.period(view.period.grain, view.period.id)
    running = _running(view, totals, SHARES[0])
    _say_none(running)
    for community in running:
        steps = _steps(totals, community)
        words = topic_sentences.cohort(steps, page.look.name(community), period)
        title = _("{place}: places ordered in {period}").format(
            place=page.look.name(community), period=period
        )
        with paper(title, words, key=f"cohort-{community}"):
            names, counts = zip(*steps, strict=True)
            figure = charts.cohort_steps(names, counts, title, page.look, place=community)
            named = {"place": community, "of": view.period.id, "by": "", "member": ""}
            metrics = ("training_ordered", *SHARES)
            figure.data[1].meta = {
                "rows": [{"metric": metric, **named} for metric in metrics],
                "part": "numerator",
            }
            chart(figure, key=f"cohort-chart-{community}")


def _steps(totals: pd.DataFrame, community: str) -> list[tuple[str, float]]:
    found = [compare.row(totals, name, community) for name in SHARES]
    titles = (_("Ordered"), _("Dispatched"), _("Completed"), _("Certified"))
    counts = [found[0].denominator, *(row.numerator for row in found)]
    return [(title, plain(count) or 0.0) for title, count in zip(titles, counts, strict=True)]


def posts_by_estate(page: Page, view: View, totals: pd.DataFrame) -> None:
    """Services of public-welfare posts by estate and service: a heat map per community."""
    metric = catalog.metrics()[SERVICES]
    whole = replace(view, per="total")
    members = compare.by_member(page.warehouse, whole, SERVICES, "estate_service")
    running = _running(view, totals, SERVICES)
    _say_none(running)
    for community in running:
        of_it = members[members["community"] == community]
        title = _("{place}: services by estate").format(place=page.look.name(community))
        with paper(title, metric.unit.pick(), key=f"heat-{community}"):
            if of_it.empty:
                empty(_("Nothing was reported for this period."))
                continue
            grid = _grid(of_it, page.district.community(community).estates)
            figure = charts.heat_map(grid, metric, page.look, place=community)
            figure.data[0].meta = {
                "cells": {"metric": SERVICES, "place": community, "of": view.period.id}
            }
            chart(figure, key=f"heat-chart-{community}")


def _grid(members: pd.DataFrame, estates: Sequence[str]) -> pd.DataFrame:
    """Estates, in the district's order, as rows and services, the most frequent first, as columns.

    A service that did not reach an estate is a true zero: its log was reported.
    """
    metric = catalog.metrics()[SERVICES]
    pairs = [str(member).partition("×") for member in members["member"]]
    services = [
        member_title(metric, "service", service).pick() if service == UNFILLED else service
        for _estate, _sign, service in pairs
    ]
    frame = members.assign(estate=[pair[0] for pair in pairs], service=services)
    order = frame.groupby("service")["value"].sum().sort_values(ascending=False, kind="stable")
    known = [one for one in estates if one in set(frame["estate"])]
    others = sorted(set(frame["estate"]) - set(known))
    grid = frame.pivot_table(index="estate", columns="service", values="value", aggfunc="sum")
    return grid.reindex(index=[*known, *others], columns=list(order.index)).fillna(0.0)


def _running(view: View, totals: pd.DataFrame, name: str) -> list[str]:
    """The communities that reported a metric, in the district's order."""
    of_it = totals[(totals["metric"] == name) & totals["state"].isin(["reported", "partial"])]
    return [one for one in view.communities if one in set(of_it["community"])]


def _say_none(running: list[str]) -> None:
    """Says so where none of the communities has a picture."""
    if not running:
        empty(_("None of the communities chosen runs this or has reported it."))
