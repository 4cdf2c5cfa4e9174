"""How a community's month stands: open, submitted, accepted or final, and the steps between.

A step is an entry that says what it rests on. As soon as other rows count for the community and
month, what was signed no longer holds: it is open again. Nobody has to note that; it follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from lingti import district, entries, language, warehouse
from lingti.district import District
from lingti.editions import keeping, rests_on, submission_words
from lingti.editions.keeping import Edition
from lingti.entries import Entry
from lingti.ingest.keeping import batches as batches_of
from lingti.judging import number_text, period_values
from lingti.judging.periods import Period, periods_of
from lingti.language import gettext as _
from lingti.personal_data import mask
from lingti.warehouse import Warehouse

KIND = "submission"
OPEN, SUBMITTED, ACCEPTED, FINAL = STATUSES = ("open", "submitted", "accepted", "final")
SUBMIT, ACCEPT_FIRST, ACCEPT, RETURN, TAKE_BACK = ACTS = (
    *("submit", "accept_first", "accept", "return", "take_back"),
)
_LEADS_TO = {
    **{SUBMIT: SUBMITTED, ACCEPT_FIRST: SUBMITTED, ACCEPT: ACCEPTED},
    **{RETURN: OPEN, TAKE_BACK: OPEN},
}
_SIGNED = {SUBMIT: "submitted", ACCEPT_FIRST: "accepted_first", ACCEPT: "accepted"}
MOST_SIGNS = 200  # of a remark
_FROM = {
    SUBMIT: (OPEN,),
    ACCEPT_FIRST: (SUBMITTED,),
    ACCEPT: (SUBMITTED,),
    RETURN: (SUBMITTED, ACCEPTED),
    TAKE_BACK: (SUBMITTED,),
}


class WrongStateError(Exception):
    """A step that cannot be taken now; `standing` says how it stands and what is in the way."""

    def __init__(self, sentence: str, standing: Standing) -> None:
        super().__init__(sentence)
        self.standing = standing


@dataclass(frozen=True)
class Remark:
    """What somebody remarked at a step: on a metric, a rule or a source, or on all of it ("")."""

    text: str
    on: str = ""
    act: str = ""
    by: str = ""
    at: str = ""


@dataclass(frozen=True)
class Standing:
    """How a community's month stands, since when and by whom; "" where nothing was done yet.

    `remarks` are those made since the newest edition. `batches` are those that came or went since
    it was signed, where that opened it again. `missing` are tables not all of whose days are there.
    `edition` is the newest that has it. `waits_for_subdistrict` is where settings say that it
    accepts before the district does.
    """

    community: str
    period: str
    status: str
    by: str = ""
    at: str = ""
    act: str = ""
    remarks: tuple[Remark, ...] = ()
    batches: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()
    edition: str = ""
    was: str = ""  # what it was before rows changed
    waits_for_subdistrict: bool = False

    @property
    def blocking(self) -> list[dict[str, Any]]:
        """What stands in the way of the next step."""
        rows: list[dict[str, Any]] = []
        if self.was:
            rows.append({"why": "changed", "batches": list(self.batches)})
        elif self.status == OPEN and self.act == RETURN:
            rows.append({"why": "returned", "remarks": len(self.remarks)})
        if self.waits_for_subdistrict:
            rows.append({"why": "subdistrict"})
        rows += [{"why": "days_missing", "table": table} for table in self.missing]
        return rows

    def document(self) -> dict[str, Any]:
        """As commands print it."""
        return {
            "community": self.community,
            "period": self.period,
            "status": self.status,
            "by": self.by or None,
            "at": self.at or None,
            "remarks": [
                {
                    "on": remark.on or None,
                    "text": remark.text,
                    "act": remark.act,
                    "by": remark.by,
                    "at": remark.at,
                }
                for remark in self.remarks
            ],
            "blocking": self.blocking,
            "edition": self.edition or None,
        }


def month_of(data: Warehouse, period: str) -> Period | None:
    """The month of that id; None where the data have none."""
    return {one.id: one for one in periods_of(data)["month"]}.get(period)


def expected(data: Warehouse, month: Period) -> list[str]:
    """The communities of which the month is expected, or came; in the district's order."""
    sql = "select distinct community from due where period = $period"
    due = {row["community"] for row in data.rows(sql, period=month.id)}
    came = set(rests_on.standing_batches(data, month))
    order = data.rows("select community from communities order by place")
    return [row["community"] for row in order if row["community"] in due | came]


