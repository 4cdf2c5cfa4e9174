"""Why what stands around a slot may make its number another one than its names say."""

from __future__ import annotations

from lingti.forms.understanding import measures, words
from lingti.forms.understanding.around import Wording
from lingti.forms.understanding.background import Background, Known, Topic, section

_OF_PERSONS = frozenset({"志愿"})  # 志愿者 are persons, 志愿服务 is what they do


def doubts_of(
    known: Known, wording: Wording, ground: Background, metric: str, member: str
) -> list[str]:
    """Why what is around a slot may restrict or change what it asks for: a metric, of a member."""
    family = measures.families(known.catalog).get(metric, frozenset())
    heads = measures.headed(known.catalog).get(metric, frozenset())
    acts, free = words.lexicon().acts, words.lexicon().free
    doubts = []
    clear = _is_clear(known, wording, metric)
    topics = [*ground.topics, *_topics_around(known, wording)]
    if words_in_doubt(known, wording, ground, metric):
        doubts.append("title")
    own = frozenset().union(*(name.concepts for name in wording.names))
    if wording.before and not wording.before.place and wording.before.left:
        doubts.append("title")
    for topic in topics:
        nothing = free | words.lexicon().generic | (_apart(heads) if clear else frozenset())
        fits = any(one - nothing <= heads for one in topic.topics)
        # A name that is clear by itself may stand in a form about another matter altogether.
        apart = not (topic.concepts - words.lexicon().generic) & family
        apart = apart and _OF_PERSONS not in topic.topics
        said_apart = topic in _of_clause(known, wording) and bool(
            family & topic.concepts & words.lexicon().matters
        )
        if topic.topics and not fits and not (clear and (apart or said_apart)):
            doubts.append("topic")
            break
    is_stock = known.catalog.metrics[metric].window != "period"
    if is_stock and ground.of_new:  # 新增商家 over 签约商家: those there are, or the new ones
        doubts.append("stock_to_date")
    is_title = any(name.core == known.catalog.metrics[metric].title.zh for name in wording.names)
    is_act = bool(own) and own - free <= acts and not (wording.around - acts) & family
    if is_act and not member and not is_title:
        doubts.append("act")
    if ground.narrowed:
        doubts.append("note")
    if any(word and name.core in ("其他", "其它") for name in wording.names for word in [member]):
        doubts.append("other")
    return doubts


def _apart(heads: frozenset[str]) -> frozenset[str]:
    """What happens to other parts of the matter of a metric: it says nothing of it."""
    apart = words.lexicon().apart
    return frozenset().union(*(acts for matter, acts in apart.items() if matter in heads))


def words_in_doubt(
    known: Known, wording: Wording, ground: Background, metric: str
) -> tuple[str, ...]:
    """The words of titles and sections that nobody knows, and that may restrict a metric."""
    heads = measures.headed(known.catalog).get(metric, frozenset())
    nothing = words.lexicon().free | words.lexicon().generic
    found: list[str] = []
    for topic in [*ground.topics, *_topics_around(known, wording)]:
        own_part = any(one - nothing and one - nothing <= heads for one in topic.clean)
        if not own_part or words.restricting(topic.unknown):
            found += topic.unknown
        found += sorted((topic.concepts & words.lexicon().own_fields.keys()) - heads)
    return tuple(dict.fromkeys(found))


def _topics_around(known: Known, wording: Wording) -> list[Topic]:
    return [*(section(known, one) for one in wording.sections), *_of_clause(known, wording)]


def _of_clause(known: Known, wording: Wording) -> list[Topic]:
    return [section(known, wording.clause, is_clause=True)] if wording.clause else []


def _is_clear(known: Known, wording: Wording, metric: str) -> bool:
    """Whether the names say by themselves what is counted, and of what matter."""
    lexicon = words.lexicon()
    family = measures.families(known.catalog).get(metric, frozenset())
    own = frozenset().union(*(name.concepts for name in wording.names))
    own_names = [own]
    if wording.before and not wording.before.place:  # a part is no clearer than the whole
        whole = wording.before.concepts
        matter = whole & lexicon.matters & family
        own_names = [own | matter] if matter else [own, whole]
    has_unit = bool(wording.unit_text) or any(
        name.tail is not None or name.unit for name in wording.names
    )
    return all(
        (name - lexicon.acts - lexicon.generic and len(name - lexicon.free) > 1)
        or (has_unit and name & lexicon.complete)
        for name in own_names
    )
