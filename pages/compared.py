"""Compared with what: a number beside other periods, the district's rate, and its target."""

import streamlit as st

from lingti import charts, ui
from lingti.judging import period_values
from lingti.judging.between import compared
from lingti.judging.periods import periods_along, trail_to
from lingti.language import gettext as _
from lingti.ui import N_
from lingti.ui.comparison import annotation_list
from lingti.ui.comparison import compared as room
from lingti.ui.parts import pickers, url

page = ui.page(N_("Then and now"), N_("Is that a lot? Beside last time, the others, the aim"))
view = ui.filters(page)
with st.container(horizontal=True, key="lt-choices", vertical_alignment="bottom"):
    metric = pickers.metric(page, compared.default_metric(view, page.district))
    by_value = st.toggle(
        _("Order by value"),
        **url.follow(
            "by-value", "order", url.read("order") == "value", lambda on: "value" if on else ""
        ),
    )

over = compared.spans(page.warehouse, view, metric, page.periods, page.until)
ui.sentence(room.days_words(page, over, metric))
ui.sentence(room.told_words(page, view, metric, over))
room.places(page, view, metric, over, by_value=by_value)
room.explained(page, view, metric, over)

trail = trail_to(view.period, page.periods)
history = period_values.over_time(page.warehouse, view, [metric.name], trail)
with ui.paper(metric.title.pick(), metric.definition.pick(), key="compared", metric=metric):
    annotation_list.noted_chart(
        page,
        charts.lines_over_time(history, metric, page.look, per=view.per),
        metric,
        view.communities,
        periods_along(trail, view.period, page.periods),
        key="compared-over-time",
    )
ui.legend()
