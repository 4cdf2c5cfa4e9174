"""Findings: which rules the data break, where, what to do, and the rows that break them."""

from lingti import charts, ui
from lingti.access import roles
from lingti.catalog import DISTRICT
from lingti.ingest.keeping import batches
from lingti.judging import number_text, period_values
from lingti.judging.periods import trail_to
from lingti.judging.reporting import findings
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.ui import N_
from lingti.ui import findings as room

page = ui.page(N_("Findings"), N_("Which rules do the data break, and in which rows?"))
view = ui.filters(page, per=False)
metric = page.catalog.metrics["findings_count"]

seen = [one for one in view.communities if page.may(roles.FINDINGS, one)]
found = findings.by_rule(page.warehouse)
found = found[found["community"].isin(seen)]
ui.sentence(
    ngettext(
        "{rows} row breaks {rules} of {all} rules.",
        "{rows} rows break {rules} of {all} rules.",
        int(found["findings"].sum()),
    ).format(
        rows=number_text.exact(int(found["findings"].sum())),
        rules=found["check_name"].nunique(),
        all=len(page.catalog.checks),
    )
)

history = period_values.over_time(
    page.warehouse, view, [metric.name], trail_to(view.period, page.periods)
)
with ui.paper(metric.title.pick(), metric.definition.pick(), key="findings", metric=metric):
    # Lines of small counts lie on each other, so each community has a picture of its own.
    of_places = history[history["community"] != DISTRICT]
    ui.multiples(page, charts.small_multiples(of_places, metric, page.look, height=130), {})

ui.section(_("By rule"), _("All findings so far, whatever period is chosen above."))
room.by_rule(page, found, seen)
room.rules(page, found, seen)

ui.section(_("Cells to correct, from imports"), _("Cells that could not be read or broke a rule."))
room.quarantined(page, batches.manifests(page.district.home), seen)
