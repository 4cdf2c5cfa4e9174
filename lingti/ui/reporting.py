"""The heat table of expected tables and months: complete, partial, nil, missing, and how late."""

from __future__ import annotations

from functools import partial

import htpy as h
import pandas as pd

from lingti.ingest.checking import coverage
from lingti.judging import number_text
from lingti.judging.period_values import MOST_BESIDE
from lingti.judging.reporting import to_correct
from lingti.judging.reporting.reporting import Return, sheets_of, title_of
from lingti.judging.sentences import joined, paragraph
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.ui.parts import pickers, url
from lingti.ui.parts.downloads import downloads
from lingti.ui.parts.elements import empty, section
from lingti.ui.parts.html_out import Html, send
from lingti.ui.parts.markers import mark
from lingti.ui.parts.row_links import imported_words
from lingti.ui.parts.tables import Column, sliding, table, unbroken
from lingti.ui.window.frame import Page

_SIGNS = {
    "complete": "✓",
    "nil": "0",
    "partial": "◐",
    "missing": "✗",
    "not_run": "—",
    "not_due": "·",
    "not_expected": "+",
}


def summary(page: Page, returns: list[Return]) -> str:
    """How many returns are there, and which communities owe some, in sentences."""
    due = [owed for owed in returns if owed.state not in ("not_run", "not_due", "not_expected")]
    if not due:
        return _("Nothing has been due yet.")
    whole = [owed for owed in due if owed.state in ("complete", "nil")]
    sentences = [
        _("Of {due} monthly returns due, {whole} are complete ({share}).").format(
            due=number_text.exact(len(due)),
            whole=number_text.exact(len(whole)),
            share=number_text.share(len(whole) / len(due)),
        )
    ]
    owing = [owed for owed in due if owed.state in ("partial", "missing")]
    if owing:
        names = list(dict.fromkeys(page.look.name(owed.community) for owed in owing))
        if len(names) > MOST_BESIDE:
            names = [_("{count} communities").format(count=number_text.exact(len(names)))]
        sentences.append(_("Something is missing from {names}.").format(names=joined(names)))
    return paragraph(sentences)


def ways_on() -> None:
    """Links to where months are submitted and accepted, and to what was revised since."""
    ways = [("submission", _("Submit and accept")), ("revisions", _("Revisions"))]
    links = [
        [" · " if at else None, h.a(".lt-defined", href=url.link(to))[words_, " →"]]
        for at, (to, words_) in enumerate(ways)
    ]
    send(h.p(".lt-last")[links])


def months(page: Page, returns: list[Return]) -> None:
    """One row per expected table, grouped by community, and one column per month of a year.

    Of several years one is chosen above the table, by default the newest of which anything is due.
    """
    years = sorted({owed.period[:4] for owed in returns}, reverse=True)
    if len(years) > 1:
        begun = {owed.period[:4] for owed in returns if owed.state not in ("not_due", "not_run")}
        years = sorted(years, key=lambda year: year not in begun)
        year = pickers.choose_one(
            "year", years, lambda year: number_text.period("year", year), _("Year")
        )
        returns = [owed for owed in returns if owed.period.startswith(year)]
    periods = list(dict.fromkeys(owed.period for owed in returns))
    head = h.fragment[
        h.th(scope="col")[_("Who sends what")],
        [
            h.th(scope="col", class_="lt-heat-month")[_month(period, at)]
            for at, period in enumerate(periods)
        ],
    ]
    body: list[Html] = []
    for community in page.district.communities:
        of_it = [owed for owed in returns if owed.community == community.id]
        if of_it:
            body.append(_community_row(page, community.id, len(periods)))
        for line in dict.fromkeys((owed.table, owed.part) for owed in of_it):
            of_line = [owed for owed in of_it if (owed.table, owed.part) == line]
            title = page.catalog.tables[line[0]].title.pick()
            sheets = joined(sheets_of(page.district, of_line[0]))
            named = h.th(scope="row")[title, h.small[sheets] if sheets not in ("", title) else None]
            body.append(h.tr[named, [_cell(owed) for owed in of_line]])
    send(sliding(head, body, "lt-heat"))


def to_take_along(page: Page, returns: list[Return]) -> None:
    """Downloads of every return of every month, one a row."""
    downloads(partial(_as_rows, page, returns), name="reporting")


def _as_rows(page: Page, returns: list[Return]) -> pd.DataFrame:
    titles = [
        _("Community"),
        _("Who sends what"),
        _("Month"),
        _("State"),
        _("Missing days"),
        _("Due by"),
        _("Complete on"),
        _("Days late"),
    ]
    lines = [
        (
            page.look.name(owed.community),
            title_of(page.catalog, page.district, owed),
            owed.period,
            words(owed.state),
            _missing_words(owed),
            owed.due_on,
            owed.completed_on,
            owed.days_late,
        )
        for owed in returns
    ]
    return pd.DataFrame(lines, columns=titles)


def legend() -> None:
    """What the signs of the table mean."""
    items = [
        h.li[h.span(class_=f"lt-heat-{state}")[sign], h.span[words(state)]]
        for state, sign in _SIGNS.items()
    ]
    late = _("days after the reporting day that it was complete")
    items.append(h.li[h.span(".lt-heat-late")["+7"], h.span[late]])
    items.append(h.li[h.small["*7"], h.span[_("rows of its imports to correct, in no number yet")]])
    send(h.ul(".lt-key", aria_label=_("How to read it"))[items])


