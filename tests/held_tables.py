"""What each kind of table in a document has to say: the numbers that `lingti` prints."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date

import pytest
from report_kit import (
    BEFORE,
    PERIOD,
    Known,
    Rows,
    asked_by_time,
    by_then,
    by_title,
    digits,
)

from lingti import catalog
from lingti.catalog import UNFILLED, Metric
from lingti.judging.between import told_apart_words


def parsed(text: str) -> float | None:
    """The number a cell begins with, a percentage as a share; None for words."""
    found = re.match(r"[+−]?\d[\d,]*(?:\.\d+)?", text)
    if not found:
        return None
    number = float(found[0].replace(",", "").replace("−", "-"))
    is_share = re.match(r"[+−]?[\d.,]+(?:%| points$)", text) and "." in text
    return number / 100 if is_share else number


def same(text: str, value: float | None, decimals: int) -> bool:
    """Whether a cell says the value, or in words that there is none."""
    said = parsed(text)
    if said is None or value is None:
        return said is None and value is None
    return said == pytest.approx(round(value, decimals), abs=0.51 * 10**-decimals)


# ---- what each kind of table has to say


def held_metrics(rows: Rows, caption: str, place: str, known: Known) -> int:
    """Metric, this period, before, change, per 1,000, variation."""
    for title, *cells in rows:
        held_row(by_title(title.rpartition(" (")[0]), place, cells, known)
    return len(rows)


def held_by_community(rows: Rows, caption: str, place: str, known: Known) -> int:
    metric = by_title(re.sub(r"^Table \d+  ", "", caption).rpartition(" (")[0])
    found = known.material.compared.get(metric.name)
    for name, *cells in rows:
        held_row(metric, known.place(name), cells, known)
        if found is None:
            continue
        told = found.of(known.place(name))
        *_numbers, rate, against, _verdict = cells
        assert against == (told_apart_words.against_words(told.against) if told else "–")
        interval = told_apart_words.interval_words(told, metric) if told else "–"
        assert interval == "–" or interval in rate
    return len(rows)


def held_row(metric: Metric, place: str, cells: list[str], known: Known) -> None:
    now, before, change, rate, *_words = cells
    many = digits(metric)
    value = known.printed.of(metric.name, place)
    previous = known.printed.of(metric.name, place, BEFORE)
    assert same(now, value, many), (metric.name, place, now)
    assert before == LEFT_OUT or same(before, previous, many), (metric.name, place, before)
    if parsed(change) is not None:
        assert value is not None
        assert previous is not None
        gap = round(value, many) - round(previous, many)
        assert parsed(change) == pytest.approx(gap, abs=1e-9), (metric.name, place, change)
    if metric.scalable and parsed(rate) is not None:
        assert same(rate, known.rate(metric, place), 2), (metric.name, place, rate)


def held_targets(rows: Rows, caption: str, place: str, known: Known) -> int:
    standing = {(one.place, one.metric.title.en): one for one in known.material.targets}
    for row in rows:
        where = known.place(row[0]) if len(row) == 6 else place
        title, target, value, needed, _status = row[-5:]
        metric = by_title(title.rpartition(" (")[0])
        one = standing[where, metric.title.en]
        assert parsed(target) == pytest.approx(known.targets[where, metric.name]), title
        then = by_then(known, metric, where, one.as_of)
        assert same(value, then, digits(metric)), (where, title, value)
        assert same(needed, asked_by_time(one, metric, known), 3), (where, title, needed)
    return len(rows)


def held_bars(rows: Rows, caption: str, place: str, known: Known) -> int:
    for row in rows:
        where = known.place(row[0]) if len(row) == 6 else place
        title, value, target, _bar, _status = row[-5:]
        metric = by_title(title)
        (one,) = [
            aim
            for aim in known.material.targets
            if (aim.place, aim.metric.name) == (where, metric.name)
        ]
        assert parsed(target) == pytest.approx(known.targets[where, metric.name]), title
        then = by_then(known, metric, where, one.as_of)
        assert same(value, then, digits(metric)), (where, title, value)
    return len(rows)


def held_late(rows: Rows, caption: str, place: str, known: Known) -> int:
    """Days late are counted from the day in the row to the end of the period."""
    for *_words, due, days in rows:
        late = known.material.view.period.last_day - date.fromisoformat(due)
        assert days == str(late.days), due
    return len(rows)


def held_categories(rows: Rows, caption: str, place: str, known: Known) -> int:
    now, before = (by_category(known, place, period) for period in (PERIOD, BEFORE))
    for name, this, earlier, change in rows:
        member = UNFILLED if name == "Not filled in" else name
        assert parsed(this) == now[member], name
        assert parsed(earlier) == before.get(member, 0), name
        assert parsed(change) == now[member] - before.get(member, 0), name
    return len(rows)


def by_category(known: Known, place: str, period: str) -> dict[str, float]:
    found = known.ask(
        "concerns_raised", "--by", "category", "--period", period, "--community", place
    )
    return {one["member"]: one["value"] for one in found}


def held_signals(rows: Rows, caption: str, place: str, known: Known) -> int:
    for row in rows:
        where = known.place(row[0]) if len(row) == 5 else place
        title, value, _verdict, _why = row[-4:]
        metric = by_title(title)
        assert same(value, known.printed.of(metric.name, where), digits(metric)), (where, title)
    return len(rows)


def held_findings(rows: Rows, caption: str, place: str, known: Known) -> int:
    titles = {one.title.en: name for name, one in catalog.program().checks.items()}
    for row in rows:
        where = known.place(row[0]) if len(row) == 5 else place
        title, in_period, so_far, _advice = row[-4:]
        days = [
            one["day"]
            for one in known.findings
            if (one["check"], one["community"]) == (titles[title], where)
            and (one["day"] is None or one["day"] <= f"{PERIOD}-31")
        ]
        assert parsed(so_far) == len(days), (where, title)
        assert parsed(in_period) == sum(str(day).startswith(PERIOD) for day in days), (where, title)
    return len(rows)


def held_coverage(rows: Rows, caption: str, place: str, known: Known) -> int:
    days = monthrange(2024, int(PERIOD[5:]))[1]
    for row in rows:
        expected, reported, state = row[-3:]
        assert parsed(expected) == days
        assert (parsed(reported) == days) == (state == "reported"), row
        assert (parsed(reported) == 0) == (state == "not reported"), row
    return len(rows)


def held_batches(rows: Rows, caption: str, place: str, known: Known) -> int:
    accepted = {one["batch"]: one["accepted"] for one in known.batches}
    for row in rows:
        assert parsed(row[-2]) == accepted[int(row[0])], row
    return len(rows)


def held_definitions(rows: Rows, caption: str, place: str, known: Known) -> int:
    for title, definition, version in rows:
        metric = by_title(title.rpartition(" (")[0])
        assert (definition, version) == (metric.definition.en, str(metric.version))
    return len(rows)


def only_days(rows: Rows, caption: str, place: str, known: Known) -> int:
    """Tables of decisions, gaps and next steps: days and words, no numbers of their own."""
    return len(rows)


LEFT_OUT = "(left out)"  # of a slide, where the change tells it
METRIC_HEAD = ("This period", "Period before", "Change", "Per 1,000", "Variation")
BESIDE_HEAD = (*METRIC_HEAD[:-1], "Beside the others", "Variation")
HELD: dict[tuple[str, ...], Callable[[Rows, str, str, Known], int]] = {
    ("Metric (unit)", *METRIC_HEAD): held_metrics,
    ("Community", *METRIC_HEAD): held_by_community,
    ("Community", *BESIDE_HEAD): held_by_community,
    ("Community", *(one.replace("Per 1,000", "95% interval") for one in BESIDE_HEAD)): (
        held_by_community
    ),
    ("Metric", "Above the others", "Below the others"): only_days,
    ("Metric (unit)", "Target", "By 30 Nov", "Asked by time", "State"): held_targets,
    ("Category", "This period", "Period before", "Change"): held_categories,
    ("Metric", "This period", "Variation", "Why"): held_signals,
    ("Rule broken", "This period", "So far", "What to do"): held_findings,
    ("Kind of data", "Days expected", "Days reported", "State"): held_coverage,
    ("No.", "Kind of sheet", "Days covered", "Rows accepted", "Imported on"): held_batches,
    ("Metric (unit)", "Definition", "Version"): held_definitions,
    ("Decision", "Post in charge", "Due by", "Done on", "State"): only_days,
    ("Metric", "Reached", "Target", "", "State"): held_bars,
    ("Decision", "Post in charge", "Due by", "Days late"): held_late,
    ("Month", "Tables", "State"): only_days,
    ("No.", "What is to be done", "Post in charge", "Due by"): only_days,
}


def held(table: Rows, caption: str, place: str, known: Known) -> int:
    """Holds a table against what `lingti` prints; how many rows it has."""
    head, *rows = table
    named = tuple(head)
    for one in (named, tuple(word for word in named if word != "Community")):
        for whole, check in HELD.items():
            if one == whole or (_is_without_empty(one, whole) and one[0] == whole[0]):
                return check([_whole(named, row, whole) for row in rows], caption, place, known)
    raise AssertionError(f"no table is known with the heading {named}")


def _is_without_empty(head: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether a heading is a known one without columns of metrics that said nothing."""
    rest = iter(whole)
    return "This period" in head and all(word in rest for word in head) and len(head) >= 4


def _whole(head: tuple[str, ...], row: list[str], whole: tuple[str, ...]) -> list[str]:
    """A row with a dash in the columns that were left out."""
    if not set(head) < set(whole):
        return row
    left_out = {"Period before": LEFT_OUT}
    return [row[head.index(w)] if w in head else left_out.get(w, "–") for w in whole]
