"""What follows from the same things is worked out once, and never mixed up."""

from __future__ import annotations

import copy
import pickle
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import Any

import pandas as pd
import pytest
from import_kit import home_with_sources

from lingti import language
from lingti.district import District
from lingti.frozen import Frozen
from lingti.language import Text
from lingti.memo_cache import Shelf, memoised

WORKED: list[object] = []


@memoised
def total(frame: pd.DataFrame, name: str = "x") -> pd.DataFrame:
    WORKED.append(name)
    return frame[[name]].sum().to_frame()


@memoised
def greeting(who: object) -> str:
    WORKED.append(who)
    return f"{language.current()} {who}"


@pytest.fixture(autouse=True)
def _from_the_start() -> None:
    WORKED.clear()


def test_the_same_is_worked_out_once_and_another_anew() -> None:
    first, again = (total(pd.DataFrame({"x": [1, 2], "y": [7, 8]})) for _time in range(2))
    assert first.equals(again)
    other = total(pd.DataFrame({"x": [1, 3], "y": [7, 8]}))
    by_name = total(pd.DataFrame({"x": [1, 2], "y": [7, 8]}), name="y")
    assert [one.iat[0, 0] for one in (first, other, by_name)] == [3, 4, 15]
    assert WORKED == ["x", "x", "y"]


def test_nobody_changes_what_another_gets() -> None:
    frame = pd.DataFrame({"x": [40, 2]})
    mine = total(frame)
    mine.iloc[0, 0] = 7
    mine["more"] = 1
    assert total(frame).equals(pd.DataFrame({0: [42]}, index=["x"]))


@pytest.mark.parametrize(
    ("made", "change"),
    [
        ([{"names": ["a"]}], lambda own: own[0]["names"].append("b")),
        ({"a": pd.DataFrame({"x": [1]})}, lambda own: own["a"].insert(0, "y", 2)),
        ({"a": {"b": [1]}}, lambda own: own["a"]["b"].clear()),
        (bytearray(b"a"), lambda own: own.extend(b"b")),
    ],
)
def test_nobody_changes_what_stands_deep_in_what_another_gets(
    made: Any, change: Callable[[Any], object]
) -> None:
    shelf, before = Shelf(), repr(made)
    change(shelf.get(b"key", lambda: made))
    change(shelf.get(b"key", list))
    assert repr(shelf.get(b"key", list)) == before


def test_what_a_district_holds_is_for_good_and_its_copy_is_one(tmp_path: Path) -> None:
    settings = home_with_sources(tmp_path)
    assert isinstance(copy.copy(settings), District)
    assert copy.copy(settings) == settings
    assert copy.deepcopy(settings) == pickle.loads(pickle.dumps(settings)) == settings
    assert copy.copy(settings).cache_key == settings.cache_key
    assert replace(settings, reporting_day=9).cache_key != settings.cache_key
    feed = settings.source("east_service").feeds[0]
    for held in (settings.sources, feed.columns, feed.when, feed.columns["hours"].values):
        assert isinstance(held, Frozen)
        with pytest.raises(TypeError, match="shared with others"):
            held["more"] = 1
        with pytest.raises(TypeError, match="shared with others"):
            held |= {"more": 1}
        for change in (held.clear, held.popitem, partial(held.update, more=1)):
            with pytest.raises(TypeError, match="shared with others"):
                change()


def test_two_that_say_the_same_are_one_key_and_others_are_not(tmp_path: Path) -> None:
    one, same = (home_with_sources(tmp_path) for _time in range(2))
    other = replace(one, name=Text("别处", "Elsewhere"))
    assert [greeting(settings) for settings in (one, same, other)] == [
        f"zh {one}",
        f"zh {one}",
        f"zh {other}",
    ]
    assert len(WORKED) == 2


def test_many_who_want_the_same_at_once_have_it_made_once() -> None:
    shelf, begun = Shelf(), Barrier(8)
    made: list[str] = []

    def make() -> str:
        time.sleep(0.05)
        made.append("made")
        return "made"

    def ask(_number: int) -> object:
        begun.wait()
        return shelf.get(b"key", make)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(8))) == ["made"] * 8
    assert len(made) == 1


def test_who_waits_for_one_that_failed_makes_it_anew() -> None:
    shelf, begun = Shelf(), Barrier(2)
    tried: list[str] = []

    def make() -> str:
        time.sleep(0.05)
        tried.append("tried")
        if len(tried) == 1:
            raise OSError
        return "made"

    def ask(_number: int) -> object:
        begun.wait()
        try:
            return shelf.get(b"key", make)
        except OSError:
            return "failed"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(map(str, pool.map(ask, range(2)))) == ["failed", "made"]


def test_each_language_has_its_own() -> None:
    said = []
    for code in ("en", "zh", "en"):
        language.use(code)
        said.append(greeting("you"))
    assert (said, WORKED) == (["en you", "zh you", "en you"], ["you", "you"])


def test_what_cannot_be_compared_is_worked_out_each_time() -> None:
    here = lambda: None  # noqa: E731 - a function made on the spot
    assert greeting(here) == greeting(here)
    assert len(WORKED) == 2


def test_the_oldest_goes_when_there_is_no_more_room() -> None:
    made: list[str] = []

    def make(name: str) -> str:
        made.append(name)
        return name * 300

    shelf = Shelf(most_bytes=700)
    for name in "abacab":
        shelf.get(name.encode(), partial(make, name))
    assert "".join(made) == "abcb"
    assert shelf.bytes <= 700
