"""The reports page: what to make, how it will look, and the monthly set made in the background."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

import htpy as h
import streamlit as st

from lingti import language, report
from lingti.access.roles import EVERYTHING, ReaderView
from lingti.catalog import DISTRICT
from lingti.judging import number_text
from lingti.judging.periods import LONGER, Period
from lingti.language import gettext as _
from lingti.report import Material, Wish
from lingti.report.monthly_set import FOLDER
from lingti.report.sentences import exact_numbers
from lingti.ui.documents import document_preview
from lingti.ui.parts import pickers, url
from lingti.ui.parts.elements import empty
from lingti.ui.parts.html_out import send
from lingti.ui.window import session
from lingti.ui.window.filters import chosen_period
from lingti.ui.window.frame import Page
from lingti.ui.window.redrawing import redrawn
from lingti.ui.window.served_home import changed_at, home_folder
from lingti.upkeep import jobs
from lingti.upkeep.jobs import Job
from lingti.warehouse import longer

GRAINS = ("month", "quarter", "year")
YEARS_TO_DATE = 12
POLL_S = 1.0
MOST_JOBS = 3


@dataclass(frozen=True)
class Choice:
    """What is to be made: of which place and period, in which format, and how."""

    place: str
    period: Period
    ending: str
    wish: Wish


def choices(page: Page) -> Choice:
    """Draws the choices, which the address keeps, and returns them.

    Ends the run kindly for somebody who may make no reports.
    """
    page = _with_longer(page)
    period = chosen_period(page, (*GRAINS, *LONGER))
    places = [place for place in _places(page) if _may(page, place)]
    if not places:
        empty(_("Reports are made by officials, and by secretaries for their communities."))
        st.stop()
    with st.container(horizontal=True, key="lt-filters", vertical_alignment="bottom", gap="small"):
        place = pickers.choose_one("of", places, page.look.name, _("Of"))
        period = _period(page, period)
        ending = pickers.choose_one("as", report.FORMATS, _kinds().__getitem__, _("As"))
        names = {"zh": "中文", "en": "English"}
        order = [language.current(), *(name for name in names if name != language.current())]
        spoken = pickers.choose_one("text", order, names.__getitem__, _("Language"))
        ratio = report.RATIOS[0]
        if ending == "pptx":
            ratio = pickers.choose_one("ratio", report.RATIOS, str, _("Format"))
    return Choice(place, period, ending, Wish(spoken, ratio))


def _with_longer(page: Page) -> Page:
    """Also half-years, and the newest years to date."""
    by_grain: dict[str, list[Period]] = {grain: [] for grain in LONGER}
    for grain, *more in longer.periods(page.warehouse):
        by_grain[grain].append(Period(grain, *more))
    newest = by_grain["year-to-date"][-YEARS_TO_DATE:]
    return replace(page, periods={**page.periods, **by_grain, "year-to-date": newest})


def _places(page: Page) -> list[str]:
    return [DISTRICT, *(community.id for community in page.district.communities)]


def _may(page: Page, place: str) -> bool:
    """Whether the visitor may make reports of a place."""
    return page.may("report", None if place == DISTRICT else place)


def _period(page: Page, chosen: Period) -> Period:
    """The months, the quarters, the years and what is longer, each the newest first."""
    options = [period for grain in (*GRAINS, *LONGER) for period in reversed(page.periods[grain])]
    by_id = {option.id: option for option in options}
    st.selectbox(
        _("Period"),
        list(by_id),
        format_func=lambda period_id: number_text.period(by_id[period_id].grain, period_id),
        width=190,
        **url.follow("report-period", url.PERIOD, chosen.id, str),
    )
    return chosen


def _kinds() -> dict[str, str]:
    return {
        "docx": _("Briefing (Word)"),
        "pptx": _("Slides (PowerPoint)"),
        "xlsx": _("Workbook (Excel)"),
        "html": _("Offline slides"),
    }


@st.cache_resource(max_entries=6, show_spinner=False)
def _material(
    version: str,
    home: Path,
    changed_at: float,
    period: str,
    published: bool,
    exact: tuple[str, ...],
    today: date,
) -> Material:
    """The data of a period, read once for every document of it.

    `changed_at` tells apart what people entered or set since.
    """
    reader = ReaderView(frozenset(exact)) if published else EVERYTHING
    return report.gather(home, period, published=published, exact=exact, today=today, reader=reader)


def material(page: Page, choice: Choice) -> Material:
    """The data that the documents of a choice are made of."""
    of_district = _material(
        page.warehouse.version,
        home_folder(),
        changed_at(home_folder()),
        choice.period.id,
        page.published,
        tuple(sorted(page.exact)),
        page.today,
    )
    return of_district.of(choice.place)


def download(page: Page, choice: Choice) -> None:
    """The button that makes the file and hands it over."""
    of_place = material(page, choice)
    name = report.file_name(of_place, choice.place, choice.ending, choice.wish)
    make = partial(report.make, of_place, choice.place, choice.ending, choice.wish)
    st.download_button(
        _("Download: {kind}").format(kind=_kinds()[choice.ending]),
        data=session.export(page.district.home, name, make),
        file_name=name,
        mime=report.MIME[choice.ending],
        on_click="ignore",
        type="primary",
        icon=":material/download:",
    )
    st.caption(
        _("This document holds {numbers}; {data_date}.").format(
            numbers=exact_numbers.exactness(of_place, choice.place),
            data_date=exact_numbers.as_of(of_place, choice.place),
        )
    )


def preview(page: Page, choice: Choice) -> None:
    """The document as it will look."""
    document_preview.draw(page, material(page, choice), choice.place, choice.ending, choice.wish)


def monthly_set(page: Page, choice: Choice) -> None:
    """Makes every community's and the district's files in one go, in a process of its own.

    For those who may report on the district; the numbers are exact.
    """
    if not _may(page, DISTRICT):
        empty(_("The set of all communities is made by officials."))
        return
    running = _jobs(only_running=True)
    if st.button(
        _("Prepare the set for {period}").format(
            period=number_text.period(choice.period.grain, choice.period.id)
        ),
        disabled=bool(running),
        icon=":material/folder_zip:",
    ):
        jobs.start(
            home_folder(),
            "monthly_set",
            {
                "period": choice.period.id,
                "language": choice.wish.language,
                "ratio": choice.wish.ratio,
                "formats": list(report.FORMATS),
                "published": False,
            },
            by=pickers.author(),
        )
        st.rerun()
    redrawn(_progress, POLL_S if running else None)


def _jobs(*, only_running: bool = False) -> list[Job]:
    """The newest sets."""
    newest = jobs.recent(home_folder(), "monthly_set")
    return [job for job in newest if not only_running or not job.is_over][:MOST_JOBS]


def _progress() -> None:
    """The newest sets: how far they are, and their zip once they are done."""
    newest = _jobs()
    was_running = st.session_state.get("set-running", False)
    st.session_state["set-running"] = any(not job.is_over for job in newest)
    if was_running and not st.session_state["set-running"]:
        st.rerun()
    if not newest:
        empty(_("No set has been prepared yet."))
    for job in newest:
        _job(job)


def _job(job: Job) -> None:
    period = str(job.arguments["period"])
    if not job.is_over:
        st.progress(job.share, text=f"{period} · {job.step}")
    elif job.state == "done":
        _zip(job)
    else:
        send(h.p(".lt-empty")[f"{period} · {job.error}"])


def _zip(job: Job) -> None:
    path = home_folder() / FOLDER / Path(str(job.result["file"])).name
    if not path.exists():
        return
    st.download_button(
        _("Download {file} ({size} MB)").format(
            file=path.name, size=number_text.exact(path.stat().st_size / 1e6, 1)
        ),
        data=session.export(home_folder(), path.name, path.read_bytes),
        file_name=path.name,
        mime=report.MIME["zip"],
        key=f"zip-{job.id}",
        on_click="ignore",
        icon=":material/download:",
    )
