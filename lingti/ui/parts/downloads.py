"""Files of tables, as xlsx and as CSV, offered as buttons or as links."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any

import htpy as h
import pandas as pd
import streamlit as st

from lingti.ingest.values.formula_text import harmless
from lingti.language import gettext as _
from lingti.ui.parts import html_out, url
from lingti.ui.parts.html_out import Html, put
from lingti.ui.window import session
from lingti.ui.window.served_home import home_folder

# A spreadsheet takes a million rows; beyond this a download is no longer something to read.
MOST_DOWNLOADED = 200_000


def downloads(frame: pd.DataFrame | Callable[[], pd.DataFrame], *, name: str) -> None:
    """Offers a frame as xlsx and as CSV (UTF-8 with BOM, as Excel reads it).

    A frame that is costly to make is given as a function, called when it is downloaded. Among
    pieces that go out together stand links, and the button comes once a link was clicked.
    """
    files = {ending: f"{name}.{ending}" for ending in _FORMATS}
    if not html_out.are_together():
        with st.container(horizontal=True, key=f"lt-downloads-{name}", gap="small"):
            for ending, file in files.items():
                _button(frame, ending, file, key=f"download-{name}-{ending}")
        return
    put(h.div(".lt-downloads")[[_link(ending, file) for ending, file in files.items()]])
    asked, sign = url.taken()
    for ending, file in files.items():
        if file == asked:
            with st.sidebar, st.container(key="lt-taken"):
                _button(frame, ending, file, key=f"lt-take-{sign}")


def _link(ending: str, file: str) -> Html:
    words = _("Download {ending}").format(ending=ending)
    here = url.changed(url.TAKEN, "")
    return h.a(".lt-take", data_file=file, href=here)[h.i(data_icon="download"), words]


def _button(
    frame: pd.DataFrame | Callable[[], pd.DataFrame], ending: str, file: str, *, key: str
) -> None:
    make, mime = _FORMATS[ending]
    st.download_button(
        _("Download {ending}").format(ending=ending),
        data=session.export(home_folder(), file, partial(_file_of, make, frame)),
        file_name=file,
        mime=mime,
        key=key,
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )


def _file_of(
    make: Callable[[pd.DataFrame], bytes], frame: pd.DataFrame | Callable[[], pd.DataFrame]
) -> bytes:
    return make(frame() if callable(frame) else frame)


def to_csv(frame: pd.DataFrame) -> bytes:
    """The frame as CSV with BOM; what would run as a formula is made harmless."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([harmless(str(column)) for column in frame.columns])
    for row in frame.itertuples(index=False):
        writer.writerow([harmless(written(cell)) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(frame: pd.DataFrame) -> bytes:
    """The frame as a workbook with a bold, frozen heading; text is never taken for a formula."""
    import xlsxwriter

    out = io.BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, settings) as book:
        sheet = book.add_worksheet()
        heads = [str(column) for column in frame.columns]
        sheet.write_row(0, 0, heads, book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(frame.itertuples(index=False), 1):
            for place, cell in enumerate(row):
                value = written(cell)
                if isinstance(value, str):
                    sheet.write_string(number, place, harmless(value))
                elif value is not None:
                    sheet.write_number(number, place, value)
        sheet.autofit()
    return out.getvalue()


def written(cell: Any) -> Any:
    """A cell as a file holds it: days in ISO 8601, missing ones empty, numbers as numbers."""
    if isinstance(cell, (pd.Timestamp, datetime)):
        return "" if pd.isna(cell) else cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str) or cell is None:
        return cell
    return None if pd.isna(cell) else int(cell) if float(cell).is_integer() else float(cell)


_FORMATS = {
    "xlsx": (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (to_csv, "text/csv"),
}
