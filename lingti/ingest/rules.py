"""Rules that take more than one cell: a person's day, a case's number, the days of the file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lingti.catalog import PERSON_KEYS
from lingti.ingest.coverage import BEGINNING, Span, contains
from lingti.ingest.fates import Checked, Flags
from lingti.language import gettext as _

MOST_HOURS = 24.0


def refuse_long_days(checked: Checked) -> None:
    """Nobody serves more than 24 hours a day: all rows of such a person and day are findings."""
    parts = [one for one in checked.fed if one.table == "service"]
    if not parts:
        return
    keys = ["day", *PERSON_KEYS]
    good = [one.frame([*keys, "hours"]).filter(pa.array(one.good)) for one in parts]
    summed = pa.concat_tables(good).group_by(keys).aggregate([("hours", "sum")])
    over = summed.filter(pc.greater(summed["hours_sum"].cast(pa.float64()), MOST_HOURS))
    if not len(over):
        return
    wanted = {tuple(row[key] for key in keys) for row in over.to_pylist()}
    for one in parts:
        rows = one.frame(keys).to_pylist()
        flags = np.array([tuple(row.values()) in wanted for row in rows], bool) & one.good
        shown = [str(hours) for hours in one.columns["hours"].to_pylist()]
        expected = _("at most 24 hours of one person on one day")
        checked.note(one.rows, flags, "hours_over_24", one.labels["hours"], expected, shown)


def refuse_repeated_cases(checked: Checked) -> None:
    """A case number that stands twice in an import leaves open which row counts."""
    if checked.source.key is None:
        return
    for table in checked.source.tables:
        parts = [one for one in checked.fed if one.table == table]
        keys = pa.chunked_array(
            [one.columns["case_key"].filter(pa.array(one.good)) for one in parts]
        )
        twice = [pair["values"] for pair in keys.value_counts().to_pylist() if pair["counts"] > 1]
        for one in parts:
            flags = pc.is_in(one.columns["case_key"], pa.array(twice, pa.string()))
            expected = _("each case once")
            repeated = np.asarray(flags.to_numpy(zero_copy_only=False), bool) & one.good
            checked.note(one.rows, repeated, "repeated_case", checked.source.key, expected)


def refuse_days_outside(checked: Checked, covers: list[Span]) -> None:
    """Turns rows whose day is not covered into findings.

    Full lists and lists by case number may go back as far as they like: only days after the last
    one covered are outside.
    """
    if checked.source.replaces != "days":
        covers = [Span(BEGINNING, covers[-1].last)]
    for one in checked.fed:
        if "day" in one.columns:
            days = one.columns["day"].dictionary_encode()
            outside = _where(days, lambda day: not contains(covers, day)) & one.good
            if outside.any():
                shown = [str(day) for day in one.columns["day"].to_pylist()]
                expected = _("a day among those the file speaks for")
                checked.note(one.rows, outside, "outside_days", one.labels["day"], expected, shown)


def _where(coded: pa.DictionaryArray, holds: Callable[[Any], bool]) -> Flags:
    flags = np.array([holds(value) for value in coded.dictionary.to_pylist()] + [False], bool)
    found: Flags = flags[coded.indices.fill_null(len(flags) - 1).to_numpy(zero_copy_only=False)]
    return found
