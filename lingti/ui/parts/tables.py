"""Tables as HTML, which print and can be read aloud, with their downloads."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from html import unescape
from typing import Any

import htpy as h
import pandas as pd
from markupsafe import Markup, escape

from lingti.catalog import DISTRICT, Metric
from lingti.charts import Look
from lingti.judging import number_text
from lingti.judging.period_values import View
from lingti.judging.periods import Period
from lingti.judging.reporting import to_correct
from lingti.language import gettext as _
from lingti.ui.parts import url
from lingti.ui.parts.cards import value_html, which_number
from lingti.ui.parts.downloads import MOST_DOWNLOADED, downloads, written
from lingti.ui.parts.html_out import Html, put, with_long
from lingti.ui.parts.picture_sheets import ShownAs
from lingti.ui.parts.revision_marks import revision_mark
from lingti.ui.parts.row_links import defined, opening
from lingti.ui.parts.verdict_marks import signal_mark
from lingti.ui.window.frame import Page
from lingti.warehouse.frames import plain, rows

MOST_ROWS = 200
LONGEST_LINE, LONGEST_NUMBER = 26, 11  # letters; what is longer may be broken between its words
MOST_ON_SCREEN = 10  # columns; what has more slides beside its first one
MOST_ACROSS = 2  # columns that have room beside each other on a phone
ROW_HEIGHT = 40  # px of most rows, so that little moves when a table comes


@dataclass(frozen=True)
class Column:
    """A column of a table: the frame's column, its heading, and how a cell is written as HTML.

    Without `html` a cell is written as text; with `html=as_it_is` it is HTML already, and a
    download holds its words. `number` aligns to the right; `heading` makes cells row headings.
    """

    key: str
    title: str
    html: Callable[[Any], Html | str] | None = None
    number: bool = False
    heading: bool = False


def as_it_is(cell: Html | str) -> Html | str:
    """A cell that is HTML already; text in its place is text. For `Column.html`."""
    return cell


def unbroken(cell: Any) -> Html | str:
    """A cell's text as HTML on one line, unless it is very long; for `Column.html`."""
    words = str(cell)
    if _width(words) > LONGEST_LINE:
        return words
    return h.span(".lt-unbroken")[words]


def _width(words: str) -> int:
    """How many letters wide words are; a Chinese character is as wide as two."""
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in words)


def breakable(cell: Any) -> Html:
    """The name of a file as HTML, broken anywhere where there is no room; for `Column.html`."""
    return h.span(".lt-name")[str(cell)]


def table(
    frame: pd.DataFrame,
    columns: Sequence[Column],
    *,
    name: str,
    caption: str = "",
    shown: ShownAs | None = None,
) -> None:
    """A table of a frame with its downloads; the first 200 rows are shown, all are downloaded.

    `name` is the name of the downloaded files, without ending; unique on a page. With `shown` it is
    only the one or the other.
    """
    if shown != "files":
        listing(frame.head(MOST_ROWS), columns, caption=caption)
        say_cut(len(frame), MOST_ROWS)
    if shown != "table":
        downloads(partial(as_downloaded, frame, columns), name=name)


def as_downloaded(frame: pd.DataFrame, columns: Sequence[Column]) -> pd.DataFrame:
    """The columns of a table as downloads hold them."""
    written = [
        frame[column.key].map(_words) if column.html is as_it_is else frame[column.key]
        for column in columns
    ]
    return pd.concat(written, axis=1, keys=[column.title for column in columns], names=[None])


def _words(html: Html | str) -> str:
    """The words of some HTML; of text, itself."""
    code = str(escape(html))
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", code)).split())


def say_cut(rows_count: int, most: int) -> None:
    """Says so where a table shows only the first of its rows."""
    sentence = ""
    if rows_count > MOST_DOWNLOADED:
        sentence = _("The first {shown} of {all} rows; the download has the first {most}.").format(
            shown=most,
            all=number_text.exact(rows_count),
            most=number_text.exact(MOST_DOWNLOADED),
        )
    elif rows_count > most:
        sentence = _("The first {shown} of {all} rows; the download has them all.").format(
            shown=most, all=number_text.exact(rows_count)
        )
    if sentence:
        put(h.p(".lt-chart-sub")[sentence])


def listing(frame: pd.DataFrame, columns: Sequence[Column], *, caption: str = "") -> None:
    """A table of all rows of a frame, without downloads."""
    put(_later(html_of(frame, columns, caption), len(frame)))


