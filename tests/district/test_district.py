from pathlib import Path

import pytest

from lingti import district
from lingti.district.toml_reader import SettingsError
from lingti.upkeep.demo import SAMPLE

COMMUNITY = """
[[community]]
id = "a"
name = { zh = "甲", en = "A" }
since = 2024-01-01
residents = 1000
households = 400
population_as_of = 2023-12-31
"""
DISTRICT = 'name = { zh = "区", en = "D" }\nstarts_on = 2024-01-01\n'
SOURCE = """
community = "a"
title = { zh = "服务", en = "Service" }
replaces = "days"
[[feed]]
table = "service"
when = { "类型" = ["服务"] }
[feed.columns]
day = "日期"
name = "姓名"
hours = { column = "时长", unit = "minutes" }
"""


def home(folder: Path, settings: str, source: str = SOURCE) -> Path:
    (folder / "sources").mkdir()
    (folder / "district.toml").write_text(settings, "utf-8")
    (folder / "sources" / "a_service.toml").write_text(source, "utf-8")
    return folder


def test_the_sample_district_is_read() -> None:
    sample = district.load(SAMPLE)
    assert [one.id for one in sample.communities] == ["nanfeng", "guqiao", "jinghang", "binhu"]
    assert {source.community for source in sample.sources.values()} == {
        one.id for one in sample.communities
    }


def test_a_source_names_what_it_needs(tmp_path: Path) -> None:
    source = district.load(home(tmp_path, DISTRICT + COMMUNITY)).sources["a_service"]
    assert source.tables == ("service",)
    assert source.feeds[0].needs == {"日期", "姓名", "时长", "类型"}
    assert source.feeds[0].columns["hours"].unit == "minutes"


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (DISTRICT, "district.toml: community"),
        (DISTRICT + COMMUNITY.replace("1000", '"many"'), "community 1: residents"),
        (DISTRICT + COMMUNITY.replace("since = 2024-01-01", ""), "community 1: since"),
        (DISTRICT + COMMUNITY + COMMUNITY, "'a'"),
        (DISTRICT + COMMUNITY.replace('"a"', '"district"'), "community 1: id"),
        (DISTRICT + COMMUNITY + '[[target]]\ncommunity = "z"', "target 1: community"),
        ("name = [", "district.toml"),
    ],
)
def test_wrong_settings_are_refused_with_their_place(
    tmp_path: Path, settings: str, message: str
) -> None:
    with pytest.raises(SettingsError, match=message):
        district.load(home(tmp_path, settings))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('replaces = "days"', 'replaces = "some"', r"a_service.toml: replaces"),
        ('community = "a"', 'community = "z"', r"a_service.toml: community"),
        ('unit = "minutes"', 'units = "minutes"', r"columns.hours"),
        ('replaces = "days"', 'replaces = "key"', r"a_service.toml: key"),
    ],
)
def test_a_wrong_source_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    with pytest.raises(SettingsError, match=message):
        district.load(home(tmp_path, DISTRICT + COMMUNITY, SOURCE.replace(old, new)))


def test_a_folder_that_is_no_home_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"district\.toml"):
        district.load(tmp_path)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("name = “清河区”", ["第 1 行", "中文引号"]),
        ('name = "区"\nstarts_on = 2026-1-1', ["第 2 行", "2026-01-01"]),
        (DISTRICT + COMMUNITY + 'headlines = ["志愿服务时长"]', ["volunteer_hours", "第 11 行"]),
        (
            DISTRICT + COMMUNITY + '[[expected]]\ncommunity = "a"\ntables = ["servise"]\n'
            "from = 2024-01-01",
            ["expected 1: tables", "service", "第 13 行"],
        ),
        (
            DISTRICT + COMMUNITY + '[[target]]\ncommunity = "a"\nmetric = "placements"\n'
            'period = "2026年"\nvalue = 3',
            ["target 1: period", "2026-Q2", "第 14 行"],
        ),
    ],
)
def test_what_is_meant_is_told_with_the_line(tmp_path: Path, line: str, says: list[str]) -> None:
    with pytest.raises(SettingsError) as refused:
        district.load(home(tmp_path, line))
    for words in says:
        assert words in str(refused.value)


def test_a_file_of_another_encoding_is_told_apart_from_one_with_a_mark(tmp_path: Path) -> None:
    folder = home(tmp_path, "")
    (folder / "district.toml").write_bytes((DISTRICT + COMMUNITY).encode("gbk"))
    with pytest.raises(SettingsError, match="UTF-8"):
        district.load(folder)
    (folder / "district.toml").write_bytes((DISTRICT + COMMUNITY).encode("utf-8-sig"))
    assert district.load(folder).name.zh == "区"
