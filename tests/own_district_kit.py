"""An invented district as it keeps its own books: six communities, two subdistricts, 25 sheets.

The eastern subdistrict and the western one head their columns differently.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from import_kit import workbook

NAME, PROGRAMME = "清河区", "幸福来敲门"
LIST = """社区\t街道\t常住人口\t户数\t截至\t领题
望江社区\t城东街道\t5200\t1800\t2025-12-31\t暖心食堂
临河社区\t城东街道\t4100\t1500\t2025-12-31\t楼门自治
新桥社区\t城东街道\t6300\t2200\t2025-12-31\t邻里议事
柳园社区\t城西街道\t3900\t1400\t2025-12-31\t银龄互助
石榴里社区\t城西街道\t4700\t1650\t2025-12-31\t小店联盟
北苑社区\t城西街道\t5600\t1950\t2025-12-31\t家门口就业
"""
EAST, WEST = ("望江", "临河", "新桥"), ("柳园", "石榴里", "北苑")
FIRST, DAYS = date(2026, 1, 1), 120  # January to April
TODAY = date(2026, 5, 8)
_SURNAMES, _GIVEN = "赵钱孙李周吴郑王冯陈", "伟芳娜敏静强磊洋艳勇"
_SHOPS = ("惠民粮油", "佳佳鲜花", "鑫源水果", "百味小吃", "金穗烘焙", "康宁药房")

Rows = list[list[Any]]


def sheets() -> dict[str, bytes]:
    """File name → workbook: what the six communities send for January to April."""
    return {name: workbook({"Sheet1": rows}) for name, rows in _all()}


def write(folder: Path) -> list[Path]:
    """The 25 files in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, data in sheets().items():
        paths.append(folder / name)
        paths[-1].write_bytes(data)
    return paths


def _all() -> Iterator[tuple[str, Rows]]:
    kinds: tuple[tuple[str, Callable[[str, bool], Rows], tuple[str, ...]], ...] = (
        ("志愿服务登记表", _service, EAST + WEST),
        ("民情诉求台账", _concerns, EAST + WEST),
        ("入户走访记录", _visits, ("望江", "临河", "柳园", "北苑")),
        ("积分台账", _points, ("临河", "柳园", "石榴里")),
        ("签约商家名单", _merchants, ("望江", "新桥", "石榴里", "北苑")),
        ("就业安置登记", _placements, ("新桥", "北苑")),
    )
    for kind, make, places in kinds:
        for place in places:
            yield f"{place}社区{kind}（2026年1-4月）.xlsx", make(place, place in EAST)


def _person(number: int) -> tuple[str, str]:
    name = _SURNAMES[number % 10] + _GIVEN[number // 10 % 10] + _GIVEN[number * 7 % 10]
    return name, f"139{10_000_000 + number * 137:08d}"


def _days(place: str, step: int) -> Iterator[tuple[int, date]]:
    start = (EAST + WEST).index(place)
    for number, at in enumerate(range(start, DAYS, step)):
        yield number, FIRST + timedelta(days=at)


def _service(place: str, east: bool) -> Rows:
    head = (
        ["服务日期", "志愿者姓名", "联系电话", "活动名称", "服务类别", "服务时长（小时）"]
        if east
        else ["序号", "日期", "姓名", "手机号码", "参加的活动", "类别", "时长（分钟）"]
    )
    rows: Rows = [head]
    for number, day in _days(place, 2):
        for offset in range(2 + len(place) % 2):
            name, phone = _person(len(place) * 31 + (number * 3 + offset) % 40)
            kind = ("助老", "环保", "平安")[number % 3]
            hours = 1 + number % 3
            told = [day, name, phone, f"{kind}服务", kind, hours]
            rows.append(told if east else [len(rows), *told[:5], hours * 60])
    return rows


def _concerns(place: str, east: bool) -> Rows:
    head = (
        ["提出日期", "诉求类别", "来源渠道", "会审日期", "办结日期"]
        if east
        else ["受理时间", "类别", "渠道", "周会审时间", "办结时间"]
    )
    rows: Rows = [head]
    for number, day in _days(place, 4):
        kind = ("环保", "环境整治", "停车", "邻里")[number % 4]
        done = day + timedelta(days=3 + number % 12) if number % 5 else None
        rows.append([day, kind, "入户走访", day + timedelta(days=2), done])
    return rows


def _visits(place: str, east: bool) -> Rows:
    head = ["走访日期", "小区", "楼栋", "房号"] if east else ["走访时间", "小区", "楼号", "门牌"]
    return [
        head,
        *(
            [day, f"{place}一期", f"{1 + number % 9}号楼", str(101 + number)]
            for number, day in _days(place, 3)
        ),
    ]


def _points(place: str, _east: bool) -> Rows:
    rows: Rows = [["日期", "姓名", "手机号", "积分类型", "事由", "积分"]]
    for number, day in _days(place, 3):
        name, phone = _person(number % 30 + len(place))
        rows.append([day, name, phone, "奖励", "参加志愿服务", 5 + number % 6])
    return rows


def _merchants(place: str, _east: bool) -> Rows:
    rows: Rows = [["商家名称", "行业", "所属商圈", "签约日期"]]
    for number, day in _days(place, 20):
        rows.append([f"{place}{_SHOPS[number % 6]}", "零售", f"{place}商圈", day])
    return rows


def _placements(place: str, _east: bool) -> Rows:
    rows: Rows = [["上岗日期", "姓名", "联系电话", "年龄", "用工单位", "岗位"]]
    for number, day in _days(place, 6):
        name, phone = _person(number + 50)
        rows.append([day, name, phone, 30 + number % 28, "清河物业", "保洁"])
    return rows
