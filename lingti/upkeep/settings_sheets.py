"""The sheets of the workbook of settings: which columns each has, and what their cells mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lingti.district import EVERY, plausible, settings, typed_lists
from lingti.ingest.values import cell_values
from lingti.language import Text
from lingti.language import gettext as _

TARGET, TWINS = "target", "merchant_alias"  # settings that are entries of a kind of their own
MARK = re.compile(r"[、,，;；]")


@dataclass(frozen=True)
class Column:
    """A column: the field it holds, its title, what its cells are, whether it is of the key."""

    field: str
    title: Text
    holds: str = "text"
    of_key: bool = False
    is_english: bool = False


@dataclass(frozen=True)
class Sheet:
    """A sheet: one row per setting of a kind."""

    kind: str
    title: Text
    columns: tuple[Column, ...]

    @property
    def key_columns(self) -> tuple[Column, ...]:
        """The columns whose cells, with slashes between them, are the key."""
        return tuple(column for column in self.columns if column.of_key)


def _both(field: str, zh: str, en: str) -> tuple[Column, Column]:
    return (
        Column(field, Text(zh, en)),
        Column(field, Text(f"{zh}（英文）", f"{en} (English)"), is_english=True),
    )


_COMMUNITY = Column("community", Text("社区", "Community"), "community", of_key=True)
_TABLE = Column("table", Text("数据种类", "Kind of data"), "table", of_key=True)
_FROM = Column("from", Text("自", "From"), "day", of_key=True)
_PART = Column("part", Text("部分", "Part"), of_key=True)
_VALUE = Column("value", Text("数值", "Value"), "number")

SHEETS = (
    Sheet(
        settings.DISTRICT,
        Text("区", "District"),
        (
            Column("field", Text("项目", "Field"), of_key=True),
            Column("value", Text("内容", "Says"), "any"),
            Column("value", Text("内容（英文）", "Says (English)"), is_english=True),
        ),
    ),
    Sheet(
        settings.COMMUNITY,
        Text("社区", "Communities"),
        (
            Column("id", Text("代号", "Id"), of_key=True),
            *_both("name", "名称", "Name"),
            *_both("short", "简称", "Short name"),
            *_both("subdistrict", "街道", "Subdistrict"),
            *_both("topic", "领题", "Topic"),
            *_both("runs", "做法", "What it does"),
            Column("since", Text("起始日", "Since"), "day"),
            Column("until", Text("退出日", "Until"), "day"),
            Column("into", Text("并入", "Merged into"), "community"),
            Column("formerly", Text("曾用名", "Formerly"), "list"),
            Column("estates", Text("小区", "Estates"), "list"),
            Column("headlines", Text("首要指标", "Headlines"), "metrics"),
            *_both("full_name", "公文全称", "Full name in documents"),
            *_both("addressee", "主送机关", "Documents go to"),
            *_both("signed_by", "落款", "Signed by"),
            *_both("closing", "结语", "Closing words"),
        ),
    ),
    Sheet(
        settings.POPULATION,
        Text("人口", "Populations"),
        (
            _COMMUNITY,
            Column("from", Text("自", "From"), "counted_on", of_key=True),
            Column("residents", Text("人口", "Residents"), "people"),
            Column("households", Text("户数", "Households"), "people"),
            *_both("source", "来源", "Source"),
        ),
    ),
    Sheet(
        settings.EXPECTED,
        Text("应报", "Expected"),
        (
            *(_COMMUNITY, _TABLE, _FROM, _PART),
            Column("every", Text("周期", "Every"), "every"),
            Column("to", Text("至", "To"), "day"),
        ),
    ),
    Sheet(settings.DECLINED, Text("不列入应报", "Not expected"), (_COMMUNITY, _TABLE, _PART)),
    Sheet(
        settings.RULE,
        Text("规则", "Rules"),
        (Column("check", Text("规则", "Rule"), of_key=True), _COMMUNITY, _VALUE),
    ),
    Sheet(
        settings.ASK,
        Text("下一步工作", "Next steps"),
        (
            Column("place", Text("社区", "Community"), "place", of_key=True),
            *(_FROM, Column("text", Text("事项", "What is to be done"), of_key=True)),
            Column("owner", Text("责任岗位", "Post in charge")),
            Column("due", Text("期限", "Due by"), "day"),
        ),
    ),
    Sheet(
        settings.HANDED,
        Text("下发的模板", "Handed down"),
        (
            *(_TABLE, _FROM, Column("to", Text("至", "To"), "day", of_key=True)),
            Column("due", Text("期限", "Due by"), "day"),
            Column("communities", Text("社区", "Communities"), "communities"),
        ),
    ),
    Sheet(
        settings.HOLIDAY,
        Text("放假", "Holidays"),
        (
            _FROM,
            Column("to", Text("至", "To"), "day"),
            Column("name", Text("名称", "Name")),
        ),
    ),
    Sheet(
        settings.UNITED,
        Text("合并的类别", "United categories"),
        (
            *(_TABLE, Column("column", Text("列", "Column"), of_key=True)),
            Column("written", Text("写法", "Written"), of_key=True),
            Column("means", Text("归入", "Counts as")),
        ),
    ),
    Sheet(
        TARGET,
        Text("目标", "Targets"),
        (
            Column("community", Text("社区", "Community"), "place", of_key=True),
            Column("metric", Text("指标", "Metric"), "metric", of_key=True),
            Column("period", Text("时期", "Period"), of_key=True),
            _VALUE,
        ),
    ),
    Sheet(
        TWINS,
        Text("商家别名", "Merchants' twins"),
        (
            Column("written", Text("写法", "Written"), of_key=True),
            Column("merchant", Text("即商家", "Means"), "text"),
        ),
    ),
)
EVERY_WORDS = {"month": "每月", "quarter": "每季度", "half-year": "每半年", "year": "每年"}
# How a field of the district is written; a text where it is not named.
DISTRICT_FIELDS = {
    **dict.fromkeys(("starts_on", "today"), "day"),
    "reporting_day": "whole",
    **dict.fromkeys(("monthly_set", "monthly_set_waits", "subdistrict_accepts"), "flag"),
    "common": "metrics",
}
# Fields of the district that the workbook leaves alone.
LEFT_ALONE = (settings.BEGUN, "id", "today", "emblem")


def whole(cell: Any) -> int:
    """A cell as a whole number. Raises ValueError."""
    number = numeric(cell)
    if not number.is_integer():
        raise ValueError(_("{cell} is not a whole number").format(cell=cell))
    return int(number)


def numeric(cell: Any) -> float:
    """A cell as a number. Raises ValueError."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    parsed = cell_values.decimals([str(cell).strip()])
    if parsed.problems or parsed.values[0] is None:
        raise ValueError(_("{cell!r} is no number").format(cell=cell))
    return float(parsed.values[0])


