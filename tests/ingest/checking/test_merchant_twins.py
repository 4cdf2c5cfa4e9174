"""A merchant that is spelled anew is asked about before it counts as another."""

from pathlib import Path

import pytest
from import_kit import MERCHANTS, csv_file, home_with_sources, stored, take

from lingti import entries
from lingti.district import District
from lingti.ingest.checking.merchant_twins import ALIAS


@pytest.fixture
def home(tmp_path: Path) -> District:
    found = home_with_sources(tmp_path)
    take(found, roster("米乐居民服务店", "家佰乐生活超市"), "一月.csv", covers="2024-01")
    return found


def roster(*names: str) -> bytes:
    return csv_file([MERCHANTS, *([name, "2024-01-02", ""] for name in names)])


@pytest.mark.parametrize(
    "anew",
    [
        "米乐居民服务",
        "米乐 居民服务店（吾悦店）",
        "米乐居民服务公司",
        "米乐居名服务店",
        "米乐居民的服务店",
        "济宁市米乐居民服务店",
    ],
)
def test_a_likely_twin_is_asked_about_and_becomes_an_alias(home: District, anew: str) -> None:
    sent = roster(anew, "家佰乐生活超市")
    (question,) = take(home, sent, "二月.csv", covers="2024-02")["questions"]
    assert (question["kind"], question["examples"]) == ("merchant_twin", [anew, "米乐居民服务店"])
    said = {question["id"]: "same"}
    assert take(home, sent, "二月.csv", covers="2024-02", answers=said)["questions"] == []
    assert entries.current(home.home, ALIAS) == {anew: "米乐居民服务店"}
    march = roster(anew, "家佰乐生活超市")
    assert take(home, march, "三月.csv", covers="2024-03")["questions"] == []


def test_two_merchants_are_remembered_as_two(home: District) -> None:
    sent = roster("米乐居民服务", "米乐居民服务店", "家佰乐生活超市")
    (question,) = take(home, sent, "二月.csv", covers="2024-02")["questions"]
    take(home, sent, "二月.csv", covers="2024-02", answers={question["id"]: "other"})
    assert take(home, sent, "三月.csv", covers="2024-03")["questions"] == []
    assert len(stored(home, "partnerships", "distinct merchant")) == 3


@pytest.mark.parametrize(
    "other", ["家佰乐生活超市二店", "梅子瑜伽馆", "米乐居民服务店2", "东米乐居民服务店"]
)
def test_others_are_not_asked_about(home: District, other: str) -> None:
    sent = roster("米乐居民服务店", "家佰乐生活超市", other)
    assert take(home, sent, "二月.csv", covers="2024-02")["questions"] == []
