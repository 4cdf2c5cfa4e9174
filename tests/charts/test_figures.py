"""The pictures: colours told apart by any eye, gaps that stay gaps, words beside every colour."""

from __future__ import annotations

import itertools
import json
import math
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from lingti import catalog, charts, language
from lingti.catalog import DISTRICT
from lingti.charts import parts
from lingti.district import Community, District
from lingti.judging import sentences
from lingti.language import Text
from lingti.ui.window.style import style

HOURS = catalog.program().metrics["volunteer_hours"]
# What an eye sees that lacks one kind of cone (Machado, Oliveira, Fernandes 2009, severity 1).
EYES = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def district(names: Sequence[str] = ("南风花园", "古桥", "京杭佳苑", "滨湖")) -> District:
    none = Text("", "")
    communities = tuple(
        Community(
            id=one,
            name=Text(name, name),
            short=Text(name, name),
            topic=none,
            runs=none,
            since=date(2024, 3, 1),
            residents=1000,
            households=400,
            population_as_of=date(2023, 12, 31),
            population_source=none,
            subdistrict=none,
            estates=(),
            headlines=(),
        )
        for one, name in zip("abcdefgh", names, strict=False)
    )
    return District(
        home=Path(),
        name=none,
        programme=none,
        note=none,
        starts_on=date(2024, 3, 1),
        reporting_day=5,
        communities=communities,
        expected=(),
        targets=(),
        rules=(),
        sources={},
    )


LOOK = charts.look(district())


def months(**lines: Sequence[float | str | None]) -> pd.DataFrame:
    """A line per community; `-` not reported, `x` not run, a text such as `4~` partial."""
    rows = []
    for community, values in lines.items():
        for number, given in enumerate(values, 3):
            state = {"-": "not_reported", "x": "not_run"}.get(str(given), "reported")
            value: object = None if given in ("-", "x") else given
            if isinstance(value, str):
                value, state = float(value.rstrip("~")), "partial"
            rows.append(("volunteer_hours", community, "month", f"2024-{number:02}", value, state))
    frame = pd.DataFrame(rows, columns=["metric", "community", "grain", "period", "value", "state"])
    return frame.astype({"value": float})


# ---- colours


def linear(colour: str) -> list[float]:
    parts_of = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts_of]


def seen(colour: str, eye: str) -> tuple[float, float, float]:
    """A colour in OKLab, where distances are as eyes judge them, times 100."""
    source = linear(colour)
    r, g, b = (
        max(0.0, sum(weight * one for weight, one in zip(row, source, strict=True)))
        for row in EYES[eye]
    )
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    middle = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        100 * (0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short),
        100 * (1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short),
        100 * (0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short),
    )


def contrast(one: str, other: str) -> float:
    light = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (linear(one), linear(other)))
    return (light[1] + 0.05) / (light[0] + 0.05)


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize(
    "palette",
    [charts.LIGHT, charts.DARK, charts.CONTRAST],
    ids=["light", "dark", "contrast"],
)
def test_any_eye_tells_the_four_colours_apart(palette: tuple[str, ...], eye: str) -> None:
    for one, other in itertools.combinations(palette[:4], 2):
        assert math.dist(seen(one, eye), seen(other, eye)) > 9, (one, other)


@pytest.mark.parametrize("dark", [False, True])
def test_colours_stand_out_from_the_paper(dark: bool) -> None:
    look = charts.look(district("甲乙丙丁戊己"), dark=dark)
    for community in "abcdef":
        assert contrast(look.colours[community], look.paper) > 3
    assert contrast(look.muted, look.paper) > 4.5
    assert contrast(look.ink, look.paper) > 7


@pytest.mark.parametrize("dark", [False, True])
def test_numbers_of_a_heat_map_stand_out_from_their_cells(dark: bool) -> None:
    look = charts.look(district("甲乙丙丁戊己"), dark=dark)
    values = [float(one) for one in range(1, 101)]
    cells = pd.DataFrame(
        {"down": "一区", "across": [f"{one:.0f}号" for one in values], "value": values}
    ).assign(state="reported", community="a", period="2024-06")
    for place in "abcdef":
        (drawn,) = charts.heat_map(cells, HOURS, look, place=place).data
        for cell, words in zip(drawn.marker.color, drawn.textfont.color, strict=True):
            assert contrast(on_paper(cell, look.paper), words) > 4.5, (place, cell)


def on_paper(colour: str, paper: str) -> str:
    """What is seen of rgba(…) on paper, as #rrggbb."""
    *parts_of, share = (float(one) for one in colour.removeprefix("rgba(").rstrip(")").split(","))
    under = [int(paper[at : at + 2], 16) for at in (1, 3, 5)]
    mixed = [a * share + b * (1 - share) for a, b in zip(parts_of, under, strict=True)]
    return "#" + "".join(f"{round(one):02x}" for one in mixed)


