"""Home: the topics of the communities side by side, what they have in common, what is due."""

from lingti import charts, ui
from lingti.catalog import DISTRICT
from lingti.judging import judged_totals, number_text, period_values, sentences, to_do
from lingti.judging.periods import trail_to
from lingti.language import gettext as _
from lingti.ui import N_

page = ui.page(
    N_("Topics at a glance"), N_("What has each community taken on, and how far has it come?")
)
view = ui.filters(page)

known = page.catalog.metrics
common = page.district.common
communities = [one for one in page.district.communities if one.id in view.communities]
headlines = [name for community in communities for name in community.headlines]
names = list(dict.fromkeys([*common, *headlines]))

totals = judged_totals.totals(page.warehouse, view, names)
history = period_values.over_time(
    page.warehouse, view, headlines, trail_to(view.period, page.periods)
)

with ui.together():
    ui.sentence(sentences.overview(totals[totals["metric"].isin(common)], view, page.look.name))
    ui.topics(page, view, totals, history)

    ui.section(
        _("Side by side"),
        _("The same four numbers of every community in {period}.").format(
            period=number_text.period(view.period.grain, view.period.id)
        ),
    )
    for pair in (common[:2], common[2:]):
        for place, name in zip(ui.columns(len(pair)), pair, strict=True) if pair else ():
            metric = known[name]
            of_it = period_values.of_metric(totals, name)
            district = period_values.row(totals, name)
            comparable = view.per != "total" and metric.scalable
            with (
                place,
                ui.paper(
                    metric.title.pick(),
                    sentences.district_value(district, metric, view.per),
                    key=name,
                    metric=metric,
                ),
            ):
                ui.chart(
                    charts.bars_by_community(
                        of_it,
                        metric,
                        page.look,
                        per=view.per,
                        reference=district.value if comparable else None,
                        reference_name=page.look.name(DISTRICT),
                    ),
                    key=f"bars-{name}",
                )

    ui.by_subdistrict(page, view, known[common[0]], key="home")

    ui.section(_("Needs attention"), _("Late reports, targets off pace, and rules the data break."))
    ui.todo(page, to_do.items(page.warehouse, view, page.gaps, page.until))
    ui.legend()
