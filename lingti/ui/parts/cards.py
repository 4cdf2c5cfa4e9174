"""Cards with a number, its state and its change; the legend of states."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import htpy as h
import pandas as pd
from markupsafe import Markup

from lingti.catalog import DISTRICT, Metric
from lingti.district import BEGINNING, Community
from lingti.judging import number_text, period_values
from lingti.judging.period_values import View
from lingti.judging.periods import Period
from lingti.judging.reporting import to_correct
from lingti.judging.sentences import SMALL_BASE
from lingti.language import current
from lingti.language import gettext as _
from lingti.ui.parts import url
from lingti.ui.parts.html_out import Html, put
from lingti.ui.parts.markers import hatched_bar, hollow_point
from lingti.ui.parts.revision_marks import revision_mark
from lingti.ui.parts.row_links import defined, opening
from lingti.ui.parts.verdict_marks import verdict_line
from lingti.warehouse.frames import plain, rows

STATES = (
    *("zero", "partial", "not_reported", "not_run", "not_expected", "before_start"),
    *("not_computable", "nothing", "withheld"),
)
_DASHES = {"not_run": "— ", "not_expected": "— ", "nothing": "– ", "not_computable": "– "}


def cards(view: View, totals: pd.DataFrame, *, place: str = DISTRICT) -> None:
    """One card per metric of a place: title, value, change against the period before, verdict.

    `totals` as `judged_totals.totals` returns it; the cards stand in its order of metrics.
    """
    put(_cards(view, totals, place))


@url.linked_once
def _cards(view: View, totals: pd.DataFrame, place: str) -> Html:
    known = view.catalog.metrics
    own_rows = [row for row in rows(totals) if row.community == place]
    articles = [h.article(".lt-card")[_number(row, known[row.metric], view)] for row in own_rows]
    return Markup(h.div(".lt-cards", style=f"--n:{_in_a_row(len(articles))}")[articles])


def _in_a_row(cards_count: int) -> int:
    """How many cards stand beside each other, so that none stands alone in the last row."""
    return next((wide for wide in (4, 3) if cards_count % wide == 0), min(cards_count, 4))


def only(totals: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """The rows of some metrics, in the order of `names`."""
    chosen = [period_values.of_metric(totals, name) for name in names]
    return pd.concat([totals.head(0), *chosen], ignore_index=True)


def legend() -> None:
    """Explains the looks that a number can have besides a plain one."""
    explanations = {
        "zero": _("a true zero: reported, and nothing was there"),
        "partial": _(
            "some of the days expected are missing; in charts a hollow point or a hatched bar"
        ),
        "not_reported": _("expected, and not sent in; in charts a gap that says so"),
        "not_run": _("the community does not run it; in charts named, not drawn"),
        "not_computable": _(
            "only totals were sent, or sheets without a column that it needs: these do not tell it"
            " for the period"
        ),
        "before_start": _(
            "there are rows from before the community began: counted in the year and the district,"
            " neither expected nor judged; in charts hollow or hatched"
        ),
        "not_expected": _("sent in at other times; whether it is expected is not settled"),
        "nothing": _("reported, with nothing to compute a share or a median from"),
        "withheld": number_text.withheld(),
    }
    items = [h.li[_sample(state), h.span[explanations[state]]] for state in STATES]
    lacks = _("refused rows are not in it; in charts a hollow point or a hatched bar")
    looks = [beside(to_correct.words(2)), star(2), hollow_point(), hatched_bar()]
    items.append(h.li[looks, h.span[lacks]])
    label = _("How to read it")
    put(h.details(".lt-legend")[h.summary[label], h.ul(".lt-key", aria_label=label)[items]])


def value_html(
    value: float | None,
    state: str,
    metric: Metric,
    per: str = "total",
    which: str | None = None,
    unit: str = "",
    lacking: int = 0,
) -> Html:
    """A number with its unit, if given, or the words in place of one, in the look of its state.

    `which` is what `which_number` says, for those who check the number; `lacking` how many rows
    to correct it lacks.
    """
    state_code = number_text.state_of(value, state)
    if value is None:
        dash = _DASHES.get(state_code, "")
        return h.span(class_=f"lt-state lt-{state_code}")[dash, number_text.state(state_code)]
    exact = number_text.measured_exact(value, metric, per)
    return h.fragment[
        h.span(title=exact, data_number=which)[number_text.bare(value, metric, per)],
        # The unit stands right behind the number, before a mark for a part.
        h.small[unit] if unit else None,
        state_mark(state_code),
        beside(to_correct.words(lacking)),
    ]


def which_number(
    metric: str, place: str, period: Period, value: float | None, per: str, *member: str
) -> str:
    """Names a number as `lingti metric` does, with its value as it is; for `data-number`.

    `member` is a dimension and the member of it, for a part of the total.
    """
    named = [metric, place, period.grain, period.id, per, *(member or ("", "")), repr(value)]
    return "|".join(named)


def state_mark(code: str) -> Html | None:
    """The hatched mark behind a number that is less, or other, than it seems; None of others."""
    return beside(number_text.mark(code))


def beside(words: str) -> Html | None:
    """Words behind a number in the look of such a mark; None without any."""
    return h.span(".lt-partial-mark")[words] if words else None


def star(count: int) -> Html | None:
    """How many rows to correct a number lacks, where there is no room for words."""
    if not count:
        return None
    return h.small(".lt-star", title=to_correct.words(count))[to_correct.star(count)]


def change_html(row: Any, metric: Metric, view: View) -> Html | None:
    """The change against the period before: a grey arrow and its size; two points are no trend.

    Where the two cannot be compared, only what there was before, or why there was nothing.
    """
    change = plain(row.change)
    was = _before_html(row, metric, view)
    if change is None:
        return was
    size, way = _size(row, metric, view)
    if not change or not any(digit in size for digit in "123456789"):  # nothing to be seen
        return h.fragment[h.b[_("unchanged")], " ", was]
    return h.fragment[h.b["↑" if way > 0 else "↓", " ", size], " ", was]


def _before_html(row: Any, metric: Metric, view: View) -> Html | None:
    """The number of the period before, or the word in its place; None without such a period."""
    if view.previous is None or pd.isna(row.previous_state):
        return None
    previous = plain(row.previous)
    state_code = number_text.state_of(previous, row.previous_state)
    words = _("{period}: {value}").format(
        period=number_text.period_short(view.previous.grain, view.previous.id),
        value=number_text.state(state_code)
        if previous is None
        else number_text.bare(previous, metric, view.per),
    )
    which = which_number(metric.name, row.community, view.previous, previous, view.per)
    shown: Html = h.span(data_number=which if previous is not None else None)[words]
    if previous is not None and view.opens(row.community):
        shown = opening(shown, metric.name, row.community, view.previous.id)
    return h.fragment[
        shown,
        state_mark(state_code),
        beside(to_correct.words(to_correct.previous_lacking(row))),
        [" ", h.span[_("(not the same communities)")]]
        if previous is not None and not row.alike
        else None,
    ]


def _size(row: Any, metric: Metric, view: View) -> tuple[str, float]:
    """How large a change is, and what tells its direction.

    Percentage points of a share, percent of a number (that of a day where months differ in
    length), else the number.
    """
    change, part = abs(row.change), plain(row.change_share)
    if number_text.is_percent(metric):
        return _("{number} points").format(number=number_text.exact(change * 100, 1)), row.change
    if part is None or abs(part) > 9.995 or abs(row.previous) < SMALL_BASE:
        return number_text.bare(change, metric, view.per), row.change
    share = number_text.share(abs(part), 0 if abs(part) >= 0.1 else 1)
    return (_("{share} a day").format(share=share) if row.per_day else share), part


def _short_unit(metric: Metric, per: str) -> str:
    """The unit in a card, where the filters above say per 1,000 of whom."""
    if current() == "zh" or per == "total" or not metric.scalable:
        return number_text.unit(metric, per)
    return f"{metric.unit.pick()} per 1,000"


def _number(row: Any, metric: Metric, view: View) -> Html:
    value = plain(row.value)
    bare = value is None or number_text.is_percent(metric)
    written = number_text.bare(value, metric, view.per)
    unit = "" if bare else number_text.agreeing(written, _short_unit(metric, view.per))
    which = which_number(metric.name, row.community, view.period, value, view.per)
    lacking = to_correct.lacking(row)
    shown = value_html(value, row.state, metric, view.per, which, unit, lacking)
    if value is not None and view.opens(row.community):
        shown = opening(shown, metric.name, row.community, row.period)
    change, html = change_html(row, metric, view), verdict_line(row, metric, view.catalog)
    return h.fragment[
        h.p(".lt-label")[defined(metric)],
        h.p(".lt-value")[shown, revision_mark(view, metric.name, row.community, view.period.id)],
        h.p(".lt-change")[change] if change else None,
        h.p(".lt-told")[html] if html else None,
    ]


def since(community: Community) -> str:
    """` · since March 2024`; "" where that was not said."""
    if community.since == BEGINNING:
        return ""
    month = number_text.period("month", f"{community.since:%Y-%m}")
    return " · " + _("since {month}").format(month=month)


def _sample(state: str) -> Html:
    if state == "zero":
        return h.span(".lt-number")["0"]
    if state in number_text.MARKED:
        return h.fragment[state_mark(state), hollow_point(), hatched_bar()]
    dash = _DASHES.get(state, "")
    return h.span(class_=f"lt-state lt-{state}")[dash, number_text.state(state)]
