"""What follows from the same things is worked out once, and never mixed up."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pandas as pd
import pytest

from lingti import language
from lingti.memo_cache import Shelf, once

WORKED: list[object] = []


@once
def total(frame: pd.DataFrame, name: str = "x") -> pd.DataFrame:
    WORKED.append(name)
    return frame[[name]].sum().to_frame()


@once
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
    assert [int(one.iloc[0, 0]) for one in (first, other, by_name)] == [3, 4, 15]
    assert WORKED == ["x", "x", "y"]


def test_nobody_changes_what_another_gets() -> None:
    frame = pd.DataFrame({"x": [40, 2]})
    mine = total(frame)
    mine.iloc[0, 0] = 7
    mine["more"] = 1
    assert total(frame).equals(pd.DataFrame({0: [42]}, index=["x"]))


def test_many_who_want_the_same_at_once_have_it_made_once() -> None:
    shelf, made, begun = Shelf(), [], Barrier(8)

    def make() -> str:
        made.append(time.sleep(0.05))
        return "made"

    def ask(_number: int) -> object:
        begun.wait()
        return shelf.get(b"key", make)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(8))) == ["made"] * 8
    assert len(made) == 1


def test_who_waits_for_one_that_failed_makes_it_anew() -> None:
    shelf, tried, begun = Shelf(), [], Barrier(2)

    def make() -> str:
        tried.append(time.sleep(0.05))
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
