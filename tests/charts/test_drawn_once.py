"""A picture of the same numbers is drawn once; nobody can change another's."""

from __future__ import annotations

import json
import re
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from lingti import language
from lingti.charts.drawn_once import drawn_once, sent

DRAWN: list[Any] = []


@drawn_once
def picture(frame: pd.DataFrame, name: Any = str) -> go.Figure:
    DRAWN.append(frame)
    return go.Figure(go.Bar(x=frame["x"], text=name("a")), {"meta": {"alt": "bars"}})


def test_the_same_numbers_are_drawn_once_and_others_anew() -> None:
    DRAWN.clear()
    one = picture(pd.DataFrame({"x": [1, 2]}))
    two = picture(pd.DataFrame({"x": [1, 2]}))
    assert (len(DRAWN), one.to_json()) == (1, two.to_json())
    assert picture(pd.DataFrame({"x": [1, 3]})).to_json() != one.to_json()
    assert len(DRAWN) == 2


def test_each_caller_has_a_figure_of_its_own() -> None:
    frame = pd.DataFrame({"x": [5]})
    picture(frame).update_layout(title="mine").data[0].x = [7]
    again = picture(frame)
    assert again.layout.title.text is None
    assert list(again.data[0].x) == [5]
    assert again.layout.meta["alt"] == "bars"


def test_each_language_has_a_figure_of_its_own() -> None:
    DRAWN.clear()
    for code in ("en", "zh", "en"):
        language.use(code)
        picture(pd.DataFrame({"x": [9]}))
    assert len(DRAWN) == 2


def test_what_cannot_be_compared_is_drawn_each_time() -> None:
    DRAWN.clear()
    for _time in range(2):
        picture(pd.DataFrame({"x": [1]}), lambda text: text)
    assert len(DRAWN) == 2


def test_what_is_sent_has_no_template_and_else_is_the_same() -> None:
    drawn = picture(pd.DataFrame({"x": [4]}))
    drawn.update_layout(template="none", title="mine", height=80).data[0].meta = {"rows": [1]}
    whole = drawn.to_dict()
    told = sent(drawn)
    assert json.loads(told.json) == {
        "data": whole["data"],
        "layout": {"title": whole["layout"]["title"], "height": 80},
    }
    assert (told.alt, told.height) == ("bars", 80)


def test_no_text_of_a_picture_ends_the_attribute_it_is_sent_in() -> None:
    name = "</div>'\"><script>&amp;\u2028"
    drawn = picture(pd.DataFrame({"x": [4]})).update_layout(title=name, height=80)
    written = f"<p data-figure='{sent(drawn).json}'></p>"
    found = re.fullmatch("<p data-figure='([^<>&']*)'></p>", written)
    assert found
    assert json.loads(found[1])["layout"]["title"] == name
