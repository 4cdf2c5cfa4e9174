"""What the settings say of documents themselves: to whom they go, who signs them, what is asked."""

from __future__ import annotations

import base64
import re

from lingti.catalog import DISTRICT
from lingti.district import Ask
from lingti.language import current
from lingti.language import gettext as _
from lingti.report.content import Block, Grid, Paragraph
from lingti.report.inputs import Material
from lingti.report.sentences import exact_numbers

LINES_TO_FILL = 4
_BETWEEN_SIGNERS = re.compile(r"[；;\n]")


def told(material: Material, place: str, field: str) -> str:
    """One of `DOCUMENT_FIELDS` of a place in the current language; "" where it is not said."""
    text = material.district.documents_of(place).get(field)
    return text.pick().strip() if text else ""


def addressee(material: Material, place: str) -> str:
    """To whom it goes (主送机关), with its colon; "" where that is not said."""
    name = told(material, place, "addressee").rstrip("：:")
    return name and name + ("：" if current() == "zh" else ":")


def signers(material: Material, place: str) -> tuple[str, ...]:
    """Who signs (落款), each on a line of its own; the place itself where nobody is named."""
    named = [one.strip() for one in _BETWEEN_SIGNERS.split(told(material, place, "signed_by"))]
    return tuple(filter(None, named)) or (exact_numbers.place(material, place),)


def emblem(material: Material) -> bytes:
    """The picture at the head of documents, a PNG; empty where there is none."""
    return base64.b64decode(material.district.emblem)


def asks(material: Material, place: str) -> list[Ask]:
    """What a place asks for in documents of the period; of the district all that anybody does."""
    last_day = material.view.period.last_day
    return [
        ask
        for ask in material.district.asks
        if ask.from_day <= last_day and (place in (DISTRICT, ask.place))
    ]


def next_steps(material: Material, place: str) -> list[Block]:
    """A table of what was entered, or an empty one for people to write into."""
    head = (_("No."), _("What is to be done"), _("Post in charge"), _("Due by"))
    widths = (0.1, 0.5, 0.22, 0.18)
    found = asks(material, place)
    if not found:
        empty = tuple((str(number), "", "", "") for number in range(1, LINES_TO_FILL + 1))
        fill = Paragraph(_("To be filled in by the author before it is sent."), "fill")
        return [fill, Grid("", head, empty, widths)]
    rows = [
        (
            str(number),
            _whose(material, place, one) + one.text,
            one.owner,
            exact_numbers.when_short(one.due),
        )
        for number, one in enumerate(found, 1)
    ]
    return [Grid("", head, tuple(rows), widths)]


def _whose(material: Material, place: str, ask: Ask) -> str:
    """Whose it is, in the district's documents."""
    if place == ask.place:
        return ""
    return _("{name}: ").format(name=exact_numbers.short(material, ask.place))
