"""The page behind a number: what it is, how its rows add up to it, and the rows themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import htpy as h
import pandas as pd
import streamlit as st

from lingti.access import roles
from lingti.catalog import DISTRICT, group_title, member_title
from lingti.district import follow_ups
from lingti.judging import number_text, rows
from lingti.judging.reporting import to_correct
from lingti.judging.rows import Part
from lingti.language import gettext as _
from lingti.ui.comparison import topic_pages
from lingti.ui.parts import url
from lingti.ui.parts.cards import beside
from lingti.ui.parts.downloads import MOST_DOWNLOADED, downloads
from lingti.ui.parts.elements import empty
from lingti.ui.parts.follow_up_links import asking
from lingti.ui.parts.html_out import Html, send
from lingti.ui.parts.revision_marks import mark_in, revised
from lingti.ui.parts.row_links import Number, imported_words
from lingti.ui.parts.tables import Column, as_it_is, listing, unbroken
from lingti.ui.window import menu, session
from lingti.ui.window.frame import Page
from lingti.warehouse import ask
from lingti.warehouse.ask import Question, QuestionError, Tally

ROWS_SHOWN = 50


def question_or_stop(page: Page, number: Number) -> Question:
    """The question of the number that the address names; says what is wrong and ends the run."""
    if not page.may(roles.ROWS, number.place or None):
        empty(_("Rows are not shown here: they could tell who somebody is."))
        st.stop()
    try:
        question = number.question(page.catalog)
        values = ask.values(page.warehouse, question)
    except QuestionError:
        empty(_("This address names no number. Open it from a card, a chart or a table."))
        st.stop()
    if not values:
        empty(_("There are no data for this number. Open it from a card, a chart or a table."))
        st.stop()
    # `by` means something else in the audit: who did it.
    named = {("dimension" if name == "by" else name): part for name, part in number.parts.items()}
    session.once(page.district.home, "rows", **named)
    return question


def way_back(page: Page, number: Number) -> None:
    """Links to where the number was opened, and to what else is known of its metric."""
    file, title, more = _back(page, number)
    with st.container(horizontal=True, key="lt-ways", gap="small"):
        st.page_link(
            file,
            label=_("Back to “{title}”").format(title=title),
            icon=":material/arrow_back:",
            query_params={**url.carried(), **more},
        )
        for name, label, icon, more in _ways(number):
            if name in menu.pages():
                st.page_link(
                    menu.pages()[name].file,
                    label=label,
                    icon=icon,
                    query_params={**url.carried(), **more},
                )
        st.page_link(
            "pages/my_number.py",
            label=_("Not my number?"),
            icon=":material/difference:",
            query_params={**url.carried(), **number.parts},
        )
        if follow_ups.may_ask(page.person, number.place or DISTRICT):
            st.page_link(
                "pages/follow_up.py",
                label=_("Ask about it"),
                icon=":material/contact_support:",
                query_params={**url.carried(), **number.parts},
            )


def _back(page: Page, number: Number) -> tuple[str, str, dict[str, str]]:
    """The file and title of the page where a number was opened, and what else its address says."""
    back = url.read("back")
    metric = page.catalog.metrics.get(number.metric)
    if back == "topic" and metric is not None:
        title = group_title(metric.group) or metric.group
        return "pages/topic.py", title, {topic_pages.TOPIC: metric.group}
    item = menu.pages()[back if back in menu.pages() else ""]
    return item.file, _(item.title), {}


def _ways(number: Number) -> list[tuple[str, str, str, dict[str, str]]]:
    """Page, label, icon and address of what else is known of a number's metric."""
    metric, place = {"metric": number.metric}, {"place": number.place or DISTRICT}
    return [
        ("definitions", _("How it is defined"), ":material/menu_book:", {"find": number.metric}),
        ("verdicts", _("Changes judged"), ":material/monitoring:", metric),
        ("targets", _("Targets"), ":material/flag:", place),
        ("explore", _("Explore further"), ":material/query_stats:", metric),
    ]


