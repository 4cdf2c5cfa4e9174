"""Every number in every table and sentence of every format is one that `lingti` prints.

A table whose heading is not known here, or a number in a sentence that nothing explains, fails.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from math import ceil, floor
from typing import Any

import docx
import pytest
from exhaustive import part
from held_tables import by_category, held
from report_kit import (
    BEFORE,
    PERIOD,
    PLACES,
    Document,
    Known,
    Rows,
    asked_by_time,
    by_then,
    digits,
    page_tables,
    slide_tables,
    word_tables,
)

from lingti import catalog, language
from lingti.catalog import DISTRICT, Metric
from lingti.judging import number_text
from lingti.judging.between import told_apart, told_apart_words
from lingti.judging.standing import target_words
from lingti.judging.verdicts.verdict import FALSE_ALARMS
from lingti.report import Wish, make
from lingti.report.documents import slides

NUMBER = re.compile(r"(?<![\w.])[+−]?\d+(?:,\d{3})*(?:\.\d+)?%?")
MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
# What is no number of the district: days, periods, what tables and charts are called, and what
# rules say.
PLAIN = re.compile(
    rf"\d+ {MONTH} \d{{4}}|\d+ {MONTH}|{MONTH} \d{{4}}|week \d+, \d{{4}}|for \d{{4}}(?=[: ])"
    r"|Targets for \d{4}|^(?:Chart|Table) \d+  |per 1,000 residents|fewer than \d+|over 14 days"
    r"|\(\d+ more done\)|over \d+ (?:weeks|months|intervals)|variation: \d+, 12 needed"
    r"|\d+ between|\(\d+/\d+\)"
    r"|^Annex(?:es:)? \d+|^Annexes: \d+\. |there are \d+ in all|by \d+ days?"
    r"|95% interval|7 or more|at least 90%|\d+ days after|^\(\d+\) |^\d+\. |14 days|24 h(?:ours)?",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    ("ending", "tables", "least"),
    [("docx", word_tables, 50), ("pptx", slide_tables, 10), ("html", page_tables, 10)],
)
@pytest.mark.parametrize("place", part(PLACES, 2))
def test_every_table_says_what_is_printed(
    known: Known,
    document: Document,
    place: str,
    ending: str,
    tables: Callable[[bytes], Iterator[tuple[str, Rows]]],
    least: int,
) -> None:
    found = tables(document(place, ending))
    rows_held = sum(held(table, caption, place, known) for caption, table in found)
    assert rows_held >= least


def explained(known: Known, place: str) -> set[str]:
    """Every number that a sentence about a place may say, as it is written."""
    places = known.material.view.places if place == DISTRICT else (place, DISTRICT)
    said: set[str] = set()
    for period in (PERIOD, BEFORE):
        said |= {number_text.exact(count) for count in by_category(known, place, period).values()}
    for metric in catalog.program().metrics.values():
        for one in places:
            said |= _of_metric(known, metric, one)
    for where, name in known.targets:
        if place in (DISTRICT, where):
            said |= _of_target(known, catalog.program().metrics[name], where)
    return said | _between(known, place) | _counts(known, place) | _why(known, places)


def _why(known: Known, places: Iterable[str]) -> set[str]:
    """What changes are made of; as shown, a part may be rounded either way."""
    said = set()
    for metric in catalog.program().metrics.values():
        for place in places:
            told = known.why(metric.name, place)
            many = metric.decimals
            for amount in (told["change"], *(one["part"] for one in told["parts"])):
                for rounded in (floor, ceil):
                    size = rounded(abs(amount or 0) * 10**many) / 10**many
                    said |= {number_text.exact(size, many), f"−{number_text.exact(size, many)}"}
    return said


def _between(known: Known, place: str) -> set[str]:
    """What comparisons tell: rates, intervals and counts; of targets where they lead."""
    material = known.material
    counts = told_apart.differing(material.compared, material.catalog)
    said = [f"{counts.compared} {counts.differ_count} {round(counts.by_chance)}"]
    for tongue in ("zh", "en"):
        language.use(tongue)
        for name, found in material.compared.items():
            metric = material.catalog.metrics[name]
            said += [told_apart_words.of_place(one, metric) for one in found.places]
            said.append(told_apart_words.sentence(found, metric, lambda one: one))
        said += [target_words.range_words(one) for one in material.targets]
    return {number for one in said for number in NUMBER.findall(PLAIN.sub(" ", one))} | {
        number for one in said for number in CHINESE_NUMBER.findall(one)
    }


def _of_metric(known: Known, metric: Metric, place: str) -> set[str]:
    value, before = (known.printed.of(metric.name, place, one) for one in (PERIOD, BEFORE))
    many = digits(metric)
    said = {_written(value, metric), _written(before, metric)}
    if value is not None and before is not None:
        gap = round(value, many) - round(before, many)
        scale = 100 if number_text.is_percent(metric) else 1
        said |= {number_text.exact(abs(gap) * scale, at, trim=at > 1) for at in (0, 1, 2)}
        if before:
            said.add(number_text.share(abs(value - before) / before, 1))
            # November has 30 days, October 31; 16.25 may be rounded either way.
            of_a_day = abs(value / 30 * 31 - before) / before
            for found in (of_a_day - 1e-9, of_a_day + 1e-9):
                said |= {f"{sign}{number_text.share(max(found, 0), 1)}" for sign in ("", "−")}
    if metric.scalable and value is not None:
        said.add(number_text.exact(known.rate(metric, place), 2))
    return said


def _written(value: float | None, metric: Metric) -> str:
    if number_text.is_percent(metric):
        return number_text.share(value, 1)
    return number_text.exact(value, digits(metric), trim=metric.scalable)


def _of_target(known: Known, metric: Metric, where: str) -> set[str]:
    (one,) = [
        one
        for one in known.material.targets
        if (one.place, one.metric.name) == (where, metric.name)
    ]
    needed = asked_by_time(one, metric, known)
    by_time = (
        number_text.share(needed, 1)
        if number_text.is_percent(metric)
        else number_text.exact(needed, metric.decimals)
    )
    then = by_then(known, metric, where, one.as_of)
    gap = 0.0 if then is None else abs(one.target - then)
    return {
        by_time,
        number_text.exact(gap * 100, 1)
        if number_text.is_percent(metric)
        else _written(gap, metric),
        _written(one.target, metric),
        _written(then, metric),
    }


def _counts(known: Known, place: str) -> set[str]:
    """Counts of targets, signals, tables and findings, counted anew; and of residents."""
    material = known.material
    counted = {*range(0, 1 + len(material.headlines(place)))}
    standings = [one for one in material.targets if place in (DISTRICT, one.place)]
    statuses = [one.status for one in standings]
    counted |= {len(standings), *(statuses.count(one) for one in set(statuses))}
    owed = material.coverage[[place in (DISTRICT, one) for one in material.coverage["community"]]][
        "state"
    ].tolist()
    counted |= {len(owed), *(owed.count(one) for one in set(owed))}
    broken = [one for one in known.findings if place in (DISTRICT, one["community"])]
    past = [one for one in broken if one["day"] is None or one["day"] <= f"{PERIOD}-31"]
    counted |= {len(past), sum(str(one["day"]).startswith(PERIOD) for one in past)}
    places = material.view.communities if place == DISTRICT else (place,)
    judged: dict[tuple[str, str], bool] = {}
    for one in places:
        for metric in material.runs(one):
            told = material.verdict(metric, one)
            if told.is_signal or told.verdict == "ordinary":
                key = (metric.facts.name, one)
                judged[key] = judged.get(key, False) or told.is_signal
    counted |= {len(judged), sum(judged.values()), round(FALSE_ALARMS * len(judged))}
    late = material.decisions[material.decisions["standing"] == "overdue"]["community"]
    counted.add(sum(place in (DISTRICT, one) for one in late))
    people = [
        count
        for one in material.district.communities
        if place in (DISTRICT, one.id)
        for count in (one.residents, one.households)
    ]
    late = [found.days for one in material.standings for found in one.overdue]
    whole = {number_text.exact(one) for one in (*counted, *people, *late)}
    return whole | {material.warehouse.version}


def sentences_of(known: Known, document: Document, place: str) -> list[str]:
    """The text of the briefing outside its tables, and of the slides."""
    briefing = docx.Document(io.BytesIO(document(place, "docx")))
    said = [one.text for one in briefing.paragraphs]
    for slide in slides(known.material, place, Wish("en")):
        said += [slide.title, slide.under]
    return [one for one in said if one]


@pytest.mark.parametrize("place", PLACES)
def test_every_number_in_a_sentence_is_explained(
    known: Known, document: Document, place: str
) -> None:
    may_say = explained(known, place)
    seen = 0
    for sentence in sentences_of(known, document, place):
        for number in NUMBER.findall(PLAIN.sub(" ", sentence)):
            assert number.strip("+") in may_say, (number, sentence)
            seen += 1
    assert seen > 40


# ---- the same in Chinese

CHINESE_NUMBER = re.compile(r"(?<![\d.])\d+(?:,\d{3})*(?:\.\d+)?%?")
CHINESE_PLAIN = re.compile(
    r"\d{4}年(?:\d+月(?:\d+日)?|第\d+周|第.季度)?|\d+月(?:\d+日)?|^[表图]\d+  "
    r"|不足12个|连续7期|相邻3期中有2期|近\d+[周个次]|现有\d+个，至少需要12个|间共\d+期|不到1个|满\d+天|24小时|不足5人|90%以上"
    r"|95%区间|14天|另有\d+项|\(\d+/\d+\)|（\d+/\d+）|^（\d+）|^\d+\.(?!\d)|附件：?\d+|共\d+项，其余"
)


def led_by(text: str, plain: re.Pattern[str]) -> str:
    """The number that a cell begins with; "" for words and days."""
    text = plain.sub(" ", re.sub(r"\d{4}-\d\d-\d\d", " ", text))
    found = re.match(r"[+−]?\d[\d,]*(?:\.\d+)?%?", text)
    return found[0] if found else ""


@pytest.mark.parametrize(
    ("ending", "tables"), [("docx", word_tables), ("pptx", slide_tables), ("html", page_tables)]
)
@pytest.mark.parametrize("place", part(PLACES, 2, 21))
def test_tables_say_the_same_numbers_in_chinese(
    known: Known,
    document: Document,
    place: str,
    ending: str,
    tables: Callable[[bytes], Iterator[Any]],
) -> None:
    english = [table for _caption, table in tables(document(place, ending))]
    made = make(known.material, place, ending, Wish("zh"))
    chinese = [table for _caption, table in tables(made)]
    # A long table may go over to another slide at another row.
    numbers = [
        [[led_by(cell, plain) for cell in row] for table in found for row in table[1:]]
        for found, plain in ((english, PLAIN), (chinese, CHINESE_PLAIN))
    ]
    assert numbers[0] == numbers[1]
    assert sum(bool(cell) for row in numbers[1] for cell in row) > 10


@pytest.mark.parametrize("place", PLACES)
def test_every_number_in_a_chinese_sentence_is_explained(known: Known, place: str) -> None:
    may_say = explained(known, place)
    briefing = docx.Document(io.BytesIO(make(known.material, place, "docx", Wish("zh"))))
    said = [one.text for one in briefing.paragraphs]
    for slide in slides(known.material, place, Wish("zh")):
        said += [slide.title, slide.under]
    found = [
        (number, sentence)
        for sentence in said
        for number in CHINESE_NUMBER.findall(CHINESE_PLAIN.sub(" ", sentence))
    ]
    assert [one for one in found if one[0] not in may_say] == []
    assert len(found) > 40
