"""The weekly review (周会审), in the order of the meeting."""

from lingti import compare, ui
from lingti.judging import agenda, events, returns
from lingti.language import gettext as _
from lingti.ui import N_, meeting, resolved

page = ui.page(N_("Weekly review"), N_("What does this week's meeting have to settle?"))
week = meeting.week(page)
places = ui.narrow(page)
view = compare.View(week, None, tuple(places), published=page.published)
begin = page.periods["programme"][0].first_day

due = agenda.due(events.decisions(page.warehouse), week, places)
signals = agenda.new_signals(page.warehouse, page.district, view, begin, page.until, week)
findings = agenda.new_findings(week, places)
new = findings.count(page.warehouse)
months = [one for one in page.periods["month"] if one.last_day < week.last_day]
owed = [
    one
    for one in returns.returns(page.warehouse, page.district, months, week.last_day)
    if one.state in ("missing", "partial") and one.community in places
]
concerns = agenda.overdue_concerns(page.warehouse, week, places)

meeting.part(1, _("Overdue"), len(due.overdue))
resolved.decided(page, due.overdue, week.last_day)
meeting.part(2, _("Due this week"), len(due.this_week))
resolved.decided(page, due.this_week, week.last_day)
meeting.part(3, _("New signals"), len(signals))
meeting.signals_list(page, signals)
meeting.part(4, _("New findings"), new)
meeting.findings_list(page, findings, new)
meeting.part(5, _("Not reported"), len(owed))
meeting.returns_list(page, owed)
meeting.part(6, _("Concerns over their limit"), int(concerns["concerns"].sum()))
meeting.concerns_list(page, concerns, week)
ui.section(_("Done this week"))
resolved.decided(page, due.done, week.last_day)
resolved.enter_form(page)
