"""Sentences that say what a frame shows: above charts, for screen readers, in reports.

A function is named by what it finds and returns plain text in the current language, or an empty
text when there is nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from lingti import language
from lingti.catalog import DISTRICT, Metric
from lingti.judging import number_text
from lingti.judging.period_values import View
from lingti.judging.reporting import to_correct
from lingti.language import current
from lingti.language import gettext as _
from lingti.memo_cache import memoised
from lingti.warehouse.frames import plain
from lingti.warehouse.frames import rows as rows_of

Named = Callable[[str], str]
SMALL_BASE = 10  # of which a change is told as a number and never in percent


def joined(parts: list[str]) -> str:
    """Parts of a list as one reads them: `甲、乙和丙`, `A, B and C`."""
    if len(parts) < 2:
        return "".join(parts)
    return _("{all_but_last} and {last}").format(
        all_but_last=language.words(parts[:-1]), last=parts[-1]
    )


def listed(parts: list[str]) -> str:
    """Longer parts one after another: `甲；乙`, `A; B`."""
    return ("；" if current() == "zh" else "; ").join(parts)


def within(title: str) -> str:
    """A title as it stands within a sentence: without its capital letter."""
    return title[:1].lower() + title[1:]


def in_list(value: float, metric: Metric, per: str) -> str:
    """A value behind its metric's title; without a unit that is a word of the title already."""
    title_words = metric.title.pick().lower().split()
    if per == "total" and metric.unit.pick() in title_words:
        return number_text.bare(value, metric, per)
    return number_text.measured(value, metric, per)


def begun(title: str) -> str:
    """A title as it stands at the beginning of a sentence, or alone: with a capital letter."""
    return title[:1].upper() + title[1:]


def paragraph(sentences: list[str]) -> str:
    """Sentences one after another; the empty ones left out."""
    return ("" if current() == "zh" else " ").join(part for part in sentences if part)


def ended(sentence: str) -> str:
    """What is said, with its full stop."""
    return sentence + ("。" if current() == "zh" else ".")


def total_and_change(row: Any, metric: Metric, view: View) -> str:
    """What a place did in the view's period, against the one before; "" if not reported.

    `row` is one of `judged_totals.totals`.
    """
    value = plain(row.value)
    if value is None:
        return ""
    words = {
        "title": metric.title.pick(),
        "period": number_text.period(view.period.grain, view.period.id),
        "value": number_text.measured(value, metric, view.per),
    }
    change = change_words(row, view)
    if not change:
        return _("{title} in {period}: {value}.").format(**words)
    return _("{title} in {period}: {value}, {change}.").format(**words, change=change)


@memoised
def missing(frame: pd.DataFrame, name: Named) -> str:
    """Who has no whole number and why, one sentence per reason; "" if all have one."""
    sentences = []
    for code, words in (
        ("not_reported", _("{names} did not report.")),
        ("partial", _("{names} reported in part.")),
        ("before_start", _("{names}: before the start.")),
        ("not_run", _("{names}: not run.")),
        (
            "not_computable",
            _(
                "{names} sent only totals, or sheets without a column that it needs, which do not"
                " tell it for the period."
            ),
        ),
        ("not_expected", _("{names}: nothing expected.")),
    ):
        lacking = frame[(frame["community"] != DISTRICT) & (frame["state"] == code)]
        if len(lacking):
            sentences.append(
                words.format(names=joined([name(str(place)) for place in lacking["community"]]))
            )
    return paragraph(sentences)


