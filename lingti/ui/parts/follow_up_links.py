"""Links to the page on which a number, a row or a finding is asked about."""

from __future__ import annotations

import htpy as h

from lingti.catalog import DISTRICT
from lingti.district import follow_ups
from lingti.language import gettext as _
from lingti.ui.parts import url
from lingti.ui.parts.html_out import Html
from lingti.ui.window.frame import Page

FOLLOW_UP, WHICH = "follow_up", "which"
ROW = ("batch", "file", "sheet", "row")  # the parts of the address that name a row


def asking(page: Page, words: Html | str, **number: str | int) -> Html | None:
    """A link that asks about a number, or a row behind it; None for who may not ask.

    `number` has the parts by which addresses name it, and those of `ROW`.
    """
    place = str(number.get("place") or DISTRICT)
    if not follow_ups.may_ask(page.person, place):
        return None
    href = url.link(FOLLOW_UP, **{name: str(part) for name, part in number.items() if part})
    label = _("Ask about it")
    return h.a(".lt-defined", href=href, title=label, aria_label=label)[words]
