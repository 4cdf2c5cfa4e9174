"""Why a table or a metric cannot be kept as it was entered, each in a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from lingti.catalog.model import Catalog
from lingti.catalog.own import amounts
from lingti.catalog.own.amounts import Amount
from lingti.catalog.own.metrics import OwnMetric, columns_named
from lingti.catalog.own.names import plain
from lingti.catalog.own.tables import (
    DAY,
    HOUSEHOLD,
    NUMBER,
    ONCE,
    PARTS,
    PERSON,
    YES_NO,
    OwnTable,
)
from lingti.language import gettext as _
from lingti.language import words as listed

_DISTINCT = (amounts.PERSONS, amounts.HOUSEHOLDS)


def refused_table(
    table: OwnTable,
    known: Catalog,
    before: OwnTable | None = None,
    counting: Iterable[OwnMetric] = (),
    *,
    has_batches: bool = False,
) -> list[str]:
    """What keeps a table from being kept; nothing where it can be.

    `before` is what it was, `counting` the metrics over it; of one with batches columns are only
    added or retired.
    """
    refusals = [*_untold(table), *_names_taken(table, known, before), *_of_columns(table)]
    if before is not None:
        refusals += _still_counted(table, counting)
        if has_batches:
            refusals += _changed_below_batches(table, before)
    return refusals


def _untold(table: OwnTable) -> Iterator[str]:
    if not plain(table.title):
        yield _("Give the table a title.")
    if not plain(table.grain):
        yield _("Say what one row is.")
    if not plain(table.topic):
        yield _("Say which topic it belongs to.")


def _names_taken(table: OwnTable, known: Catalog, before: OwnTable | None) -> Iterator[str]:
    others = [one for one in known.tables.values() if before is None or one.name != before.name]
    taken = {other.title.zh for other in others} | {other.title.en for other in others}
    if table.title.strip() in taken or (before is None and table.name in known.tables):
        yield _("There is a table “{title}” already; choose another title.").format(
            title=table.title
        )


def _of_columns(table: OwnTable) -> Iterator[str]:
    used = table.used
    if not any(own_column.kind == DAY for own_column in used):
        yield _("Tick the column with the day: without one nothing can be counted by month.")
    if len(used) < 2 and not table.has(PERSON):
        yield _("Tick at least one column besides the day.")
    if any(not plain(own_column.title) for own_column in used):
        yield _("Give every column a title.")
    for kind in ONCE:
        if sum(own_column.kind == kind for own_column in used) > 1:
            titles = [own_column.title for own_column in used if own_column.kind == kind]
            yield _("Only one of these columns can be the {kind}: {titles}.").format(
                kind=kind_words(kind), titles=listed(titles)
            )
    counted = Counter(column.name for column in table.columns if column.kind not in ONCE)
    for name, times in counted.items():
        if times > 1:
            title = next(column.title for column in table.columns if column.name == name)
            yield _("Two columns are called “{title}”; give one another title.").format(title=title)


def _still_counted(table: OwnTable, counting: Iterable[OwnMetric]) -> Iterator[str]:
    used = {own_column.name for own_column in table.used}
    for metric in counting:
        for name in sorted(columns_named(metric) - used):
            column = table.column(name)
            yield _("“{column}” is counted by “{metric}”: change or remove that one first.").format(
                column=column.title if column else name, metric=metric.title
            )


def _changed_below_batches(table: OwnTable, before: OwnTable) -> Iterator[str]:
    for was in before.columns:
        now = table.column(was.name)
        if now is None:
            yield _("“{column}” has rows already: it can be retired, not taken out.").format(
                column=was.title
            )
        elif now.kind != was.kind:
            yield _("“{column}” has rows already: it stays a {kind}.").format(
                column=was.title, kind=kind_words(was.kind)
            )
    for now in table.used:
        if now.required and before.column(now.name) is None:
            yield _("Rows before have no “{column}”: it cannot be required.").format(
                column=now.title
            )
    if table.has(PERSON) and not before.has(PERSON):
        yield _("Rows before name nobody: make another table for rows about persons.")


def kind_words(kind: str) -> str:
    """What the cells of a kind of column are."""
    return {
        "day": _("day"),
        "person": _("person"),
        "household": _("household"),
        "number": _("number"),
        "category": _("category"),
        "merchant": _("merchant"),
        "place": _("place"),
        "yes_no": _("yes or no"),
        "text": _("text"),
    }[kind]


def refused_metric(
    metric: OwnMetric, table: OwnTable | None, known: Catalog, *, is_new: bool
) -> list[str]:
    """What keeps a metric from being kept; nothing where it can be."""
    if table is None or table.archived:
        return [_("Choose the table that it counts.")]
    words = [*_without_words(metric), *_names_known(metric, known, is_new)]
    return words + refused_counting(metric, table, known)


def refused_counting(metric: OwnMetric, table: OwnTable, known: Catalog) -> list[str]:
    """What keeps a metric from being counted at all, however it is called."""
    refusals = [*_of_amount(metric.amount, table)]
    refusals += _of_amount(metric.over, table) if metric.over else ()
    refusals += _of_parts(metric, table)
    return refusals + list(_protection(metric, table, known))


def _without_words(metric: OwnMetric) -> Iterator[str]:
    if not plain(metric.title):
        yield _("Give the metric a title.")
    if not metric.unit.strip():
        yield _("Give the unit it is counted in.")
    if not plain(metric.definition):
        yield _("Say in a sentence what it counts.")
    if not plain(metric.topic):
        yield _("Say which topic it belongs to.")


def _names_known(metric: OwnMetric, known: Catalog, is_new: bool) -> Iterator[str]:
    """No two metrics share a name, a title or another word: forms would not know which is meant."""
    if is_new and metric.name in known.metrics:
        yield _("There is a metric “{title}” already; choose another title.").format(
            title=metric.title
        )
        return
    own_words = {metric.title.strip().lower(), *(word.strip().lower() for word in metric.words)}
    for other in known.metrics.values():
        if other.name == metric.name:
            continue
        words = {one.lower() for one in (other.title.zh, other.title.en, *other.words)}
        for word in sorted(own_words & words):
            yield _("“{word}” is already said of “{metric}”; choose other words.").format(
                word=word, metric=other.title.pick()
            )


def _of_amount(amount: Amount, table: OwnTable) -> Iterator[str]:
    column = table.column(amount.column)
    kinds = {amounts.PERSONS: PERSON, amounts.HOUSEHOLDS: HOUSEHOLD}
    if amount.how in amounts.WITH_A_COLUMN and (column is None or column.retired):
        yield _("Choose the column that is added up.")
    elif amount.how in amounts.WITH_A_COLUMN and column and column.kind != NUMBER:
        yield _("“{column}” holds no numbers and cannot be added up.").format(column=column.title)
    if amount.how in kinds and not table.has(kinds[amount.how]):
        yield _("“{table}” has no column that tells the {kind}.").format(
            table=table.title, kind=kind_words(kinds[amount.how])
        )
    where = table.column(amount.where)
    if amount.is_limited and (where is None or where.kind not in (*PARTS, YES_NO)):
        yield _("Choose the column by which some rows count.")
    elif amount.where and not amount.only:
        yield _("Choose which of “{column}” count.").format(
            column=where.title if where else amount.where
        )


def _of_parts(metric: OwnMetric, table: OwnTable) -> Iterator[str]:
    for name in metric.dimensions:
        column = table.column(name)
        if column is None or column.retired or column.kind not in PARTS:
            yield _("“{column}” is no column to break down by.").format(
                column=column.title if column else name
            )
    over = metric.over
    if over is not None and over == metric.amount:
        yield _("Both parts of the share are the same: it would always be 100%.")
    if over is not None and metric.amount.is_limited and metric.amount.how in _DISTINCT:
        yield _("Of persons and households, some rows alone cannot be the part of a share.")


def people_of(table: OwnTable) -> str | None:
    """Whose smallness protects in all numbers of a table; None where somebody has to say."""
    if table.has(PERSON):
        return "residents"
    return "households" if table.has(HOUSEHOLD) else None


def _protection(metric: OwnMetric, table: OwnTable, known: Catalog) -> Iterator[str]:
    """Numbers over the same rows protect alike, or one would give away what another withholds."""
    needed = people_of(table)
    if needed is not None and metric.people != needed:
        yield _("Its rows are about {kind}s: small numbers of them are withheld.").format(
            kind=kind_words(PERSON if needed == "residents" else HOUSEHOLD)
        )
    if metric.people == "attendance" and metric.amount.how != amounts.SUM:
        yield _("Only a column added up can be a number of people.")
    others = [one for one in known.metrics.values() if one.tables == (table.name,)]
    for other in others:
        if other.name != metric.name and (other.people == "none") != (metric.people == "none"):
            yield _("“{other}” counts the same rows: both withhold small numbers, or none.").format(
                other=other.title.pick()
            )
            break
    if metric.amount.is_limited and metric.people != "none":
        yield _(
            "Its rows are about people: count all of them and break them down, not only some, "
            "or few could be told by taking one from the other."
        )
