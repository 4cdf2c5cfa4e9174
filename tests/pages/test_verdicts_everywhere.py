"""One verdict on every page, in the same words; colour for signals and missed targets only."""

from __future__ import annotations

import json
import random
import re
from html import unescape
from itertools import product
from pathlib import Path
from typing import cast

import exhaustive
import pytest
from conftest import run_lingti
from page_kit import APP, drawings, figures, html, opened

from lingti import catalog, charts, district, language
from lingti.judging.verdicts.verdict import SIGNALS, VerdictCode
from lingti.judging.verdicts.verdict_words import verdict_words

MONTHS = [f"2024-{month:02}" for month in range(3, 13)]
SHOWING = (
    *("", "volunteering", "redemptions", "jobs", "partnerships", "concerns", "community"),
    *("compared", "verdicts", "targets", "explore", "present"),
)
PAGES = ("", *sorted(path.stem for path in APP.with_name("pages").glob("*.py")))
# Of those that show numbers a part that another seed changes; every page, month and language in a
# long run.
CRAWLED = (
    [*product(PAGES, MONTHS, ("zh", "en"))]
    if exhaustive.ALL
    else [
        *random.Random(20241231).sample([*product(SHOWING, MONTHS, ("zh", "en"))], 14),
        *product(("", "verdicts"), ["2024-12"], ("zh", "en")),
    ]
)
MARK = re.compile(r'<(\w+)([^>]*\bdata-(?:verdict|target)="[^>]*)>([^<]*)<')


def attribute(attributes: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', attributes)
    return unescape(found[1]) if found else ""


def key_of(attributes: str) -> tuple[str, ...]:
    """Which verdict it is: metric, place, period."""
    return tuple(attribute(attributes, "data-told").split("|"))


@pytest.fixture(scope="module")
def told(sample_home: Path) -> dict[tuple[str, ...], str]:
    """(metric, community, month) → the verdict that `lingti verdict --json` prints."""
    headlines = {name for one in district.load(sample_home).communities for name in one.headlines}
    found = {}
    for name in sorted(headlines):
        for row in json.loads(run_lingti("verdict", name, "--json", "--home", sample_home)):
            found[name, row["community"], row["period"]] = row["verdict"]
    return found


@pytest.mark.parametrize(("page", "month", "lang"), CRAWLED)
def test_only_a_signal_and_a_missed_target_have_a_colour(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path, page: str, month: str, lang: str
) -> None:
    address = {"metric": "placements"} if page == "verdicts" else {}  # a signal in December
    shown = opened(monkeypatch, sample_home, page, period=month, lang=lang, **address)
    assert not shown.exception
    code = html(shown)
    language.use(lang)
    for word in ("走弱", "向好", "lt-better", "lt-worse"):
        assert word not in code
    for _tag, attributes, words in MARK.findall(code):
        verdict = attribute(attributes, "data-verdict")
        told = f"{unescape(words)} {attribute(attributes, 'title')}"
        if verdict in SIGNALS:  # what is coloured says so
            assert verdict_words(cast(VerdictCode, verdict)) in told
        if attribute(attributes, "data-target") == "missed":
            assert re.search("未达到|未达标|missed", told, re.IGNORECASE)
    look = charts.look(district.load(sample_home))
    drawn = drawings(shown)
    assert len(drawn) == len(figures(shown))
    for said, figure in drawn:
        for trace in figure["data"]:
            colours = trace.get("marker", {}).get("color", [])
            coloured = {look.good, look.bad} & set(colours if isinstance(colours, list) else [])
            assert not coloured or any(verdict_words(one) in said for one in SIGNALS)


@pytest.mark.parametrize("month", ["2024-06", "2024-09", "2024-12"])
def test_a_page_tells_the_verdicts_that_the_command_prints(
    monkeypatch: pytest.MonkeyPatch,
    sample_home: Path,
    told: dict[tuple[str, ...], str],
    month: str,
) -> None:
    code = html(opened(monkeypatch, sample_home, "verdicts", period=month))
    shown = {
        key_of(attributes): (attribute(attributes, "data-verdict"), unescape(words))
        for _tag, attributes, words in MARK.findall(code)
        if "data-told" in attributes
    }
    assert shown.keys() == {key for key in told if key[2] == month}
    for key, (verdict, words) in shown.items():
        assert verdict == told[key]
        assert words.endswith(verdict_words(cast(VerdictCode, verdict)))


@pytest.mark.parametrize("page", ["", "community", "volunteering", "jobs"])
def test_cards_tell_them_too(
    monkeypatch: pytest.MonkeyPatch,
    sample_home: Path,
    told: dict[tuple[str, ...], str],
    page: str,
) -> None:
    code = html(opened(monkeypatch, sample_home, page, period="2024-12"))
    shown = [
        (
            tuple(attribute(attributes, "data-told").split("|")),
            attribute(attributes, "data-verdict"),
        )
        for _tag, attributes, _words in MARK.findall(code)
        if "data-told" in attributes
    ]
    known = [(key, verdict) for key, verdict in shown if key in told]
    assert known
    assert all(told[key] == verdict for key, verdict in known)  # type: ignore[index]


@pytest.mark.parametrize(
    ("month", "place"),
    exhaustive.part(product(MONTHS, ("nanfeng", "guqiao", "jinghang", "binhu")), 1),
)
def test_a_communitys_page_tells_those_of_all_its_numbers(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path, month: str, place: str
) -> None:
    asked = ["--community", place, "--period", month, "--json", "--home", sample_home]
    printed = {
        name: row["verdict"]
        for name in catalog.program().metrics
        for row in json.loads(run_lingti("verdict", name, *asked))
    }
    code = html(opened(monkeypatch, sample_home, "community", period=month, community=place))
    shown = {
        name: attribute(attributes, "data-verdict")
        for _tag, attributes, _words in MARK.findall(code)
        if "data-told" in attributes
        for name, *rest in [key_of(attributes)]
        if rest == [place, month]
    }
    assert shown == {name: printed[name] for name in shown}
    judged = {name for name, said in printed.items() if said in (*SIGNALS, "ordinary", "too_few")}
    assert judged <= shown.keys()


def test_what_is_judged_in_place_of_a_level_is_judged() -> None:
    known = catalog.program().metrics
    for metric in known.values():
        assert bool(metric.judged_by) <= (metric.window != "period")
        assert {known[name].window for name in metric.judged_by} <= {"period"}
