"""A district of one's own begins in an empty folder, and its settings go out and in again."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from half_set_up_kit import BY, no_expectation

from lingti import district, entries, warehouse
from lingti.access.roles import OFFICIAL, Person, everybody
from lingti.commands import cli
from lingti.district import change, journal
from lingti.home import HomeError
from lingti.judging import publication
from lingti.upkeep import demo, setting_up, settings_book, settings_changes


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        cli.main([str(one) for one in arguments])
    return int(ended.value.code or 0)


def test_init_makes_an_empty_district_and_refuses_a_folder_that_is_not_empty(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    assert run("init", "--home", home) == cli.DONE
    assert district.load(home).communities == ()
    assert warehouse.exists(home)
    assert run("init", "--home", home) == cli.REFUSED
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").touch()
    with pytest.raises(HomeError):
        setting_up.init(tmp_path / "other", BY)


def test_a_sample_is_put_aside_where_the_own_district_begins(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "district.toml").write_bytes((demo.SAMPLE / "district.toml").read_bytes())
    assert setting_up.make_room(home) == home
    assert (tmp_path / "home.sample" / "district.toml").exists()
    assert not home.exists()
    assert setting_up.make_room(tmp_path / "home.sample") == home


def test_a_code_makes_one_visitor_the_first_official(tmp_path: Path) -> None:
    code = setting_up.new_code(tmp_path)
    visitor = Person("https://id.example", "7", "李")
    assert not setting_up.take_code(tmp_path, "AAAA", visitor)
    assert setting_up.take_code(tmp_path, code, visitor)
    assert [one.role for one in everybody(tmp_path)] == [OFFICIAL]
    assert not setting_up.take_code(tmp_path, code, Person("https://id.example", "8", "王"))


def a_home(home: Path) -> Path:
    """A district with something of every kind of setting."""
    no_expectation(home)
    change.expectation(home, "望江", "service", date(2026, 1, 1), "quarter", BY)
    change.decline(home, "临河", "service", "", BY)
    change.population(home, "望江", date(2026, 6, 1), {"residents": 5300}, BY)
    change.enter(home, "community", "望江", {"estates": ["一区", "二区"], "topic": "暖心食堂"}, BY)
    change.district(home, {"common": ["volunteer_hours"], "reporting_day": 8}, BY)
    journal.set_target(home, district.Target("望江", "volunteer_hours", "2026", 900.0), BY)
    entries.add(home, "merchant_alias", "米乐店", "米乐居民服务店", BY)
    signed = {"signed_by": "中共望江社区委员会；望江社区居民委员会", "addressee": "城东街道"}
    change.enter(home, "community", "望江", {**signed, "formerly": ["老望江"]}, BY)
    change.district(home, {"closing": "特此报告。"}, BY)
    day = date(2026, 7, 1)
    change.ask(home, district.Ask("望江", day, "修好路灯", "网格员", date(2026, 8, 1)), BY)
    change.ask(home, district.Ask("district", day, "开一次会", "", None), BY)
    change.holiday(home, district.Holiday(date(2027, 5, 1), date(2027, 5, 3), "劳动节"), BY)
    change.unite(home, "concerns", "category", "环保", "环境整治", BY)
    both = ("望江", "临河")
    change.hand_down(home, district.Handed("concerns", day, date(2026, 7, 31), day, both), BY)
    publication.rebuild(home)
    return home


def test_all_settings_go_out_and_in_again_without_a_change(tmp_path: Path) -> None:
    home = a_home(tmp_path / "home")
    book = tmp_path / "settings.xlsx"
    assert run("settings", "-o", book, "--home", home) == cli.DONE
    before = sorted((home / "entries").iterdir())
    assert settings_changes.compare(home, book.read_bytes()) == ([], [])
    assert run("settings", book, "--home", home) == cli.DONE
    assert sorted((home / "entries").iterdir()) == before

    other = tmp_path / "other"
    assert run("init", "--from", book, "--home", other) == cli.DONE
    assert settings_book.current(other) == settings_book.current(home)
    (one, two) = (district.load(home), district.load(other))
    for name in ("communities", "expected", "declined", "asks", "holidays", "united", "handed"):
        assert getattr(one, name) == getattr(two, name), name
    assert one.documents == two.documents


def test_the_sample_s_settings_go_out_and_in_again_without_a_change(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "district.toml").write_bytes((demo.SAMPLE / "district.toml").read_bytes())
    assert settings_changes.compare(home, settings_book.write(home)) == ([], [])


def workbook(**sheets: list[list[Any]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, lines in sheets.items():
            sheet = book.add_worksheet(name)
            for number, line in enumerate(lines):
                sheet.write_row(number, 0, line)
    return out.getvalue()


def test_a_workbook_may_say_less_and_changes_what_it_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = a_home(tmp_path / "home")
    book = tmp_path / "some.xlsx"
    people = ["望江社区", "2026-06-01", "1.2万人"]
    book.write_bytes(
        workbook(
            人口=[["社区", "自", "人口", "户数"], ["望江", "2026-01-01", 5200, 1800], people,
                ["临河", "2026年1月1日", 4100, 1500]],
        )
    )  # fmt: skip
    assert run("settings", book, "--check", "--json", "--home", home) == cli.DONE
    told = json.loads(capsys.readouterr().out)
    assert told == {
        "changed": [
            {
                "kind": "population",
                "key": "望江/2026-06-01",
                "before": {"residents": 5300},
                "after": {"residents": 12000},
            }
        ],
        "errors": [],
    }
    assert district.load(home).community("望江").residents == 5300
    assert run("settings", book, "--home", home) == cli.DONE
    assert district.load(home).community("望江").residents == 12000


def test_with_one_wrong_cell_nothing_is_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = a_home(tmp_path / "home")
    book = tmp_path / "wrong.xlsx"
    book.write_bytes(
        workbook(
            人口=[
                ["社区", "自", "人口"],
                ["望江", "2026-01-01", "很多"],
                ["没有", "2026-01-01", 3],
                ["临河", "2062-01-01", 4100],
                ["临河", "2026-01-01", 41_000_000],
            ],
            应报=[["社区", "数据种类", "自", "周期"], ["望江", "志愿", "2026-01-01", "每月"]],
        )
    )
    before = sorted((home / "entries").iterdir())
    assert run("settings", book, "--json", "--home", home) == cli.REFUSED
    errors = json.loads(capsys.readouterr().out)["errors"]
    assert [(one["sheet"], one["cell"]) for one in errors] == [
        ("人口", "C2"),
        ("人口", "A3"),
        ("人口", "B4"),
        ("人口", "C5"),
        ("应报", "B2"),
    ]
    assert sorted((home / "entries").iterdir()) == before


def test_a_cell_made_empty_is_taken_and_a_name_another_has_is_refused(tmp_path: Path) -> None:
    home = a_home(tmp_path / "home")
    change.enter(home, "community", "望江", {"topic": "助餐"}, BY)
    emptied = workbook(
        社区=[["代号", "名称", "简称"], ["望江", "望江社区", "望江"], ["临河", "临河社区", "临河"]]
    )
    changed, problems = settings_changes.compare(home, emptied)
    assert problems == []
    settings_changes.take(home, changed, BY)
    assert district.load(home).community("望江").topic.zh == ""
    alike = workbook(
        社区=[["代号", "名称", "简称"], ["望江", "望江社区", "望江"], ["临河", "临河社区", "望江"]]
    )
    _changed, (problem,) = settings_changes.compare(home, alike)
    assert (problem.sheet, problem.cell) == ("社区", "A3")
