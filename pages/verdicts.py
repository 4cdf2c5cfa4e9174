"""Is it real: the verdict on one metric for every community, with the chart it rests on."""

from lingti import ui
from lingti.judging.between import compared
from lingti.language import gettext as _
from lingti.ui import N_, verdicts
from lingti.ui.parts import pickers

page = ui.page(N_("Changes judged"), N_("Is a change real, or only ordinary variation?"))
view = ui.filters(page, per=False)
metric = pickers.metric(page, compared.default_metric(view, page.district, of=verdicts.is_judged))
found = verdicts.of_places(page, view, metric)

ui.section(metric.title.pick(), metric.definition.pick())
ui.sentence(verdicts.summary(page, found))
verdicts.judged_instead(page, metric)
verdicts.multiples(page, found)
verdicts.legend()
ui.section(_("Everything at a glance"), _("The communities' own numbers in the period."))
verdicts.overview(page, view)
verdicts.baselines(page, found)
