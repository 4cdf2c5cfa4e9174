"""What came in, went out and is left over time, on a page."""

from __future__ import annotations

import htpy as h

from lingti import charts
from lingti.judging import number_text, period_values, sentences
from lingti.judging.period_values import View
from lingti.judging.periods import trail_to
from lingti.ui.parts.elements import chart, empty
from lingti.ui.parts.html_out import put
from lingti.ui.parts.picture_sheets import picture_sheet
from lingti.ui.parts.tables import metrics_over_time
from lingti.ui.window.frame import Page

HEIGHT = 330  # px


def flows(
    page: Page, view: View, names: tuple[str, str, str], *, title: str, name: str, opening: str = ""
) -> None:
    """What came in, went out and is left over time, for the place in focus.

    `names` are three metrics: two of a period, one of its end; `opening` may be a fourth, of what
    was granted without coming in. Where the place does not run it, that is said instead. `name`
    begins the names of files to take along.
    """
    known = page.catalog.metrics
    came, went, left = (known[name] for name in names)
    every = [*names, *filter(None, [opening])]
    trail = trail_to(view.period, page.periods)
    history = period_values.over_time(page.warehouse, view, every, trail)
    of_it = history[history["community"] == view.focus]
    heading = f"{title} · {page.look.name(view.focus)}"
    with picture_sheet(heading, number_text.unit(came, view.per), key="flows") as shown:
        if of_it["value"].isna().all():
            empty(number_text.state(number_text.state_of(None, str(of_it["state"].iloc[-1]))))
            return
        if shown != "picture":
            metrics_over_time(page, view, of_it, name=f"{name}-flows", shown=shown)
            return
        figure = charts.flows_and_stock(
            of_it,
            (came, went),
            left,
            page.look,
            per=view.per,
            opening=known.get(opening),
            height=HEIGHT,
        )
        chart(figure, key="flows-chart")
        if opening and (sentence := sentences.of_openings(of_it, known[opening], view.per)):
            put(h.p(".lt-chart-sub")[sentence])