def standings(home: Path, month: Period, places: Iterable[str] | None = None) -> list[Standing]:
    """How the month of every community that is expected stands, or of these."""
    data = warehouse.current(home)
    history: dict[str, list[Entry]] = {}
    for entry in entries.history(home, KIND):
        community, _slash, period = entry.key.partition("/")
        if period == month.id:
            history.setdefault(community, []).append(entry)
    editions = keeping.editions(home, month.id)
    wanted = expected(data, month) if places is None else list(places)
    rests = rests_of(data, month) if history or editions else Rests({}, {})
    lacking = _missing(data, month)
    looks_first = _of_subdistricts(home)
    unmarked = [
        _standing(
            place,
            month.id,
            history.get(place, []),
            [edition for edition in editions if place in edition.communities],
            rests.of(place),
            lacking.get(place, ()),
        )
        for place in wanted
    ]
    return [
        replace(each, waits_for_subdistrict=True)
        if (each.status, each.act) == (SUBMITTED, SUBMIT) and each.community in looks_first
        else each
        for each in unmarked
    ]


def _of_subdistricts(home: Path) -> frozenset[str]:
    """The communities whose subdistrict accepts before the district does."""
    settings = district.load(home)
    if not settings.subdistrict_accepts:
        return frozenset()
    return frozenset(community.id for community in settings.communities if community.subdistrict.zh)


def next_acceptance(now: Standing) -> str:
    """The step by which it is accepted as it stands: by its subdistrict first where it waits."""
    return ACCEPT_FIRST if now.waits_for_subdistrict else ACCEPT


def standing(home: Path, community: str, month: Period) -> Standing:
    """How one community's month stands."""
    return standings(home, month, [community])[0]


@dataclass(frozen=True)
class Rests:
    """What the submissions of a month rest on: the mark of its rows, and its batches."""

    marks: Mapping[str, str]
    batches: Mapping[str, list[int]]

    def of(self, community: str) -> dict[str, Any]:
        """The same of one community, as entries and editions keep it."""
        return {
            "mark": self.marks.get(community, ""),
            "batches": self.batches.get(community, []),
        }


def rests_of(data: Warehouse, month: Period) -> Rests:
    """What submissions of a month would rest on now."""
    return Rests(rests_on.marks(data, month), rests_on.standing_batches(data, month))


def signatures(home: Path, community: str, period: str) -> dict[str, Any]:
    """Who submitted and who accepted a month last, and when."""
    signed: dict[str, Any] = {}
    for entry in entries.history(home, KIND):
        is_of_it = entry.key == f"{community}/{period}" and entry.value is not None
        if is_of_it and (name := _SIGNED.get(entry.value["act"])):
            signed |= {f"{name}_by": entry.by, f"{name}_at": entry.at}
    return signed


def _standing(
    place: str,
    period: str,
    history: Sequence[Entry],
    editions: Sequence[Edition],
    now: Mapping[str, Any],
    missing: Sequence[str],
) -> Standing:
    edition = editions[-1] if editions else None
    since = edition.last_entry if edition else 0
    history = [entry for entry in history if entry.number > since and entry.value is not None]
    open_standing = Standing(
        place,
        period,
        OPEN,
        remarks=tuple(_remarks(history)),
        missing=tuple(missing),
        edition=edition.name if edition else "",
    )
    signed: Any
    if history:
        last = history[-1]
        signed, act = last.value, last.value["act"]
        status, by, at = _LEADS_TO[act], last.by, last.at
    elif edition is not None:
        signed, act = edition.communities[place], ""
        status, by, at = FINAL, edition.by, edition.at
    else:
        return open_standing
    step = {"by": by, "at": at, "act": act}
    if status != OPEN and signed["mark"] != now["mark"]:
        changed = sorted(set(now["batches"]) ^ set(signed["batches"]))
        step |= {"was": status, "batches": tuple(changed)}
        status = OPEN
    return Standing(**{**vars(open_standing), **step, "status": status})


