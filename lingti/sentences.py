"""Sentences that say what a frame shows: above charts, for screen readers, in reports.

A function is named by what it finds and returns plain text in the current language, or an empty
text when there is nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from lingti import catalog, formats
from lingti.catalog import DISTRICT, Metric
from lingti.compare import View
from lingti.frames import plain
from lingti.frames import rows as rows_of
from lingti.language import current
from lingti.language import gettext as _

Named = Callable[[str], str]


def joined(parts: list[str]) -> str:
    """Parts of a list as one reads them: `甲、乙和丙`, `A, B and C`."""
    if len(parts) < 2:
        return "".join(parts)
    comma = "、" if current() == "zh" else ", "
    return _("{all_but_last} and {last}").format(
        all_but_last=comma.join(parts[:-1]), last=parts[-1]
    )


def paragraph(sentences: list[str]) -> str:
    """Sentences one after another; the empty ones left out."""
    return ("" if current() == "zh" else " ").join(part for part in sentences if part)


def change_words(value: float | None, previous: float | None) -> str:
    """How much more or less than before: `8% more`; `unchanged` below half a percent."""
    if value is None or not previous or pd.isna(value) or pd.isna(previous):
        return ""
    part = value / previous - 1
    if abs(part) < 0.005:
        return _("unchanged")
    words = _("{share} more") if part > 0 else _("{share} less")
    return words.format(share=formats.share(abs(part)))


def total_and_change(row: pd.Series, metric: Metric, period: str, before: str) -> str:
    """What a place did in a period, against the one before: one sentence; "" if not reported."""
    if pd.isna(row["value"]):
        return ""
    says = _("{title}: {value} in {period}").format(
        title=metric.title.pick(),
        value=formats.measured(float(row["value"]), metric),
        period=period,
    )
    change = change_words(float(row["value"]), row["previous"]) if before else ""
    if change:
        says = (
            _("{says}, {change} than in {before}").format(says=says, change=change, before=before)
            if change != _("unchanged")
            else _("{says}, as in {before}").format(says=says, before=before)
        )
    return says + _(".")


def leader(frame: pd.DataFrame, metric: Metric, name: Named, per: str = "total") -> str:
    """Which community has the most; "" where fewer than two have a number."""
    rows = frame[(frame["community"] != DISTRICT) & frame["value"].notna()]
    if len(rows) < 2 or rows["value"].max() <= 0:
        return ""
    best = rows.sort_values("value").iloc[-1]
    return _("{name} has the most: {value}.").format(
        name=name(str(best["community"])),
        value=formats.measured(float(best["value"]), metric, per),
    )


def missing(frame: pd.DataFrame, metric: Metric, name: Named) -> str:
    """Who has no number and why, in one sentence; "" if all have one."""
    says = []
    for code, words in (
        ("not_reported", _("{names}: not reported")),
        ("partial", _("{names}: reported in part")),
        ("not_run", _("{names}: not run here")),
    ):
        rows = frame[(frame["community"] != DISTRICT) & (frame["state"] == code)]
        if len(rows):
            says.append(words.format(names=joined([name(str(one)) for one in rows["community"]])))
    return _("; ").join(says) + _(".") if says else ""


def of_lines(frame: pd.DataFrame, metric: Metric, name: Named, per: str = "total") -> str:
    """A chart of lines over time in words: each place's first, last and highest value."""
    first, last = frame.iloc[0], frame.iloc[-1]
    says = [
        _("Line chart: {title}, {first} to {last}.").format(
            title=metric.title.pick(),
            first=formats.period(first["grain"], first["period"]),
            last=formats.period(last["grain"], last["period"]),
        )
    ]
    for community, line in frame.groupby("community", sort=False):
        known = line[line["value"].notna()]
        if known.empty:
            word = formats.state(formats.state_of(None, str(line["state"].iloc[-1])))
            says.append(_("{name}: {word}.").format(name=name(str(community)), word=word))
            continue
        end = known.iloc[-1]
        says.append(
            _("{name}: {value} in {period}.").format(
                name=name(str(community)),
                value=formats.measured(float(end["value"]), metric, per),
                period=formats.period(end["grain"], end["period"]),
            )
        )
    return paragraph(says)


def of_bars(frame: pd.DataFrame, metric: Metric, name: Named, per: str = "total") -> str:
    """A chart of one bar per community in words."""
    parts = []
    for row in rows_of(frame):
        missing_word = formats.state(formats.state_of(None, str(row.state)))
        value = (
            missing_word if pd.isna(row.value) else formats.measured(float(row.value), metric, per)
        )
        parts.append(_("{name}: {word}.").format(name=name(str(row.community)), word=value))
    return paragraph([_("Bar chart: {title}.").format(title=metric.title.pick()), *parts])


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
                f"{name(str(row.community))} {formats.bare(float(row.value), metric, per)}"
                for row in rows_of(rows)
            ]
        )
        parts.append(_("{name}: {word}.").format(name=member_name(member), word=values))
    return paragraph([_("Bar chart: {title}.").format(title=metric.title.pick()), *parts])


def district_value(row: pd.Series, metric: Metric, per: str = "total") -> str:
    """The district's number for a metric, under the title of its chart."""
    unit = metric.unit.pick()
    if per != "total" and metric.scalable:
        scale = _("per 1,000 residents") if per == "residents" else _("per 1,000 households")
        unit = f"{unit} {scale}"
    value = plain(row["value"])
    if value is None:
        return f"{unit} · {formats.state(formats.state_of(None, str(row['state'])))}"
    return _("{unit} · district {value}").format(
        unit=unit, value=formats.measured(value, metric, per)
    )


def overview(totals: pd.DataFrame, view: View, name: Named) -> str:
    """What is to be seen on the home page: the district's hours, who leads, who is missing."""
    known = catalog.metrics()
    hours = totals[totals["metric"] == "volunteer_hours"]
    of_district = hours[hours["community"] == DISTRICT].iloc[0]
    metric = known["volunteer_hours"]
    period = formats.period(view.period.grain, view.period.id)
    if pd.isna(of_district["value"]):
        return _("For {period} no community has reported yet.").format(period=period)
    before = formats.period(view.previous.grain, view.previous.id) if view.previous else ""
    says = [
        _("In {period} volunteers of {number} communities gave {value}").format(
            period=period,
            number=len(view.communities),
            value=formats.measured(float(of_district["value"]), metric, view.per),
        )
    ]
    return paragraph(
        [
            says[0] + _compared(of_district, before) + _("."),
            leader(hours, metric, name, view.per),
            missing(hours, metric, name),
        ]
    )


def _compared(row: pd.Series, before: str) -> str:
    """`, 8% more than in November`; "" where the two cannot be compared."""
    if not before or row["state"] != "reported" or row["previous_state"] != "reported":
        return ""
    change = change_words(float(row["value"]), plain(row["previous"]))
    return _(", {change} than in {before}").format(change=change, before=before) if change else ""