def of_lines(
    frame: pd.DataFrame,
    metric: Metric,
    name: Named,
    per: str = "total",
    *,
    as_columns: bool = False,
) -> str:
    """A chart of lines, or columns, over time in words: each place's last value."""
    first, last = frame.iloc[0], frame.iloc[-1]
    words = _("Line chart: {title}, {first} to {last}.")
    if as_columns:
        words = _("Column chart: {title}, {first} to {last}.")
    sentences = [
        words.format(
            title=metric.title.pick(),
            first=number_text.period(first["grain"], first["period"]),
            last=number_text.period(last["grain"], last["period"]),
        )
    ]
    for community, line in frame.groupby("community", sort=False):
        known = line[line["value"].notna()]
        if known.empty:
            word = number_text.state(number_text.state_of(None, str(line["state"].iloc[-1])))
            sentences.append(_("{name}: {word}.").format(name=name(str(community)), word=word))
            continue
        end = known.iloc[-1]
        sentences.append(
            _("{name}: {value} in {period}.").format(
                name=name(str(community)),
                value=_marked(number_text.measured(float(end["value"]), metric, per), end),
                period=number_text.period(end["grain"], end["period"]),
            )
        )
    return paragraph(sentences)


def of_openings(frame: pd.DataFrame, opening: Metric, per: str = "total") -> str:
    """What a stock was opened with besides what came in, by period; "" where there was nothing."""
    parts = [
        _("{period} {value}").format(
            period=number_text.period(row.grain, row.period),
            value=number_text.measured(float(row.value), opening, per),
        )
        for row in rows_of(frame[frame["metric"] == opening.name])
        if row.value > 0
    ]
    if not parts:
        return ""
    return _("Besides what came in there are {title}: {parts}.").format(
        title=within(opening.title.pick()), parts=joined(parts)
    )


def of_bars(frame: pd.DataFrame, metric: Metric, name: Named, per: str = "total") -> str:
    """A chart of one bar per community in words."""
    parts = []
    for row in rows_of(frame):
        missing_word = number_text.state(number_text.state_of(None, str(row.state)))
        value = (
            missing_word
            if pd.isna(row.value)
            else _marked(number_text.measured(float(row.value), metric, per), row)
        )
        parts.append(_("{name}: {word}.").format(name=name(str(row.community)), word=value))
    return paragraph([_("Bar chart: {title}.").format(title=metric.title.pick()), *parts])


def _marked(value: str, row: Any) -> str:
    """A value with what stands behind it where it is less, or other, than it seems."""
    marks = to_correct.marks(row)
    return _("{value} ({marks})").format(value=value, marks=marks) if marks else value


def of_members(
    frame: pd.DataFrame,
    metric: Metric,
    name: Named,
    member_name: Named,
    members: list[str],
    per: str = "total",
) -> str:
    """A chart of one bar per member, parted by community, in words: the first five members."""
    parts = []
    for member in members[:5]:
        rows = frame[frame["member"] == member]
        values = joined(
            [
                f"{name(str(row.community))} {number_text.bare(float(row.value), metric, per)}"
                for row in rows_of(rows)
            ]
        )
        parts.append(_("{name}: {word}.").format(name=member_name(member), word=values))
    return paragraph([_("Bar chart: {title}.").format(title=metric.title.pick()), *parts])


def district_value(row: Any, metric: Metric, per: str = "total") -> str:
    """The unit and the district's number of a metric, under the title of its chart."""
    value = plain(row.value)
    if value is None:
        words = number_text.state(number_text.state_of(None, row.state))
    else:
        words = _marked(number_text.bare(value, metric, per), row)
    return _("{unit} · district {value}").format(unit=number_text.unit(metric, per), value=words)


@memoised
def overview(totals: pd.DataFrame, view: View, name: Named) -> str:
    """What is to be seen on the home page: what the district did, and who is missing in it.

    `totals` holds the rows of `judged_totals.totals` that the sentence is to be about.
    """
    known = view.catalog.metrics
    period = number_text.period(view.period.grain, view.period.id)
    did, lacking = [], []
    for row in rows_of(totals):
        metric = known[row.metric]
        if row.community != DISTRICT and row.state in ("not_reported", "partial"):
            words = (
                _("{title} of {name} in part")
                if row.state == "partial"
                else _("{title} of {name} altogether")
            )
            lacking.append(words.format(name=name(row.community), title=metric.title.pick()))
        if row.community == DISTRICT and not pd.isna(row.value):
            did.append(value_and_change(row, metric, view))
    if not did:
        return _("For {period} no community has reported yet.").format(period=period)
    sentences = [_("District, {period}: {numbers}.").format(period=period, numbers=listed(did))]
    if lacking:
        sentences.append(_("Still missing: {parts}.").format(parts=listed(lacking)))
    return paragraph([*sentences, newly_counted(totals, view, name)])


