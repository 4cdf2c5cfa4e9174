"""A form from blank to filled: read, understood, looked up, and written.

Only what is sure, or was said yes to, is filled. All else stays as it is, with a code that says
why.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from lingti.district import District
from lingti.forms import memory, totals
from lingti.forms.memory import Remembered
from lingti.forms.reading import document, row_kinds, workbook
from lingti.forms.reading.grid import Form, Place
from lingti.forms.reading.package import FormError, Package
from lingti.forms.reading.slots import Slot, slots
from lingti.forms.understanding import times
from lingti.forms.understanding.background import Background, Known, background, known_of
from lingti.forms.understanding.cells import LIKELY, SURE, Reading, reading
from lingti.forms.understanding.measures import matters
from lingti.forms.understanding.words import restricting
from lingti.forms.values import Number, Numbers, members_of
from lingti.forms.writing import document as word_file
from lingti.forms.writing import workbook as excel_file
from lingti.ingest.checking import coverage
from lingti.judging.periods import Period
from lingti.language import gettext as _
from lingti.warehouse import Warehouse

ACCEPTED = "accepted"
_STATE_WORDS = re.compile(
    r"(未开展|未报送|暂无数据|无数据|缺报)[^，。；,;]{0,8}?(?:填写?|用|以|注明|标注|写)[“\"'‘「]?"
    r"([^”\"'’」，。；,;、\s]{1,6})"
)


@dataclass(frozen=True)
class Wish:
    """What is asked of a form: whose, of when, and what was said yes to, by `sheet!cell`.

    What is accepted is `True`, `False` (to stay blank), or what it is: metric, dimension, member,
    community, period, scale, `use` (of totals: sum or district). `words` of titles that nobody
    knew: whether they restrict what is counted.
    """

    community: str | None = None
    period: Period | None = None
    accepted: Mapping[str, Any] = field(default_factory=dict)
    published: bool = False
    words: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """A slot with what it asks for and what became of it. `value` is as written, None if blank."""

    slot: Slot
    reading: Reading
    number: Number
    value: float | str | None
    filled: bool
    code: str

    @property
    def key(self) -> str:
        """`sheet!cell`."""
        return f"{self.slot.sheet}!{self.slot.address}"

    @property
    def waits_for_words(self) -> bool:
        """Whether only words of its title that nobody knows keep it from being filled."""
        asked = self.reading
        is_only = asked.sureness == LIKELY and asked.doubts == ("title",) and bool(asked.unknown)
        return is_only and self.number.raw is not None and not restricting(asked.unknown)


@dataclass(frozen=True)
class Filled:
    """A form with what became of all its slots; `needs` are what it does not say."""

    package: Package
    form: Form
    shape: str
    remembered: Remembered | None
    outcomes: list[Outcome]
    needs: tuple[str, ...]

    @property
    def title(self) -> str:
        """The title of the form; empty where it has none."""
        return next(
            (outcome.slot.titles[0] for outcome in self.outcomes if outcome.slot.titles), ""
        )

    @property
    def unknown_words(self) -> tuple[str, ...]:
        """Words of titles of which one has to say whether they restrict: one question for all.

        Those that are known to restrict are none; their cells are asked one by one.
        """
        found = [one.reading.unknown for one in self.outcomes if one.waits_for_words]
        return tuple(dict.fromkeys(word for words in found for word in words))

    @property
    def own_places(self) -> bool:
        """Whether the form itself says whom each of its cells is about."""
        asked = [outcome for outcome in self.outcomes if outcome.reading.metric]
        return "community" not in self.needs and all(outcome.reading.place for outcome in asked)


def form_of(package: Package) -> Form:
    """What stands in a form. Raises FormError."""
    if package.kind == "docx":
        return document.read(package)
    return Form(package.kind, workbook.read(package))


def fill(warehouse: Warehouse, district: District, package: Package, wish: Wish) -> Filled:
    """Reads a form and looks its numbers up; nothing is written. Raises FormError."""
    told_words = memory.words_told(warehouse.home) | dict(wish.words)
    known = known_of(district, members_of(warehouse), told_words)
    form = form_of(package)
    shape = memory.shape(form, known.places)
    remembered = memory.recalled(warehouse.home, shape)
    confirmed = dict(remembered.cells) if remembered else {}
    numbers = Numbers(warehouse, district, wish.published)
    readings: list[tuple[Slot, Reading]] = []
    grounds: dict[tuple[object, ...], Background] = {}  # what one sheet says, for all its cells
    for slot in slots(form):
        around = slot.sheet, slot.titles, slot.statements, slot.notes, slot.lines
        if around not in grounds:
            grounds[around] = _as_wished(background(known, slot), wish)
        ground = grounds[around]
        asked = reading(known, slot, ground)
        key = f"{slot.sheet}!{slot.address}"
        answer = wish.accepted.get(key, confirmed.get(key))
        readings.append((slot, _as_answered(known, asked, answer, ground)))
    readings = totals.with_times(_in_order(known, readings))
    needs = tuple(
        dict.fromkeys(
            need for _slot, asked in readings if asked.sureness for need in sorted(asked.needs)
        )
    )
    return Filled(package, form, shape, remembered, _outcomes(numbers, readings), needs)


def _in_order(known: Known, readings: Sequence[tuple[Slot, Reading]]) -> list[tuple[Slot, Reading]]:
    """What only says that something was done is about what the row before it is about."""
    before: dict[tuple[str, int], Reading] = {}
    in_order = []
    for slot, asked in readings:
        key = slot.block, slot.place[1] if slot.columns else 0
        earlier = before.get(key)
        if asked.doubts == ("act",) and earlier is not None:
            about = matters(known.catalog)
            if about[asked.metric] & about[earlier.metric]:
                asked = replace(asked, doubts=(), sureness=SURE)
        if asked.sureness == SURE:
            before[key] = asked
        else:
            before.pop(key, None)  # what follows may be about this, which is not known
        in_order.append((slot, asked))
    return in_order


def _as_wished(ground: Background, wish: Wish) -> Background:
    """What the form says, and what is said besides where it does not. Raises FormError."""
    if ground.stranger:
        raise FormError(
            "other_place",
            _("The form is of {name}, which is no community here.").format(name=ground.stranger),
        )
    place, period = wish.community, wish.period
    if place and ground.place not in (None, place):
        raise FormError("other_place", _("The form says that it is of another community."))
    if period and ground.period and not _lies_in(period, ground.period):
        raise FormError("other_period", _("The form says that it is of another period."))
    if period and ground.year not in (None, period.first_day.year):
        raise FormError("other_period", _("The form says that it is of another period."))
    if period and ground.period is None and ground.months:  # a sheet named 5月, in the year said
        period = times.months_between(period.first_day.year, *ground.months)
    chosen = ground.period if ground.period and not period else period
    return replace(
        ground,
        place=ground.place or place,
        period=chosen,
        unclear_time=ground.unclear_time and period is None,
    )


def _lies_in(period: Period, stated: Period) -> bool:
    """Whether a period said besides is the one of the form, or a part of the year it names."""
    if stated.grain == "year":
        return stated.first_day <= period.first_day and period.last_day <= stated.last_day
    return (period.first_day, period.last_day) == (stated.first_day, stated.last_day)


def _as_answered(known: Known, asked: Reading, answer: Any, ground: Background) -> Reading:
    """A reading as somebody confirmed or corrected it."""
    if answer is None or asked.code in ("formula", "signature", "serial", "protected"):
        return asked
    if answer is False or (isinstance(answer, Mapping) and answer.get("blank")):
        return Reading(code=asked.code or "declined", doubts=asked.doubts, place=asked.place)
    if answer is True or not isinstance(answer, Mapping):
        return replace(asked, sureness=ACCEPTED) if asked.metric else asked
    metric = known.catalog.metrics.get(str(answer.get("metric") or asked.metric))
    if metric is None:
        return asked
    dimension = str(answer.get("dimension") or ("" if answer.get("metric") else asked.dimension))
    is_same = metric.name == asked.metric
    scale = answer.get("scale", asked.scale if is_same else 100 if metric.unit.en == "%" else 1)
    period = asked.period
    if text := answer.get("period"):
        period = period_of(str(text))
    return replace(
        asked,
        metric=metric.name,
        place=str(answer.get("community") or asked.place or ground.place or ""),
        period=period or ground.period,
        dimension=dimension,
        member=str(answer.get("member") or (asked.member if is_same else "")) if dimension else "",
        scale=float(scale),
        unit=str(answer.get("unit") or (asked.unit if is_same else metric.unit.zh)),
        total=str(answer.get("use") or asked.total),
        sureness=ACCEPTED,
        code="",
        needs=frozenset() if period else asked.needs,
    )


def _outcomes(numbers: Numbers, readings: Sequence[tuple[Slot, Reading]]) -> list[Outcome]:
    """Every slot with its number: first those that stand for themselves, then totals of them."""
    looked: list[tuple[Slot, Reading, Number | None]] = []
    for slot, asked in readings:
        is_known = bool(asked.metric and asked.place and asked.period and asked.sureness)
        can_be = is_known and not asked.total
        looked.append((slot, asked, numbers.number(asked) if can_be else None))
    finished = totals.settled(numbers, looked)
    return [_outcome(slot, asked, number) for slot, asked, number in finished]


def _outcome(slot: Slot, asked: Reading, number: Number | None) -> Outcome:
    if number is None or number.raw is None:
        code = asked.code or (number.code if number else "ambiguous")
        empty = number or Number(None, "", code)
        if number and number.code == "ambiguous":  # a member of which no row ever came
            asked = replace(asked, doubts=(*asked.doubts, "never"))
        word = _state_word(slot.notes, empty.state) if asked.sureness in (SURE, ACCEPTED) else None
        return Outcome(slot, asked, empty, word, word is not None, code)
    written = written_number(number.raw * asked.scale, slot)
    filled = asked.sureness in (SURE, ACCEPTED)
    return Outcome(slot, asked, number, written, filled, "" if filled else "ambiguous")


def written_number(value: float, slot: Slot) -> float:
    """A number as the form holds it: in Word with as many digits as one reads, else in full."""
    if slot.sheet != "-" and not slot.blank:
        return float(excel_file.number_text(value))
    return float(f"{value:.2f}") if abs(value) >= 1 else float(f"{value:.4g}")


def _state_word(notes: Sequence[str], state: str) -> str | None:
    """The word that the form's legend asks for in the place of a missing number; never a 0."""
    asked = {"未开展": "not_run"}
    for note in notes:
        for of, word in _STATE_WORDS.findall(note):
            if asked.get(of, "not_reported") == state and not re.fullmatch(r"[\d.零]+", word):
                return str(word)
    return None


