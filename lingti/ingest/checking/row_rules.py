"""Rules that take more than one cell: a person's day, a case's number, the days of the file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lingti.catalog import PERSON_KEYS
from lingti.ingest.checking.coverage import BEGINNING, Span, contains
from lingti.ingest.checking.row_outcomes import Checked, FedRows, Flags, positions
from lingti.language import gettext as _

MOST_HOURS = 24.0
_ROUNDING = 1e-6
_MOST_NUMBERS = 2**62
# Primes: what people share in their numbers spreads.
_BINS, _FEWER_BINS, _FEW_ROWS = 4_194_301, 524_287, 250_000


def refuse_long_days(checked: Checked) -> None:
    """Nobody serves more than 24 hours a day: all rows of such a person and day are findings."""
    parts = [fed_rows for fed_rows in checked.fed if fed_rows.table == "service"]
    if not parts:
        return
    hours = np.concatenate([(_hours(part) / _lengths(part))[part.good] for part in parts])
    over = _over(_person_days(parts), hours)
    if not over.any():
        return
    ends = np.cumsum([np.count_nonzero(part.good) for part in parts])
    for fed_rows, mine in zip(parts, np.split(over, ends[:-1]), strict=True):
        flags = fed_rows.good.copy()
        flags[flags] = mine
        shown = [str(hours) for hours in fed_rows.columns["hours"].to_pylist()]
        expected = _("at most 24 hours of one person on one day")
        checked.note(
            fed_rows.rows, flags, "hours_over_24", fed_rows.labels["hours"], expected, shown
        )


def _over(
    numbers: np.ndarray[Any, np.dtype[np.int64]], hours: np.ndarray[Any, np.dtype[np.float64]]
) -> Flags:
    """Which rows are of a number whose hours add up to too many.

    Rows are first thrown into a fixed number of bins, which is quick; only those of a bin that
    holds too many hours are told apart.
    """
    bins = numbers % (_BINS if len(numbers) > _FEW_ROWS else _FEWER_BINS)
    over: Flags = (np.bincount(bins, weights=hours) > MOST_HOURS + _ROUNDING)[bins]
    if over.any():
        _numbers, whole = np.unique(numbers[over], return_inverse=True)
        sums = np.bincount(whole, weights=hours[over])
        over[over] = (sums > MOST_HOURS + _ROUNDING)[whole]
    return over


def _person_days(parts: list[FedRows]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """A number per good row, the same for the same person and day."""
    number = np.zeros(sum(np.count_nonzero(part.good) for part in parts), np.int64)
    many = 1
    for key in ("day", *PERSON_KEYS):
        column = pa.chunked_array([part.columns[key] for part in parts])
        if len(parts) > 1:
            column = column.unify_dictionaries()
        chunks = [_codes(chunk) for chunk in column.chunks]
        chunks = [
            codes if one.good.all() else codes[one.good]
            for one, codes in zip(parts, chunks, strict=True)
        ]
        codes = chunks[0] if len(chunks) == 1 else np.concatenate(chunks)
        size = int(codes.max(initial=0)) + 1
        if size == 1:
            continue
        if many * size > _MOST_NUMBERS:
            _numbers, number = np.unique(number, return_inverse=True)
            many = len(number)
        number = number * size + codes
        many *= size
    return number


def _codes(chunk: pa.DictionaryArray) -> np.ndarray[Any, np.dtype[np.int32]]:
    """The positions in the dictionary, from 1; 0 for nothing."""
    codes: np.ndarray[Any, np.dtype[np.int32]] = positions(chunk) + np.int32(1)
    return codes


def _hours(fed_rows: FedRows) -> np.ndarray[Any, np.dtype[np.float64]]:
    column = fed_rows.columns["hours"]
    values = [float(hours or 0) for hours in column.dictionary.to_pylist()]
    hours: np.ndarray[Any, np.dtype[np.float64]] = np.array([0.0, *values])[_codes(column)]
    return hours


def _lengths(fed_rows: FedRows) -> np.ndarray[Any, np.dtype[np.float64]] | float:
    """How many days each row tells of."""
    through = fed_rows.columns.get("through")
    if through is None or through.null_count == len(through):
        return 1.0
    pairs = zip(fed_rows.columns["day"].to_pylist(), through.to_pylist(), strict=True)
    days = [(last - first).days + 1 if first and last else 1 for first, last in pairs]
    return np.array(days, float)


def refuse_repeated_cases(checked: Checked) -> None:
    """A case number that stands twice in an import leaves open which row counts."""
    if checked.source.key is None:
        return
    for table in checked.source.tables:
        parts = [fed_rows for fed_rows in checked.fed if fed_rows.table == table]
        keys = pa.chunked_array(
            [
                part.columns["case_key"].filter(pa.array(part.good)).dictionary_decode()
                for part in parts
            ]
        )
        twice = [pair["values"] for pair in keys.value_counts().to_pylist() if pair["counts"] > 1]
        for part in parts:
            known = part.columns["case_key"].dictionary_decode()
            flags = pc.is_in(known, pa.array(twice, pa.string()))
            expected = _("each case once")
            repeated = np.asarray(flags.to_numpy(zero_copy_only=False), bool) & part.good
            checked.note(part.rows, repeated, "repeated_case", checked.source.key, expected)


def refuse_days_outside(checked: Checked, covers: list[Span]) -> None:
    """Turns rows whose day is not covered into findings.

    Full lists and lists by case number may go back as far as they like: only days after the last
    one covered are outside.
    """
    if checked.source.replaces != "days":
        covers = [Span(BEGINNING, covers[-1].last)]
    for fed_rows in checked.fed:
        if "day" in fed_rows.columns:
            outside = (
                _where(fed_rows.columns["day"], lambda day: not contains(covers, day))
                & fed_rows.good
            )
            if "through" in fed_rows.columns:
                ends = _where(fed_rows.columns["through"], lambda day: not contains(covers, day))
                outside |= ends & fed_rows.good
            if outside.any():
                shown = [str(day) for day in fed_rows.columns["day"].to_pylist()]
                expected = _("a day among those the file speaks for")
                checked.note(
                    fed_rows.rows, outside, "outside_days", fed_rows.labels["day"], expected, shown
                )


def _where(coded: pa.DictionaryArray, holds: Callable[[Any], bool]) -> Flags:
    flags = np.array([holds(value) for value in coded.dictionary.to_pylist()] + [False], bool)
    of_rows: Flags = flags[coded.indices.fill_null(len(flags) - 1).to_numpy(zero_copy_only=False)]
    return of_rows
