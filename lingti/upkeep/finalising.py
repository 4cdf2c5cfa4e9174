"""Finalising a month: what was accepted becomes an edition, with its documents, and is published.

What is numbers and verdicts is read, and the documents are made, before anybody is kept waiting;
then, as the only writer, it is seen that nothing has changed meanwhile, and the edition appears.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from lingti import district, entries, language, warehouse
from lingti.access import audit, roles
from lingti.catalog import DISTRICT
from lingti.editions import contents, held, keeping, revisions, submissions
from lingti.editions.keeping import Edition
from lingti.editions.submissions import ACCEPTED, FINAL, Standing
from lingti.ingest.keeping import batches
from lingti.judging.periods import Period
from lingti.language import gettext as _
from lingti.report import monthly_set
from lingti.report.documents import FORMATS, Wish, make, slides
from lingti.report.gathering import PUBLISHED_GRAINS, gather
from lingti.report.inputs import Material
from lingti.report.slides import kept_slides
from lingti.report.slides.slide import Slide
from lingti.upkeep import logs, publishing
from lingti.warehouse import Warehouse

Progress = Callable[[str, float], None]
OFFICIAL, VIEWER = "official", "viewer"  # kinds of reader, for whom documents are kept
TRIES = 3  # an import may come between


class NotFinalError(Exception):
    """A month that cannot be finalised now; `blocking` says of whom it is not accepted."""

    def __init__(self, says: str, blocking: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(says)
        self.blocking = list(blocking)


@dataclass(frozen=True)
class _Seen:
    """What an edition is made from: what is read again, to see that it is still the same."""

    path: Path
    standings: tuple[Standing, ...]


def secretary(community: str) -> str:
    """The kind of reader that the secretary of a community is."""
    return f"secretary-{community}"


def document(
    home: Path, edition: Edition, reader: str, period: str, community: str | None, ending: str
) -> bytes:
    """A document as it was kept for a kind of reader. Raises NoEditionError where there is none.

    Readers of published values get none where few people made a difference since: who has both
    would know what they did.
    """
    place = community or DISTRICT
    name = f"{reader}/{period}/{place}.{ending}"
    found = keeping.document(home, edition, name)
    if found is None:
        known = ", ".join(keeping.documents(edition, reader)) or "–"
        says = _("The edition {edition} has no {name}. It has: {known}.")
        raise keeping.NoEditionError(says.format(edition=edition.name, name=name, known=known))
    told = warehouse.current(home, roles.PUBLISHED)
    if reader != OFFICIAL and not held.may_have_documents(home, edition, told):
        says = _("Since {edition} 1 to 4 people made a difference, so it is not handed out.")
        raise keeping.NoEditionError(says.format(edition=edition.name))
    return found


def finalise(
    home: Path,
    month: Period,
    by: str,
    *,
    without: Mapping[str, str] | None = None,
    formats: Sequence[str] = FORMATS,
    spoken: str | None = None,
    progress: Progress = lambda _what, _share: None,
) -> Edition:
    """Makes the next edition of a month; `without` are communities left out, with the reason.

    Raises NotFinalError where something expected is not accepted, or nothing has changed since the
    last edition; HomeError where it cannot be written.
    """
    left_out = dict(without or {})
    for _attempt in range(TRIES):
        seen = _look(home, month)
        _refuse(home, month, seen, left_out)
        publishing.publish_to_readers(home, by)
        made = _make(
            home, month, seen, left_out, by, spoken or language.current(), formats, progress
        )
        with batches.writing(home, timeout_s=publishing.PATIENCE_S):
            if _look(home, month) == seen:
                kept = keeping.keep(home, *made)
                audit.note(home, "finalise", by, edition=kept.name, without=left_out or None)
                _give_out(home, kept)
                return kept
    says = _("Others are importing; {period} was not finalised. Try again.")
    raise NotFinalError(says.format(period=month.id), [])


def finalise_job(
    home: Path, arguments: Mapping[str, Any], payload: bytes, report: Progress
) -> dict[str, Any]:
    """The job `finalise`: `arguments` are period, without, language and by."""
    month = submissions.month_of(warehouse.current(home), str(arguments["period"]))
    if month is None:
        raise NotFinalError(_("There is no month {name!r}.").format(name=arguments["period"]), [])
    made = finalise(
        home,
        month,
        str(arguments["by"]),
        without=arguments["without"],
        spoken=str(arguments["language"]),
        progress=report,
    )
    return {"edition": made.name}


def _give_out(home: Path, edition: Edition) -> None:
    """The monthly set, where it waited for the edition; which stands where that cannot be."""
    try:
        monthly_set.of_edition(home, edition, OFFICIAL)
    except OSError as error:
        logs.failure(error)


def _look(home: Path, month: Period) -> _Seen:
    return _Seen(warehouse.current(home).path, tuple(submissions.standings(home, month)))


def _refuse(home: Path, month: Period, seen: _Seen, left_out: Mapping[str, str]) -> None:
    open_ones = [
        one
        for one in seen.standings
        if one.status not in (ACCEPTED, FINAL) and one.community not in left_out
    ]
    if open_ones or not seen.standings:
        blocking = [
            {"community": one.community, "status": one.status, "blocking": one.blocking}
            for one in open_ones
        ]
        names = language.words(one.community for one in open_ones)
        says = (
            _("{period} cannot be finalised: not accepted of {names}.")
            if open_ones
            else _("{period} cannot be finalised: nothing of it is expected or came.")
        )
        raise NotFinalError(says.format(period=month.id, names=names), blocking)
    in_it = [one.community for one in seen.standings if one.community not in left_out]
    last = keeping.newest(home, month.id)
    if not in_it:
        says = _("{period} cannot be finalised without every community.")
        raise NotFinalError(says.format(period=month.id), [])
    if last and set(in_it) <= set(last.communities) and not revisions.of_edition(home, last):
        says = _("Nothing has changed since {edition}; it stands.")
        raise NotFinalError(says.format(edition=last.name), [])


def _make(
    home: Path,
    month: Period,
    seen: _Seen,
    left_out: Mapping[str, str],
    by: str,
    spoken: str,
    formats: Sequence[str],
    progress: Progress,
) -> tuple[Edition, Mapping[str, Any], Mapping[str, bytes]]:
    whole, told = warehouse.current(home), warehouse.current(home, roles.PUBLISHED)
    settings = district.load(home)
    places = [one.community for one in seen.standings if one.community not in left_out]
    periods = contents.periods_ending(whole, month)
    tables = contents.tables(whole, told, periods, places)
    edition = _edition(home, whole, month, periods, by, spoken)
    edition = replace(
        edition,
        communities=_signed(home, whole, month, seen.standings, places),
        without=dict(left_out),
        settings=contents.settings_mark(settings),
        findings=tuple(contents.findings(whole, month, places)),
    )
    documents = _documents(home, edition, periods, places, formats, progress)
    return edition, tables, documents


def _edition(
    home: Path, whole: Warehouse, month: Period, periods: Sequence[Period], by: str, spoken: str
) -> Edition:
    last = keeping.newest(home, month.id)
    counted = [row["batch"] for row in whole.rows("select batch from batches order by batch")]
    return Edition(
        period=month.id,
        number=last.number + 1 if last else 1,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        by=by,
        program=metadata.version("lingti"),
        language=spoken,
        communities={},
        without={},
        periods=tuple(
            (one.grain, one.id, str(one.first_day), str(one.last_day)) for one in periods
        ),
        batches={str(one): batches.checksum(home / "batches" / f"{one:06d}") for one in counted},
        last_entry=entries.last_number(home),
        settings="",
        metrics=contents.metric_versions(whole.catalog.metrics.values()),
        findings=(),
    )


def _signed(
    home: Path,
    whole: Warehouse,
    month: Period,
    standings: Sequence[Standing],
    places: Sequence[str],
) -> dict[str, dict[str, Any]]:
    """Per community what its month rests on, who submitted and accepted it, and what they said."""
    rests = submissions.rests_of(whole, month)
    return {
        one.community: {
            **rests.of(one.community),
            **submissions.signatures(home, one.community, month.id),
            "remarks": one.document()["remarks"],
        }
        for one in standings
        if one.community in places
    }


def _documents(
    home: Path,
    edition: Edition,
    periods: Sequence[Period],
    places: Sequence[str],
    formats: Sequence[str],
    progress: Progress,
) -> dict[str, bytes]:
    """Reader, period, place and ending → a document: every one for officials and for readers of
    published values, and for each secretary the own ones."""
    wish = Wish(edition.language)
    everything = [DISTRICT, *places]
    readers: list[tuple[str, dict[str, Any], list[str]]] = [
        (OFFICIAL, {}, everything),
        (VIEWER, {"published": True}, everything),
        *((secretary(one), {"published": True, "exact": [one]}, [one]) for one in places),
    ]
    wanted = [
        (reader, said, period, place)
        for period in periods
        if period.grain in PUBLISHED_GRAINS
        for reader, said, of in readers
        for place in of
        if formats
    ]
    made: dict[str, bytes] = {}
    materials: dict[tuple[str, str], Any] = {}
    for number, (reader, said, period, place) in enumerate(wanted):
        progress(f"{period.id} {place}", number / len(wanted))
        key = (reader, period.id)
        if key not in materials:
            materials = {key: gather(home, period.id, edition=edition, **said)}
        for ending in formats:
            name = f"{reader}/{period.id}/{place}.{ending}"
            made[name] = make(materials[key], place, ending, wish)
        if reader == VIEWER:  # the room before a projector sees what is published
            name = f"{reader}/{period.id}/{place}.{kept_slides.ENDING}"
            made[name] = kept_slides.packed(_slides(home, materials[key], place, wish))
    return made


def _slides(home: Path, material: Material, place: str, wish: Wish) -> list[Slide]:
    """The usual slides of a place, and those of metrics that are remembered for it."""
    more = kept_slides.metrics_of(kept_slides.remembered(home, place), material.catalog.metrics)
    made = slides(material, place, wish)
    if more:
        made += slides(material, place, replace(wish, metrics=more))
    return list({one.id: one for one in made}.values())