def data_of(done: Filled) -> bytes:
    """The form with what is filled; its own bytes where nothing is."""
    chosen = [outcome for outcome in done.outcomes if outcome.filled and outcome.value is not None]
    if done.package.kind == "docx":
        texts = {outcome.slot.address: _as_text(outcome.value) for outcome in chosen}
        return word_file.filled(done.package, texts)
    by_sheet: dict[str, dict[Place, float | str]] = {}
    for outcome in chosen:
        assert outcome.value is not None
        cells = by_sheet.setdefault(outcome.slot.sheet, {})
        cells[outcome.slot.place] = (
            _text_with(done, outcome) if outcome.slot.blank else outcome.value
        )
    return excel_file.filled(done.package, by_sheet)


def _text_with(done: Filled, outcome: Outcome) -> str:
    """The text of a cell with all its blanks filled that are."""
    (grid,) = [grid for grid in done.form.grids if grid.name == outcome.slot.sheet]
    text = grid.at(*outcome.slot.place).text
    values = {
        other.slot.blank: _as_text(other.value)
        for other in done.outcomes
        if other.filled and (other.slot.sheet, other.slot.place) == (grid.name, outcome.slot.place)
    }
    for number, (start, end) in reversed(list(enumerate(row_kinds.blanks(text), 1))):
        if number in values:
            text = text[:start] + values[number] + text[end:]
    return text


