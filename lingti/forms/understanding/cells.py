"""What a slot asks for: measure × place × period × member, in which unit, and how sure that is.

Every word around a slot has to be explained. What is not makes it blank, or a suggestion where the
rest says clearly what may be meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from lingti.catalog import Metric
from lingti.forms.reading import row_kinds
from lingti.forms.reading.slots import Slot
from lingti.forms.understanding import labels, measures, spoken, words
from lingti.forms.understanding.around import Wording, wording_of
from lingti.forms.understanding.asked_time import when
from lingti.forms.understanding.background import Background, Known
from lingti.forms.understanding.doubts import doubts_of, words_in_doubt
from lingti.forms.understanding.labels import Label
from lingti.forms.understanding.measures import Match
from lingti.forms.understanding.spoken import Spoken
from lingti.forms.understanding.times import ConflictError, Time, merged
from lingti.judging.periods import Period

SURE, LIKELY, UNKNOWN = "sure", "likely", ""
_COMES = re.compile(r"完成|发生|新增|增加|实绩|实际")
_OF_LISTS = ("清单",)  # a table of the three lists names them 需求, 资源, 项目
_KINDS = ("类", "类别", "方面", "问题", "类问题", "类诉求")


@dataclass(frozen=True)
class Reading:
    """What a slot asks for.

    `sureness` is sure, likely or "" (then `code` and `doubts` say why). `scale` is what the number
    is multiplied by. `change` is yoy or mom, a `difference` or a share. `total` says of what it is
    a total: places or members. `meant` are the metrics it may be. `needs` names what the form does
    not say: community, period.
    """

    metric: str = ""
    place: str = ""
    period: Period | None = None
    dimension: str = ""
    member: str = ""
    scale: float = 1
    unit: str = ""
    change: str = ""
    difference: bool = False
    total: str = ""
    sureness: str = UNKNOWN
    code: str = "no_measure"
    doubts: tuple[str, ...] = ()
    meant: tuple[str, ...] = ()
    needs: frozenset[str] = field(default_factory=frozenset)
    own_place: bool = False  # the cell names it; it is not that of the whole form
    unknown: tuple[str, ...] = ()  # words of titles that may restrict it
    which: str = ""  # the period as it was said, relative to that of the form


def reading(known: Known, slot: Slot, ground: Background) -> Reading:
    """What a slot asks for."""
    if slot.code:
        return Reading(code=slot.code)
    wording = _wording(known, slot, ground)
    if any(name.conflict for name in wording.names):
        return Reading(code="ambiguous", doubts=("two_times",))
    is_part = bool(slot.rows) and row_kinds.is_part(slot.rows[-1])
    line = spoken.before(slot.line, known.places, is_part=is_part)
    try:
        time = _time(merged([name.time for name in wording.names]), line, ground)
    except ConflictError:
        return Reading(code="ambiguous", doubts=("two_times",))
    places = {name.place for name in wording.names if name.place}
    if not places and wording.before and wording.before.place:  # a part of what a place has
        places = {wording.before.place}
    if len(places) > 1:
        return Reading(code="ambiguous", doubts=("two_places",))
    measured = _measured(known, wording, ground, change=bool(time.change))
    metric = known.catalog.metrics.get(measured.metric)
    if line.place and not places:
        if "place" in line.unclear or line.place == spoken.ELSEWHERE:
            return Reading(code="ambiguous", doubts=("two_places",))
        places = {line.place}
    own_place = bool(places)
    place = places.pop() if places else ground.place
    totals = [name.total for name in wording.names if name.total]
    asked = when(time, ground, metric)
    if metric is None:
        return replace(
            measured,
            place=place or "",
            own_place=own_place,
            period=asked.period,
            which=asked.which,
            total="total" if totals else "",
        )
    unknown = words_in_doubt(known, wording, ground, measured.metric)
    if any(known.told.get(word) for word in unknown):
        return Reading(doubts=("restricted",), meant=unknown, place=place or "")
    doubts = [
        *(*measured.doubts, *asked.doubts),
        *doubts_of(known, wording, ground, measured.metric, measured.member),
    ]
    if metric.window != "period" and any(
        name.time.which and (name.concepts or _COMES.search(name.core)) for name in wording.names
    ):  # 本月签约商家, 本月完成: those there are, or those that came
        doubts.append("stock_to_date")
    if line.besides and asked.which != "named":
        doubts.append("two_times")
    if totals and totals[0] == "小计":
        doubts.append("subtotal")
    measured = replace(
        measured,
        place=place or "",
        own_place=own_place,
        period=asked.period,
        which=asked.which,
        change=time.change,
        needs=frozenset([*(["community"] if not place and not totals else []), *asked.needs]),
        doubts=tuple(doubts),
        total="total" if totals else "",
        unknown=unknown,
    )
    return _scaled(_with_change(measured, time.how, wording, metric), slot, wording, ground, metric)


def _wording(known: Known, slot: Slot, ground: Background) -> Wording:
    """What stands around a slot; without the title where a name is of a member and of a measure.

    入户走访 is a channel of concerns, and in 户次 it is what is counted.
    """
    wording = wording_of(known, slot, ground)
    if wording.told_by_title and (wording.unit_text or any(name.unit for name in wording.names)):
        plain = wording_of(known, slot, ground, by_title=False)
        found = _measured(known, plain, ground, change=False)
        if found.metric and not found.member and not found.doubts:
            return plain
    return wording


def _time(own: Time, line: Spoken, ground: Background) -> Time:
    """The time of a name, with what was said before it in a text. Raises ConflictError."""
    if own.days or (own.year and own.months):
        return own
    if own.months:  # of which year stands before it, if not in the title
        of_form = ground.period.first_day.year if ground.period else ground.year
        if line.year and not line.year_is_near and line.year != of_form:
            raise ConflictError("year")
        if line.year_is_near and "year" in line.unclear:
            raise ConflictError("year")
        return merged([own, Time(line.year)]) if line.year_is_near else own
    if own.year or not (line.time.is_said or line.unclear):
        return own
    if "time" in line.unclear:
        raise ConflictError("time")
    if not own.is_said:
        return line.time
    return merged([own, Time(line.time.year, line.time.months, line.time.days)])


def _measured(known: Known, wording: Wording, ground: Background, *, change: bool) -> Reading:
    """The metric and member that the names mean together."""
    named = [name for name in wording.names if name.concepts or not (name.place or name.total)]
    candidates = [(match, "", "") for match in _matches(known, wording, named, change)]
    for position, label in enumerate(named):
        others = [*named[:position], *named[position + 1 :]]
        if wording.before and not any(other.concepts for other in others):
            others = [wording.before, *others]
        for metric, dimension, member, rest in _as_member(known, label):
            own = [*others, rest] if rest else others
            candidates += [
                (match, dimension, member)
                for match in _matches(known, wording, own, change, of_member=True)
                if match.metric == metric
            ]
    within = [label for label in named if label not in wording.over]
    over_left = tuple(word for label in wording.over for word in label.left)
    if not candidates and len(within) < len(named) and not words.restricting(over_left):
        candidates = [
            (replace(match, certain=False), "", "")
            for match in _matches(known, wording, within, change)
            if match.certain
        ]
    metrics = dict.fromkeys(match.metric for match, _dimension, _member in candidates)
    if len(candidates) > 1 and (
        wording.unit_text or any(label.unit or label.tail for label in named)
    ):
        certain = [candidate for candidate in candidates if candidate[0].certain]
        candidates = certain if len(certain) == 1 else candidates
    if len(candidates) == 1:
        match, dimension, member = candidates[0]
        doubts = (
            () if match.certain and not _is_another(known, wording, within, match) else ("name",)
        )
        return Reading(match.metric, dimension=dimension, member=member, doubts=doubts)
    if candidates:
        return Reading(code="ambiguous", doubts=("several",), meant=tuple(metrics))
    return _not_known(named)


def _is_another(known: Known, wording: Wording, names: Sequence[Label], match: Match) -> bool:
    """Whether names without their group are surely of another metric: 联办 over 举办活动场次."""
    if names and wording.over and match.borrowed == frozenset():
        alone = _matches(known, replace(wording, around=frozenset()), names, change=False)
        return any(one.certain and one.metric != match.metric for one in alone)
    return False


def _matches(
    known: Known, wording: Wording, named: Sequence[Label], change: bool, *, of_member: bool = False
) -> tuple[Match, ...]:
    own = frozenset().union(*(label.concepts for label in named))
    of_change = {"%"} if change else set()  # its own unit, and not that of what is measured
    unit_name = wording.unit.name if wording.unit else wording.unit_text
    unit_name = unit_name or next((label.unit.name for label in named if label.unit), "")
    counted = [
        unit
        for label in named
        for unit in label.counted(unit_name)
        if not (label.time.change and unit in of_change)
    ]
    if wording.unit_text:
        counted.append(wording.unit.name if wording.unit else wording.unit_text)
    own_name = frozenset().union(*(label.concepts for label in named if label not in wording.over))
    over = (
        frozenset().union(*(label.concepts for label in named if label in wording.over)) - own_name
    )
    texts = [label.core for label in named if label.concepts or label.tail is not None]
    text = texts[0].lower() if len(texts) == 1 else ""
    return measures.matches(
        known.catalog,
        own,
        tuple(counted),
        wording.around,
        over,
        text,
        of_member=of_member,
        whole=wording.whole.name if wording.whole and not unit_name else "",
    )


def _as_member(known: Known, label: Label) -> list[tuple[str, str, str, Label | None]]:
    """The members a name can be, with what it says besides: 停车秩序, 停车秩序类诉求件数."""
    core = label.core
    tried = [core, *(core.removesuffix(kind) for kind in _KINDS if core.endswith(kind))]
    tried += [core + kind for kind in _OF_LISTS]
    for name in tried:
        if members := known.members.get(name):
            return [(*member, None) for member in sorted(members)]
    if name := _member_within(known, core):
        rest = labels.label(core.replace(name, "").removeprefix("类"), known.places)
        rest = replace(rest, unit=label.unit)
        return [(*member, rest) for member in sorted(known.members[name])]
    return []


@lru_cache(maxsize=4096)
def _member_within(known: Known, core: str) -> str:
    """The longest name of a member that stands in a text; empty where none does."""
    return max((one for one in known.members if len(one) > 2 and one in core), key=len, default="")


def _not_known(named: Sequence[Label]) -> Reading:
    """What no metric counts, with the words that are not known."""
    left = tuple(word for label in named for word in label.left)
    return Reading(doubts=("restricted",) if words.restricting(left) else (), meant=left)


def _with_change(measured: Reading, how: str, wording: Wording, metric: Metric) -> Reading:
    """Whether a change is a difference or a share of the number before."""
    if not measured.change:
        return measured
    doubts = list(measured.doubts)
    if metric.is_share:
        doubts.append("change")
    own = [name.unit.name for name in wording.names if name.unit and name.time.change]
    in_unit = bool(own) and not {"%", "‰"} & set(own)
    is_share = (how == "share" and not in_unit) or (wording.percent_sign and not in_unit)
    difference = not is_share and (how == "difference" or in_unit)
    if not is_share and not difference and wording.other_is_share:
        difference = True
    if (not is_share and not difference) or (how == "difference" and is_share):
        doubts.append("change")
    return replace(measured, difference=difference, doubts=tuple(doubts))


def _scaled(
    measured: Reading, slot: Slot, wording: Wording, ground: Background, metric: Metric
) -> Reading:
    """With the unit the form has it in, and how sure all of it is."""
    doubts = list(measured.doubts)
    units = {name.unit for name in wording.names if name.unit} | (
        {wording.unit} if wording.unit else set()
    )
    units.discard(None)
    is_percent = metric.unit.en == "%" or (measured.change != "" and not measured.difference)
    scale, unit = 1.0, metric.unit.zh
    if is_percent:
        unit = "%"
        if any(form_unit.name == "‰" for form_unit in units if form_unit):
            scale, unit = 1000.0, "‰"
        elif slot.percent:
            scale, unit = 1.0, ""  # a fraction, which the cell shows as per cent
        else:
            scale = 100.0
            if not wording.percent_sign and not measured.change:
                doubts.append("percent")
    else:
        whole = ground.unit
        sizes = {form_unit.size for form_unit in units if form_unit}
        if not units and whole is not None:
            if words.go_together(whole.name, metric.unit.zh):
                sizes = {whole.size}
            else:
                doubts.append("unit")
        if ground.unit_unclear and not units:
            doubts.append("unit")
        if len(sizes) > 1:
            return replace(measured, sureness=UNKNOWN, code="ambiguous", doubts=("two_units",))
        size = sizes.pop() if sizes else 1
        scale = 1 / size
        named = next((form_unit.name for form_unit in units if form_unit), "")
        unit = f"{_SIZE_WORDS.get(size, '')}{named or metric.unit.zh}"
        if slot.percent:
            doubts.append("percent_cell")
    sureness = LIKELY if doubts else SURE
    return replace(
        measured,
        scale=scale,
        unit=unit,
        doubts=tuple(dict.fromkeys(doubts)),
        sureness=sureness,
        code="",
    )


_SIZE_WORDS = {
    10: "十",
    100: "百",
    1000: "千",
    10_000: "万",
    10**5: "十万",
    10**6: "百万",
    10**8: "亿",
}
