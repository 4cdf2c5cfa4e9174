"""Packs, tables and metrics of one's own in the workbook of settings: a row each, and per column.

What is one entry is spread over rows: a table and each of its columns. Words stand for ids.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from lingti import catalog
from lingti.catalog import QUERIES, load, own, packs
from lingti.catalog.own import OwnMetric, OwnTable
from lingti.ingest.keeping import batches
from lingti.language import Text
from lingti.language import gettext as _
from lingti.upkeep.settings_sheets import Column, Sheet

PACK, TABLE, COLUMN, METRIC = KINDS = ("pack", "table", "table_column", "metric")
_NAME = Column("name", Text("代号", "Id"), of_key=True)
_TITLE, _UNIT = Column("title", Text("名称", "Title")), Column("unit", Text("单位", "Unit"))
SHEETS = (
    Sheet(
        PACK, Text("领题包", "Ready-made topics"), (_NAME, Column("state", Text("状态", "State")))
    ),
    Sheet(
        TABLE,
        Text("自建台账", "Tables"),
        (
            *(_NAME, _TITLE, Column("grain", Text("一行是什么", "One row"))),
            Column("topic", Text("专题", "Topic")),
            Column("archived", Text("归档", "Archived"), "flag"),
        ),
    ),
    Sheet(
        COLUMN,
        Text("台账的列", "Columns of tables"),
        (
            Column("table", Text("台账", "Table"), of_key=True),
            *(_NAME, _TITLE, Column("kind", Text("类型", "What it is")), _UNIT),
            Column("required", Text("必填", "Required"), "flag"),
            Column("retired", Text("停用", "Retired"), "flag"),
        ),
    ),
    Sheet(
        METRIC,
        Text("自建指标", "Metrics"),
        (
            *(_NAME, _TITLE, _UNIT, Column("definition", Text("口径", "Definition"))),
            Column("topic", Text("专题", "Topic")),
            Column("table", Text("台账", "Table")),
            Column("how", Text("统计", "Counted")),
            Column("column", Text("列", "Column")),
            Column("where", Text("筛选列", "Of the column")),
            Column("only", Text("只计", "Only"), "list"),
            Column("over_how", Text("分母", "Over")),
            Column("over_column", Text("分母的列", "Column over")),
            Column("dimensions", Text("细分", "Broken down by"), "list"),
            Column("better", Text("怎样更好", "Better")),
            Column("people", Text("小数目", "Small numbers")),
            Column("words", Text("其他叫法", "Also called"), "list"),
            Column("decimals", Text("小数位数", "Digits"), "whole"),
            Column("version", Text("版本", "Version"), "whole"),
            Column("changes", Text("版本说明", "Changes")),
        ),
    ),
)
# What stands in cells for what entries hold.
_WORDS = {
    "state": {packs.TAKEN: "启用", packs.ARCHIVED: "归档"},
    "kind": {
        **{own.DAY: "日期", own.PERSON: "人员", own.HOUSEHOLD: "户", own.NUMBER: "数字"},
        **{own.CATEGORY: "类别", own.MERCHANT: "商户", own.PLACE: "地点"},
        **{own.YES_NO: "是否", own.TEXT: "文字"},
    },
    "how": {
        **{"rows": "行数", "sum": "加总", "persons": "人数", "households": "户数"},
        **{"average": "平均", "median": "中位数"},
        **{"all_residents": "总人口", "all_households": "总户数"},
    },
    "better": {"up": "越多越好", "down": "越少越好", "none": "不分高低"},
    "people": {
        **{"none": "不涉及个人", "residents": "人员", "households": "户"},
        **{"cases": "居民的事", "attendance": "人数"},
    },
}
_WORDS["over_how"] = _WORDS["how"]
Flat = dict[tuple[str, str], Any]


def current(home: Path) -> Flat:
    """Kind and key → what a row says, for all that holds."""
    rows: Flat = {
        (PACK, name): _in_words({"state": state}) for name, state in packs.states(home).items()
    }
    for table in own.tables(home).values():
        value = own.table_value(table)
        columns = value.pop("columns")
        rows[TABLE, table.name] = value
        for column in columns:
            key = f"{table.name}/{column['name']}"
            rows[COLUMN, key] = _in_words({n: cell for n, cell in column.items() if n != "name"})
    for metric in own.metrics(home).values():
        rows[METRIC, metric.name] = _in_words(_metric_row(metric))
    return rows


def _metric_row(metric: OwnMetric) -> dict[str, Any]:
    value = own.metric_value(metric)
    amount, over = value.pop("amount"), value.pop("over", {})
    changes = value.pop("changes", ())
    row = {f"over_{name}": one for name, one in over.items()}
    if changes:
        row["changes"] = "；".join(f"{c['version']} {c['day']} {c['note']}" for c in changes)
    return {**value, **amount, **row}


def _in_words(value: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _WORDS.get(name, {}).get(one, one) if isinstance(one, str) else one
            for name, one in value.items()}  # fmt: skip


def _id_of(name: str, word: Any, usual: str = "") -> str:
    """The id that a word stands for. Raises ValueError for another one."""
    known = {said: one for one, said in _WORDS[name].items()} | {one: one for one in _WORDS[name]}
    if word is None and usual:
        return usual
    if str(word) not in known:
        text = _("{given!r} is unknown here: {kinds}")
        raise ValueError(text.format(given=str(word or ""), kinds=", ".join(_WORDS[name].values())))
    return known[str(word)]


def tables_of(flat: Flat) -> Iterator[OwnTable]:
    """The tables that rows say. Raises ValueError with what is wrong."""
    for (kind, name), row in flat.items():
        if kind != TABLE:
            continue
        columns = [
            {**value, "name": key.partition("/")[2], "kind": _id_of("kind", value.get("kind"))}
            for (its, key), value in flat.items()
            if its == COLUMN and key.partition("/")[0] == name
        ]
        yield own.table_of_value(name, {"title": "", "grain": "", **row, "columns": [
            {"title": "", **column} for column in columns]})  # fmt: skip


def _metric_of(name: str, row: Mapping[str, Any]) -> OwnMetric:
    amount = {"how": _id_of("how", row.get("how")), **_some(row, ("column", "where", "only"))}
    over = None
    if row.get("over_how"):
        over = {"how": _id_of("over_how", row["over_how"])}
        over |= {"column": row["over_column"]} if row.get("over_column") else {}
    changes = []
    for change in filter(None, str(row.get("changes", "")).split("；")):
        version, _space, rest = change.partition(" ")
        day, _space, note = rest.partition(" ")
        changes.append({"version": version, "day": day, "note": note})
    return own.metric_of_value(
        name,
        {
            **{"title": "", "unit": "", "definition": "", "table": "", **row},
            "amount": amount,
            "over": over,
            "better": _id_of("better", row.get("better"), "none"),
            "people": _id_of("people", row.get("people"), "none"),
            "changes": changes,
        },
    )


def _some(row: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: row[name] for name in names if row.get(name)}


def names(flat: Flat) -> tuple[dict[str, str], dict[str, str]]:
    """What other sheets may call tables and metrics that this workbook brings: word → name."""
    tables: dict[str, str] = {}
    metrics: dict[str, str] = {}
    for (kind, name), row in flat.items():
        if kind in (TABLE, METRIC):
            into = tables if kind == TABLE else metrics
            into |= dict.fromkeys((name, str(row.get("title", name))), name)
        elif kind == PACK and name in packs.known():
            brought = load.read(QUERIES, (packs.known()[name].folder, ()))
            tables |= {word: n for n, t in brought.tables.items() for word in (n, t.title.zh)}
            metrics |= {word: n for n, m in brought.metrics.items() for word in (n, m.title.zh)}
    return tables, metrics


def refused(
    home: Path, flat: Flat, touched: Collection[tuple[str, str]]
) -> Iterator[tuple[tuple[str, str], str]]:
    """Kind and key of a row, and why what all rows say together cannot be kept.

    Of tables and metrics that are not `touched`, by themselves or by a column, nothing is said.
    """
    of_columns = {key.partition("/")[0] for kind, key in touched if kind == COLUMN}
    known, now = catalog.of(home), own.tables(home)
    held = {name for manifest in batches.manifests(home) for name in manifest.tables}
    for kind, name in flat:
        if kind == PACK and name not in packs.known():
            yield (kind, name), _("there is no such ready-made topic")
    own_tables: dict[str, OwnTable] = {}
    try:
        own_tables = {own_table.name: own_table for own_table in tables_of(flat)}
    except ValueError as error:
        yield next(key for key in flat if key[0] == COLUMN), str(error)
        return
    for name in {**now, **own_tables}:
        if name not in own_tables and name in held:
            yield (TABLE, name), _("it has rows already and cannot be taken out; archive it")
    metrics = {}
    for (kind, name), row in flat.items():
        if kind == METRIC:
            try:
                metrics[name] = _metric_of(name, row)
            except (ValueError, KeyError) as error:
                yield (kind, name), str(error)
    for table in own_tables.values():
        if (TABLE, table.name) not in touched and table.name not in of_columns:
            continue
        if not table.name.startswith(own.PREFIX):
            yield (TABLE, table.name), _("its id begins with {prefix}").format(prefix=own.PREFIX)
        counting = [own_metric for own_metric in metrics.values() if own_metric.table == table.name]
        reasons = own.refused_table(
            table, known, now.get(table.name), counting, has_batches=table.name in held
        )
        yield from (((TABLE, table.name), reason) for reason in reasons)
    for metric in metrics.values():
        of = own_tables.get(metric.table)
        if (METRIC, metric.name) in touched and (of is None or not of.archived):
            is_new = own.metric_of(home, metric.name) is None
            reasons = own.refused_metric(metric, of, known, is_new=is_new)
            yield from (((METRIC, metric.name), reason) for reason in reasons)


def take(home: Path, flat: Flat, by: str) -> None:
    """Enters what all rows say together, as far as it differs from what holds."""
    held = {name for manifest in batches.manifests(home) for name in manifest.tables}
    now, wanted = (
        packs.states(home),
        {key: said for (kind, key), said in flat.items() if kind == PACK},
    )
    for name in {**now, **wanted}:
        state = _id_of("state", wanted[name].get("state"), packs.TAKEN) if name in wanted else None
        if state == now.get(name):
            continue
        if state == packs.TAKEN:
            packs.take(home, name, by)
        else:
            has_batches = bool({*packs.known()[name].tables} & held)
            packs.give_back(home, name, by, has_batches=has_batches or state == packs.ARCHIVED)
    own_tables = {own_table.name: own_table for own_table in tables_of(flat)}
    metrics = {
        name: _metric_of(name, said) for (kind, name), said in flat.items() if kind == METRIC
    }
    for name in own.metrics(home):
        if name not in metrics:
            own.remove_metric(home, name, by)
    for name in own.tables(home):
        if name not in own_tables:
            own.archive_or_remove(home, name, by, has_batches=name in held)
    for table in own_tables.values():
        own.enter_table(home, table, by)
    for metric in metrics.values():
        own.enter_metric(home, metric, by)
