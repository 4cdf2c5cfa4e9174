"""What is set on pages alone: next steps, holidays, what counts as one, names and mergers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from half_set_up_kit import BY, named

from lingti import district, entries
from lingti.district import Ask, Holiday, change, journal, settings
from lingti.district.typed_lists import Typed
from lingti.language import Text


def a_home(folder: Path) -> Path:
    home = folder / "home"
    named(home, Typed("望江社区", "", 5200, 1800), Typed("临河社区", "", 4100, 1500))
    return home


def test_next_steps_hide_persons_and_are_owned_by_posts(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    first = date(2026, 7, 1)
    change.ask(home, Ask("望江", first, "联系13812345678修灯", "网格员", date(2026, 8, 1)), BY)
    change.ask(home, Ask("临河", first, "清理楼道", "王小明", None), BY)
    assert district.load(home).asks == (
        Ask("临河", first, "清理楼道", "***", None),
        Ask("望江", first, "联系***修灯", "网格员", date(2026, 8, 1)),
    )


def test_holidays_are_days_off_one_by_one(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    change.holiday(home, Holiday(date(2027, 5, 1), date(2027, 5, 2), "劳动节"), BY)
    assert dict(district.load(home).days_off) == {
        date(2027, 5, 1): "劳动节",
        date(2027, 5, 2): "劳动节",
    }


def test_a_member_counts_as_what_the_other_counts_as(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    change.unite(home, "concerns", "category", "环保", "环境整治", BY)
    change.unite(home, "concerns", "category", "环境整治", "环境", BY)
    assert district.load(home).united == {
        ("concerns", "category", "环保"): "环境",
        ("concerns", "category", "环境整治"): "环境",
    }
    change.unite(home, "concerns", "category", "环境", "环保", BY)  # in a circle: each by itself
    assert set(district.load(home).united.values()) <= {"环保", "环境", "环境整治"}
    change.unite(home, "concerns", "category", "环境", "", BY)
    change.unite(home, "concerns", "category", "环保", "", BY)
    assert district.load(home).united == {("concerns", "category", "环境整治"): "环境"}


def test_a_renamed_community_is_known_by_its_old_names(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    one = district.load(home).community("望江")
    change.rename(home, one, "望江新村社区", "望江新村", date(2026, 5, 1), "更名", BY)
    now = district.load(home).community("望江")
    assert (now.name, now.short) == (
        Text("望江新村社区", "望江新村社区"),
        Text("望江新村", "望江新村"),
    )
    assert now.formerly == ("望江社区", "望江")
    assert [(note.community, note.day) for note in journal.notes(home)] == [
        ("望江", date(2026, 5, 1))
    ]


def test_a_merger_ends_one_and_changes_the_population_of_the_other(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    known = district.load(home)
    gone, into = known.community("临河"), known.community("望江")
    change.expectation(home, "临河", "service", date(2026, 1, 1), "month", BY)
    counts = {"residents": 9300, "households": 3300}
    change.merge(home, gone, into, date(2026, 7, 1), counts, "临河社区并入", BY)
    now = district.load(home)
    assert (now.community("临河").until, now.community("临河").into) == (date(2026, 6, 30), "望江")
    assert [one.to_day for one in now.expected] == [date(2026, 6, 30)]
    both = now.community("望江")
    assert both.population_on(date(2026, 6, 30)).residents == 5200
    assert both.population_on(date(2026, 7, 1)).residents == 9300


def _undo_the_last(home: Path, kind: str) -> None:
    change.undo(home, entries.history(home, settings.PREFIX + kind)[-1], BY)


def test_an_undone_change_of_a_community_leaves_nothing_of_it(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    known = district.load(home)
    before = known.communities
    gone, into = known.community("临河"), known.community("望江")
    change.enter(home, settings.COMMUNITY, "临河", {"headlines": ["concerns"]}, BY)
    with_headlines = district.load(home).communities
    change.merge(home, gone, into, date(2026, 7, 1), {"residents": 9300}, "并入", BY)
    assert district.load(home).community("望江").residents == 9300
    _undo_the_last(home, settings.COMMUNITY)
    assert district.load(home).communities == with_headlines
    change.rename(home, gone, "临江社区", "临江", date(2026, 7, 1), "更名", BY)
    _undo_the_last(home, settings.COMMUNITY)
    assert district.load(home).communities == with_headlines
    assert journal.notes(home) == []  # from which on the other would be judged anew
    changes = entries.history(home, settings.PREFIX + settings.COMMUNITY)
    change.undo(home, next(one for one in changes if "headlines" in one.value), BY)
    assert district.load(home).communities == before


def test_an_undone_change_of_what_a_file_says_gives_back_the_file(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    (home / "district.toml").write_text(
        """
name = "东区"
starts_on = 2026-01-01
[[community]]
id = "a"
name = "甲社区"
short = "甲"
topic = "助餐"
runs = "办食堂"
since = 2026-01-01
residents = 900
population_as_of = 2025-12-31
""",
        "utf-8",
    )
    was = district.load(home)
    change.population(home, "a", date(2025, 12, 31), {"residents": 1}, BY)
    _undo_the_last(home, settings.POPULATION)
    assert district.load(home).community("a").populations == was.community("a").populations


def test_no_two_communities_are_called_alike(tmp_path: Path) -> None:
    known = district.load(a_home(tmp_path)).communities
    one, other = known
    assert change.bearer(known, one, "新名", other.short.zh) == other
    assert change.bearer(known, one, one.name.zh, one.short.zh) is None
    assert change.bearer(known, one, "新名", "") is None


def test_from_its_first_day_an_expectation_takes_the_place_of_the_one_before(
    tmp_path: Path,
) -> None:
    home = a_home(tmp_path)
    change.expectation(home, "望江", "service", date(2026, 1, 1), "month", BY)
    change.expectation(home, "望江", "service", date(2026, 7, 1), "quarter", BY)
    change.expectation(home, "望江", "concerns", date(2026, 1, 1), "month", BY)
    told = [(one.tables, one.months, one.to_day) for one in district.load(home).expected]
    assert sorted(told, key=str) == [
        (("concerns",), 1, None),
        (("service",), 1, date(2026, 6, 30)),
        (("service",), 3, None),
    ]