def words(state: str) -> str:
    """The state of a return in words."""
    return {
        "complete": _("complete"),
        "nil": _("nil return: covered, and nothing was there"),
        "partial": _("some days are missing"),
        "missing": _("nothing was sent"),
        "not_run": _("not run, so nothing is expected"),
        "not_due": _("not due yet"),
        "not_expected": _("sent, though nothing is expected"),
    }[state]


def _community_row(page: Page, community: str, months_count: int) -> Html:
    shape = mark(page.look.symbols[community], page.look.colours[community])
    name = page.look.name(community)
    return h.tr(".lt-heat-group")[
        h.th(scope="colgroup", colspan=months_count + 1)[h.span[shape, name]]
    ]


def _cell(owed: Return) -> Html:
    description = words(owed.state)
    if owed.missing and owed.state == "partial":
        description = _("{state}: {days}").format(state=description, days=_missing_words(owed))
    late: Html | None = None
    if owed.days_late:
        description = ngettext(
            "{state}; {days} day late", "{state}; {days} days late", owed.days_late
        ).format(state=description, days=owed.days_late)
        late = h.small(".lt-heat-late")["+", owed.days_late]
    lacking: Html | None = None
    if owed.to_correct:
        description = _("{state}; {rows}").format(
            state=description, rows=to_correct.words(owed.to_correct)
        )
        lacking = h.small[to_correct.star(owed.to_correct)]
    shown: Html = h.fragment[h.span(aria_label=description)[_SIGNS[owed.state]], late, lacking]
    if owed.state != "not_run":
        shown = h.a(".lt-rows", href=behind_link(owed))[shown]
    return h.td(class_=f"lt-heat-{owed.state}", title=description)[shown]


def behind_link(owed: Return) -> str:
    """The address of what was sent for a month."""
    return url.link("reporting", sent=_address(owed), month=owed.period) + "#lt-behind"


def _address(owed: Return) -> str:
    return "/".join([owed.community, owed.table, *([owed.part] if owed.part else [])])


def asked_return(returns: list[Return]) -> Return | None:
    """The return that the address names."""
    sent, month = url.read("sent"), url.read("month")
    return next((owed for owed in returns if (_address(owed), owed.period) == (sent, month)), None)


def behind(page: Page, owed: Return) -> None:
    """What stands behind one cell: when it was due and complete, and the imports it rests on."""
    title = title_of(page.catalog, page.district, owed)
    place = page.look.name(owed.community)
    month = number_text.period("month", owed.period)
    send(h.i(id="lt-behind"))
    section(f"{place} · {title} · {month}", paragraph(_return_sentences(owed)))
    if not owed.batches:
        empty(_("No import speaks for this month."))
        return
    imports = page.warehouse.rows(page.catalog.views["imports"], batches=list(owed.batches))
    frame = pd.DataFrame(
        [
            {
                "batch": row["batch"],
                "file": joined(row["files"])
                or (
                    number_text.NOTHING
                    if row["read_rows"] or row["accepted"] != 0
                    else _("nil return")
                ),
                "covers": covers_words(row["covers"]),
                "read": row["read_rows"],
                "accepted": row["accepted"],
                "quarantined": row["quarantined"],
                "imported": imported_words(row["imported_by"], row["imported_at"]),
            }
            for row in imports
        ]
    )
    columns = [
        Column("batch", _("Batch"), number=True),
        Column("file", _("File"), heading=True),
        Column("covers", _("Days covered"), html=unbroken),
        Column("read", _("Rows read"), number=True),
        Column("accepted", _("Accepted"), number=True),
        Column("quarantined", _("Rows to correct"), number=True),
        Column("imported", _("Imported"), html=unbroken),
    ]
    table(frame, columns, name=f"imports-{owed.community}-{owed.table}-{owed.period}")


def _return_sentences(owed: Return) -> list[str]:
    """State, days missing, when it was due and when it was complete, in sentences."""
    sentences = [_("State: {state}.").format(state=words(owed.state))]
    if owed.missing and owed.state == "partial":
        sentences.append(_("Missing: {days}.").format(days=_missing_words(owed)))
    if owed.due_on:
        sentences.append(_("Due by {day}.").format(day=number_text.day(owed.due_on)))
    if owed.completed_on:
        sentences.append(_("Complete on {day}.").format(day=number_text.day(owed.completed_on)))
    if owed.days_late:
        late = ngettext("{days} day late.", "{days} days late.", owed.days_late)
        sentences.append(late.format(days=owed.days_late))
    return [*sentences, to_correct.sentence(owed.to_correct)]


def covers_words(covers: str) -> str:
    """Days as a batch names them, `D/D` or `2024-06`, as one reads them."""
    return joined(
        [
            f"{number_text.day(span.first)} – {number_text.day(span.last)}"
            for span in coverage.parse(covers)
        ]
    )


def _missing_words(owed: Return) -> str:
    return joined(
        [f"{number_text.day(first)} – {number_text.day(last)}" for first, last in owed.missing]
    )


def _month(period: str, at: int) -> Html:
    """A month as HTML, below its year where that begins."""
    short = number_text.period_short("month", period)
    new_year = at == 0 or period.endswith("-01")
    return h.fragment[h.small[period[:4]] if new_year else None, short]
