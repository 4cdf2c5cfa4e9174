"""The monthly set: every community's and the district's documents, as a job, after imports, and
of an edition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from lingti import district, language, warehouse
from lingti.editions import keeping
from lingti.editions.keeping import Edition
from lingti.judging import number_text, period_values
from lingti.judging.periods import periods_of
from lingti.language import gettext as _
from lingti.report.documents import Progress, Wish, file_name, render_all, zipped
from lingti.report.gathering import gather
from lingti.report.word.template import TemplateError

FOLDER = "reports"
KEPT = 6  # zips made by the page; each can be made again


def run(
    home: Path,
    arguments: Mapping[str, Any],
    payload: bytes,
    report: Callable[[str, float], None],
) -> dict[str, Any]:
    """The job `monthly_set`: makes one zip in `reports/` and returns its name.

    `arguments`: period, language, ratio, formats, published.
    """
    period = str(arguments["period"])
    published = bool(arguments["published"])
    wish = Wish(str(arguments["language"]), str(arguments["ratio"]))
    archive = zipped(
        home, period, report, endings=tuple(arguments["formats"]), wish=wish, published=published
    )
    kind = "published" if published else "exact"
    path = home / FOLDER / f"{period}-{wish.language}-{kind}.zip"
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    draft.write_bytes(archive)
    draft.replace(path)
    _prune(path.parent)
    return {"file": path.name, "bytes": len(archive)}


def _prune(folder: Path) -> None:
    by_age = sorted(folder.glob("*.zip"), key=lambda path: path.stat().st_mtime)
    for path in by_age[:-KEPT]:
        path.unlink(missing_ok=True)


def complete_months(home: Path) -> list[str]:
    """The months for which every day expected of every community is reported, oldest first."""
    data = warehouse.current(home)
    lacking = set(period_values.gaps(data, 0, None)["period"])
    return [period.id for period in periods_of(data)["month"] if period.id not in lacking]


def due(home: Path) -> str | None:
    """The newest complete month, if its set is asked for and was not made before.

    It is asked for where settings say `monthly_set`; with `monthly_set_waits` it comes with the
    edition of its month. What lies in `reports/` counts as made and is left alone.
    """
    settings = district.load(home)
    if not settings.monthly_set or settings.monthly_set_waits:
        return None
    months = complete_months(home)
    if not months or (home / FOLDER / months[-1]).exists():
        return None
    return months[-1]


def after_import(home: Path, progress: Progress | None = None) -> str:
    """Makes the set of a month that an import has just completed, as files in `reports/<month>/`.

    Returns what was done, or why it could not be, in words; "" where there was nothing to do. The
    import stands either way.
    """
    month = due(home)
    if month is None:
        return ""
    folder = home / FOLDER / month
    try:
        paths = render_all(home, month, folder, progress, wish=Wish(language.current()))
    except TemplateError as error:
        return str(error)
    return _("{count} documents of {month} are in {folder}.").format(
        count=len(paths), month=number_text.period("month", month), folder=folder
    )


def of_edition(home: Path, edition: Edition, reader: str) -> Path | None:
    """Writes the documents kept of an edition's month for a kind of reader into `reports/`.

    Where the set waits for the edition; of a further edition into a folder of its own. None where
    nothing is to be done.
    """
    settings = district.load(home)
    names = keeping.documents(edition, f"{reader}/{edition.period}")
    if not (settings.monthly_set and settings.monthly_set_waits and names):
        return None
    again = f"-{edition.number}" if edition.number > 1 else ""
    folder = home / FOLDER / f"{edition.period}{again}"
    folder.mkdir(parents=True, exist_ok=True)
    material = gather(home, edition.period, edition=edition)
    for name in names:
        place, _dot, ending = name.rpartition("/")[2].rpartition(".")
        path = folder / file_name(material, place, ending, Wish(edition.language))
        draft = path.with_name(f".{path.name}.draft")
        draft.write_bytes(keeping.document(home, edition, name) or b"")
        draft.replace(path)
    return folder