def test_dark_pictures_are_printed_in_the_colours_of_light_ones() -> None:
    dark, light = (charts.look(district("甲乙丙丁戊己"), dark=one) for one in (True, False))
    rules = style(dark=True)
    tones = [(one.paper, one.grid, one.accent, *one.colours.values()) for one in (dark, light)]
    for tone, instead in zip(*tones, strict=True):
        red, green, blue = (int(tone[at : at + 2], 16) for at in (1, 3, 5))
        for what in ("fill", "stroke"):
            named = re.escape(f'[style*="{what}: rgb({red}, {green}, {blue})"]')
            assert re.search(rf"{named}[^{{}}]*{{{what}:{instead}!important}}", rules)


def test_high_contrast_is_seven_to_one() -> None:
    look = charts.look(district("甲乙丙丁戊己"), contrast=True)
    words = [look.ink, look.muted, look.accent, look.good, look.bad, *look.colours.values()]
    assert all(contrast(colour, look.paper) > 7 for colour in words)


def test_a_community_has_one_colour_and_marker_and_each_its_own() -> None:
    assert len({LOOK.colours[one] for one in "abcd"}) == 4
    assert len({LOOK.symbols[one] for one in "abcd"}) == 4
    more = charts.look(district("甲乙丙丁戊己庚辛"))
    assert set(more.colours) == {*"abcdefgh", DISTRICT}


# ---- lines


def test_a_line_has_gaps_and_hollow_marks_and_never_a_zero_for_nothing() -> None:
    figure = charts.lines_over_time(months(a=[4, "-", "6~", 0]), HOURS, LOOK)
    (line,) = figure.data
    assert list(line.y) == [4, None, 6, 0]
    assert line.connectgaps is False
    assert list(line.marker.color) == [LOOK.colours["a"]] * 2 + [LOOK.paper, LOOK.colours["a"]]


def test_names_stand_at_the_ends_of_lines_without_touching() -> None:
    figure = charts.lines_over_time(months(a=[5], b=[5.01], c=[5.02], d=[1]), HOURS, LOOK)
    labels = {note.text: note.y for note in figure.layout.annotations if note.x == 1}
    assert set(labels) == {"南风花园", "古桥", "京杭佳苑", "滨湖"}
    heights = sorted(labels.values())
    scale = (380 - 58) / 5.02
    assert all((high - low) * scale > 17 for low, high in itertools.pairwise(heights))
    assert max(heights) <= 5.02


def test_labels_keep_their_order_and_stay_below_the_top() -> None:
    assert parts.apart([1, 1, 9, 9.5, 10], gap=1, top=10) == [1, 2, 8, 9, 10]


def test_what_was_not_reported_is_named_in_the_picture() -> None:
    figure = charts.lines_over_time(months(a=[4, "-"], b=["x", "x"]), HOURS, LOOK)
    words = [note.text for note in figure.layout.annotations]
    assert "南风花园<br>未报送" in words
    assert "古桥 未开展" in words


def test_small_pictures_share_one_scale() -> None:
    figures = charts.small_multiples(months(a=[4, 8], b=[1, "-"], c=["x", "x"]), HOURS, LOOK)
    assert list(figures) == ["a", "b", "c"]
    assert len({tuple(figure.layout.yaxis.range) for figure in figures.values()}) == 1
    assert [note.text for note in figures["c"].layout.annotations] == ["未开展"]


# ---- bars


def one_month(**values: float | str | None) -> pd.DataFrame:
    return months(**{community: [value] for community, value in values.items()})


def test_a_bar_stands_for_each_number_and_words_for_none() -> None:
    figure = charts.bars_by_community(one_month(a=12345, b="-", c="x", d=0), HOURS, LOOK)
    assert [list(bar.x) for bar in figure.data] == [[12345], [None], [None], [0]]
    words = [note.text for note in figure.layout.annotations]
    assert words == ["1.23万", "未报送", "未开展", "0"]


def test_a_partial_bar_is_hatched_and_says_so() -> None:
    figure = charts.bars_by_community(one_month(a="5~", b=5), HOURS, LOOK)
    assert [bar.marker.pattern.shape for bar in figure.data] == ["/", None]
    assert "部分" in figure.layout.annotations[0].text


def test_what_was_reported_otherwise_says_so_with_a_number_and_without_one() -> None:
    frame = one_month(a=5, b="-", c=6).assign(revised=[True, True, False])
    figure = charts.bars_by_community(frame, HOURS, LOOK)
    marked = [note.text for note in figure.layout.annotations]
    assert "已修订" in marked[0]
    assert marked[1:] == ["未报送 ≠", "6"]


def test_the_district_is_a_line_across_the_bars() -> None:
    frame = one_month(a=2, b=4, district=3)
    figure = charts.bars_by_community(frame, HOURS, LOOK, reference=3, reference_name="全区")
    assert len(figure.data) == 2
    assert (figure.layout.shapes[0].x0, figure.layout.shapes[0].x1) == (3, 3)
    assert figure.layout.annotations[-1].text == "全区 3"


