"""Days without a year that go on from December to January under a title of one year."""

from __future__ import annotations

import itertools
from datetime import date

from lingti.ingest.checking.convert_column import Codes, Distinct
from lingti.ingest.values.days import parse_day
from lingti.ingest.values.plain_text import Wrong
from lingti.ingest.values.problem_text import expected_words

_LATE, _EARLY = {10, 11, 12}, {1, 2, 3}


def refuse_across_years(parsed: Distinct, codes: Codes) -> None:
    """Refuses the days whose year the title does not tell: 12月31日 and then 1月1日.

    Those after the turn of the year are refused, and those before it too where they could as well
    be of the year before; a list in no order is left as it is.
    """
    bare = {index for index, cell in enumerate(parsed.cells) if _lacks_year(cell)}
    bare = {index for index in bare if isinstance(parsed.values[index], date)}
    if not bare:
        return
    in_order = [code for code in codes.tolist() if code in bare]
    days: list[date] = [parsed.values[code] for code in in_order]
    turns = [
        at
        for at, (one, next_one) in enumerate(itertools.pairwise(days), 1)
        if {one.month, next_one.month} & _LATE and {one.month, next_one.month} & _EARLY
    ]
    if len(turns) != 1:
        return
    parts = [list(zip(days[: turns[0]], in_order, strict=False)),
             list(zip(days[turns[0] :], in_order[turns[0] :], strict=False))]  # fmt: skip
    if days[turns[0]] > days[turns[0] - 1]:  # the newest first
        parts = [part[::-1] for part in reversed(parts)]
    before, after = ([day for day, _code in part] for part in parts)
    if not (_rise(before) and _rise(after)) or after[0] > before[-1]:
        return
    refused = parts[1] if before[0].month <= after[-1].month else [*parts[0], *parts[1]]
    for _day, code in refused:
        parsed.values[code] = None
        parsed.wrong[code] = ("no_year", expected_words("no_year"))


def _lacks_year(cell: object) -> bool:
    if not isinstance(cell, str):
        return False
    day = parse_day(cell, year_hint=None, roc=False, date1904=False)
    return isinstance(day, Wrong) and day.code == "no_year"


def _rise(days: list[date]) -> bool:
    return all(one <= next_one for one, next_one in itertools.pairwise(days))
