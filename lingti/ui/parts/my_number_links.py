"""Links to the page that tells why a number is not the one that somebody has."""

from __future__ import annotations

import htpy as h

from lingti.language import gettext as _
from lingti.ui.parts import url
from lingti.ui.parts.html_out import Html

MY_NUMBER, MINE = "my_number", "mine"


def differing(words: str = "", **number: str) -> Html:
    """A link that asks why a number, or one of a place and period, is not the visitor's."""
    href = url.link(MY_NUMBER, **number)
    label = _("Why is it not my number?")
    return h.a(".lt-defined", href=href, title=label, aria_label=label)[words or "≠"]
