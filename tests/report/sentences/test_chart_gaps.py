"""What a chart has not is said in words: whose number is missing when, and why."""

from __future__ import annotations

from datetime import date

import pandas as pd

from lingti import catalog, charts, language
from lingti.charts.gaps import STAR
from lingti.report import Material
from lingti.report.sentences import chart_gaps

STATES = {
    "a": ["reported", "not_reported", "withheld", "withheld", "withheld", "partial"],
    "b": ["not_run"] * 6,
    "c": ["reported"] * 6,
}


def frame(states: dict[str, list[str]]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "metric": "active_volunteers",
                "community": place,
                "grain": "month",
                "period": f"2024-{month:02d}",
                "first_day": date(2024, month, 1),
                "value": 7.0 if state in ("reported", "partial") else None,
                "state": state,
            }
            for place, line in states.items()
            for month, state in enumerate(line, 1)
        ]
    )


def test_gaps_are_told_with_their_months() -> None:
    assert chart_gaps.gaps(frame(STATES), str.upper) == (
        "No number: A Feb not reported; A Mar to May withheld, so that it tells of no single"
        " person; B not run."
        " In part (hollow or hatched): A Jun."
    )
    assert chart_gaps.gaps(frame({"c": STATES["c"]}), str.upper) == ""


def test_gaps_are_told_in_chinese() -> None:
    language.use("zh")
    assert chart_gaps.gaps(frame(STATES), str.upper) == (
        "无数据：A（2月）未报送；A（3月至5月）为保护个人不公布；B未开展。空心或斜纹为部分数据：A（6月）。"
    )


def test_what_is_withheld_has_a_star_and_a_key(material: Material) -> None:
    look = charts.look(material.district)
    metric = catalog.program().metrics["active_volunteers"]
    found = frame({"guqiao": ["reported", "withheld", "reported"], "binhu": ["reported"] * 3})
    notes = charts.lines_over_time(found, metric, look).layout.annotations
    stars = [(one.x, one.font.color) for one in notes if one.text == STAR]
    assert stars == [("2024-02", look.colours["guqiao"])]
    assert [one.text for one in notes if "withheld" in one.text] == [
        "* Guqiao: withheld, so that it<br>tells of no single person"
    ]
