"""Is it real: control charts of one metric for every community."""

import streamlit as st

from lingti import ui
from lingti.judging import compared, judged_series, period_values
from lingti.judging.periods import Trail
from lingti.language import gettext as _
from lingti.ui import N_, pickers, verdicts

page = ui.page(N_("Is it real?"), N_("Is a change real, or only ordinary variation?"))
view = ui.filters(page, per=False)
with st.container(horizontal=True, key="lt-choices", vertical_alignment="bottom"):
    metric = pickers.metric(
        page,
        compared.default_metric(view, page.district),
        # A stock drifts by itself: judge what comes in and goes out.
        allowed=lambda one: one.window == "period",
    )
    # Weeks are too small to be published; who reads published values judges months.
    grain = pickers.grain(("month",) if page.published else ("week", "month"))

begin = page.periods["programme"][0].first_day
frame = period_values.over_time(page.warehouse, view, [metric.name], Trail(grain, begin))
found = judged_series.judged(page.district, metric, frame, page.until)

ui.section(metric.title.pick(), metric.definition.pick())
ui.sentence(verdicts.summary(page, found))
verdicts.multiples(page, found)
verdicts.legend()
ui.section(_("Everything at a glance"), _("The newest value of the communities' own numbers."))
verdicts.overview(page, view, grain)
verdicts.baselines(page, found)
