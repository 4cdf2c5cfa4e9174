"""What readers are shown: documents, pages, verdicts, the parts of changes, the command line.

In the place of every number that a reader is not told a large one is planted. Wherever it comes to
somebody, as it is, in a sum, a rate, a share or a limit, it shows by its size.
"""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

import duckdb
from lxml import etree

from lingti import district, warehouse
from lingti.access.roles import PUBLISHED, ReaderView
from lingti.catalog import DISTRICT
from lingti.editions import my_number
from lingti.editions.my_number import document
from lingti.forms import filling
from lingti.forms.reading.package import opened
from lingti.judging import periods
from lingti.judging.between import told_apart
from lingti.judging.changes import changes
from lingti.judging.verdicts import verdicts
from lingti.report import FORMATS, Wish, gather, make
from lingti.upkeep import digest
from lingti.warehouse import ask, snapshots

PLANTED, LARGE = 6e9, 1e8  # nothing else is as large, also not after a rate was worked out
_NUMBER = re.compile(
    r"(?<![\w.#-])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d+)?(?:\s*[万亿])?"
)
_LIBRARY = 500_000  # characters; no data of a deck is as long
_TIMES = {"万": 1e4, "亿": 1e8}
_GRAINS = "('month', 'quarter', 'year')"

Shown = tuple[str, str]  # where, and the text


def planted(home: Path, folder: Path, own: Collection[str] = ()) -> Path:
    """A copy of a home with large numbers where a reader who keeps communities is told nothing."""
    copy = Path(shutil.copytree(home, folder))
    published = copy / "warehouse"
    whole = published / (published / "CURRENT").read_text("utf-8").strip()
    kept = ", ".join(f"'{one}'" for one in own) or "null"
    with duckdb.connect(str(whole)) as con:
        con.execute(f"attach '{snapshots.newest(copy)}' as told (read_only)")
        con.execute(f"""
            update metric_values as exact set
                value = {PLANTED} + exact.rowid,
                numerator = case when numerator is not null then {PLANTED} end,
                denominator = case when denominator is not null then {PLANTED} end,
                people = {int(PLANTED)}
            where value is not null and (community in ({kept})) is not true and not exists (
                from told.published_values as told
                where told.metric = exact.metric and told.community = exact.community
                    and told.grain = exact.grain and told.period = exact.period
                    and told.dimension is not distinct from exact.dimension
                    and told.member is not distinct from exact.member
                    and told.state <> 'withheld' and exact.grain in {_GRAINS}
            )
        """)
        con.execute(f"""
            update verdicts set centre = {PLANTED}, lower = {PLANTED}, upper = {PLANTED}
            where (community in ({kept})) is not true
        """)
        con.execute(f"""
            update told_apart set
                number = {PLANTED}, lower = {PLANTED}, upper = {PLANTED}, others = {PLANTED}
        """)
        con.execute(f"""
            update comparisons
            set rate = {PLANTED}, unit_variance = {PLANTED}, dispersion = {PLANTED}
        """)
    return copy


def given_away(shown: Iterator[Shown]) -> list[str]:
    """The places where a planted number comes to light, with what stands there."""
    return [f"{where}: {number}" for where, text in shown for number in large_numbers(text)]


def large_numbers(text: str) -> list[str]:
    """The numbers of a text that are as large as planted ones."""
    return [found for found in _NUMBER.findall(text) if _size(found) >= LARGE]


def _size(written: str) -> float:
    unit = written[-1:]
    return float(written.rstrip("万亿 ").replace(",", "")) * _TIMES.get(unit, 1)


def documents(
    home: Path, period: str, places: Sequence[str], own: Collection[str] = ()
) -> Iterator[Shown]:
    """Every format of the documents of a period, in the two languages by turns."""
    material = gather(home, period, published=True, exact=own)
    for place in places:
        for ending, tongue in zip(FORMATS, ("zh", "en") * 2, strict=True):
            data = make(material, place, ending, Wish(tongue))
            yield f"{place}-{period}-{tongue}.{ending}", text_of(data)


def forms(home: Path, period: str, examples: Iterable[Path]) -> Iterator[Shown]:
    """Forms of other offices as they are filled for readers, and the digest that a group gets."""
    found, settings = warehouse.current(home, PUBLISHED), district.load(home)
    wish = filling.Wish(period=filling.period_of(period), published=True)
    for path in examples:
        done = filling.fill(found, settings, opened(path.read_bytes()), wish)
        told = [str(one.number) for one in done.outcomes]
        yield f"form {path.name}", " ".join([text_of(filling.data_of(done)), *told])
    yield "digest", str(digest.digest(home))


def other_numbers(
    home: Path, period: str, place: str, metrics: Iterable[str], own: Collection[str] = ()
) -> Iterator[Shown]:
    """What is told of why numbers of a place are not those that somebody has."""
    found = warehouse.current(home, ReaderView(frozenset(own)))
    settings = district.load(home)
    (of,) = [one for one in periods.periods_of(found)["month"] if one.id == period]
    for name in metrics:
        metric = found.catalog.metrics[name]
        question = ask.Question(metric, place, of.grain, of.id)
        typed = my_number.mine_of("7", metric)
        told = my_number.explained(found, settings, question, of, typed)
        yield f"my number {name} {place}", str(document.of(found, settings, told, of))


def text_of(data: bytes) -> str:
    """All text in a document, also in the charts and workbooks within it."""
    if data[:2] != b"PK":  # a page; what draws its pictures is no text
        scripts = re.split(r"<script[^>]*>", data.decode())
        return " ".join(one for one in scripts if len(one) < _LIBRARY)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return " ".join(_text_of_part(name, archive.read(name)) for name in archive.namelist())


def _text_of_part(name: str, data: bytes) -> str:
    if data[:2] == b"PK":
        return text_of(data)
    if not name.endswith(".xml"):
        return ""
    return " ".join(one for one in etree.fromstring(data).itertext() if one.strip())


def answers(
    home: Path, period: str, own: Collection[str] = (), *, of: Collection[str] = ()
) -> Iterator[Shown]:
    """What is answered of metrics: values, by member and over days, verdicts, changes.

    Without any in `of` of every one.
    """
    found = warehouse.current(home, ReaderView(frozenset(own)))
    settings = district.load(home)
    of_grain = periods.periods_of(found)["month"]
    (after,) = [one for one in of_grain if one.id == period]
    before = periods.period_before(after, of_grain)
    assert before is not None
    days = (before.first_day, after.last_day)
    for name, metric in found.catalog.metrics.items():
        if of and name not in of:
            continue
        for by in (None, *metric.dimensions):
            yield f"metric {name} by {by}", _answered(found, ask.Question(metric, by=by))
        yield f"metric {name} of days", _answered(found, ask.Question(metric, span=days))
        told = verdicts.rows(found, settings, metric, grain="month", published=True)
        yield f"verdict {name}", str(told)
        apart = told_apart.of(found, [name], after, published=True).get(name)
        yield f"told apart {name}", str(apart)
        yield f"funnel {name}", str(apart.limits(1000) if apart else None)
        for place in (DISTRICT, *(one.id for one in settings.communities)):
            said = changes.document(changes.explained(found, metric, place, before, after))
            yield f"why {name} {place}", str(said)


def _answered(found: warehouse.Warehouse, asked: ask.Question) -> str:
    try:
        return str([{**one, "people": None} for one in ask.values(found, asked)])
    except ask.QuestionError as error:
        return str(error)
