"""What was changed in the settings, by whom and when; each change can be undone."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from lingti import entries
from lingti.catalog import own, packs
from lingti.district import change, settings
from lingti.district.settings import KINDS
from lingti.ingest.keeping import batches
from lingti.language import gettext as _
from lingti.ui import setting_words
from lingti.ui.parts.elements import empty, section
from lingti.ui.window import session
from lingti.ui.window.frame import Page
from lingti.upkeep.settings_sheets import TWINS

SHOWN = 40
OWN = (packs.KIND, own.TABLE, own.METRIC)


def past(page: Page) -> None:
    """The newest changes first."""
    section(_("What was changed"), _("Undoing one gives back what held before it."))
    home = page.district.home
    changes = [
        entry
        for kind in (*(settings.PREFIX + kind for kind in KINDS), TWINS, *OWN)
        for entry in entries.history(home, kind)
        if entry.key != settings.BEGUN
    ]
    if not changes:
        empty(_("Nothing was changed here yet."))
    titles = setting_words.titles_of(page.district)
    for entry in sorted(changes, key=lambda entry: (entry.number, entry.at), reverse=True)[:SHOWN]:
        words, button = st.columns([7, 1], vertical_alignment="center")
        words.caption(setting_words.change_words(entry, titles))
        if button.button(
            _("Undo"), key=f"lt-undo-{entry.number}-{entry.at}-{entry.key}", type="tertiary"
        ):
            if not _adds_what_has_data(home, entry):
                _undo(home, entry)
                st.rerun()
            refusal = _("{name} has data and cannot be taken out; say when it left.")
            st.error(refusal.format(name=titles.get(entry.key, entry.key)))


def _adds_what_has_data(home: Path, entry: entries.Entry) -> bool:
    """Whether undoing it would take a community out from below its batches."""
    if entry.kind != settings.PREFIX + settings.COMMUNITY or settings.before(home, entry):
        return False
    return any(manifest.community == entry.key for manifest in batches.manifests(home))


def _undo(home: Path, entry: entries.Entry) -> None:
    """What stands below batches is archived, never taken from below them."""
    by = session.account()
    if entry.kind not in OWN:
        change.undo(home, entry, by)
        return
    tables = packs.known()[entry.key].tables if entry.kind == packs.KIND else (entry.key,)
    has_batches = any(set(manifest.tables) & {*tables} for manifest in batches.manifests(home))
    undo = packs.undo if entry.kind == packs.KIND else own.undo
    undo(home, entry, by, has_batches=has_batches)
