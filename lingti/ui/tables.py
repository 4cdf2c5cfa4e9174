"""Tables as HTML, which print and can be read aloud, with their downloads."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from html import escape, unescape
from typing import Any

import pandas as pd

from lingti import catalog
from lingti.catalog import DISTRICT, Metric
from lingti.charts import Look
from lingti.judging import number_text
from lingti.judging.period_values import Period, View
from lingti.language import gettext as _
from lingti.ui import url
from lingti.ui.cards import value_html, which_number
from lingti.ui.downloads import MOST_DOWNLOADED, downloads, written
from lingti.ui.frame import Page
from lingti.ui.html_out import put
from lingti.ui.row_links import defined, opening
from lingti.warehouse.frames import plain, rows

MOST_ROWS = 200
LONGEST_LINE, LONGEST_NUMBER = 26, 11  # letters; what is longer may be broken between its words
MOST_ON_SCREEN = 10  # columns; what has more slides beside its first one
MOST_ACROSS = 2  # columns that have room beside each other on a phone
ROW_HEIGHT = 40  # px of most rows, so that little moves when a table comes


@dataclass(frozen=True)
class Column:
    """A column of a table: the frame's column, its heading, and how a cell is written as HTML.

    Without `html` a cell is written as text; with `html=str` it is HTML already, and a download
    holds its words. `number` aligns to the right; `heading` makes cells row headings.
    """

    key: str
    title: str
    html: Callable[[Any], str] | None = None
    number: bool = False
    heading: bool = False


def unbroken(cell: Any) -> str:
    """A cell's text as HTML on one line, unless it is very long; for `Column.html`."""
    words = str(cell)
    if _width(words) > LONGEST_LINE:
        return escape(words)
    return f"<span class='lt-unbroken'>{escape(words)}</span>"


def _width(words: str) -> int:
    """How many letters wide words are; a Chinese character is as wide as two."""
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in words)


def breakable(cell: Any) -> str:
    """The name of a file as HTML, broken anywhere where there is no room; for `Column.html`."""
    return f"<span class='lt-name'>{escape(str(cell))}</span>"


def table(frame: pd.DataFrame, columns: Sequence[Column], *, name: str, caption: str = "") -> None:
    """A table of a frame with its downloads; the first 200 rows are shown, all are downloaded.

    `name` is the name of the downloaded files, without ending; unique on a page.
    """
    listing(frame.head(MOST_ROWS), columns, caption=caption)
    say_cut(len(frame), MOST_ROWS)
    downloads(partial(as_downloaded, frame, columns), name=name)


def as_downloaded(frame: pd.DataFrame, columns: Sequence[Column]) -> pd.DataFrame:
    """The columns of a table as downloads hold them."""
    written = [
        frame[column.key].map(_words) if column.html is str else frame[column.key]
        for column in columns
    ]
    return pd.concat(written, axis=1, keys=[column.title for column in columns], names=[None])


