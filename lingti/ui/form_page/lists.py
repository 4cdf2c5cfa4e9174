"""What became of a form, cell by cell, and what all forms ask for."""

from __future__ import annotations

from collections.abc import Mapping

import htpy as h
import pandas as pd
import streamlit as st

from lingti.access import roles
from lingti.catalog import DISTRICT
from lingti.district import District
from lingti.forms import explained, memory, sources
from lingti.forms.filling import Filled, Outcome
from lingti.language import gettext as _
from lingti.ui.form_page.confirm import NOT_LISTED, likely, written
from lingti.ui.parts import url
from lingti.ui.parts.elements import empty, sentence
from lingti.ui.parts.html_out import Html
from lingti.ui.parts.my_number_links import differing
from lingti.ui.parts.row_links import Number, defined, rows_link
from lingti.ui.parts.tables import Column, as_it_is, listing, table
from lingti.ui.window.frame import Page


def numbers(page: Page, settings: District, done: Filled) -> None:
    """The filled cells with where each number is from; a number leads to its rows."""
    rows = [o for o in done.outcomes if o.filled and o.number.raw is not None]
    if not rows:
        return
    frame = pd.DataFrame(
        [
            {
                "cell": o.slot.address,
                "asks": sources.asked_words(o),
                "value": _opening(o),
                "metric": defined(settings.catalog.metrics[o.reading.metric]),
                "of": _of(settings, o),
                "sureness": sources.sureness_words(o.reading.sureness),
                "differs": _differs(page, o),
            }
            for o in rows
        ]
    )
    columns = [
        Column("cell", _("Cell"), heading=True),
        Column("asks", _("What the form asks")),
        Column("value", _("Filled in"), html=as_it_is),
        Column("metric", _("Metric"), html=as_it_is),
        Column("of", _("Place and period"), html=as_it_is),
        Column("sureness", _("Sureness")),
        Column("differs", _("Not my number?"), html=as_it_is),
    ]
    columns = [column for column in columns if frame[column.key].astype(bool).any()]
    with st.expander(_("Where each number is from"), icon=":material/source:"):
        listing(frame, columns)


def _of(settings: District, outcome: Outcome) -> Html:
    """Whose number it is and of when, with its edition: a link to its revision where it differs."""
    asked = outcome.reading
    assert asked.period is not None
    metric = settings.catalog.metrics[asked.metric]
    member = sources.member_words(metric, asked.dimension, asked.member)
    place = sources.place_name(settings, asked.place)
    words = " · ".join(filter(None, [place, sources.period_words(asked.period), member]))
    reported = outcome.number.reported
    if reported is None:
        return h.span[words]
    edition = _("edition {edition}").format(edition=sources.edition_words(outcome))
    href = url.link("revisions", metric=asked.metric, place=asked.place, of=asked.period.id)
    return h.span[
        words, " · ", h.a(".lt-revised", href=href)[edition] if reported.differs else edition
    ]


def _differs(page: Page, outcome: Outcome) -> Html | str:
    """A link to what would make another number of a cell's; "" where its rows are not shown."""
    asked = outcome.reading
    assert asked.period is not None
    place = None if asked.place == DISTRICT else asked.place
    if asked.change or asked.total == "sum" or not page.may(roles.ROWS, place):
        return ""
    number = Number(
        asked.metric, asked.place, asked.period.id, asked.dimension or "", asked.member or ""
    )
    return differing(**number.parts)


def _opening(outcome: Outcome) -> Html:
    asked = outcome.reading
    assert asked.period is not None
    if asked.change or asked.total == "sum":
        return h.span[written(outcome)]
    href = rows_link(asked.metric, asked.place, asked.period.id, asked.dimension, asked.member)
    return h.a(".lt-rows", href=href)[written(outcome)]


def blank(page: Page, done: Filled) -> None:
    """The cells that stay blank, and why; what no metric counts leads to where one is made."""
    rows = [o for o in done.outcomes if not o.filled and o.code not in NOT_LISTED]
    rows = [o for o in rows if o not in likely(done)]
    if not rows:
        return
    frame = pd.DataFrame(
        [
            {
                "cell": o.slot.address,
                "asks": sources.asked_words(o),
                "why": _why(page, o),
            }
            for o in rows
        ]
    )
    columns = [
        Column("cell", _("Cell"), heading=True),
        Column("asks", _("What the form asks")),
        Column("why", _("Why it stays blank"), html=as_it_is),
    ]
    with st.expander(_("What stays blank, and why"), icon=":material/block:"):
        listing(frame, columns)


def _why(page: Page, outcome: Outcome) -> Html:
    """Why a cell stays blank; for officials with the way to a metric where there is none."""
    reason = explained.why(outcome)
    if outcome.code != "no_measure" or not page.may(roles.ADMINISTER):
        return h.span[reason]
    href = url.link("settings", part="own", asked=sources.asked_words(outcome))
    return h.span[reason, " ", h.a(".lt-defined", href=href)[_("New metric"), " →"]]


def burden(page: Page) -> None:
    """Every form that was filled: who asks it, and how many of its cells another asks already."""
    every_form: Mapping[str, memory.Remembered] = memory.everything(page.district.home)
    if not every_form:
        empty(_("No form has been filled yet."))
        return
    rows = memory.burden(every_form)
    frame = pd.DataFrame(
        [
            {
                "title": row.title or _("without a title"),
                "office": row.office,
                "cells": row.cells,
                "understood": row.understood,
                "repeated": row.repeated,
            }
            for row in rows
        ]
    )
    columns = [
        Column("title", _("Form"), heading=True),
        Column("office", _("Office")),
        Column("cells", _("Cells"), number=True),
        Column("understood", _("Known here"), number=True),
        Column("repeated", _("Asked by another form too"), number=True),
    ]
    total = sum(row.cells for row in rows)
    repeated = sum(row.repeated for row in rows)
    sentence(
        _(
            "{forms} forms ask for {cells} cells; {repeated} of them ask what another form asks."
        ).format(forms=len(rows), cells=total, repeated=repeated)
    )
    table(frame, columns, name="forms")