@dataclass(frozen=True)
class Cell:
    """One number of a grid with its state; `member` is a dimension and a member of it, if any."""

    row: Any
    metric: Metric
    view: View
    period: Period
    member: tuple[str, ...] = ()

    def html(self) -> Html:
        """The number in the look of its state, as a link to its rows."""
        value, per = plain(self.row.value), self.view.per
        name, place = self.metric.name, self.row.community
        which = which_number(name, place, self.period, value, per, *self.member)
        lacking = to_correct.lacking(self.row)
        shown = value_html(value, self.row.state, self.metric, per, which, lacking=lacking)
        if value is not None and self.view.opens(place):
            shown = opening(shown, name, place, self.period.id, *self.member)
        signal = signal_mark(self.row)
        mark = revision_mark(self.view, name, place, self.period.id, *self.member)
        return (
            h.fragment[shown, mark, [" ", signal] if signal else None] if mark or signal else shown
        )

    def written(self) -> float | str:
        """What a download holds: the exact number, or the word for why there is none."""
        value = plain(self.row.value)
        if value is None:
            return number_text.state(number_text.state_of(None, self.row.state))
        return value


Grid = list[tuple[str, list[Cell]]]  # rows, each with its title


def by_community(
    page: Page, view: View, totals: pd.DataFrame, *, name: str, shown: ShownAs | None = None
) -> None:
    """The metrics of `period_values.totals` as rows and the places as columns, with downloads."""
    grid = partial(_metrics_by_place, view, totals)
    number_grid(page, view.places, _("Metric"), grid, f"{name}-{view.period.id}", shown=shown)


def _metrics_by_place(view: View, totals: pd.DataFrame) -> Grid:
    known = view.catalog.metrics
    cells = {(row.metric, row.community): row for row in rows(totals)}
    return [
        (
            with_unit(known[metric], view.per),
            [Cell(cells[metric, place], known[metric], view, view.period) for place in view.places],
        )
        for metric in dict.fromkeys(totals["metric"])
    ]


def over_time(
    page: Page, view: View, frame: pd.DataFrame, *, name: str, shown: ShownAs | None = None
) -> None:
    """One metric of `period_values.over_time`: periods as rows, newest first, places as columns."""
    metric = page.catalog.metrics[str(frame["metric"].iloc[0])]
    there = set(frame["community"])
    places = [place for place in view.places if place in there]
    grid = partial(_periods_by_place, metric, view, frame, places)
    number_grid(page, places, with_unit(metric, view.per), grid, name, shown=shown)


def _periods_by_place(metric: Metric, view: View, frame: pd.DataFrame, places: list[str]) -> Grid:
    grain = str(frame["grain"].iloc[0])
    cells = {(row.period, row.community): row for row in rows(frame)}
    return [
        (
            number_text.period(grain, period),
            [
                Cell(
                    cells[period, place],
                    metric,
                    view,
                    replace(view.period, grain=grain, id=period),
                )
                for place in places
            ],
        )
        for period in list(dict.fromkeys(frame["period"]))[::-1]
    ]


def metrics_over_time(
    page: Page, view: View, frame: pd.DataFrame, *, name: str, shown: ShownAs | None = None
) -> None:
    """Metrics of one place of `period_values.over_time`: periods as rows, the newest first."""
    grid = partial(_periods_by_metric, view, frame)
    titles = [
        with_unit(page.catalog.metrics[name_of_metric], view.per)
        for name_of_metric in frame["metric"].unique()
    ]
    number_grid(page, titles, _("Period"), grid, name, shown=shown)


def _periods_by_metric(view: View, frame: pd.DataFrame) -> Grid:
    grain = str(frame["grain"].iloc[0])
    known = view.catalog.metrics
    cells = {(row.period, row.metric): row for row in rows(frame)}
    return [
        (
            number_text.period(grain, period),
            [
                Cell(
                    cells[period, metric],
                    known[metric],
                    view,
                    replace(view.period, grain=grain, id=period),
                )
                for metric in dict.fromkeys(frame["metric"])
            ],
        )
        for period in list(dict.fromkeys(frame["period"]))[::-1]
    ]


def number_grid(
    page: Page,
    places: list[str],
    corner: str,
    grid: Callable[[], Grid],
    name: str,
    *,
    most: int = MOST_ROWS,
    shown: ShownAs | None = None,
) -> None:
    """A table of numbers with a column per place, the district's set off, and its downloads.

    Other columns stand in `places` by their titles. `corner` heads the rows' titles. The first
    `most` rows are shown, all are downloaded. `grid` is called when its cells are needed: a
    `partial` of a function of its own is drawn once. With `shown` it is only the table, or only
    the downloads.
    """
    if shown != "files":
        html, rows_count = _grid_html(page.look, places, corner, grid, most)
        put(_later(html, min(rows_count, most)))
        say_cut(rows_count, most)
    if shown != "table":
        downloads(partial(_grid_frame, page.look, places, corner, grid), name=name)


