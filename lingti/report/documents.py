"""Makes documents: one, or the set of every community's and the district's."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lingti import charts, language, palette
from lingti.catalog import DISTRICT
from lingti.judging import number_text
from lingti.language import gettext as _
from lingti.report import letterhead
from lingti.report.briefing import memo
from lingti.report.gathering import ReportError, gather, place_of
from lingti.report.inputs import Material
from lingti.report.sentences import exact_numbers
from lingti.report.slides.deck_slides import WIDTHS, deck
from lingti.report.slides.slide import Slide

FORMATS = ("docx", "pptx", "xlsx", "html")
RATIOS = tuple(WIDTHS)
DISTRICT_COLOUR = palette.DISTRICT
MIME = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html",
    "zip": "application/zip",
}

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Wish:
    """How documents are wanted: in which language, and for decks the metrics and the ratio.

    `metrics` empty means the place's own headlines.
    """

    language: str = "zh"
    ratio: str = "16:9"
    metrics: tuple[str, ...] = ()


def render(
    home: Path,
    community: str | None,
    period: str,
    format: str,
    language: str | None = None,
    *,
    published: bool = False,
    ratio: str = "16:9",
    metrics: Sequence[str] = (),
    today: date | None = None,
) -> bytes:
    """One document of a community, or of the district (None), for a period.

    `format` is docx, pptx, xlsx or html; `language` zh or en, the current one if not given.
    `published` leaves out small counts of people. Raises ReportError for what there is not, and
    `TemplateError` for a template of the home that asks for what there is not.
    """
    material = gather(home, period, published=published, today=today)
    return make(material, community, format, _wish(language, ratio, metrics))


def make(material: Material, community: str | None, ending: str, wish: Wish) -> bytes:
    """One document out of material that is already read."""
    _refuse_unknown(material, ending, wish)
    place = place_of(material, community)
    with exact_numbers.speaking(wish.language):
        return _MAKERS[ending](material.of(place), place, wish)


def slides(material: Material, community: str | None, wish: Wish = Wish()) -> list[Slide]:
    """The slides of a deck in the wish's language."""
    place = place_of(material, community)
    with exact_numbers.speaking(wish.language):
        return deck(material.of(place), place, wish.metrics)


def render_all(
    home: Path,
    period: str,
    out_dir: Path,
    progress: Progress | None = None,
    *,
    endings: Iterable[str] = FORMATS,
    wish: Wish = Wish(),
    published: bool = False,
    today: date | None = None,
) -> list[Path]:
    """Writes every community's and the district's documents into a folder, and names them.

    `progress` is told what was made and the share done. Each file appears whole or not at all.
    """
    material = gather(home, period, published=published, today=today)
    out_dir.mkdir(parents=True, exist_ok=True)
    written = []
    for name, data in _each(material, wish, tuple(endings), progress):
        path = out_dir / name
        draft = path.with_name(f".{path.name}.draft")
        draft.write_bytes(data)
        draft.replace(path)
        written.append(path)
    return written


def zipped(
    home: Path,
    period: str,
    progress: Progress | None = None,
    *,
    endings: Iterable[str] = FORMATS,
    wish: Wish = Wish(),
    published: bool = False,
) -> bytes:
    """The same documents in one zip."""
    material = gather(home, period, published=published)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in _each(material, wish, tuple(endings), progress):
            archive.writestr(name, data)
    return out.getvalue()


def _each(
    material: Material, wish: Wish, endings: Sequence[str], progress: Progress | None
) -> Iterable[tuple[str, bytes]]:
    places = (DISTRICT, *(community.id for community in material.district.communities))
    jobs = [(place, ending) for place in places for ending in endings]
    for number, (place, ending) in enumerate(jobs):
        name = file_name(material, place, ending, wish)
        if progress:
            progress(name, number / len(jobs))
        yield name, make(material, place, ending, wish)


def file_name(material: Material, community: str | None, ending: str, wish: Wish) -> str:
    """What a file is called: place, period, kind, in the language of the document."""
    place = place_of(material, community)
    with exact_numbers.speaking(wish.language):
        kind = {
            "docx": _("briefing"),
            "pptx": _("slides"),
            "xlsx": _("workbook"),
            "html": _("offline slides"),
        }[ending]
        period = material.view.period
        parts = [
            exact_numbers.name(material, place),
            number_text.period(period.grain, period.id),
            kind,
        ]
    return "_".join(part.replace(" ", "-").replace("/", "-") for part in parts) + f".{ending}"


def _docx(material: Material, place: str, wish: Wish) -> bytes:
    from lingti.report.word import file

    look = charts.look(material.district)
    return file.briefing(memo(material, place), material, place, look)


def _pptx(material: Material, place: str, wish: Wish) -> bytes:
    from lingti.report.slides import powerpoint

    look = charts.look(material.district)
    chosen_slides = deck(material, place, wish.metrics)
    emblem = letterhead.emblem(material)
    return powerpoint.deck(chosen_slides, look, accent(look, place), wish.ratio, emblem)


def _xlsx(material: Material, place: str, wish: Wish) -> bytes:
    from lingti.report.workbook import file

    return file.workbook(material, place, charts.look(material.district))


def _html(material: Material, place: str, wish: Wish) -> bytes:
    from lingti.report.html import offline_deck

    light = charts.look(material.district)
    dark = charts.look(material.district, dark=True)
    chosen_slides = deck(material, place, wish.metrics)
    emblem = letterhead.emblem(material)
    return offline_deck.deck(chosen_slides, light, dark, accent(light, place), emblem)


_MAKERS = {"docx": _docx, "pptx": _pptx, "xlsx": _xlsx, "html": _html}


def accent(look: charts.Look, place: str) -> str:
    """The colour of a place on its documents."""
    return DISTRICT_COLOUR if place == DISTRICT else look.colours[place]


def _wish(code: str | None, ratio: str, metrics: Sequence[str]) -> Wish:
    return Wish(code or language.current(), ratio, tuple(metrics))


def _refuse_unknown(material: Material, ending: str, wish: Wish) -> None:
    for given, known in (
        (ending, FORMATS),
        (wish.ratio, RATIOS),
        (wish.language, language.LANGUAGES),
    ):
        if given not in known:
            raise ReportError(
                _("{given!r} is unknown; use one of {known}.").format(
                    given=given, known=", ".join(known)
                )
            )
    for name in wish.metrics:
        if name not in material.catalog.metrics:
            raise ReportError(_("There is no metric {name!r}.").format(name=name))