def _remarks(history: Iterable[Entry]) -> Iterable[Remark]:
    for entry in history:
        for remark in entry.value.get("remarks", ()):
            yield Remark(
                remark["text"], remark.get("on", ""), entry.value["act"], entry.by, entry.at
            )


def _missing(data: Warehouse, month: Period) -> dict[str, list[str]]:
    """Community → the tables of which days of the month are expected and not there."""
    tables_of: dict[str, list[str]] = {}
    gaps = period_values.gaps(data, 0, None)
    for row in gaps[gaps["period"] == month.id].itertuples():
        tables_of.setdefault(str(row.community), []).append(str(row.tbl))
    return tables_of


def take(
    home: Path,
    act: str,
    community: str,
    month: Period,
    remarks: Sequence[Remark],
    by: str,
    *,
    today: date,
) -> Standing:
    """Takes a step and returns how it stands then. Raises WrongStateError.

    A month can be submitted when it is over; with days that are expected and not there only with a
    remark that says why. Who returns one says why.
    """
    with batches_of.writing(home):
        return _take(home, act, community, month, remarks, by, today)


def _take(
    home: Path,
    act: str,
    community: str,
    month: Period,
    remarks: Sequence[Remark],
    by: str,
    today: date,
) -> Standing:
    now = standing(home, community, month)
    _refuse(now, act, month, remarks, today, district.load(home))
    value = {
        "act": act,
        **rests_of(warehouse.current(home), month).of(community),
        "remarks": [{"on": remark.on, "text": mask(remark.text)} for remark in remarks],
    }
    entries.add(home, KIND, f"{community}/{month.id}", value, by)
    return standing(home, community, month)


def _refuse(
    now: Standing,
    act: str,
    month: Period,
    remarks: Sequence[Remark],
    today: date,
    known: District,
) -> None:
    place = known.community(now.community).name.pick()
    period = number_text.period("month", now.period)
    too_long = next((remark for remark in remarks if len(remark.text) > MOST_SIGNS), None)
    if too_long is not None:
        sentence = _("A remark has {count} signs; {most} at most.")
        raise WrongStateError(sentence.format(count=len(too_long.text), most=MOST_SIGNS), now)
    if now.status not in _FROM[act]:
        sentence = submission_words.wrong_state(now, act, _FROM[act], place, period)
        raise WrongStateError(sentence, now)
    if act == ACCEPT and now.waits_for_subdistrict:
        sentence = _("{community}, {period}: its subdistrict accepts it first.")
        raise WrongStateError(sentence.format(community=place, period=period), now)
    if now.act == ACCEPT_FIRST and act in (ACCEPT_FIRST, TAKE_BACK):
        sentence = _("{community}, {period}: its subdistrict has accepted it already.")
        raise WrongStateError(sentence.format(community=place, period=period), now)
    if act == ACCEPT_FIRST and not now.waits_for_subdistrict:
        sentence = _("{community}, {period}: no subdistrict has to accept it first.")
        raise WrongStateError(sentence.format(community=place, period=period), now)
    if act == SUBMIT and month.last_day >= today:
        sentence = _(
            "{period} is not over yet; it can be submitted from the day after its last one."
        )
        raise WrongStateError(sentence.format(period=period), now)
    if act == SUBMIT and now.missing and not remarks:
        sentence = _(
            "Days are missing of: {tables}. Import them, file a nil return, or say why in a remark."
        )
        titles = language.words(known.catalog.tables[name].title.pick() for name in now.missing)
        raise WrongStateError(sentence.format(tables=titles), now)
