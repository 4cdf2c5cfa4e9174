"""Forms put together at random from the catalogue: filled right or left blank, never wrong."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from exhaustive import part
from forms import form_kit
from forms.own_forms import book, document

from lingti import catalog, warehouse
from lingti.catalog import Metric
from lingti.forms.reading.grid import letters
from lingti.warehouse import ask as asking
from lingti.warehouse.ask import Question

PLACES = {"nanfeng": "南风花园", "guqiao": "古桥", "jinghang": "京杭佳苑", "binhu": "滨湖"}
RESTRICTING = (
    "注册",
    "党员",
    "辖区",
    "网格员",
    "青年",
    "新建",
    "重点",
    "计划",
    "上级",
    "困难家庭",
    "外来",
)
HARMLESS = ("1.", "（一）", "其中：", " ", "①")
TITLES = ("工作情况统计表", "社区治理工作月报表", "基层治理情况汇总表", "各项工作情况一览表")


@dataclass(frozen=True)
class Name:
    """A name on a form, and what it means; nothing where it is another number."""

    text: str
    metric: str | None
    scale: float = 1


def _name(chance: random.Random, metric: Metric, *, with_unit: bool) -> Name:
    """A name of a metric, now and then with a word that makes it another number."""
    known = [metric.title.zh, *(word for word in metric.words if not word.isascii())]
    text, scale = chance.choice(known), 1.0
    unit = metric.unit.zh
    if with_unit or unit == "%":
        size, word = chance.choice([(1, ""), (1, ""), (10_000, "万"), (1000, "千")])
        if unit == "%":
            scale = 100.0
            text += "（%）"
        else:
            scale = 1 / size
            text += f"（{word}{unit}）"
    if chance.random() < 0.25:
        return Name(chance.choice(RESTRICTING) + text, None)
    return Name(
        chance.choice(HARMLESS) + text if chance.random() < 0.2 else text, metric.name, scale
    )


def _periods(chance: random.Random) -> tuple[str, dict[str, tuple[date, date] | str]]:
    """The month in a title, and columns of times with what they are."""
    month = chance.randint(4, 12)
    first = date(2024, 1, 1)
    ends = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    known: dict[str, tuple[date, date] | str] = {
        "本月": f"2024-{month:02}",
        "本月数": f"2024-{month:02}",
        "上月": f"2024-{month - 1:02}",
        "本年累计": (first, date(2024, month, ends[month - 1])),
        "一季度": "2024-Q1",
        "2024年上半年": (first, date(2024, 6, 30)),
        "3-5月": (date(2024, 3, 1), date(2024, 5, 31)),
        "7月": "2024-07",
    }
    chosen = chance.sample(list(known), chance.randint(1, 4))
    return f"2024年{month}月", {name: known[name] for name in chosen}


def _told(data: Any, name: Name, place: str, when: tuple[date, date] | str) -> float | None:
    metric = data.catalog.metrics[name.metric]
    span, period = (when, None) if isinstance(when, tuple) else (None, when)
    rows = asking.values(data, Question(metric, place, None, period, span))
    value = rows[0]["value"] if rows else None
    return None if value is None else value * name.scale


@pytest.mark.parametrize("seed", part(range(60), 20))
def test_a_random_form_has_no_wrong_number(sample_home: Path, seed: int) -> None:
    chance = random.Random(seed)
    data = warehouse.current(sample_home)
    metrics = chance.sample(list(catalog.program().metrics.values()), chance.randint(2, 6))
    unit_column = chance.random() < 0.3
    names = [_name(chance, one, with_unit=not unit_column) for one in metrics]
    month, times = _periods(chance)
    place = chance.choice(list(PLACES))
    title = f"{PLACES[place]}社区{month}{chance.choice(TITLES)}"
    by_place = chance.random() < 0.4
    if by_place:
        title = f"{month}各社区{chance.choice(TITLES)}"
        times = {"本月": f"2024-{int(month[5:-1]):02}"}
    heads = list(PLACES) if by_place else list(times)
    shown = [f"{PLACES[one]}社区" for one in heads] if by_place else heads
    across = chance.random() < 0.5
    left = [one.text for one in names] if across else shown
    top = shown if across else [one.text for one in names]
    units = [one.unit.zh for one in metrics] if unit_column and across else []
    before = ["序号"] * chance.randint(0, 1)
    head = [*before, "项目", *(["单位"] if units else []), *top]
    rows: list[list[Any]] = [[title, *[""] * (len(head) - 1)], head]
    for number, label in enumerate(left):
        unit = [units[number]] if units else []
        rows.append([*([number + 1] if before else []), label, *unit, *[None] * len(top)])
    in_word = chance.random() < 0.3
    if in_word:
        text = [[str(cell) if cell else "" for cell in row] for row in rows[1:]]
        form = document(title, (text, []))
    else:
        form = book(("Sheet1", rows, [f"A1:{letters(len(head))}1"]))
    done = form_kit.fill(sample_home, form)
    wide = len(head) - len(top)
    for one in done.outcomes:
        if not one.filled:
            continue
        row, column = one.slot.place
        at_left, at_top = row - (2 if in_word else 3), column - wide - 1
        name = names[at_left] if across else names[at_top]
        which = heads[at_top] if across else heads[at_left]
        assert name.metric is not None, (title, name.text, one.value)
        when = next(iter(times.values())) if by_place else times[which]
        value = _told(data, name, which if by_place else place, when)
        assert value is not None, (title, name.text, which)
        near = pytest.approx(value, rel=5e-3 if in_word else 1e-9, abs=6e-3 if in_word else None)
        assert one.value == near, (title, name.text, which)


@pytest.mark.parametrize("seed", part(range(40), 14))
def test_a_random_table_of_two_levels_or_of_one_measure_has_no_wrong_number(
    sample_home: Path, seed: int
) -> None:
    """Measures over months, months over measures, or months alone with the measure in the title."""
    chance = random.Random(1000 + seed)
    data = warehouse.current(sample_home)
    metrics = chance.sample(list(catalog.program().metrics.values()), 2)
    names = [_name(chance, one, with_unit=True) for one in metrics]
    months = sorted(chance.sample(range(3, 13), 2))
    kind = chance.choice(["measures over", "months over", "title", "title"])
    end = chance.choice(["统计表", "情况统计表", "分月统计表", "汇总表", "一览表"])
    if kind == "title":
        names = names[:1]
        title = f"2024年各社区{names[0].text}{end}"
        levels = [[f"{month}月" for month in months]]
        asked = [(names[0], month) for month in months]
    else:
        title = f"2024年各社区{chance.choice(TITLES)}"
        pairs = [(name, month) for name in names for month in months]
        asked = pairs if kind == "measures over" else sorted(pairs, key=lambda one: one[1])
        words = [(name.text, f"{month}月") for name, month in asked]
        levels = [list(one) for one in zip(*words, strict=True)]
        levels = levels if kind == "measures over" else levels[::-1]
        levels[0] = [levels[0][0], "", levels[0][2], ""]
    places = list(PLACES)
    heads = [["社区" if level == 0 else "", *one] for level, one in enumerate(levels)]
    body = [[f"{PLACES[place]}社区", *[None] * len(asked)] for place in places]
    wide = letters(len(asked) + 1)
    merged = [f"A1:{wide}1", *(["A2:A3", "B2:C2", "D2:E2"] if len(levels) > 1 else [])]
    rows = [[title, *[""] * len(asked)], *heads, *body]
    done = form_kit.fill(sample_home, book(("Sheet1", rows, merged)))
    assert len(done.outcomes) == len(asked) * len(places)
    for one in done.outcomes:
        if one.filled:
            name, month = asked[one.slot.place[1] - 2]
            place = places[one.slot.place[0] - len(levels) - 2]
            assert name.metric is not None, (title, name.text, one.value)
            value = _told(data, name, place, f"2024-{month:02}")
            assert one.value == pytest.approx(value, rel=1e-9), (title, name.text, place, month)


def test_random_forms_are_mostly_filled(sample_home: Path) -> None:
    """Else the test above would hold of a program that fills nothing."""
    chance = random.Random(1)
    metrics = list(catalog.program().metrics.values())
    names = [_name(chance, one, with_unit=True) for one in metrics]
    rows = [["古桥社区2024年9月工作情况统计表", ""], ["项目", "本月"]]
    form = book(("Sheet1", [*rows, *([one.text, None] for one in names)], ["A1:B1"]))
    done = form_kit.fill(sample_home, form)
    asked = sum(one.metric is not None for one in names)
    understood = sum(one.reading.sureness == "sure" for one in done.outcomes)
    assert understood > 0.7 * asked
