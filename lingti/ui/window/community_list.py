"""A list of communities as it was understood, before it is entered."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from lingti.district.typed_lists import Typed
from lingti.language import gettext as _
from lingti.language import ngettext


def preview(communities: Sequence[Typed]) -> None:
    """What was understood of a typed list, as a table."""
    titles = {
        "name": _("Community"),
        "subdistrict": _("Subdistrict"),
        "residents": _("Residents"),
        "households": _("Households"),
        "as_of": _("As of"),
        "topic": _("Topic"),
    }
    rows = [
        {title: getattr(typed, field) for field, title in titles.items()} for typed in communities
    ]
    words = ngettext(
        "Understood as {count} community:", "Understood as {count} communities:", len(communities)
    )
    st.caption(words.format(count=len(communities)))
    if any(typed.subdistrict_above for typed in communities):
        st.caption(_("A blank subdistrict takes the one above; write – where there is none."))
    st.dataframe(pd.DataFrame(rows), hide_index=True)
