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
from lingti.judging import number_text
from lingti.judging.periods import Period
from lingti.language import gettext as _
from lingti.personal_data import mask
from lingti.report import monthly_set
from lingti.report.documents import FORMATS
from lingti.upkeep import logs, publishing, rendering
from lingti.upkeep.rendering import OFFICIAL, VIEWER, secretary
from lingti.warehouse import Warehouse

Progress = Callable[[str, float], None]
__all__ = [
    "OFFICIAL",
    "VIEWER",
    "NotFinalError",
    "document",
    "finalise",
    "finalise_job",
    "secretary",
]
TRIES = 3  # an import may come between


class NotFinalError(Exception):
    """A month that cannot be finalised now; `blocking` says of whom it is not accepted."""

    def __init__(self, sentence: str, blocking: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(sentence)
        self.blocking = list(blocking)


@dataclass(frozen=True)
class _Seen:
    """What an edition is made from: what is read again, to see that it is still the same."""

    path: Path
    standings: tuple[Standing, ...]


def document(
    home: Path, edition: Edition, reader: str, period: str, community: str | None, ending: str
) -> bytes:
    """A document as it was kept for a kind of reader. Raises NoEditionError where there is none.

    Readers of published values get none where few people made a difference since: who has both
    would know what they did.
    """
    place = community or DISTRICT
    name = f"{reader}/{period}/{place}.{ending}"
    kept = keeping.document(home, edition, name)
    if kept is None:
        known = ", ".join(keeping.documents(edition, reader)) or "–"
        sentence = _("The edition {edition} has no {name}. It has: {known}.")
        raise keeping.NoEditionError(sentence.format(edition=edition.name, name=name, known=known))
    published = warehouse.current(home, roles.PUBLISHED)
    if reader != OFFICIAL and not held.may_have_documents(home, edition, published):
        sentence = _("Since {edition} 1 to 4 people made a difference, so it is not handed out.")
        raise keeping.NoEditionError(sentence.format(edition=edition.name))
    return kept


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
    last edition; HomeError where it cannot be written. Reasons are kept without names and phones,
    as an edition never changes.
    """
    left_out = {place: mask(reason.strip()) for place, reason in (without or {}).items()}
    for _attempt in range(TRIES):
        seen = _look(home, month)
        _refuse(home, month, seen, left_out)
        publishing.publish_to_readers(home, by)
        parts = _make(
            home, month, seen, left_out, by, spoken or language.current(), formats, progress
        )
        with batches.writing(home, timeout_s=publishing.PATIENCE_S):
            if _look(home, month) == seen:
                kept = keeping.keep(home, *parts)
                audit.note(home, "finalise", by, edition=kept.name, without=left_out or None)
                _give_out(home, kept)
                return kept
    sentence = _("Others are importing; {period} was not finalised. Try again.")
    period = number_text.period("month", month.id)
    raise NotFinalError(sentence.format(period=period), [])


def finalise_job(
    home: Path, arguments: Mapping[str, Any], payload: bytes, report: Progress
) -> dict[str, Any]:
    """The job `finalise`: `arguments` are period, without, language and by."""
    month = submissions.month_of(warehouse.current(home), str(arguments["period"]))
    if month is None:
        raise NotFinalError(_("There is no month {name!r}.").format(name=arguments["period"]), [])
    edition = finalise(
        home,
        month,
        str(arguments["by"]),
        without=arguments["without"],
        spoken=str(arguments["language"]),
        progress=report,
    )
    return {"edition": edition.name}


def _give_out(home: Path, edition: Edition) -> None:
    """The monthly set, where it waited for the edition; which stands where that cannot be."""
    try:
        monthly_set.of_edition(home, edition, OFFICIAL)
    except OSError as error:
        logs.failure(error)


def _look(home: Path, month: Period) -> _Seen:
    return _Seen(warehouse.current(home).path, tuple(submissions.standings(home, month)))


def _refuse(home: Path, month: Period, seen: _Seen, left_out: Mapping[str, str]) -> None:
    written = number_text.period("month", month.id)
    known = district.load(home)
    for place, reason in left_out.items():
        if len(reason) > submissions.MOST_SIGNS:
            sentence = _("The reason for {name} has {count} signs; {most} at most.").format(
                name=known.community(place).name.pick(),
                count=len(reason),
                most=submissions.MOST_SIGNS,
            )
            raise NotFinalError(sentence, [])
    open_ones = [
        standing
        for standing in seen.standings
        if standing.status not in (ACCEPTED, FINAL) and standing.community not in left_out
    ]
    if open_ones or not seen.standings:
        blocking = [
            {
                "community": standing.community,
                "status": standing.status,
                "blocking": standing.blocking,
            }
            for standing in open_ones
        ]
        names = language.words(
            known.community(standing.community).name.pick() for standing in open_ones
        )
        sentence = (
            _("{period} cannot be finalised: not accepted of {names}.")
            if open_ones
            else _("{period} cannot be finalised: nothing of it is expected or came.")
        )
        raise NotFinalError(sentence.format(period=written, names=names), blocking)
    in_it = [
        standing.community for standing in seen.standings if standing.community not in left_out
    ]
    last = keeping.newest(home, month.id)
    if not in_it:
        sentence = _("{period} cannot be finalised without every community.")
        raise NotFinalError(sentence.format(period=written), [])
    if last and set(in_it) <= set(last.communities) and not revisions.of_edition(home, last):
        sentence = _("Nothing has changed since {edition}; it stands.")
        raise NotFinalError(sentence.format(edition=last.name), [])


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
    whole, published = warehouse.current(home), warehouse.current(home, roles.PUBLISHED)
    settings = district.load(home)
    places = [
        standing.community for standing in seen.standings if standing.community not in left_out
    ]
    periods = contents.periods_ending(whole, month)
    tables = contents.tables(whole, published, periods, places)
    edition = _edition(home, whole, month, periods, by, spoken)
    edition = replace(
        edition,
        communities=_signed(home, whole, month, seen.standings, places),
        without=dict(left_out),
        settings=contents.settings_mark(settings),
        findings=tuple(contents.findings(whole, month, places)),
    )
    documents = rendering.documents(home, edition, periods, places, formats, progress)
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
            (period.grain, period.id, str(period.first_day), str(period.last_day))
            for period in periods
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
        standing.community: {
            **rests.of(standing.community),
            **submissions.signatures(home, standing.community, month.id),
            "remarks": standing.document()["remarks"],
        }
        for standing in standings
        if standing.community in places
    }