@memoised
def newly_counted(totals: pd.DataFrame, view: View, name: Named) -> str:
    """Which communities are in the district's numbers for the first time; "" if none.

    `totals` as of `judged_totals.totals`. Such a district is not compared with the one before.
    """
    waiting = (*number_text.IDLE, "before_start")
    fresh = totals[totals["previous_state"].isin(waiting) & ~totals["state"].isin(waiting)]
    names = list(dict.fromkeys(fresh.loc[fresh["community"] != DISTRICT, "community"]))
    if view.previous is None or not names:
        return ""
    return _(
        "{names} counted for the first time, so these numbers are not compared with {before}."
    ).format(
        names=joined([name(str(one)) for one in names]),
        before=number_text.period_short(view.previous.grain, view.previous.id),
    )


def value_and_change(row: Any, metric: Metric, view: View) -> str:
    """A number in a list of several: its title, value, change, and how many rows it lacks."""
    more = [change_words(row, view), to_correct.words(to_correct.lacking(row))]
    beside = listed([one for one in more if one])
    template = _("{title} {value} ({change})") if beside else _("{title} {value}")
    return template.format(
        title=within(metric.title.pick()),
        value=in_list(float(row.value), metric, view.per),
        change=beside,
    )


def change_words(row: Any, view: View) -> str:
    """`8% more than in November`; "" where the two periods cannot be compared."""
    change = plain(row.change)
    if view.previous is None or change is None:
        return ""
    same_year = view.previous.first_day.year == view.period.first_day.year
    written = number_text.period_short if same_year else number_text.period
    before = written(view.previous.grain, view.previous.id)
    if number_text.is_percent(view.catalog.metrics[row.metric]):
        return _points(change, before)
    if abs(row.previous) < SMALL_BASE:
        return _number_more(change, view.catalog.metrics[row.metric], view, before)
    part = float(row.change_share)
    if not change or (abs(part) < 0.005 and not row.per_day):
        return _("as much as in {before}").format(before=before)
    return _share_more(part, before, per_day=bool(row.per_day))


def _share_more(part: float, before: str, *, per_day: bool) -> str:
    """A change in percent; of months of different lengths that of a day, which is said."""
    if per_day and abs(part) < 0.005:
        return _("as much a day as in {before}").format(before=before)
    if per_day:
        words = _("{share} more a day than in {before}")
        if part < 0:
            words = _("{share} less a day than in {before}")
    else:
        words = _("{share} more than in {before}")
        if part < 0:
            words = _("{share} less than in {before}")
    return words.format(share=number_text.share(abs(part)), before=before)


def _number_more(change: float, metric: Metric, view: View, before: str) -> str:
    """A change from a small number is told as a number: 200% more than 1 is two more."""
    number = number_text.measured(abs(change), metric, view.per)
    if not any(digit in number for digit in "123456789"):
        return _("as much as in {before}").format(before=before)
    words = (
        _("{number} more than in {before}") if change > 0 else _("{number} less than in {before}")
    )
    return words.format(number=number, before=before)


def _points(change: float, before: str) -> str:
    """A change of a share is told in percentage points: a percent of a percent misleads."""
    number = number_text.exact(abs(change) * 100, 1)
    if number == "0.0":
        return _("as much as in {before}").format(before=before)
    words = (
        _("{number} points higher than in {before}")
        if change > 0
        else _("{number} points lower than in {before}")
    )
    return words.format(number=number, before=before)
