"""The weekly review (周会审), in the order of the meeting."""

from lingti import ui
from lingti.judging import annotations, period_values, review
from lingti.judging.reporting import reporting
from lingti.language import gettext as _
from lingti.ui import N_, decisions, follow_up
from lingti.ui import review as room

page = ui.page(N_("Weekly review"), N_("What does this week's meeting have to settle?"))
week = room.week(page)
places = ui.narrow(page)
view = period_values.View(week, None, tuple(places), published=page.published, catalog=page.catalog)

due = review.due(annotations.decisions(page.warehouse), week, places)
signals, count = review.new_signals(page.warehouse, page.district, view)
findings = review.new_findings(week, places)
new = findings.count(page.warehouse)
months = reporting.months_to(week.last_day, page.periods["month"])
months = [one for one in months if one.last_day < week.last_day]
owed = [
    one
    for one in reporting.returns(page.warehouse, page.district, months, week.last_day)
    if one.state in ("missing", "partial") and one.community in places
]
concerns = review.overdue_concerns(page.warehouse, week, places)

room.part(1, _("Overdue"), len(due.overdue))
decisions.decided(page, due.overdue, week.last_day)
room.part(2, _("Due this week"), len(due.this_week))
decisions.decided(page, due.this_week, week.last_day)
room.part(3, _("New signals"), len(signals))
room.signals_list(page, signals, count)
room.part(4, _("New findings"), new)
room.findings_list(page, findings, new)
room.part(5, _("Not reported"), len(owed))
room.returns_list(page, owed)
room.part(6, _("Concerns over their limit"), int(concerns["concerns"].sum()))
room.concerns_list(page, concerns, week)
asked = follow_up.of_week(page, week, places)
room.part(7, _("Asked about numbers"), len(asked))
follow_up.listed(page, asked)
follow_up.lead_to_all()
ui.section(_("Done this week"))
decisions.decided(page, due.done, week.last_day)
decisions.enter_form(page)
