"""Merchants spelled anew: of a likely twin it is asked before it counts as another merchant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import duckdb

from lingti import catalog, entries
from lingti.ingest.checking.row_outcomes import Checked
from lingti.ingest.keeping import batches
from lingti.ingest.questions import Asking
from lingti.language import gettext as _

ALIAS = "merchant_alias"
COLUMNS = {"partnerships": "merchant", "redemptions": "merchant", "activities": "partner"}
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_NOISE = re.compile(r"[\W_]+")
_ENDING = re.compile(r"((股份|责任)*有限)?(公司|商店|门店|店|铺|超市|商行|经营部)$")
# What the same shop is called with and without: 家佰乐生活超市, 济宁市家佰乐超市.
_BESIDE = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,3}[省市县])+(?=.{2})|(?<=..)(?:生活|便民|连锁|社区|综合|平价|商贸|贸易|服务部)"
)
# One of these more or less, or another, is another shop: a number, a direction, a size.
_TELLING = set("0123456789一二三四五六七八九十东南西北上下左右大小新老甲乙丙丁")
_LONG = 4  # characters of which one may differ


def ask(home: Path, checked: Checked, asking: Asking) -> None:
    """Asks of each new spelling in an import whether it is the known merchant it looks like. The
    answer is an alias, or remembered as two merchants."""
    tables = [table for table in checked.source.tables if table in COLUMNS]
    labels = _written(checked, tables)
    if not labels:
        return
    aliases: Mapping[str, str] = entries.current(home, ALIAS)
    known = dict.fromkeys([*_stored(home, checked.source.community), *aliases, *aliases.values()])
    by_form: dict[str, str] = {}
    for name in known:
        _enter(by_form, aliases.get(name, name))
    for name, column in labels.items():
        if name in known:
            continue
        twin = next((by_form[key] for key in _looked_up(name) if key in by_form), None)
        if twin is None or twin == name or not _may_be_one(name, twin):
            _enter(by_form, name)
            continue
        asking.ask(
            "merchant_twin",
            _("Is “{name}” the merchant known as “{known}”?").format(name=name, known=twin),
            {
                "same": _("Yes, one merchant; it counts as “{known}”").format(known=twin),
                "other": _("No, they are two merchants"),
            },
            default="same",
            column=column,
            word=name,
            examples=[name, twin],
            kept_as={"same": (ALIAS, name, twin)},
        )


def _written(checked: Checked, tables: Iterable[str]) -> dict[str, str]:
    """The merchants of good rows, each with the column of the export it stands in."""
    column_of: dict[str, str] = {}
    for fed_rows in checked.fed:
        if fed_rows.table in tables:
            ours = COLUMNS[fed_rows.table]
            names = fed_rows.columns[ours].filter(fed_rows.good).unique().to_pylist()
            column_of |= {
                name: fed_rows.labels[ours] for name in names if name and name not in column_of
            }
    return column_of


def _stored(home: Path, community: str) -> list[str]:
    """The merchants in batches of the community, and in agreements of the others."""
    parts = []
    for table, column in COLUMNS.items():
        files = [
            str(path)
            for manifest in batches.manifests(home)
            if manifest.community == community or table == "partnerships"
            if (path := home / "batches" / f"{manifest.batch:06d}" / f"{table}.parquet").exists()
        ]
        if files:
            parts.append(f"select {column} as name from {catalog.parquet_sql(files)}")
    if not parts:
        return []
    with duckdb.connect() as con:
        rows = con.execute(
            f"select name from ({' union all '.join(parts)}) where name is not null"
            " group by name order by count(*) desc, name"
        ).fetchall()
    return [name for (name,) in rows]


def _enter(by_form: dict[str, str], name: str) -> None:
    for form in _forms(name):
        for key in (f"={form}", *(f"-{less}" for less in _less(form)), *_blanked(form)):
            by_form.setdefault(key, name)


def _looked_up(name: str) -> Iterator[str]:
    """The keys under which a twin of a new name is: the same form, or one character more, less or
    another."""
    forms = _forms(name)
    yield from (f"={form}" for form in forms)
    for form in forms:
        yield f"-{form}"
        yield from (f"={less}" for less in _less(form))
        yield from _blanked(form)


def _forms(name: str) -> list[str]:
    """A name as it stands and without brackets, both without spaces, signs and words for a shop;
    also without where it is and what else many shops are called."""
    whole = unicodedata.normalize("NFKC", name).casefold()
    bare = [_NOISE.sub("", form) for form in (whole, _BRACKETS.sub("", whole))]
    bare.append(_BESIDE.sub("", _ENDING.sub("", bare[-1]) or bare[-1]))
    return list(filter(None, dict.fromkeys(_ENDING.sub("", form) or form for form in bare)))


def _less(form: str) -> Iterator[str]:
    """A longer form without each of its characters that may be a slip."""
    yield from (form[:at] + form[at + 1 :] for at in _slips(form))


def _blanked(form: str) -> Iterator[str]:
    yield from (f"{form[:at]}?{form[at + 1 :]}" for at in _slips(form))


def _slips(form: str) -> list[int]:
    if len(form) < _LONG:
        return []
    return [at for at, c in enumerate(form) if "\u4e00" <= c <= "\u9fff" and c not in _TELLING]


def _may_be_one(name: str, twin: str) -> bool:
    """Whether no number or direction tells them apart, and not two branches in brackets."""
    if _TELLING & set(name) != _TELLING & set(twin):
        return False
    branches = [_BRACKETS.findall(unicodedata.normalize("NFKC", one)) for one in (name, twin)]
    return not (branches[0] and branches[1] and branches[0] != branches[1])
