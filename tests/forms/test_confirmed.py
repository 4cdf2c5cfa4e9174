"""What is said yes to is filled, and known again of the next month and of other communities."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from forms import form_kit, own_forms

from lingti.forms import fill_document, filling, memory
from lingti.forms.filling import Filled, Wish

EXAMPLE = Path(__file__).parent / "examples" / "h01_communities.xlsx"


@pytest.fixture
def home(sample_home: Path, tmp_path: Path) -> Path:
    shutil.copytree(sample_home, tmp_path / "home")
    return tmp_path / "home"


def month(title: str, *names: str) -> bytes:
    rows = [[title, ""], ["项目", "本月"], *([name, None] for name in names)]
    return own_forms.book(("Sheet1", rows, ["A1:B1"]))


def value(done: Filled, cell: str) -> float | str | None:
    (found,) = [one for one in done.outcomes if one.slot.address == cell]
    return found.value if found.filled else None


def keep(home: Path, done: Filled, accepted: dict[str, object]) -> None:
    memory.remember(home, done.shape, filling.to_remember(done, Wish(accepted=accepted)), "me")


def test_a_total_of_persons_is_asked_and_can_be_either(home: Path) -> None:
    assert value(form_kit.fill(home, EXAMPLE), "C7") is None
    own = form_kit.fill(home, EXAMPLE, accepted={"Sheet1!C7": {"use": "district"}})
    added = form_kit.fill(home, EXAMPLE, accepted={"Sheet1!C7": {"use": "sum"}})
    parts = [value(own, f"C{row}") for row in range(3, 7)]
    assert value(added, "C7") == sum(float(str(part)) for part in parts)
    assert float(str(value(own, "C7"))) < float(str(value(added, "C7")))


def test_a_sum_of_numbers_that_add_up_is_sure(home: Path) -> None:
    done = form_kit.fill(home, EXAMPLE)
    parts = [value(done, f"D{row}") for row in range(3, 7)]
    assert value(done, "D7") == sum(float(str(part)) for part in parts)


def test_what_was_confirmed_corrected_and_declined_holds_next_month(home: Path) -> None:
    names = ("志愿者人数（人）", "走访次数（次）", "公众满意度", "志愿服务时长（小时）")
    june = month("古桥社区2024年6月工作情况月报表", *names)
    accepted: dict[str, object] = {
        "Sheet1!B3": True,
        "Sheet1!B5": {"metric": "concerns_raised"},
        "Sheet1!B6": False,
    }
    first = form_kit.fill(home, june, accepted=accepted)
    keep(home, first, accepted)
    july = form_kit.fill(home, month("古桥社区2024年7月工作情况月报表", *names))
    assert july.shape == first.shape
    assert july.remembered is not None
    asked = {
        one.slot.address: (one.reading.metric, one.reading.period and one.reading.period.id)
        for one in july.outcomes
        if one.filled
    }
    assert asked == {"B3": ("active_volunteers", "2024-07"), "B5": ("concerns_raised", "2024-07")}
    assert [one.code for one in july.outcomes if one.slot.address == "B6"] == ["declined"]
    other = form_kit.fill(home, month("南风花园社区2024年7月工作情况月报表", *names))
    assert {one.reading.place for one in other.outcomes if one.filled} == {"nanfeng"}


def test_a_form_with_other_words_is_another_form(home: Path) -> None:
    one = form_kit.fill(home, month("古桥社区2024年6月工作情况月报表", "志愿服务时长（小时）"))
    other = form_kit.fill(home, month("古桥社区2024年6月工作情况月报表", "志愿服务工时（小时）"))
    assert one.shape != other.shape


def test_the_burden_counts_what_is_asked_twice(home: Path) -> None:
    first = form_kit.fill(
        home, month("古桥社区2024年6月甲报表", "志愿服务时长（小时）", "诉求件数（件）")
    )
    second = form_kit.fill(
        home, month("古桥社区2024年6月乙报表", "志愿服务时长（小时）", "公众满意度")
    )
    keep(home, first, {})
    keep(home, second, {})
    rows = {one.title: one for one in memory.burden(memory.everything(home))}
    counted = {title: (one.cells, one.understood, one.repeated) for title, one in rows.items()}
    assert counted == {
        "古桥社区2024年6月甲报表": (2, 2, 1),
        "古桥社区2024年6月乙报表": (2, 1, 1),
    }


def test_what_a_file_says_yes_to() -> None:
    printed = [
        {"sheet": "S", "cell": "A1", "sureness": "sure", "metric": "visits"},
        {"sheet": "S", "cell": "A2", "sureness": "likely", "metric": "visits"},
    ]
    assert fill_document.accepted({"cells": printed, "blank": []}) == {"S!A2": True}
    assert fill_document.accepted([{"sheet": "S", "cell": "A3", "metric": "visits"}]) == {
        "S!A3": {"metric": "visits"}
    }
    assert fill_document.accepted({"S!A4": "sum", "S!A5": "visits", "S!A6": False}) == {
        "S!A4": {"use": "sum"},
        "S!A5": {"metric": "visits"},
        "S!A6": False,
    }
    with pytest.raises(ValueError, match="cell"):
        fill_document.accepted([{"cell": "A1"}])


def test_a_form_of_other_numbers_in_its_names_is_another_form(sample_home: Path) -> None:
    def shape(title: str, name: str) -> str:
        return form_kit.fill(sample_home, month(title, name)).shape

    june = shape("古桥社区2024年6月工作月报表", "7天内办结（件）")
    assert june == shape("滨湖社区2024年11月工作月报表", "7天内办结（件）")
    assert june != shape("古桥社区2024年6月工作月报表", "14天内办结（件）")


ABOUT = "古桥社区2024年{month}月{word}入户走访情况统计表"


def visits(home: Path, word: str, of: int, words: dict[str, bool] | None = None) -> Filled:
    form = month(ABOUT.format(month=of, word=word), "入户走访（户次）", "补贴金额（元）")
    return form_kit.fill(home, form, words=words or {})


def test_a_word_of_a_title_is_asked_once_for_all_forms(home: Path) -> None:
    asked = visits(home, "暖春", 6)
    assert (value(asked, "B3"), asked.unknown_words) == (None, ("暖春",))
    done = visits(home, "暖春", 6, {"暖春": False})
    assert (value(done, "B3") is not None, done.unknown_words) == (True, ())
    memory.remember_words(home, {"暖春": False}, "me")
    assert value(visits(home, "暖春", 7), "B3") is not None
    assert value(visits(home, "暖冬", 7), "B3") is None


def test_a_word_that_restricts_leaves_its_cells_blank(home: Path) -> None:
    done = visits(home, "暖春", 6, {"暖春": True})
    (cell,) = [one for one in done.outcomes if one.slot.address == "B3"]
    assert (cell.filled, cell.code, cell.reading.doubts) == (False, "no_measure", ("restricted",))
    assert done.unknown_words == ()


def test_a_word_known_to_restrict_is_no_question_for_the_whole_form(home: Path) -> None:
    assert visits(home, "困难家庭", 6).unknown_words == ()


@pytest.mark.parametrize("said", [{"words": {"暖春": "no"}}, {"words": ["暖春"]}])
def test_what_is_said_of_words_is_yes_or_no(said: object) -> None:
    with pytest.raises(ValueError, match="words"):
        fill_document.words_said(said)
