"""The last step of an import: what readers get is replaced when an official says so."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import htpy as h
import streamlit as st

from lingti import warehouse
from lingti.access import roles
from lingti.catalog import Catalog
from lingti.judging import number_text
from lingti.judging.sentences import joined
from lingti.language import gettext as _
from lingti.memo_cache import memoised
from lingti.ui import Page
from lingti.ui.parts.html_out import send
from lingti.upkeep import publishing
from lingti.warehouse import Warehouse
from lingti.warehouse.snapshots import Change

_DONE = "lt-published"


def publish(page: Page, by: str) -> None:
    """Says what publishing would change for readers, and does it; nothing where nothing would."""
    if not page.may(roles.ADMINISTER):
        return
    if st.session_state.pop(_DONE, False):
        send(h.div(".lt-done", role="status")[h.p[h.b[_("Published")]]])
    published_at = warehouse.published_at(page.district.home)
    changes = _changes(page.warehouse, published_at)
    replaced = [change for change in changes if change.kind in ("new", "replaced")]
    kept = [change for change in changes if change.kind == "kept"]
    if not replaced and not kept:
        return
    with st.container(border=True, key="lt-publish"):
        send(
            h.p[
                h.b[_("Publish to readers")],
                " ",
                _("Viewers, other secretaries and the projector see the numbers of {day}.").format(
                    day=published_at.replace("T", " ")
                ),
            ]
        )
        for words, changes_of_kind in (
            (_("These will change: {names}."), replaced),
            (_("These stay as they are, as 1 to 4 people make the difference: {names}."), kept),
        ):
            if changes_of_kind:
                send(h.p[words.format(names=names(page.catalog, changes_of_kind))])
        if replaced and st.button(_("Publish"), type="primary", key="lt-publish-now"):
            publishing.publish_to_readers(Path(page.district.home), by)
            st.session_state[_DONE] = True
            st.rerun()


@memoised
def _changes(data: Warehouse, _told: str) -> list[Change]:
    return warehouse.unpublished(data.home)


def names(known: Catalog, changes: Sequence[Change], most: int = 8) -> str:
    """The metrics of changes by their titles, the first few, and how many more there are."""
    titles = list(
        dict.fromkeys(
            known.metrics[name].title.pick()
            for change in changes
            for name in change.metrics
            if name in known.metrics
        )
    )
    listed = joined(titles[:most])
    if len(titles) <= most:
        return listed
    return _("{names} and {count} more").format(
        names=listed, count=number_text.exact(len(titles) - most)
    )
