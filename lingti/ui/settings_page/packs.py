"""Ready-made topics: taken with one click, and given back."""

from __future__ import annotations

from functools import partial

import streamlit as st

from lingti.catalog import packs as packs_module
from lingti.catalog.packs import ARCHIVED, TAKEN, Pack
from lingti.ingest.keeping import batches
from lingti.ingest.mapping import templates
from lingti.judging.sentences import joined
from lingti.language import current
from lingti.language import gettext as _
from lingti.ui.parts.elements import section
from lingti.ui.window import session
from lingti.ui.window.frame import Page


def packs(page: Page) -> None:
    """Draws every pack with what it has, and the button that takes it or gives it back."""
    section(
        _("Ready-made topics"),
        _("Each brings its sheets, numbers and rules; they are everywhere at once."),
    )
    held = packs_module.states(page.district.home)
    for pack in packs_module.known().values():
        with st.container(border=True):
            _pack(page, pack, held.get(pack.id, ""))


def _pack(page: Page, pack: Pack, state: str) -> None:
    words, button = st.columns([5, 1], vertical_alignment="center")
    words.markdown(f"**{pack.title.pick()}** · {pack.about.pick()}")
    home, by = page.district.home, session.account()
    if state != TAKEN:
        alike = packs_module.called_alike(pack, page.catalog)
        word = _("Take it again") if state == ARCHIVED else _("Take it")
        if alike:
            word = _("Take it all the same")
            warning = _("{names}: two would be called so. Rename the one there is first.")
            st.warning(warning.format(names=joined([f"“{title}”" for title in alike])))
        if button.button(word, key=f"lt-pack-{pack.id}", type="primary"):
            packs_module.take(home, pack.id, by)
            st.rerun()
        if state == ARCHIVED:
            st.caption(_("Archived: its data stay, its numbers are not shown."))
        return
    numbers = [
        metric.title.pick()
        for metric in page.catalog.metrics.values()
        if metric.name.startswith(f"pack_{pack.id}_")
    ]
    st.caption(_("Numbers: {names}").format(names=joined(numbers)))
    for name in pack.tables:
        _template(page, name)
    has_batches = any(set(manifest.tables) & {*pack.tables} for manifest in batches.manifests(home))
    word = _("Archive") if has_batches else _("Give back")
    if button.button(word, key=f"lt-pack-{pack.id}"):
        packs_module.give_back(home, pack.id, by, has_batches=has_batches)
        st.rerun()


def _template(page: Page, name: str) -> None:
    table = page.catalog.tables[name]
    st.download_button(
        _("Template: {title}").format(title=table.title.pick()),
        data=partial(templates.workbook, table, current()),
        file_name=_("{title} template").format(title=table.title.pick()) + ".xlsx",
        key=f"lt-pack-template-{name}",
        icon=":material/download:",
        on_click="ignore",
    )
