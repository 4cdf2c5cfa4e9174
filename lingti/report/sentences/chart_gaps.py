"""What a chart cannot show, in words: whose number is missing in which periods, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from lingti import language
from lingti.judging import number_text
from lingti.judging.reporting import to_correct
from lingti.judging.sentences import listed, paragraph
from lingti.language import gettext as _
from lingti.report.sentences.clerk import state
from lingti.warehouse.frames import plain, rows


def gaps(frame: pd.DataFrame, name: Callable[[str], str]) -> str:
    """Which numbers of a chart are missing, in part, or lack rows; "" where all are whole.

    `frame` has one row per place and period, in order of time: community, grain, period,
    first_day, value, state, and to_correct where that is known.
    """
    missing: list[str] = []
    partial: list[str] = []
    early: list[str] = []
    lacking: list[str] = []
    one_year = frame["first_day"].map(lambda day: pd.Timestamp(day).year).nunique() == 1
    write = number_text.period_short if one_year else number_text.period
    order = list(dict.fromkeys(frame["period"]))
    grain = str(frame["grain"].iloc[0])
    for community, line in frame.groupby("community", sort=False):
        by_code: dict[str, list[str]] = {}
        for row in rows(line):
            code = (
                row.state
                if row.state in number_text.MARKED
                else number_text.state_of(plain(row.value), row.state)
            )
            if code not in ("reported", "zero"):
                by_code.setdefault(code, []).append(row.period)
        for code, periods in by_code.items():
            when = "" if len(periods) == len(line) else _spans(periods, order, grain, write)
            into = {"partial": partial, "before_start": early}.get(code, missing)
            why = "" if code in number_text.MARKED else _why(code)
            words = _("{place} {periods} {state}") if when else _("{place} {state}")
            into.append(words.format(place=name(str(community)), periods=when, state=why).strip())
        if held := [row.period for row in rows(line) if to_correct.lacking(row)]:
            when = _spans(held, order, grain, write)
            lacking.append(_("{place} {periods}").format(place=name(str(community)), periods=when))
    return paragraph(
        [
            _("No number: {parts}.").format(parts=listed(missing)) if missing else "",
            _("In part (hollow or hatched): {parts}.").format(parts=listed(partial))
            if partial
            else "",
            _("Before the start (hollow or hatched): {parts}.").format(parts=listed(early))
            if early
            else "",
            _("Lack rows to correct (hollow or hatched): {parts}.").format(parts=listed(lacking))
            if lacking
            else "",
        ]
    )


def _why(code: str) -> str:
    return number_text.withheld() if code == "withheld" else state(code)


def _spans(
    periods: Sequence[str], order: Sequence[str], grain: str, write: Callable[[str, str], str]
) -> str:
    """Periods as one writes them, those in a row as a span: `3月、5月至7月`."""
    runs: list[list[str]] = []
    for period in periods:
        follows = runs and order.index(period) == order.index(runs[-1][-1]) + 1
        if follows:
            runs[-1].append(period)
        else:
            runs.append([period])
    spans = [
        _("{first} to {last}").format(first=write(grain, run[0]), last=write(grain, run[-1]))
        if len(run) > 2
        else language.words(write(grain, period_id) for period_id in run)
        for run in runs
    ]
    return language.words(spans)
