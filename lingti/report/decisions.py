"""Decisions to follow up: those of the communities' sheets, and those entered on pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from lingti.catalog import DISTRICT
from lingti.district import journal
from lingti.judging.periods import Period
from lingti.warehouse.frames import rows as rows_of

_COLUMNS = ["community", "day", "topic", "decision", "owner", "due_on", "done_on", "standing"]


def imported(frame: pd.DataFrame) -> pd.DataFrame:
    """Those of the communities' sheets, as the view `report_decisions` has them, with standing."""
    standing = [
        journal.standing(_day(row.due_on), _day(row.done_on), pd.Timestamp(row.as_of).date())
        for row in rows_of(frame)
    ]
    return frame.drop(columns="as_of").assign(standing=standing)


def entered(home: Path, period: Period, today: date) -> pd.DataFrame:
    """What was entered on pages, made by the period's end and not done before its first day.

    Columns as of `imported`; `community` may be the district.
    """
    as_of = min(period.last_day, today)
    rows = []
    for decision in journal.decisions(home, []):
        done_on = (
            decision.done_on if decision.done_on is not None and decision.done_on <= as_of else None
        )
        if decision.day > as_of or (done_on is not None and done_on < period.first_day):
            continue
        words = (decision.topic, decision.decision, decision.owner)
        days = (decision.due_on, done_on)
        rows.append((decision.community, decision.day, *words, *days, decision.standing(as_of)))
    return pd.DataFrame(rows, columns=_COLUMNS)


def together(
    imported: pd.DataFrame, entered: pd.DataFrame, communities: Sequence[str]
) -> pd.DataFrame:
    """Both in one list: the overdue ones first, then by the day they are due."""
    both = pd.concat([frame for frame in (imported, entered) if not frame.empty] or [imported])
    places = [DISTRICT, *communities]
    keys = pd.DataFrame(
        {
            "standing": both["standing"].map(journal.STANDINGS.index),
            "due_on": pd.to_datetime(both["due_on"]),
            "place": both["community"].map(places.index),
            "day": pd.to_datetime(both["day"]),
            "decision": both["decision"],
        }
    ).reset_index(drop=True)
    order = keys.sort_values(list(keys.columns), na_position="last", kind="stable").index
    return both.iloc[order].reset_index(drop=True)


def _day(value: Any) -> date | None:
    return None if pd.isna(value) else pd.Timestamp(value).date()
