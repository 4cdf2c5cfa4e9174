"""The form of a metric of one's own: what it counts, shown at once, and kept as an entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from lingti.catalog import own
from lingti.catalog.own import Amount, OwnMetric, OwnTable, amounts
from lingti.catalog.own.refusals import people_of
from lingti.language import gettext as _
from lingti.ui.own_topics import metric_words, say
from lingti.ui.own_topics.after_a_sheet import topic_of
from lingti.ui.own_topics.amount_fields import amount_field, parts_of
from lingti.ui.own_topics.preview import preview
from lingti.ui.window import session
from lingti.ui.window.frame import Page

_BETTER = ("up", "down", "none")


@dataclass(frozen=True)
class _Counted:
    """What is counted, over what, and how that is written."""

    how: str
    amount: Amount
    over: Amount | None


def a_metric(page: Page, table: OwnTable, before: OwnMetric | None = None) -> bool:
    """Draws the form of a new metric over a table, or of one to change; whether it was kept."""
    key = before.name if before else f"new-{table.name}"
    counted = _counted(page, table, before, key)
    if counted is None:
        return False
    drawn = _words(page, table, counted, before, key)
    refused = own.refused_metric(drawn, table, page.catalog, is_new=before is None)
    changed = before is not None and (before.amount, before.over) != (drawn.amount, drawn.over)
    day, note = _change(page, drawn) if changed else (page.today, "")
    if not own.refused_counting(drawn, table, page.catalog):
        preview(page, _called(drawn), table)
    if not st.button(_("Keep this metric"), type="primary", key=f"lt-own-keep-{key}"):
        return False
    if changed and not note:
        refused = [*refused, _("Say what changed, for whoever compares before and after.")]
    if refused:
        say.refused(refused)
        return False
    kept = before.changed(drawn, day, note) if before else drawn
    own.enter_metric(page.district.home, kept, session.account())
    return True


def _called(drawn: OwnMetric) -> OwnMetric:
    """A metric that lacks words yet, so that its numbers can be shown."""
    title = drawn.title or _("New metric")
    return replace(
        drawn,
        name=own.metric_name(title),
        title=title,
        unit=drawn.unit or "–",
        definition=drawn.definition or title,
    )


def _counted(page: Page, table: OwnTable, before: OwnMetric | None, key: str) -> _Counted | None:
    """What is counted; None while a column is still to be chosen."""
    hows = [how for how in own.HOWS if metric_words.is_possible(how, table)]
    first = amounts.SUM if amounts.SUM in hows else hows[0]
    was = "share" if before and before.over else before.amount.how if before else first
    how = st.selectbox(
        _("What is counted"),
        hows,
        index=hows.index(was) if was in hows else 0,
        format_func=lambda how: metric_words.how_words(how, table),
        key=f"lt-own-how-{key}",
    )
    if how != "share":
        amount = amount_field(
            page, table, str(how), before.amount if before else None, key=f"{key}-all"
        )
        return _Counted(str(how), amount, None)
    left, right = st.columns(2)
    with left:
        st.markdown(f"**{_('The part')}**")
        amount = parts_of(page, table, before.amount if before else None, key=f"{key}-part")
    with right:
        st.markdown(f"**{_('Of the whole')}**")
        over = parts_of(
            page, table, before.over if before else None, key=f"{key}-whole", is_whole=True
        )
    return _Counted(str(how), amount, over)


def _words(
    page: Page, table: OwnTable, counted: _Counted, before: OwnMetric | None, key: str
) -> OwnMetric:
    """The rest of the form: by what it is broken down, how it is called, what it means."""
    title, unit, decimals, definition = _named(table, counted, before, key)
    left, right = st.columns(2)
    parts = [
        own_column
        for own_column in table.used
        if own_column.kind in ("category", "merchant", "place")
    ]
    dimensions = left.multiselect(
        _("Broken down by"),
        [part.name for part in parts],
        [dimension for dimension in before.dimensions if dimension in {p.name for p in parts}]
        if before
        else [part.name for part in parts if part.name != counted.amount.where],
        format_func=lambda name: next(p.title for p in parts if p.name == name),
        key=f"lt-own-parts-{key}-{counted.amount.where}",
    )
    better = right.segmented_control(
        _("Which is better"),
        _BETTER,
        default=before.better if before else "up",
        format_func=metric_words.better_words,
        required=True,
        key=f"lt-own-better-{key}",
    )
    words = left.text_input(
        _("What else it is called, parted by commas; forms are understood by it"),
        "、".join(before.words) if before else "",
        key=f"lt-own-words-{key}",
    )
    with right:
        people = _people(table, counted, before, key)
    topic = topic_of(
        page.catalog, table.topic, key=key, before=before.topic if before else table.topic
    )
    return OwnMetric(
        before.name if before else own.metric_name(title),
        title,
        unit,
        definition,
        str(better or "none"),
        topic,
        table.name,
        counted.amount,
        counted.over,
        tuple(dimensions),
        people,
        tuple(_parted(words)),
        decimals,
    )


def _named(
    table: OwnTable, counted: _Counted, before: OwnMetric | None, key: str
) -> tuple[str, str, int, str]:
    """Asks for its title, unit, digits after the point and definition."""
    usual = metric_words.usual(counted.how, counted.amount, counted.over, table)
    fresh = f"{key}-{counted.how}-{counted.amount}-{counted.over}"  # usual words follow the choice
    left, middle, right = st.columns([3, 1, 1])
    title = left.text_input(
        _("Title of the metric"),
        before.title if before else usual.title,
        max_chars=30,
        key=f"lt-own-title-{key if before else fresh}",
    ).strip()
    unit = middle.text_input(
        _("Unit"),
        before.unit if before else usual.unit,
        max_chars=10,
        key=f"lt-own-unit-{key if before else fresh}",
    ).strip()
    decimals = right.selectbox(
        _("Digits after the point"),
        (0, 1, 2),
        index=before.decimals if before else usual.decimals,
        key=f"lt-own-decimals-{key if before else fresh}",
    )
    definition = st.text_area(
        _("Definition, in a sentence"),
        before.definition if before else usual.definition,
        max_chars=200,
        height=68,
        key=f"lt-own-definition-{key if before else fresh}",
    ).strip()
    return title, unit, int(decimals or 0), definition


def _parted(text: str) -> Sequence[str]:
    for mark in "，,;；":
        text = text.replace(mark, "、")
    return [word.strip() for word in text.split("、") if word.strip()]


def _people(table: OwnTable, counted: _Counted, before: OwnMetric | None, key: str) -> str:
    """Whose small numbers are withheld: told by the table where its rows are about somebody."""
    people = people_of(table)
    if people is not None:
        st.caption(metric_words.people_words(people))
        return people
    options = ["none", "cases", *(["attendance"] if counted.how == "sum" else [])]
    was = before.people if before and before.people in options else "none"
    return str(
        st.selectbox(
            _("Small numbers"),
            options,
            index=options.index(was),
            format_func=metric_words.people_words,
            key=f"lt-own-people-{key}-{counted.how}",
        )
    )


def _change(page: Page, drawn: OwnMetric) -> tuple[date, str]:
    """From when it counts something else, and what: drawn on charts."""
    left, right = st.columns([1, 3])
    day = left.date_input(_("Counts so from"), page.today, key=f"lt-own-from-{drawn.name}")
    note = right.text_input(
        _("What changed, in a sentence"), max_chars=80, key=f"lt-own-note-{drawn.name}"
    )
    return day, note.strip()