def people(cell: Any) -> int:
    """A cell as a number of residents or households, also 1.2万. Raises ValueError."""
    return plausible.people(whole(cell))


def counted_on(cell: Any) -> date:
    """A cell as a day as of which people were counted. Raises ValueError."""
    return plausible.counted_on(_day(cell))


def day(cell: Any) -> date:
    """A cell as a day. Raises ValueError."""
    return plausible.to_come(_day(cell))


def _day(cell: Any) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    typed = typed_lists.day_of(str(cell).strip())
    if typed is None:
        raise ValueError(_("{text!r} is no day; write 2025-12-31").format(text=str(cell)))
    return typed


def text(cell: Any) -> str:
    """A cell as text; a whole number without its point."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def every(cell: Any) -> str:
    """How often, by its id or its Chinese word. Raises ValueError."""
    named = {word: one for one, word in EVERY_WORDS.items()} | {one: one for one in EVERY}
    return _known(text(cell), named, ", ".join(EVERY_WORDS.values()))


def flag(cell: Any) -> bool:
    """A cell as yes or no. Raises ValueError."""
    parsed = cell_values.yes_no([text(cell)])
    if parsed.problems or parsed.values[0] is None:
        raise ValueError(_("{cell!r} is neither yes nor no").format(cell=cell))
    return bool(parsed.values[0])


def named(known: Mapping[str, str], kind: str) -> Callable[[Any], str]:
    """What reads a cell that names something known, by its id or its title."""
    return lambda cell: _known(text(cell), known, kind)


def _known(given: str, known: Mapping[str, str], kinds: str) -> str:
    if given in known:
        return known[given]
    raise ValueError(_("{given!r} is unknown here: {kinds}").format(given=given, kinds=kinds))
