"""Two columns of days in the wrong order in most rows: asked, before all of them are findings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lingti.catalog import Table
from lingti.district import Feed
from lingti.ingest.checking.convert_column import Codes, Context, cells_of, parse
from lingti.ingest.questions import Asking
from lingti.language import gettext as _

# Per table of ours: a day, and one that never comes before it.
ORDERS = {
    "training": (("day", "dispatched_on"), ("day", "completed_on")),
    "concerns": (("day", "reviewed_on"), ("day", "resolved_on")),
    "decisions": (("day", "due_on"), ("day", "done_on")),
    "exchanges": (("opened_on", "matched_on"), ("opened_on", "completed_on")),
    "partnerships": (("signed_on", "ended_on"),),
    "goods": (("stocked_on", "removed_on"),),
}
_FEWEST = 3  # rows with both days, below which nothing is to be told
_NOTHING = np.iinfo(np.int32).min


def settle(asking: Asking, table: Table, feed: Feed, context: Context) -> Feed:
    """The feed, with two columns of days exchanged where somebody said that they are swapped."""
    for earlier, later in ORDERS.get(feed.table, ()):
        if earlier not in feed.columns or later not in feed.columns:
            continue
        wrong = _out_of_order(table, feed, earlier, later, context)
        if not wrong:
            continue
        first, second = ("+".join(feed.columns[one].columns) for one in (earlier, later))
        choice = asking.ask(
            "days_swapped",
            _("In most rows “{second}” lies before “{first}”. Are the two columns swapped?").format(
                first=first, second=second
            ),
            {
                "swap": _("Yes: each is to be taken for the other"),
                "as_is": _("No, take them as they are; the rows are reported as findings"),
            },
            default="swap",
            sheet=context.piece.table.sheet,
            column=f"{first}、{second}",
            examples=wrong,
        )
        if choice == "swap":
            both = {earlier: feed.columns[later], later: feed.columns[earlier]}
            feed = replace(feed, columns={**feed.columns, **both})
    return feed


def _out_of_order(
    table: Table, feed: Feed, earlier: str, later: str, context: Context
) -> list[str]:
    """Rows whose days are the wrong way round, as examples; none if they are not most."""
    first, second = (_days(table, feed, one, context) for one in (earlier, later))
    both = (first != _NOTHING) & (second != _NOTHING)
    wrong = np.flatnonzero(both & (second < first))
    if np.count_nonzero(both) < _FEWEST or 2 * len(wrong) <= np.count_nonzero(both):
        return []
    days = (np.stack([first, second], 1)[wrong[:3]]).astype("datetime64[D]").tolist()
    return [f"{one} → {other}" for one, other in days]


def _days(table: Table, feed: Feed, name: str, context: Context) -> Codes:
    """The day of each row, counted from 1970; the least number for none."""
    mapped = feed.columns[name]
    cells, codes = cells_of(mapped, context.piece)
    values = parse(table.column(name), mapped, cells, context).values
    days = np.array(
        [np.datetime64(value, "D") if value else "NaT" for value in values], "datetime64[D]"
    )
    numbers = np.where(np.isnat(days), _NOTHING, days.astype(np.int64)).astype(np.int32)
    of_rows: Codes = numbers[codes]
    return of_rows