@url.linked_once
def _grid_html(
    look: Look, places: list[str], corner: str, make: Callable[[], Grid], most: int
) -> tuple[Html, int]:
    """The first `most` rows as HTML, and how many rows there are."""
    grid = make()
    looks = ["lt-num lt-all" if place == DISTRICT else "lt-num" for place in places]
    head = h.fragment[
        h.th(scope="col")[corner],
        [h.th(scope="col", class_="lt-num")[look.name(place)] for place in places],
    ]
    named = labels([corner, *map(look.name, places)])[1:]
    of_metrics = corner == _("Metric")  # then each row is a metric, and its title is defined
    body = [
        h.tr[
            h.th(scope="row")[_row_title(title, cells, of_metrics)],
            [
                _number_cell(cell.html(), tone, label)
                for tone, cell, label in zip(looks, cells, named, strict=True)
            ],
        ]
        for title, cells in grid[:most]
    ]
    return framed(head, body, len(places) + 1), len(grid)


def _row_title(title: str, cells: list[Cell], defines: bool) -> Html | str:
    return defined(cells[0].metric, title) if defines and cells else title


def _grid_frame(
    look: Look, places: list[str], corner: str, make: Callable[[], Grid]
) -> pd.DataFrame:
    """The grid as downloads hold it."""
    names = [look.name(place) for place in places]
    written = [[title, *(cell.written() for cell in cells)] for title, cells in make()]
    return pd.DataFrame(written, columns=[corner, *names])


@url.linked_once
def html_of(frame: pd.DataFrame, columns: Sequence[Column], caption: str = "") -> Html:
    """The HTML of a table."""
    head = [h.th(scope="col", class_=_right(column))[column.title] for column in columns]
    body = []
    beside = labels([column.title for column in columns])
    for row in rows(frame[[column.key for column in columns]]):
        cells: list[Html] = []
        for column, cell, label in zip(columns, row, beside, strict=True):
            shown = column.html(cell) if column.html else str(written(cell) or "")
            if column.heading:
                cells.append(h.th(scope="row", class_=_right(column))[shown])
            elif column.number:
                cells.append(_number_cell(shown, "lt-num", label))
            else:
                cells.append(_cell(None, label)[shown])
        body.append(h.tr[cells])
    return framed(head, body, len(columns), caption)


def _number_cell(shown: Html | str, looks: str, label: str | None) -> Html:
    """A cell of a number; the unit of a very long one may stand below it."""
    long = " lt-long" if _width(_words(shown)) > LONGEST_NUMBER else ""
    return _cell(f"{looks}{long}", label)[shown]


@lru_cache(maxsize=512)
def _cell(looks: str | None, label: str | None) -> h.Element:
    """A cell without what stands in it: of the many of a table, most look alike."""
    return h.td(class_=looks, data_label=label)


def labels(titles: Sequence[str]) -> list[str | None]:
    """What stands before each cell where a phone shows every row as a block of lines."""
    if len(titles) <= MOST_ACROSS:
        return [None] * len(titles)
    return list(titles)


def framed(head: h.Node, body: h.Node, columns: int, caption: str = "") -> Html:
    """A table of rows that are HTML; one of many columns is blocks of lines on a phone."""
    title = h.caption[caption] if caption else None
    looks = "lt-table lt-blocks" if columns > MOST_ACROSS else "lt-table"
    if columns > MOST_ON_SCREEN:
        looks += " lt-wide"
    whole = h.table[title, h.thead[h.tr[head]], h.tbody[body]]
    return Markup(h.div(class_=looks, tabindex="0")[whole])


def sliding(head: h.Node, body: h.Node, looks: str) -> Html:
    """A table that is wide by its nature: on a phone it slides below its first column."""
    hint = _("The table slides sideways.")
    return h.fragment[
        h.p(".lt-slide-hint")[hint, " ↔"],
        h.div(class_=f"lt-table lt-slides {looks}", tabindex="0")[
            h.table[h.thead[h.tr[head]], h.tbody[body]]
        ],
    ]


def _later(html: Html, rows_count: int) -> Html:
    """The place of a table, in which `pictures.js` puts it: at once only where it is in sight."""
    place = h.div(".lt-later", style=f"min-height:{ROW_HEIGHT * (rows_count + 1)}px")
    return with_long(place, "data-html", html.__html__())


def _right(column: Column) -> str | None:
    return "lt-num" if column.number else None


def with_unit(metric: Metric, per: str = "total") -> str:
    """The title of a metric and its unit, above or before numbers without one."""
    return _("{title} ({unit})").format(
        title=metric.title.pick(), unit=number_text.unit(metric, per)
    )
