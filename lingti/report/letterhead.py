"""What the settings say of documents themselves: to whom they go, who signs them, what is asked."""

from __future__ import annotations

import base64
import re

from lingti.catalog import DISTRICT
from lingti.language import current
from lingti.language import gettext as _
from lingti.report.inputs import Material
from lingti.report.sentences import exact_numbers

_BETWEEN_SIGNERS = re.compile(r"[；;\n]")


def field_text(material: Material, place: str, field: str) -> str:
    """One of `DOCUMENT_FIELDS` of a place in the current language; "" where it is not said."""
    text = material.district.documents_of(place).get(field)
    return text.pick().strip() if text else ""


def addressee(material: Material, place: str) -> str:
    """To whom it goes (主送机关), with its colon: a community's to its district, if nobody said.

    "" where it is to be written: to whom a district reports, the program cannot know.
    """
    name = field_text(material, place, "addressee").rstrip("：:")
    if not name and place != DISTRICT:
        name = exact_numbers.place(material, DISTRICT)
    return name and name + ("：" if current() == "zh" else ":")


def closing(material: Material, place: str) -> str:
    """The words at its end: those of the settings, else those of a report to those above."""
    return field_text(material, place, "closing") or _("This is our report.")


def signers(material: Material, place: str) -> tuple[str, ...]:
    """Who signs (落款), each on a line of its own; the place itself where nobody is named."""
    named = [
        signer.strip()
        for signer in _BETWEEN_SIGNERS.split(field_text(material, place, "signed_by"))
    ]
    return tuple(filter(None, named)) or (exact_numbers.place(material, place),)


def emblem(material: Material) -> bytes:
    """The picture at the head of documents, a PNG; empty where there is none."""
    return base64.b64decode(material.district.emblem)