def _words(code: str) -> str:
    """The words of some HTML."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", code)).split())


def say_cut(rows_count: int, most: int) -> None:
    """Says so where a table shows only the first of its rows."""
    said = ""
    if rows_count > MOST_DOWNLOADED:
        said = _("The first {shown} of {all} rows; the download has the first {most}.").format(
            shown=most,
            all=number_text.exact(rows_count),
            most=number_text.exact(MOST_DOWNLOADED),
        )
    elif rows_count > most:
        said = _("The first {shown} of {all} rows; the download has them all.").format(
            shown=most, all=number_text.exact(rows_count)
        )
    if said:
        put(f"<p class='lt-chart-sub'>{escape(said)}</p>")


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

    def html(self) -> str:
        """The number in the look of its state, as a link to its rows."""
        value, per = plain(self.row.value), self.view.per
        name, place = self.metric.name, self.row.community
        which = which_number(name, place, self.period, value, per, *self.member)
        shown = value_html(value, self.row.state, self.metric, per, which)
        if value is None or not self.view.opens(place):
            return shown
        return opening(shown, name, place, self.period.id, *self.member)

    def written(self) -> float | str:
        """What a download holds: the exact number, or the word for why there is none."""
        value = plain(self.row.value)
        if value is None:
            return number_text.state(number_text.state_of(None, self.row.state))
        return value


Grid = list[tuple[str, list[Cell]]]  # rows, each with its title


def by_community(page: Page, view: View, totals: pd.DataFrame, *, name: str) -> None:
    """The metrics of `compare.totals` as rows and the places as columns, with downloads."""
    grid = partial(_metrics_by_place, view, totals)
    number_grid(page, view.places, _("Metric"), grid, f"{name}-{view.period.id}")


def _metrics_by_place(view: View, totals: pd.DataFrame) -> Grid:
    known = catalog.metrics()
    cells = {(row.metric, row.community): row for row in rows(totals)}
    return [
        (
            with_unit(known[metric], view.per),
            [Cell(cells[metric, place], known[metric], view, view.period) for place in view.places],
        )
        for metric in dict.fromkeys(totals["metric"])
    ]


def over_time(page: Page, view: View, frame: pd.DataFrame, *, name: str) -> None:
    """One metric of `compare.over_time`: periods as rows, the newest first, places as columns."""
    metric = catalog.metrics()[str(frame["metric"].iloc[0])]
    there = set(frame["community"])
    places = [place for place in view.places if place in there]
    grid = partial(_periods_by_place, metric, view, frame, places)
    number_grid(page, places, with_unit(metric, view.per), grid, name)


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


def number_grid(
    page: Page,
    places: list[str],
    corner: str,
    grid: Callable[[], Grid],
    name: str,
    *,
    most: int = MOST_ROWS,
) -> None:
    """A table of numbers with a column per place, the district's set off, and its downloads.

    `corner` heads the rows' titles. The first `most` rows are shown, all are downloaded. `grid` is
    called when its cells are needed: a `partial` of a function of its own is drawn once.
    """
    html, rows_count = _grid_html(page.look, places, corner, grid, most)
    put(_later(html, min(rows_count, most)))
    say_cut(rows_count, most)
    downloads(partial(_grid_frame, page.look, places, corner, grid), name=name)


@url.linked_once
def _grid_html(
    look: Look, places: list[str], corner: str, make: Callable[[], Grid], most: int
) -> tuple[str, int]:
    """The first `most` rows as HTML, and how many rows there are."""
    grid = make()
    looks = ["lt-num lt-all" if place == DISTRICT else "lt-num" for place in places]
    head = f"<th scope='col'>{escape(corner)}</th>" + "".join(
        f"<th scope='col' class='lt-num'>{escape(look.name(place))}</th>" for place in places
    )
    named = labels([corner, *map(look.name, places)])[1:]
    of_metrics = corner == _("Metric")  # then each row is a metric, and its title is defined
    body = "".join(
        f"<tr><th scope='row'>{_row_title(title, cells, of_metrics)}</th>"
        + "".join(
            _number_cell(cell.html(), tone, label)
            for tone, cell, label in zip(looks, cells, named, strict=True)
        )
        + "</tr>"
        for title, cells in grid[:most]
    )
    return framed(head, body, len(places) + 1), len(grid)


def _row_title(title: str, cells: list[Cell], defines: bool) -> str:
    return defined(cells[0].metric, title) if defines and cells else escape(title)


def _grid_frame(
    look: Look, places: list[str], corner: str, make: Callable[[], Grid]
) -> pd.DataFrame:
    """The grid as downloads hold it."""
    names = [look.name(place) for place in places]
    written = [[title, *(cell.written() for cell in cells)] for title, cells in make()]
    return pd.DataFrame(written, columns=[corner, *names])


@url.linked_once
def html_of(frame: pd.DataFrame, columns: Sequence[Column], caption: str = "") -> str:
    """The HTML of a table; every cell is escaped but those a column writes itself."""
    head = "".join(
        f"<th scope='col'{_right(column)}>{escape(column.title)}</th>" for column in columns
    )
    body = []
    beside = labels([column.title for column in columns])
    for row in rows(frame[[column.key for column in columns]]):
        cells = []
        for column, cell, label in zip(columns, row, beside, strict=True):
            shown = column.html(cell) if column.html else escape(str(written(cell) or ""))
            tag = "th scope='row'" if column.heading else "td"
            named = "" if column.heading else label
            if column.number and not column.heading:
                cells.append(_number_cell(shown, "lt-num", named))
            else:
                cells.append(f"<{tag}{_right(column)}{named}>{shown}</{tag.split()[0]}>")
        body.append(f"<tr>{''.join(cells)}</tr>")
    return framed(head, "".join(body), len(columns), caption)


def _number_cell(shown: str, looks: str, label: str) -> str:
    """A cell of a number; the unit of a very long one may stand below it."""
    long = " lt-long" if _width(_words(shown)) > LONGEST_NUMBER else ""
    return f"<td class='{looks}{long}'{label}>{shown}</td>"


def labels(titles: Sequence[str]) -> list[str]:
    """What stands before each cell where a phone shows every row as a block of lines."""
    if len(titles) <= MOST_ACROSS:
        return [""] * len(titles)
    return [f" data-label='{escape(title)}'" for title in titles]


def framed(head: str, body: str, columns: int, caption: str = "") -> str:
    """A table of rows that are HTML; one of many columns is blocks of lines on a phone."""
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    looks = "lt-table lt-blocks" if columns > MOST_ACROSS else "lt-table"
    if columns > MOST_ON_SCREEN:
        looks += " lt-wide"
    return (
        f"<div class='{looks}' tabindex='0'><table>{title}<thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def sliding(head: str, body: str, looks: str) -> str:
    """A table that is wide by its nature: on a phone it slides below its first column."""
    hint = escape(_("The table slides sideways."))
    return (
        f"<p class='lt-slide-hint'>{hint} ↔</p>"
        f"<div class='lt-table lt-slides {looks}' tabindex='0'><table>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _later(html: str, rows_count: int) -> str:
    """The place of a table, in which `pictures.js` puts it: at once only where it is in sight."""
    return (
        f"<div class='lt-later' style='min-height:{ROW_HEIGHT * (rows_count + 1)}px'"
        f' data-html="{html.replace("&", "&amp;").replace(chr(34), "&quot;")}"></div>'
    )


def _right(column: Column) -> str:
    return " class='lt-num'" if column.number else ""


def with_unit(metric: Metric, per: str = "total") -> str:
    """The title of a metric and its unit, above or before numbers without one."""
    return _("{title} ({unit})").format(
        title=metric.title.pick(), unit=number_text.unit(metric, per)
    )
