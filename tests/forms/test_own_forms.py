"""Forms of many shapes, with what belongs into them written down beside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from forms import form_kit, own_forms, public_forms

from lingti.forms import filling

Ask = Callable[..., list[dict[str, Any]]]
OWN = Path(__file__).parent / "own"
LINES = form_kit.expected(OWN / "expected.tsv") | form_kit.expected(OWN / "public.tsv")
FORMS = own_forms.FORMS | public_forms.FORMS
SAID_BESIDES: dict[str, tuple[str | None, str]] = {
    "o15_nothing_said.docx": ("guqiao", "2024-06"),
    "n08_summary.docx": (None, "2024-Q4"),
    "n11_alliance.docx": (None, "2024-10"),
}


def filled(home: Path, name: str) -> filling.Filled:
    community, period = SAID_BESIDES.get(name, (None, None))
    return form_kit.fill(
        home,
        FORMS[name](),
        community=community,
        period=filling.period_of(period) if period else None,
    )


def test_every_form_is_expected() -> None:
    assert sorted(LINES) == sorted(FORMS)
    assert len(LINES) > 30


@pytest.mark.parametrize("name", LINES)
def test_a_form_is_filled_as_expected(sample_home: Path, ask: Ask, name: str) -> None:
    done = filled(sample_home, name)
    score = form_kit.score(ask, done, filling.data_of(done), LINES[name])
    assert score.wrong == []
    assert score.blank == []
    assert score.unexplained == []
    assert done.needs == ()


def test_a_form_that_does_not_say_whose_or_when_asks(sample_home: Path) -> None:
    done = form_kit.fill(sample_home, own_forms.FORMS["o15_nothing_said.docx"]())
    assert set(done.needs) == {"community", "period"}
    assert not any(one.number.raw is not None for one in done.outcomes)


def test_sentences_keep_all_but_their_blanks(sample_home: Path, tmp_path: Path) -> None:
    done = filled(sample_home, "o03_sentences.docx")
    path = tmp_path / "filled.docx"
    path.write_bytes(filling.data_of(done))
    _title, text, signed = [one.text for one in docx.Document(str(path)).paragraphs]
    values = {one.slot.address: one.value for one in done.outcomes}
    hours, people, raised, resolved, share = (
        form_kit.plain(values[f"P2B{number}"]) for number in range(1, 6)
    )
    assert text == (
        f"2024年上半年，古桥社区共开展志愿服务{hours}小时，参与志愿者{people}人；受理居民诉求{raised}件，"
        f"办结诉求{resolved}件，按期办结率{share}%。"
    )
    assert signed == "负责人签字：________    填报日期：____年__月__日"
