"""What a slot asks for: measure × place × period × member, in which unit, and how sure that is.

Every word around a slot has to be explained. What is not makes it blank, or a suggestion where the
rest says clearly what may be meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lingti.catalog import Metric
from lingti.forms.reading.slots import Slot
from lingti.forms.understanding import labels, measures, words
from lingti.forms.understanding.asked_time import when
from lingti.forms.understanding.background import (
    Background,
    Known,
    is_plain_sheet,
    measure,
    section,
)
from lingti.forms.understanding.labels import Label
from lingti.forms.understanding.measures import Match
from lingti.forms.understanding.times import ConflictError, Time, merged
from lingti.judging.periods import Period

SURE, LIKELY, UNKNOWN = "sure", "likely", ""
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
    which: str = ""  # the period as it was said, relative to that of the form


@dataclass(frozen=True)
class _Said:
    """The labels of a slot, and what stands around it."""

    names: tuple[Label, ...]
    over: tuple[Label, ...]  # those of groups of rows and of columns
    around: frozenset[str]
    sections: tuple[str, ...]
    before: Label | None
    unit: words.Unit | None
    unit_text: str
    percent_sign: bool
    other_is_share: bool  # another column has the same change in per cent


def reading(known: Known, slot: Slot, ground: Background) -> Reading:
    """What a slot asks for."""
    if slot.code:
        return Reading(code=slot.code)
    said = _said(known, slot, ground)
    if any(one.conflict for one in said.names):
        return Reading(code="ambiguous", doubts=("two_times",))
    try:
        time = merged([one.time for one in said.names])
        line = labels.label(slot.line, known.places) if slot.line else None
        if line and not time.is_said:
            if line.conflict:
                return Reading(code="ambiguous", doubts=("two_times",))
            time = replace(line.time, change="", how="" if line.time.change else line.time.how)
        elif line and not (line.conflict or time.year or time.months or time.days):
            said_before = Time(line.time.year, line.time.months, line.time.days)
            time = merged([time, said_before])
    except ConflictError:
        return Reading(code="ambiguous", doubts=("two_times",))
    places = {one.place for one in said.names if one.place}
    if not places and said.before and said.before.place:  # a part of what a place has
        places = {said.before.place}
    if len(places) > 1:
        return Reading(code="ambiguous", doubts=("two_places",))
    found = _measured(known, said, ground, change=bool(time.change))
    metric = known.catalog.metrics.get(found.metric)
    if line and line.place and not places:
        places = {line.place}
    own_place = bool(places)
    place = places.pop() if places else ground.place
    totals = [one.total for one in said.names if one.total]
    asked = when(time, ground, metric)
    if metric is None:
        return replace(
            found,
            place=place or "",
            own_place=own_place,
            period=asked.period,
            which=asked.which,
            total="total" if totals else "",
        )
    found = replace(
        found,
        place=place or "",
        own_place=own_place,
        period=asked.period,
        which=asked.which,
        change=time.change,
        needs=frozenset(
            [*(["community"] if not place and not totals else []), *asked.needs],
        ),
        doubts=(*found.doubts, *asked.doubts, *_doubts(known, said, ground, found)),
        total="total" if totals else "",
    )
    if metric.window != "period" and any(
        one.time.which and one.concepts for one in said.names
    ):  # 本月签约商家: those there are, or those that came
        found = replace(found, doubts=(*found.doubts, "stock_to_date"))
    if totals and totals[0] == "小计":
        found = replace(found, doubts=(*found.doubts, "subtotal"))
    return _scaled(_with_change(found, time.how, said, metric), slot, said, ground, metric)


def _said(known: Known, slot: Slot, ground: Background) -> _Said:
    rows, columns = _labels(known, slot.rows), _labels(known, slot.columns)
    after, unit_text = slot.after, slot.unit
    if after and (rest := _unit_before(after)) is not None:
        unit_text, after = after[: len(after) - len(rest)], rest
    behind = [labels.label(after, known.places)] if after else []
    names = tuple(
        one
        for one in [*rows, *columns, *behind]
        if one.core not in words.lexicon().whole or one.time.is_said or one.unit
    )
    names = tuple(
        replace(one, concepts=frozenset(), left=()) if one.core in words.lexicon().whole else one
        for one in names
    )
    over = (*rows[:-1], *columns[:-1])
    if any(one.place for one in names):  # of a community one may say in which subdistrict it lies
        names = tuple(one for one in names if one.core not in known.ignored)
    before = labels.label(slot.before, known.places) if slot.before else None
    if not (before and before.concepts) and not slot.blank and not _says_what(known, names):
        names = (*_of_title(known, slot, ground), *names)
    around = frozenset().union(*(topic.concepts for topic in ground.topics))
    around |= frozenset().union(*(section(known, one).concepts for one in slot.context))
    around |= before.concepts if before else frozenset()
    unit = words.unit_of(unit_text) if unit_text else None
    signs = [one.unit.name for one in names if one.unit] + ([unit.name] if unit else [])
    return _Said(
        names,
        over,
        around,
        slot.context,
        before,
        unit,
        unit_text.strip(),
        "%" in signs or "‰" in signs or (not signs and ground.unit == words.Unit("%")),
        _has_share_beside(known, slot, names),
    )


def _has_share_beside(known: Known, slot: Slot, names: Sequence[Label]) -> bool:
    """Whether the column beside has the same change as a percentage, so that this has it not."""
    own = {one.time.change for one in names if one.time.change}
    beside = [labels.label(text, known.places) for text in (slot.beside if own else ())]
    return any(
        one.time.change in own and (one.time.how == "share" or (one.unit and one.unit.name == "%"))
        for one in beside
    )


def _labels(known: Known, texts: Sequence[str]) -> list[Label]:
    """The names of one side; over a name that says what is counted a group is only a heading."""
    found = [labels.label(text, known.places) for text in texts]
    for position, text in enumerate(texts[:-1]):
        if any(one.concepts for one in found[position + 1 :]):
            found[position] = labels.label(text, known.places, group=True)
    return found


def _says_what(known: Known, names: Sequence[Label]) -> bool:
    """Whether one of the names says what is counted, and is more than a member of it."""
    return any(one.concepts and one.core not in known.members for one in names)


def _of_title(known: Known, slot: Slot, ground: Background) -> tuple[Label, ...]:
    """What is counted where it stands only in the heading or title of a whole table."""
    sheet = [] if slot.sheet == "-" or is_plain_sheet(slot.sheet) else [slot.sheet]
    texts = [one for one in (slot.heading, *sheet, *reversed(slot.titles)) if one]
    return measure(known, texts, ground.unit)


def _unit_before(text: str) -> str | None:
    """What is left of a text that begins with a unit; None where it does not."""
    for length in range(min(4, len(text)), 0, -1):
        if words.unit_of(text[:length]):
            return text[length:]
    return None


def _measured(known: Known, said: _Said, ground: Background, *, change: bool) -> Reading:
    """The metric and member that the names mean together."""
    named = [one for one in said.names if one.concepts or not (one.place or one.total)]
    found = [(match, "", "") for match in _matches(known, said, named, change)]
    for position, one in enumerate(named):
        others = [*named[:position], *named[position + 1 :]]
        if said.before and not any(other.concepts for other in others):
            others = [said.before, *others]
        for metric, dimension, member, rest in _as_member(known, one):
            own = [*others, rest] if rest else others
            found += [
                (match, dimension, member)
                for match in _matches(known, said, own, change)
                if match.metric == metric
            ]
    metrics = dict.fromkeys(match.metric for match, _dimension, _member in found)
    if len(found) > 1 and (said.unit_text or any(one.unit or one.tail for one in named)):
        certain = [one for one in found if one[0].certain]
        found = certain if len(certain) == 1 else found
    if len(found) == 1:
        match, dimension, member = found[0]
        doubts = () if match.certain else ("name",)
        return Reading(match.metric, dimension=dimension, member=member, doubts=doubts)
    if found:
        return Reading(code="ambiguous", doubts=("several",), meant=tuple(metrics))
    return _not_known(named)


def _matches(known: Known, said: _Said, named: Sequence[Label], change: bool) -> list[Match]:
    own = frozenset().union(*(one.concepts for one in named))
    counted = [unit for one in named for unit in one.counted]
    if said.unit_text:
        counted.append(said.unit.name if said.unit else said.unit_text)
    if change:
        counted = [unit for unit in counted if unit != "%"]
    own_name = frozenset().union(*(one.concepts for one in named if one not in said.over))
    over = frozenset().union(*(one.concepts for one in named if one in said.over)) - own_name
    texts = [one.core for one in named if one.concepts or one.tail is not None]
    text = texts[0].lower() if len(texts) == 1 else ""
    return measures.matches(known.catalog, own, counted, said.around, over, text)


def _as_member(known: Known, one: Label) -> list[tuple[str, str, str, Label | None]]:
    """The members a name can be, with what it says besides: 停车秩序, 停车秩序类诉求件数."""
    core = one.core
    tried = [core, *(core.removesuffix(kind) for kind in _KINDS if core.endswith(kind))]
    for name in tried:
        if members := known.members.get(name):
            return [(*member, None) for member in sorted(members)]
    for name in sorted((n for n in known.members if len(n) > 2 and n in core), key=len)[-1:]:
        rest = labels.label(core.replace(name, "").removeprefix("类"), known.places)
        rest = replace(rest, unit=one.unit)
        return [(*member, rest) for member in sorted(known.members[name])]
    return []


def _not_known(named: Sequence[Label]) -> Reading:
    """What no metric counts, with the words that are not known."""
    left = tuple(word for one in named for word in one.left)
    return Reading(doubts=("restricted",) if words.restricting(left) else (), meant=left)


def _doubts(known: Known, said: _Said, ground: Background, found: Reading) -> list[str]:
    """Why what is around a slot may restrict or change what it asks for."""
    family = measures.families(known.catalog).get(found.metric, frozenset())
    acts, free = words.lexicon().acts, words.lexicon().free
    doubts = []
    topics = [*ground.topics, *(section(known, one) for one in said.sections)]
    if any(topic.unknown for topic in topics):
        doubts.append("title")
    own = frozenset().union(*(one.concepts for one in said.names))
    own_names = [own]
    if said.before and not said.before.place:  # a part is no clearer than the whole
        own_names.append(said.before.concepts)
        if said.before.left:
            doubts.append("title")
    clear = all(one - acts - words.lexicon().generic and len(one - free) > 1 for one in own_names)
    for topic in topics:
        fits = any(one - free - words.lexicon().generic <= family for one in topic.topics)
        # A name that is clear by itself may stand in a form about another matter altogether.
        apart = not (topic.concepts - words.lexicon().generic) & family
        if topic.topics and not fits and not (clear and apart):
            doubts.append("topic")
            break
    is_title = any(one.core == known.catalog.metrics[found.metric].title.zh for one in said.names)
    is_act = bool(own) and own - free <= acts and not (said.around - acts) & family
    if is_act and not found.member and not is_title:
        doubts.append("act")
    if ground.narrowed:
        doubts.append("note")
    if any(word and one.core in ("其他", "其它") for one in said.names for word in [found.member]):
        doubts.append("other")
    return doubts


def _with_change(found: Reading, how: str, said: _Said, metric: Metric) -> Reading:
    """Whether a change is a difference or a share of the number before."""
    if not found.change:
        return found
    doubts = list(found.doubts)
    if metric.is_share or metric.window != "period":
        doubts.append("change")
    own = [one.unit.name for one in said.names if one.unit and one.time.change]
    in_unit = bool(own) and not {"%", "‰"} & set(own)
    is_share = (how == "share" and not in_unit) or (said.percent_sign and not in_unit)
    difference = not is_share and (how == "difference" or in_unit)
    if not is_share and not difference and said.other_is_share:
        difference = True
    if (not is_share and not difference) or (how == "difference" and is_share):
        doubts.append("change")
    return replace(found, difference=difference, doubts=tuple(doubts))


def _scaled(found: Reading, slot: Slot, said: _Said, ground: Background, metric: Metric) -> Reading:
    """With the unit the form has it in, and how sure all of it is."""
    doubts = list(found.doubts)
    units = {one.unit for one in said.names if one.unit} | ({said.unit} if said.unit else set())
    units.discard(None)
    is_percent = metric.unit.en == "%" or (found.change != "" and not found.difference)
    scale, unit = 1.0, metric.unit.zh
    if is_percent:
        unit = "%"
        if any(one.name == "‰" for one in units if one):
            scale, unit = 1000.0, "‰"
        elif slot.percent:
            scale = 1.0
        else:
            scale = 100.0
            if not said.percent_sign and not found.change:
                doubts.append("percent")
    else:
        whole = ground.unit
        sizes = {one.size for one in units if one}
        if not units and whole is not None:
            if words.go_together(whole.name, metric.unit.zh):
                sizes = {whole.size}
            else:
                doubts.append("unit")
        if ground.unit_unclear and not units:
            doubts.append("unit")
        if len(sizes) > 1:
            return replace(found, sureness=UNKNOWN, code="ambiguous", doubts=("two_units",))
        size = sizes.pop() if sizes else 1
        scale = 1 / size
        named = next((one.name for one in units if one), "")
        unit = f"{_SIZE_WORDS.get(size, '')}{named or metric.unit.zh}"
        if slot.percent:
            doubts.append("percent_cell")
    sureness = LIKELY if doubts else SURE
    return replace(
        found,
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
