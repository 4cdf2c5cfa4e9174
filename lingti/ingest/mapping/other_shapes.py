"""Tables that are no list of records: days or months across, and rosters of residents."""

from __future__ import annotations

import re

from lingti.ingest.layout import across as across_layout
from lingti.ingest.mapping.match_source import Piece, plain
from lingti.ingest.values.days import SERIALS
from lingti.language import gettext as _

_ACROSS = re.compile(
    r"(?:\d{2,4}[-年./])?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?|\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?"
    r"|(?:\d{1,2}月)?\d{1,2}[日号]|第?[一二三四1-4]季度|(?:星期|周|礼拜)[一二三四五六日天]|[上下]半年"
)
_FEWEST_ACROSS = 3
_FEWEST_DAYS_OF_MONTH = 20  # bare numbers as headers: the days of a month
_NAME = re.compile("姓名|户主|居民$")
_OF_RESIDENTS = re.compile(
    "身份证|证件号|公民身份|出生|性别|民族|籍贯|户籍|户口|住址|家庭地址|居住|婚姻|文化程度|学历|政治面貌|与户主关系|人户"
)
_FEWEST_OF_RESIDENTS = 3
_HAPPENED = re.compile(
    "日期|时间|时长|小时|活动|服务|积分|岗位|工种|单位|企业|课程|培训|诉求|物品|签到|走访"
)


def across(piece: Piece) -> list[str]:
    """The columns that are days, weekdays, months or quarters; none if they are a few."""
    parts = {name: plain(name).split("·") for name in piece.table.columns}
    named = [name for name, texts in parts.items() if _ACROSS.fullmatch(texts[-1])]
    if len(named) >= _FEWEST_ACROSS:
        return named
    numbers = [name for name, texts in parts.items() if any(map(_is_day_number, texts))]
    return numbers if len(numbers) >= _FEWEST_DAYS_OF_MONTH else []


def _is_day_number(text: str) -> bool:
    """A day of a month, or the number that a spreadsheet has for a day."""
    return text.isdigit() and (1 <= int(text) <= 31 or int(text) in SERIALS)


def is_roster(piece: Piece) -> bool:
    """Whether it says who lives there, and nothing of what happened."""
    columns = [plain(name) for name in piece.table.columns]
    of_residents = [name for name in columns if _OF_RESIDENTS.search(name)]
    rest = [name for name in columns if name not in of_residents]
    return (
        any(_NAME.search(name) for name in columns)
        and len(of_residents) >= _FEWEST_OF_RESIDENTS
        and not any(_HAPPENED.search(name) for name in rest)
    )


def refused_as(piece: Piece) -> tuple[str, str] | None:
    """What a table of no known kind is, and the one thing to do; None for a list of records."""
    if (
        across_layout.VALUE in piece.table.made_columns
        or across_layout.VALUE in piece.table.columns
    ):
        return (
            _("This is a cross-tab: its cells are taken as rows once it is known what they are."),
            _("Say on the import page what the cells are, such as hours or points."),
        )
    return other_shape_words(piece)


def other_shape_words(piece: Piece) -> tuple[str, str] | None:
    """What such a table is, and the one thing to do; None for a list of records."""
    if columns := across(piece):
        shown = "、".join(columns[:3]) + ("…" if len(columns) > 3 else "")
        return (
            _("This is a cross-tab with days or months across ({columns}), no list.").format(
                columns=shown
            ),
            _("Send the list it was counted from: a row per record, the day in a column."),
        )
    if is_roster(piece):
        return (
            _("This is a roster of residents: it tells who lives there, not what happened."),
            _("Keep it where it is; send the register of services, activities or cases."),
        )
    return None
