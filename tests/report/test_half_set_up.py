"""Briefings of districts on the way to a whole one: no place for a number that nobody entered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import half_set_up_kit as kit
import pytest

from lingti import language
from lingti.catalog import DISTRICT
from lingti.judging import publication
from lingti.report import Wish, gather, make, slides
from lingti.report.briefing import memo
from lingti.report.content import Grid, Paragraph


def briefing(home: Path, period: str, place: str) -> str:
    made = memo(gather(home, period).of(place), place)
    assert made.appendix is not None
    parts = (*made.sections, *made.tables, made.appendix)
    blocks = [*made.lead, *(block for part in parts for block in part.blocks)]
    texts = [one.text for one in blocks if isinstance(one, Paragraph)]
    texts += [cell for one in blocks if isinstance(one, Grid) for row in one.rows for cell in row]
    return "\n".join(texts)


@pytest.mark.parametrize(
    ("state", "period", "place", "says", "leaves_out"),
    [
        (
            kit.no_population,
            "2026-04",
            "望江",
            "望江未填写人口，不计算每千人数。",
            "–人",
        ),
        (
            kit.forty_communities,
            "2026-03",
            DISTRICT,
            "志愿服务时长（所列各社区）",
            "有应报月份未报齐",
        ),
        (
            kit.added_a_minute_ago,
            "2026-04",
            DISTRICT,
            "新桥：900人（2026年11月1日）",
            "均来自",
        ),
    ],
)
def test_it_tells_no_number_that_is_not_there(
    tmp_path: Path,
    state: Callable[[Path], None],
    period: str,
    place: str,
    says: str,
    leaves_out: str,
) -> None:
    language.use("zh")
    home = tmp_path / "home"
    state(home)
    publication.rebuild(home)
    told = briefing(home, period, place)
    assert says in told
    assert leaves_out not in told
    for ending in ("docx", "pptx", "xlsx", "html"):
        assert make(gather(home, period), place, ending, Wish("zh"))


def test_a_name_that_ends_in_a_figure_does_not_run_into_its_number(tmp_path: Path) -> None:
    language.use("zh")
    home = tmp_path / "home"
    kit.forty_communities(home)
    publication.rebuild(home)
    told = briefing(home, "2026-03", DISTRICT)
    assert "第7：3,007人、900户" in told
    assert "第73,007" not in told
    shown = slides(gather(home, "2026-03"), None, Wish("zh"))
    assert [one.id for one in shown] == ["title", "overview"]  # none of *未开展* alone
