"""Which metrics a name can mean, by the words of their headers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from lingti.catalog import Catalog, Metric
from lingti.forms.reading.row_kinds import squeezed
from lingti.forms.understanding import words
from lingti.forms.understanding.words import go_together

# What is measured is never a bare 数; what is counted each time may be another number by it.
_MEASURED = ("小时", "天", "分", "%")
_MOST_THEMES = 2  # a theme of ours, and one of a home's own
# Of a matter only one thing is told in hours: 时长 in a form about it needs no other name.
_OF_ONE_KIND = ("小时",)
_OF_MEMBERS = (*_OF_ONE_KIND, "次", "人次")
_ACTIVITIES = frozenset({"活动"})
_NO_BARE = ("人次", "户次", "次", *_MEASURED)


@dataclass(frozen=True)
class Phrase:
    """A name of a metric as its concepts; `asked` where others may mean something else by it."""

    metric: str
    text: str
    concepts: frozenset[str]
    tail: str | None
    asked: bool


@dataclass(frozen=True)
class Match:
    """A metric that a name can mean. `borrowed` are concepts that only stood around it, `extra`
    those of the matter as a whole, which its name does not have.

    `certain` is False where the unit is not said, or the name is one that is asked.
    """

    metric: str
    borrowed: frozenset[str]
    extra: frozenset[str]
    certain: bool
    exact_unit: bool
    exact_text: bool


@lru_cache(maxsize=16)
def phrases(known: Catalog) -> tuple[Phrase, ...]:
    """Every name of every metric, in Chinese and English."""
    asked = words.lexicon().asked
    metric_names = []
    for metric in known.metrics.values():
        for text in (metric.title.zh, metric.title.en, *metric.words):
            plain = squeezed(text).lower()
            if plain:
                parts = words.named(plain)
                concepts = parts.concepts | set(parts.left)
                metric_names.append(
                    Phrase(metric.name, plain, concepts, parts.tail, plain in asked)
                )
    return tuple(metric_names)


@lru_cache(maxsize=16)
def names(known: Catalog) -> frozenset[str]:
    """All names of all metrics, as they are written."""
    return frozenset(phrase.text for phrase in phrases(known))


@lru_cache(maxsize=16)
def matters(known: Catalog) -> dict[str, frozenset[str]]:
    """Metric → the tables that tell what it is about: not those that metrics of all themes read."""
    groups: dict[str, set[str]] = {}
    for metric in known.metrics.values():
        for table in () if metric.facts.of_all_tables else metric.tables:
            groups.setdefault(table, set()).add(metric.group)
    own = {table for table, themes in groups.items() if len(themes) <= _MOST_THEMES}
    return {
        metric.name: frozenset()
        if metric.facts.of_all_tables
        else frozenset(own & set(metric.tables))
        for metric in known.metrics.values()
    }


@lru_cache(maxsize=16)
def _own(known: Catalog) -> dict[str, set[str]]:
    own: dict[str, set[str]] = {}
    for phrase in phrases(known):
        own.setdefault(phrase.metric, set()).update(phrase.concepts)
    return own


@lru_cache(maxsize=16)
def families(known: Catalog) -> dict[str, frozenset[str]]:
    """Metric → the concepts of all metrics that are about rows of the same tables."""
    about = matters(known)
    own = _own(known)
    metrics = known.metrics.values()
    return {
        metric.name: frozenset().union(
            own[metric.name],
            *(own[other.name] for other in metrics if about[metric.name] & about[other.name]),
        )
        for metric in metrics
        if metric.name in own
    }


@lru_cache(maxsize=16)
def headed(known: Catalog) -> dict[str, frozenset[str]]:
    """Metric → the concepts that may head it and add nothing: its family, and fields of it."""
    fields, own_fields = words.lexicon().fields.items(), words.lexicon().own_fields.items()
    own = _own(known)
    return {
        name: family
        | {field for field, of in fields if of & family}
        | {field for field, of in own_fields if of & own[name]}
        for name, family in families(known).items()
    }


@lru_cache(maxsize=4096)
def matches(
    known: Catalog,
    own: frozenset[str],
    units: tuple[str, ...],
    around: frozenset[str],
    over: frozenset[str] = frozenset(),
    text: str = "",
    *,
    of_member: bool = False,
    whole: str = "",
) -> tuple[Match, ...]:
    """The metrics that concepts can mean, those that need least of what stands around first.

    Every concept of its `own` must be one of the metric's name; what is missing of that may stand
    `around`. `units` are all that is said of what is counted, "" for a bare 数. What only stands
    `over` the name may be the whole matter that the metric is about. `text` is the name where it is
    one alone: that of a metric, letter by letter, is no other's. `of_member`: a member
    stands beside it, which tells what it is about, so that 次数 needs no other name. `whole` is the
    unit of a whole sheet, which says what is counted where it fits.
    """
    lexicon = words.lexicon()
    named_units = tuple(unit for unit in units if unit)
    core = own - lexicon.free
    if not core and not named_units:
        return ()
    heading = over & {*lexicon.domains, *lexicon.generic, *lexicon.fields}
    of_fields = [lexicon.fields[field] for field in over | around if field in lexicon.fields]
    around |= frozenset().union(*(matters for matters in of_fields if len(matters) == 1))
    asked = _Asked(
        core, own, named_units, any(unit == "" for unit in units), around, of_member, whole
    )
    matter = own & lexicon.matters
    family, heads = families(known), headed(known)
    best: dict[str, Match] = {}
    for phrase in phrases(known):
        implied = (heading & heads[phrase.metric]) | (matter & family[phrase.metric])
        if not core - implied <= phrase.concepts:
            continue
        if not phrase.concepts - own <= around | lexicon.free:
            continue
        metric = known.metrics[phrase.metric]
        if not _units_fit(asked, phrase, metric):
            continue
        match = _match(asked, phrase, metric, family[phrase.metric], text)
        old = best.get(phrase.metric)
        if old is None or _rank(match) < _rank(old):
            best[phrase.metric] = match
    return tuple(_best(list(best.values())))


@dataclass(frozen=True)
class _Asked:
    """What is asked for, as `matches` has it: `core` are its `own` concepts that say anything."""

    core: frozenset[str]
    own: frozenset[str]
    units: tuple[str, ...]
    bare: bool
    around: frozenset[str]
    of_member: bool
    whole: str


def _units_fit(asked: _Asked, phrase: Phrase, metric: Metric) -> bool:
    """Whether what is asked can be counted as the phrase is."""
    if asked.units:
        return all(_counts(metric, phrase, unit) for unit in asked.units)
    if asked.bare:
        return (phrase.tail or metric.unit.zh) not in _MEASURED
    return phrase.tail not in _MEASURED


def _match(
    asked: _Asked, phrase: Phrase, metric: Metric, family: frozenset[str], text: str
) -> Match:
    """How well a phrase of a metric says what is asked for."""
    lexicon = words.lexicon()
    borrowed = phrase.concepts - asked.own - lexicon.free
    fits = bool(asked.whole) and go_together(asked.whole, metric.unit.zh)
    bare = asked.bare and phrase.tail not in _NO_BARE
    is_said = bool(asked.units) or fits or phrase.tail is None or bare
    exact = any(_is_unit(metric, phrase, unit) for unit in asked.units)
    counts = phrase.tail or metric.unit.zh
    is_clear = bool(asked.core) or counts in (_OF_MEMBERS if asked.of_member else _OF_ONE_KIND)
    # Where all is about activities, what is counted by 场 are these.
    is_clear = is_clear or (counts == "场" and asked.around - lexicon.free == _ACTIVITIES)
    is_told = exact and phrase.text in lexicon.told_by_unit
    if phrase.text in lexicon.told_by_matter:
        is_told = bool(asked.around & lexicon.matters & family)
    is_asked = phrase.asked and not is_told
    certain = is_said and not is_asked and is_clear and not (borrowed & lexicon.happened)
    extra = asked.core - phrase.concepts
    return Match(phrase.metric, borrowed, extra, certain, exact, phrase.text == text)


def _rank(match: Match) -> tuple[bool, bool, int, bool]:
    return (
        not match.exact_text,
        not match.certain,
        len(match.borrowed) + len(match.extra),
        not match.exact_unit,
    )


def _best(candidates: list[Match]) -> list[Match]:
    """Those that need least; among them those whose unit is said as their own."""
    if not candidates:
        return []
    if exact := [match for match in candidates if match.exact_text]:
        return exact
    fewest = min(len(match.extra) for match in candidates)
    candidates = [match for match in candidates if len(match.extra) == fewest]
    least = min(len(match.borrowed) for match in candidates)
    nearest = [match for match in candidates if len(match.borrowed) == least]
    exact = [match for match in nearest if match.exact_unit]
    return exact or nearest


def _counts(metric: Metric, phrase: Phrase, unit: str) -> bool:
    """Whether a number in a unit can be what the metric counts."""
    if metric.unit.en == "%" and unit in ("%", "‰", "百分比"):
        return True
    things = [it for word, it in words.lexicon().counted.items() if word in phrase.concepts]
    if go_together(unit, metric.unit.zh) or any(go_together(unit, thing) for thing in things):
        return True
    tail = phrase.tail or ""
    return bool(tail) and (unit == tail or words.all_together(unit, tail, metric.unit.zh))


def _is_unit(metric: Metric, phrase: Phrase, unit: str) -> bool:
    return unit in (metric.unit.zh, phrase.tail)