def _as_text(value: float | str | None) -> str:
    return value if isinstance(value, str) else excel_file.number_text(float(value or 0))


def to_remember(done: Filled, wish: Wish, office: str = "") -> Remembered:
    """What to keep of a form: what was confirmed or corrected of its cells, and what it asks."""
    cells = dict(done.remembered.cells) if done.remembered else {}
    for outcome in done.outcomes:
        if outcome.key in wish.accepted:
            said = wish.accepted[outcome.key]
            if said is False:
                cells[outcome.key] = {"blank": True}
            elif outcome.reading.sureness == ACCEPTED:
                cells[outcome.key] = _confirmed(outcome.reading)
    asks = [ask_of(outcome.reading) for outcome in done.outcomes if outcome.reading.metric]
    counted = [outcome for outcome in done.outcomes if outcome.code not in _NO_NUMBER]
    old = done.remembered.office if done.remembered else ""
    return Remembered(done.title, office or old, cells, tuple(sorted(asks)), len(counted))


_NO_NUMBER = frozenset(["serial", "signature", "remark", "formula"])


def _confirmed(asked: Reading) -> dict[str, Any]:
    """A reading as it holds next month and of another community too."""
    kept: dict[str, Any] = {"metric": asked.metric, "scale": asked.scale, "unit": asked.unit}
    if asked.dimension:
        kept |= {"dimension": asked.dimension, "member": asked.member}
    if asked.total in ("sum", "district"):
        kept["use"] = asked.total
    return kept


def ask_of(asked: Reading) -> str:
    """What a cell asks for, as it can be compared with other forms: whatever month it is of."""
    place = asked.place if asked.own_place else ""
    return "|".join([asked.metric, asked.dimension, asked.member, asked.which, asked.change, place])


def period_of(text: str) -> Period:
    """A period as people write it: 2024-06, 2024-Q2, 2024-H1, 2024, D/D, 2024年6月.

    Raises ValueError.
    """
    if half := re.fullmatch(r"(\d{4})-?[Hh]([12])", text):
        return times.months_between(int(half[1]), *((1, 6) if half[2] == "1" else (7, 12)))
    if week := re.fullmatch(r"(\d{4})-W(\d{2})", text):
        first = date.fromisocalendar(int(week[1]), int(week[2]), 1)
        return Period("week", text, first, date.fromisocalendar(int(week[1]), int(week[2]), 7))
    rest, time = times.said(text)
    period = times.stated(time) if time.is_said and not rest else None
    if period is not None:
        return period
    spans = coverage.parse(text)
    if len(spans) != 1:
        raise ValueError(text)
    return times.period_between(*spans[0])


__all__ = [
    "ACCEPTED",
    "LIKELY",
    "SURE",
    "Filled",
    "Outcome",
    "Wish",
    "data_of",
    "fill",
    "period_of",
    "to_remember",
]
