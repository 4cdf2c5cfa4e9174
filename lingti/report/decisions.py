"""Decisions to follow up: those of the communities' exports, and those entered on pages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from lingti.catalog import DISTRICT
from lingti.district import journal
from lingti.judging.periods import Period

ORDER = ("overdue", "open", "done_late", "done")
_COLUMNS = ["community", "day", "topic", "decision", "owner", "due_on", "done_on", "standing"]


def entered(home: Path, period: Period, today: date) -> pd.DataFrame:
    """What was entered on pages, made by the period's end and not done before its first day.

    Columns as of the view `report_decisions`; `community` may be the district.
    """
    as_of = min(period.last_day, today)
    made = []
    for decision in journal.decisions(home, []):
        done_on = (
            decision.done_on if decision.done_on is not None and decision.done_on <= as_of else None
        )
        if decision.day > as_of or (done_on is not None and done_on < period.first_day):
            continue
        how = _standing(decision.due_on, done_on, as_of)
        words = (decision.topic, decision.decision, decision.owner)
        made.append((decision.community, decision.day, *words, decision.due_on, done_on, how))
    return pd.DataFrame(made, columns=_COLUMNS)


def _standing(due_on: date | None, done_on: date | None, as_of: date) -> str:
    if done_on is not None:
        return "done_late" if due_on is not None and done_on > due_on else "done"
    return "overdue" if due_on is not None and due_on < as_of else "open"


def together(exported: pd.DataFrame, added: pd.DataFrame, communities: list[str]) -> pd.DataFrame:
    """Both in one list: the overdue ones first, then by the day they are due."""
    if added.empty:
        return exported
    both = pd.concat([exported, added], ignore_index=True)
    places = [DISTRICT, *communities]
    keys = pd.DataFrame(
        {
            "standing": both["standing"].map(ORDER.index),
            "due_on": pd.to_datetime(both["due_on"]),
            "place": both["community"].map(places.index),
            "day": pd.to_datetime(both["day"]),
            "decision": both["decision"],
        }
    )
    order = keys.sort_values(list(keys.columns), na_position="last", kind="stable").index
    return both.loc[order].reset_index(drop=True)
