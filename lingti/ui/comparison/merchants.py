"""Merchants that several communities share."""

from __future__ import annotations

from typing import Any

import htpy as h
import pandas as pd

from lingti.judging import number_text
from lingti.judging.period_values import View
from lingti.language import gettext as _
from lingti.ui.parts.html_out import Html
from lingti.ui.parts.markers import mark
from lingti.ui.parts.picture_sheets import ShownAs, picture_sheet
from lingti.ui.parts.tables import Column, table
from lingti.ui.window.frame import Page


def shared(page: Page, view: View) -> pd.DataFrame:
    """Merchants under agreement with several communities on the period's last day.

    One row per merchant: merchant, communities and signed (lists in the district's order),
    sector, circle.
    """
    return page.warehouse.query(page.catalog.views["shared_merchants"], day=view.period.last_day)


def shared_sheet(page: Page, merchants: pd.DataFrame) -> None:
    """The merchants of `shared` with each community's day of signing, and downloads."""
    if merchants.empty:
        return
    caption = _("Merchants under agreement with several communities at the period's end.")
    with picture_sheet(_("Shared merchants"), caption, key="shared", folded=True) as shown:
        if shown != "picture":
            _shared_table(page, merchants, shown)


def _shared_table(page: Page, merchants: pd.DataFrame, shown: ShownAs) -> None:
    frame = merchants.assign(
        where=[
            "; ".join(
                f"{page.look.name(str(place))} {number_text.day(pd.Timestamp(day))}"
                for place, day in zip(places, days, strict=True)
            )
            for places, days in zip(merchants["communities"], merchants["signed"], strict=True)
        ]
    )
    columns = page.catalog.tables["partnerships"]
    table(
        frame,
        [
            Column("merchant", columns.column("merchant").title.pick(), heading=True),
            Column("where", _("Communities, with the day signed"), html=_marked(page, frame)),
            Column("sector", columns.column("sector").title.pick()),
            Column("circle", columns.column("circle").title.pick()),
        ],
        name="shared-merchants",
        shown=shown,
    )


def _marked(page: Page, frame: pd.DataFrame) -> Any:
    """Writes the communities with their markers; cells are told apart by their text."""
    places = dict(zip(frame["where"], frame["communities"], strict=True))

    def written(cell: str) -> Html:
        parts = zip(places[cell], cell.split("; "), strict=True)
        return h.fragment[
            [
                h.span(".lt-who")[mark(page.look.symbols[place], page.look.colours[place]), words]
                for place, words in parts
            ]
        ]

    return written
