"""Every verdict has one word and one tone, in both languages; only signals have a colour."""

from __future__ import annotations

from typing import get_args

import pytest
from judging.verdict_kit import AMOUNT, newest, of_weeks, weekly

from lingti import language
from lingti.judging.verdicts.verdict import Reason, Verdict, VerdictCode, judge, published
from lingti.judging.verdicts.verdict_words import tone, verdict_words, why_words

STEADY = [50, 54, 47, 52, 49, 53, 46, 51, 55, 48, 50, 52]
CHINESE = {
    "improving": "变好",
    "worsening": "变差",
    "changed": "有变化",
    "ordinary": "正常波动",
    "provisional": "暂定",
    "too_few": "点数不足",
    "not_judged": "不作判断",
}


@pytest.mark.parametrize("said", get_args(VerdictCode))
def test_a_verdict_has_a_word_of_its_own_in_both_languages(said: VerdictCode) -> None:
    language.use("zh")
    assert verdict_words(said) == CHINESE.get(said, verdict_words(said))
    assert not verdict_words(said).isascii()
    language.use("en")
    assert verdict_words(said).isascii()
    assert len({verdict_words(one) for one in get_args(VerdictCode)}) == len(get_args(VerdictCode))


def test_all_but_signals_is_grey() -> None:
    coloured = {one: tone(one) for one in get_args(VerdictCode) if tone(one) != "grey"}
    assert coloured == {"improving": "good", "worsening": "bad", "changed": "signal"}


@pytest.mark.parametrize("reason", get_args(Reason))
def test_every_reason_has_a_sentence(reason: Reason) -> None:
    language.use("zh")
    found = why_words(Verdict("not_judged", reason))
    assert found.endswith("。") == (reason not in ("state", "signal"))


def test_a_signal_says_which_rule_it_breaks() -> None:
    language.use("en")
    verdict = of_weeks([*STEADY, 90])
    assert why_words(verdict) == "The judged point, week 12, 2050, is above the upper limit."
    assert why_words(published(verdict, "reported")) == ""
    few = of_weeks(STEADY[:5])
    assert why_words(few) == "There are 5 points to judge by; 12 are needed."
    series = weekly(STEADY)
    calm = judge(AMOUNT, series, newest(series))
    assert why_words(calm).startswith("The judged point lies within the limits")
