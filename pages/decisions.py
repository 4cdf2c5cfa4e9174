"""Decisions: what was decided, whose it is, until when, and whether it is done."""

from lingti import formats, ui
from lingti.judging import events
from lingti.language import gettext as _
from lingti.ui import N_, choose, resolved

page = ui.page(N_("Decisions"), N_("What did we decide, and has it been done?"))
view = ui.filters(page, per=False)
on = min(view.period.last_day, max(page.until.values(), default=page.today))

known = [
    one
    for one in events.decisions(page.warehouse)
    if one.community in view.places and one.day <= on
]
standing = choose.one(
    "standing",
    ("all", "overdue", "due_soon", "open", "done"),
    lambda one: _("all") if one == "all" else resolved.standing_words(one),
    _("Status"),
)
overdue = sum(one.standing(on) == "overdue" for one in known)
done = sum(one.standing(on) == "done" for one in known)
ui.sentence(
    _("By {day}: {all} decisions, {done} done, {overdue} overdue.").format(
        day=formats.day(on), all=len(known), done=done, overdue=overdue
    )
)
shown = [one for one in known if standing in ("all", one.standing(on))]
resolved.decided(page, shown, on, name="decisions")
resolved.enter_form(page)
resolved.change_form(page, known)
