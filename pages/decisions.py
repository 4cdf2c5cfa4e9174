"""Decisions: what was decided, whose it is, until when, and whether it is done."""

from lingti import ui
from lingti.district.journal import DONE, STANDINGS
from lingti.judging import annotations, number_text
from lingti.judging.standing.decision_words import standing_words
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.ui import N_, decisions
from lingti.ui.parts import pickers

page = ui.page(N_("Decisions"), N_("What did we decide, and has it been done?"))
view = ui.filters(page, per=False)
on = min(view.period.last_day, max(page.until.values(), default=page.today))

known = [
    one
    for one in annotations.decisions(page.warehouse)
    if one.community in view.places and one.day <= on
]
standing = pickers.choose_one(
    "standing",
    ("all", *STANDINGS),
    lambda one: _("all") if one == "all" else standing_words(one),
    _("Status"),
)
overdue = sum(one.standing(on) == "overdue" for one in known)
done = sum(one.standing(on) in DONE for one in known)
ui.sentence(
    ngettext(
        "By {day}: {all} decision, {done} done, {overdue} overdue.",
        "By {day}: {all} decisions, {done} done, {overdue} overdue.",
        len(known),
    ).format(day=number_text.day(on), all=len(known), done=done, overdue=overdue)
)
shown = [one for one in known if standing in ("all", one.standing(on))]
decisions.decided(page, decisions.most_urgent_first(shown, on), on, name="decisions")
decisions.enter_form(page)
decisions.change_form(page, known)