def of_words(number: Number) -> str:
    """The period or range of days of a number as one reads it."""
    if "/" in number.of:
        first, last = (pd.Timestamp(part).date() for part in number.of.split("/"))
        return f"{number_text.day(first)} – {number_text.day(last)}"
    return number_text.period(ask.grain_of(number.of), number.of)


def number_words(page: Page, number: Number) -> str:
    """Place, period and, where there is one, member of a number: `古桥 · 2024年6月 · 助老`."""
    metric = number.definition(page.catalog)
    words = [page.look.name(number.place or DISTRICT), of_words(number)]
    if number.by and number.member:
        words.append(member_title(metric, number.by, number.member).pick())
    return " · ".join(words)


def reconciled(page: Page, question: Question, tally: Tally) -> None:
    """Shows how the rows add up to the number, part by part, and whether they are the same."""
    metric = question.metric
    (answer,) = ask.values(page.warehouse, question)
    value = answer["value"]
    if value is None:
        state = number_text.state(number_text.state_of(None, answer["state"]))
        empty(
            _("There is no number here ({state}), so no rows stand behind it.").format(state=state)
        )
        return
    parts = rows.parts(metric, tally, answer["denominator"])
    same = rows.agrees(rows.result(metric, parts), value)
    verdict = (
        _("equals the number: {value}") if same else _("differs from the number: {value}")
    ).format(value=rows.exactly(value, metric))
    send(
        h.div(".lt-adds")[
            h.div[
                h.b[number_text.exact(tally.rows_count)],
                h.span[_("rows")],
                h.small[_batches_words(tally)],
            ],
            [_part_html(part) for part in parts],
            h.p[
                *("✓" if same else "✗", " ", verdict, beside(_lacking(page, question))),
                mark_in(revised(page), metric.name, *_place_and_period(question)),
            ],
        ]
    )


def _place_and_period(question: Question) -> tuple[str, str, str, str]:
    """Which number it is, as its revision has it."""
    member = question.members[0] if len(question.members) == 1 else ""
    return question.community or DISTRICT, question.period or "", question.by or "", member


def _lacking(page: Page, question: Question) -> str:
    """How many rows to correct the number lacks; of a part, those that it or others lack."""
    days = question.span
    if days is None:
        periods = page.warehouse.rows(
            "select first_day, last_day from periods where period = $period",
            period=question.period,
        )
        if not periods:
            return ""
        days = (periods[0]["first_day"], periods[0]["last_day"])
    place = question.community or DISTRICT
    (count,) = to_correct.counts(page.warehouse, question.metric, [(place, *days)])
    if count and question.members:
        return _("{rows} of all parts").format(rows=to_correct.words(count))
    return to_correct.words(count)


def _batches_words(tally: Tally) -> str:
    return _("from batches: {number}").format(number=tally.batches_count)


def _part_html(part: Part) -> Html:
    value = number_text.exact(part.value or 0, 2, trim=True)
    return h.div(title=part.sql)[h.b[value], h.span[part.words]]


