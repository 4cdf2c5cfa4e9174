"""A home of one community with one source, for tests that write into it."""

from __future__ import annotations

from pathlib import Path

_DISTRICT = """
name = { zh = "区", en = "District" }
starts_on = 2024-01-01
[[community]]
id = "a"
name = { zh = "甲", en = "A" }
since = 2024-01-01
residents = 1000
households = 400
population_as_of = 2023-12-31
"""
_SOURCE = """
community = "a"
title = { zh = "时长", en = "Hours" }
replaces = "days"
[[feed]]
table = "service"
[feed.columns]
"""
_TITLES = {
    "day": "日期",
    "name": "姓名",
    "phone": "电话",
    "id": "证号",
    "activity": "活动",
    "category": "类别",
    "hours": "时长",
}
COLUMNS = ("day", "name", "activity", "hours")


def little_home(home: Path, *more: str) -> Path:
    """Makes a home with the source `service` of `COLUMNS`, and of `more` such as `phone`."""
    (home / "sources").mkdir(parents=True)
    (home / "district.toml").write_text(_DISTRICT, "utf-8")
    columns = "".join(
        f'{name} = "{title}"\n' for name, title in _TITLES.items() if name in (*COLUMNS, *more)
    )
    (home / "sources" / "service.toml").write_text(_SOURCE + columns, "utf-8")
    return home