def members(**by_community: dict[str, float]) -> pd.DataFrame:
    rows = [
        (community, member, value, "reported")
        for community, values in by_community.items()
        for member, value in values.items()
    ]
    return pd.DataFrame(rows, columns=["community", "member", "value", "state"])


def test_members_are_ordered_by_size_and_their_parts_add_up() -> None:
    frame = members(a={"助老": 1, "环境": 5}, b={"助老": 2}, district={"助老": 3, "环境": 5})
    figure = charts.bars_by_member(frame, HOURS, LOOK)
    assert figure.layout.barmode == "stack"
    assert [(bar.name, list(bar.x), list(bar.y)) for bar in figure.data] == [
        ("南风花园", [5, 1], ["环境", "助老"]),
        ("古桥", [None, 2], ["环境", "助老"]),
    ]
    assert [note.text for note in figure.layout.annotations] == ["5", "3"]


def test_beside_others_a_community_with_none_has_a_zero_and_what_is_withheld_nothing() -> None:
    hidden = pd.DataFrame(
        [("b", "助老", None, "withheld")], columns=["community", "member", "value", "state"]
    )
    frame = pd.concat([members(a={"助老": 1, "环境": 3}, b={"文体": 2}), hidden])
    figure = charts.bars_by_member(frame, HOURS, LOOK, stacked=False)
    assert [(bar.name, list(bar.x), list(bar.text)) for bar in figure.data] == [
        ("古桥", [0, 2, None], ["0", "2", ""]),
        ("南风花园", [3, 0, 1], ["3", "0", "1"]),
    ]


def test_rates_of_communities_are_never_stacked() -> None:
    frame = members(a={"助老": 1}, b={"助老": 2})
    assert charts.bars_by_member(frame, HOURS, LOOK, per="residents").layout.barmode == "group"


# ---- all of them

LONG = replace(HOURS, unit=Text("小时", "h"))
PICTURES = {
    "lines": lambda: charts.lines_over_time(months(a=[4, "5~"], b=["-", 9]), LONG, LOOK),
    "bars": lambda: charts.bars_by_community(one_month(a=4, b="-"), LONG, LOOK),
    "members": lambda: charts.bars_by_member(members(a={"助老": 1}), LONG, LOOK),
    "small": lambda: charts.small_multiples(months(a=[4, 5]), LONG, LOOK)["a"],
}


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("code", language.LANGUAGES)
def test_a_picture_is_small_and_told_in_words(name: str, code: str) -> None:
    language.use(code)
    figure = PICTURES[name]()
    assert len(figure.to_json()) < 8_000
    alt = figure.layout.meta["alt"]
    assert alt.startswith(
        {"zh": ("折线图：", "条形图："), "en": ("Line chart:", "Bar chart:")}[code]
    )
    assert "NaN" not in json.dumps(json.loads(figure.to_json()))


@pytest.mark.parametrize("value", [0.0001, 0.5, 1, 2, 3, 12])
def test_marks_of_what_is_shown_whole_are_whole(value: float) -> None:
    marks = parts.value_axis(LOOK, HOURS, value, "total")["tickvals"]
    assert all(float(mark).is_integer() for mark in marks)
    assert len(marks) <= 7


@pytest.mark.parametrize("value", [7, 99, 1234, 98_765_432])
def test_axes_have_a_few_round_marks(value: float) -> None:
    axis = parts.value_axis(LOOK, HOURS, value, "total")
    assert 3 <= len(axis["tickvals"]) <= 7
    assert axis["range"][1] >= value


CAME, WENT, LEFT, OPENED = (
    catalog.program().metrics[f"points_{name}"]
    for name in ("earned", "redeemed", "balance", "granted")
)


@pytest.fixture
def balance() -> pd.DataFrame:
    """18,400 points were given in April, as many as nobody earned, and 500 more in May."""
    values = {
        "points_earned": (2343.0, 1587.0),
        "points_redeemed": (1940.0, 2211.0),
        "points_balance": (18803.0, 18679.0),
        "points_granted": (18400.0, 500.0),
    }
    return pd.DataFrame(
        [
            (name, DISTRICT, "month", period, value, "reported")
            for name, of_months in values.items()
            for period, value in zip(("2024-04", "2024-05"), of_months, strict=True)
        ],
        columns=["metric", "community", "grain", "period", "value", "state"],
    )


def test_openings_are_told_by_period(balance: pd.DataFrame) -> None:
    assert sentences.of_openings(balance, OPENED) == (
        "除上述收入外，另有发放初始积分：2024年4月1.84万分和2024年5月500分。"
    )
    assert sentences.of_openings(balance.assign(value=0.0), OPENED) == ""


def test_an_opening_is_named_at_the_line_where_it_makes_it_jump(balance: pd.DataFrame) -> None:
    look = LOOK
    figure = charts.flows_and_stock(balance, (CAME, WENT), LEFT, look, opening=OPENED)
    named = [one for one in figure.layout.annotations if "初始积分" in one.text]
    assert [(one.x, one.y) for one in named] == [("2024-04", 18803.0)]