def rows_table(page: Page, question: Question, total: int, name: str) -> None:
    """The rows page by page, each with its file, sheet, row and import; all can be downloaded."""
    pages = max(1, -(-total // ROWS_SHOWN))
    asked = url.read("leaf")
    at = min(pages, int(asked)) if asked.isdigit() and asked != "0" else 1
    rows_behind = ask.rows(page.warehouse, question, ROWS_SHOWN, (at - 1) * ROWS_SHOWN)
    frame = _frame(page, question, rows_behind)
    columns, caption = _columns(page, question, frame), _caption(at, total)
    links = [_ask(page, question, row) for row in rows_behind]
    if any(links):
        frame = frame.assign(row=pd.Series(links, frame.index, dtype=object))
        columns = [
            replace(column, html=as_it_is) if column.key == "row" else column for column in columns
        ]
        caption = _("{caption}; the number of a row asks about it").format(caption=caption)
    listing(frame, columns, caption=caption)
    if pages > 1:
        st.pagination(pages, **url.follow("lt-rows-page", "leaf", at, str))
    downloads(partial(_all, page, question), name=name)


def _ask(page: Page, question: Question, row: Mapping[str, Any]) -> Html | str:
    """The number of a row as a link that asks about it; "" for who may not, and for no row."""
    if not row["row"]:
        return ""
    where = {name: row[name] for name in ("batch", "sheet", "row")}
    of = Number(
        question.metric.name,
        question.community or DISTRICT,
        question.period or "/".join(map(str, question.span or ())),
        question.by or "",
        "".join(question.members[:1]),
    )
    return asking(page, str(row["row"]), **of.parts, **where, file=row["file_number"]) or ""


def _caption(at: int, total: int) -> str:
    first = (at - 1) * ROWS_SHOWN + 1
    return _("Rows {first} to {last} of {total}").format(
        first=number_text.exact(first),
        last=number_text.exact(min(total, first + ROWS_SHOWN - 1)),
        total=number_text.exact(total),
    )


def _all(page: Page, question: Question) -> pd.DataFrame:
    rows_behind = ask.rows(page.warehouse, question, MOST_DOWNLOADED)
    frame = _frame(page, question, rows_behind)
    columns = _columns(page, question, frame)
    chosen = frame[[column.key for column in columns]]
    return chosen.set_axis([column.title for column in columns], axis="columns")


def _frame(page: Page, question: Question, rows_behind: list[dict[str, Any]]) -> pd.DataFrame:
    """The rows as text, in the order in which one reads them."""
    metric = question.metric
    names = list(rows_behind[0]) if rows_behind else []
    own = rows.columns(metric, names)
    lines = [
        {
            "community": page.look.name(str(row["community"])),
            "day": rows.written(metric, "day", row["day"]),
            **{f"own_{name}": rows.written(metric, name, row[name]) for name in own},
            "file": row["file"],
            "sheet": row["sheet"],
            "row": row["row"],
            "cell": row["cell"],
            "batch": row["batch"],
            "imported": imported_words(row["imported_by"], row["imported_at"]),
        }
        for row in rows_behind
    ]
    return pd.DataFrame(lines)


def _file(name: str) -> Html:
    return h.span(".lt-file")[name or ""]


def _by_and_on(words: str) -> Html:
    """Who and when may stand in two lines, so that the table stays as wide as the page."""
    parts = enumerate(words.split(" · "))
    return h.fragment[[[" · " if at else None, unbroken(part)] for at, part in parts]]


_WRITTEN = {"day": unbroken, "imported": _by_and_on, "sheet": unbroken, "file": _file}


def _is_blank(column: pd.Series[Any]) -> bool:
    """Whether nothing stands in a column; a zero is something."""
    return bool((column.isna() | (column == "")).all())


def _columns(page: Page, question: Question, frame: pd.DataFrame) -> list[Column]:
    metric = question.metric
    titles = {
        "community": _("Community"),
        "day": _("Day"),
        "file": _("File"),
        "sheet": _("Sheet"),
        "row": _("Row"),
        "cell": _("Cell"),
        "batch": _("Batch"),
        "imported": _("Imported"),
    }
    if question.community != DISTRICT:
        del titles["community"]
    for key in ("sheet", "cell"):  # where no row has one
        if not frame.empty and not frame[key].any():
            del titles[key]
    own = {
        key: rows.title(metric, key.removeprefix("own_"))
        for key in frame.columns
        if key.startswith("own_") and (frame.empty or not _is_blank(frame[key]))
    }
    numbers = {f"own_{name}" for name in rows.amounts(metric)}
    first = {key: titles.pop(key) for key in ("community", "day") if key in titles}
    return [
        Column(
            key,
            title,
            html=_WRITTEN.get(key),
            number=key in ("row", "batch") or key in numbers,
        )
        for key, title in (first | own | titles).items()
        if key in frame.columns
    ]
