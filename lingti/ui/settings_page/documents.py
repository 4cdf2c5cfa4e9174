"""What documents say of a place: to whom they go, who signs, the emblem, what is to be done."""

from __future__ import annotations

import base64
import io

import htpy as h
import pandas as pd
import streamlit as st

from lingti.catalog import DISTRICT
from lingti.district import DOCUMENT_FIELDS, Ask, change, settings
from lingti.judging import number_text
from lingti.language import Text
from lingti.language import gettext as _
from lingti.ui.parts import pickers
from lingti.ui.parts.elements import empty, section
from lingti.ui.parts.html_out import send
from lingti.ui.parts.tables import Column, table
from lingti.ui.settings_page.permission import origin
from lingti.ui.window import session
from lingti.ui.window.frame import Page

EMBLEM = "emblem"
HIGHEST_PX = 240
MOST_MB = 5


def documents(page: Page) -> None:
    """Draws the texts of a place's documents, the emblem of all, and what is to be done next."""
    places = [DISTRICT, *(community.id for community in page.district.communities)]
    place = pickers.choose_one("place", places, page.look.name, _("Documents of"))
    _texts(page, place)
    if place == DISTRICT:
        _emblem(page)
    _asks(page, place)


def _texts(page: Page, place: str) -> None:
    section(
        _("Heading and signature"),
        _("Briefings begin and end with them; what is left empty is left out."),
    )
    set_texts = page.district.documents_of(place)
    labels = {
        "addressee": _("Documents go to (主送机关)"),
        "full_name": _("Full name in documents"),
        "signed_by": _("Signed by (落款); several with a semicolon between"),
        "closing": _("Closing words"),
    }
    hints = {
        "addressee": _("Office of the district's Party committee"),
        "signed_by": _("Party committee; residents' committee"),
        "closing": _("This is our report."),
    }
    with st.form(f"lt-documents-{place}", border=False):
        texts = {
            field: st.text_input(
                labels[field],
                set_texts.get(field, Text("", "")).zh,
                max_chars=120,
                placeholder=hints.get(field, ""),
            ).strip()
            for field in DOCUMENT_FIELDS
        }
        kept = st.form_submit_button(_("Keep"), type="primary")
    home, by = page.district.home, session.account()
    if not kept:
        _origin(page, place)
        return
    changed = {
        field: text
        for field, text in texts.items()
        if text != set_texts.get(field, Text("", "")).zh
    }
    if place == DISTRICT:
        change.district(home, changed, by)
    elif changed:
        change.enter(home, settings.COMMUNITY, place, changed, by)
    st.rerun()


def _origin(page: Page, place: str) -> None:
    set_here = settings.of(page.district.home)
    kind = settings.COMMUNITY if place != DISTRICT else settings.DISTRICT
    known = [place] if place != DISTRICT else DOCUMENT_FIELDS
    shown = dict.fromkeys(origin(set_here[kind, key]) for key in known if (kind, key) in set_here)
    if shown:
        st.caption(" · ".join(shown))


def _emblem(page: Page) -> None:
    """The picture above the title of briefings and on the first slide."""
    section(_("Emblem"), _("Above the title of briefings, and on the first slide."))
    home = page.district.home
    if page.district.emblem:
        src = f"data:image/png;base64,{page.district.emblem}"
        send(h.p[h.img(src=src, alt=_("Emblem"), height="64")])
        if st.button(_("Take the emblem out")):
            change.enter(home, settings.DISTRICT, EMBLEM, None, session.account())
            st.rerun()
    dropped = st.file_uploader(
        _("A picture (PNG or JPEG)"), type=["png", "jpg", "jpeg"], max_upload_size=MOST_MB
    )
    if dropped is None:
        return
    drawn = as_emblem(dropped.getvalue())
    if not drawn:
        st.error(_("This is no picture that can be used; save it as PNG and try again."))
    elif drawn != page.district.emblem:
        change.enter(home, settings.DISTRICT, EMBLEM, drawn, session.account())
        st.rerun()


def as_emblem(data: bytes) -> str:
    """A picture as a small PNG in base64; "" where it is none. Nothing else in the file is kept."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as picture:
            picture.thumbnail((HIGHEST_PX * 4, HIGHEST_PX))
            out = io.BytesIO()
            picture.convert("RGBA").save(out, "PNG", optimize=True)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return ""
    return base64.b64encode(out.getvalue()).decode()


def _asks(page: Page, place: str) -> None:
    section(
        _("Next steps"),
        _("Listed at the end of briefings; without any, an empty table is left to be filled in."),
    )
    home, by = page.district.home, session.account()
    held = {
        key: ask
        for ask in page.district.asks
        for key in [f"{ask.place}/{ask.from_day}/{ask.text}"]
        if ask.place == place
    }
    if held:
        _list(list(held.values()))
        columns = st.columns([4, 1], vertical_alignment="bottom")
        chosen = columns[0].selectbox(
            _("One that is done, or not wanted any more"),
            list(held),
            format_func=lambda key: held[key].text,
        )
        if columns[1].button(_("Take it out"), key="lt-ask-out"):
            change.enter(home, settings.ASK, str(chosen), None, by)
            st.rerun()
    else:
        empty(_("None."))
    with st.form("lt-ask", border=False, clear_on_submit=True):
        text = st.text_input(_("What is to be done"), max_chars=200)
        first, second, third = st.columns(3)
        owner = first.text_input(_("Post in charge"), max_chars=40)
        due = second.date_input(_("Due by"), None)
        from_day = third.date_input(
            _("In documents of periods that end on or after"), page.today.replace(day=1)
        )
        if not st.form_submit_button(_("Add it"), type="primary"):
            return
    if not text.strip():
        st.error(_("Say what is to be done."))
        return
    change.ask(home, Ask(place, from_day, text.strip(), owner.strip(), due), by)
    st.rerun()


def _list(asks: list[Ask]) -> None:
    frame = pd.DataFrame(
        [
            {
                "text": ask.text,
                "owner": ask.owner,
                "due": number_text.as_of(ask.due),
                "from": number_text.day(ask.from_day),
            }
            for ask in asks
        ]
    )
    columns = [
        Column("text", _("What is to be done"), heading=True),
        Column("owner", _("Post in charge")),
        Column("due", _("Due by")),
        Column("from", _("From")),
    ]
    table(frame, columns, name="next-steps")
