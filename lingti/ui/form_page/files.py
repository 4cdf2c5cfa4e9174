"""The files to take from the page of forms: the filled form, its sources, that of everybody."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from lingti.access import roles
from lingti.district import District
from lingti.forms import fill_document, filling, memory, sources
from lingti.forms.filling import Filled, Wish
from lingti.forms.reading.package import opened
from lingti.language import gettext as _
from lingti.ui.form_page.intake import Dropped
from lingti.ui.window import session
from lingti.ui.window.frame import Page

MIME = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "zip": "application/zip",
}


def files(page: Page, settings: District, done: Filled, wish: Wish, upload: Dropped) -> None:
    """The filled form and its sources; of a form that says nobody, that of every community."""
    name = Path(fill_document.output_name(Path(upload.name), wish.community))
    office = st.text_input(
        _("Which office sent it? (for the list below)"),
        value=done.remembered.office if done.remembered else "",
        key=f"lt-form-office-{upload.key}",
        width=400,
    )
    by = session.account()

    def keep() -> None:
        kept = filling.to_remember(done, wish, office)
        memory.remember(settings.home, done.shape, kept, by)
        memory.remember_words(settings.home, wish.words, by)

    address = _address()
    with st.container(horizontal=True, key=f"lt-form-files-{upload.key}", gap="small"):
        _button(
            settings, name.name, _("Download the filled form"), lambda: filling.data_of(done), keep
        )
        _button(
            settings,
            fill_document.sources_name(name),
            _("Download its sources"),
            lambda: sources.workbook(done, settings, address),
            keep,
        )
        if wish.community and page.may(roles.REPORT):
            _button(
                settings,
                f"{Path(upload.name).stem}.zip",
                _("Of every community"),
                lambda: _of_everybody(page, settings, wish, upload, address),
                keep,
            )


def _button(
    settings: District,
    name: str,
    words: str,
    make: Callable[[], bytes],
    keep: Callable[[], None],
) -> None:
    def made() -> bytes:
        keep()
        return make()

    st.download_button(
        words,
        data=session.export(settings.home, name, made),
        file_name=name,
        mime=MIME[name.rpartition(".")[2].lower()],
        key=f"lt-form-take-{name}",
        on_click="ignore",
        icon=":material/download:",
    )


def _of_everybody(
    page: Page, settings: District, wish: Wish, upload: Dropped, address: str
) -> bytes:
    """The form of every community with its sources, in one zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for community in settings.communities:
            own = replace(wish, community=community.id)
            done = filling.fill(page.warehouse, settings, opened(upload.data), own)
            name = Path(fill_document.output_name(Path(upload.name), community.id))
            archive.writestr(name.name, filling.data_of(done))
            archive.writestr(
                fill_document.sources_name(name), sources.workbook(done, settings, address)
            )
    return out.getvalue()


def _address() -> str:
    """Where this server is, as the visitor sees it."""
    parts = urlsplit(str(st.context.url or ""))
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
