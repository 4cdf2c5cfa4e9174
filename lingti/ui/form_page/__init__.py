"""The parts of the page of forms: drop, confirm, take; what is from where; what is asked."""

from __future__ import annotations

from lingti.district import District
from lingti.forms.filling import Filled
from lingti.forms.reading.package import FormError
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.ui.form_page.confirm import NOT_LISTED, likely, to_confirm, to_correct
from lingti.ui.form_page.files import files
from lingti.ui.form_page.intake import Dropped, allowed_or_stop, dropped, filled
from lingti.ui.form_page.lists import blank, burden, numbers
from lingti.ui.import_page.outcome_text import warn
from lingti.ui.parts.elements import section, sentence
from lingti.ui.parts.html_out import put
from lingti.ui.window.frame import Page

__all__ = ["allowed_or_stop", "burden", "dropped", "form"]


def form(page: Page, settings: District, upload: Dropped) -> None:
    """A form: what became of it, what is asked, and the files to take."""
    try:
        done, wish = filled(page, settings, upload)
    except FormError as error:
        section(upload.name)
        put(warn(_("This form is not filled."), str(error)))
        return
    section(done.title or upload.name, _under(upload, done))
    if done.needs and not (wish.community and wish.period):
        sentence(_("Say what the form does not say, then it is filled."))
    sentence(_in_short(done))
    to_confirm(page, done, upload)
    to_correct(page, done, upload)
    if not done.needs:
        files(page, settings, done, wish, upload)
    numbers(page, settings, done)
    blank(page, done)


def _under(upload: Dropped, done: Filled) -> str:
    if done.remembered is None:
        return _("{file} · new here").format(file=upload.name)
    return _("{file} · known from before").format(file=upload.name)


def _in_short(done: Filled) -> str:
    done_count = sum(o.filled for o in done.outcomes)
    waiting = len(likely(done))
    blank_count = sum(not o.filled and o.code not in NOT_LISTED for o in done.outcomes) - waiting
    parts = [
        ngettext("{n} cell is filled", "{n} cells are filled", done_count).format(n=done_count),
        ngettext("{n} waits for a yes", "{n} wait for a yes", waiting).format(n=waiting),
        ngettext("{n} stays blank", "{n} stay blank", blank_count).format(n=blank_count),
    ]
    return _("{filled}, {likely}, {blank}.").format(
        filled=parts[0], likely=parts[1], blank=parts[2]
    )
