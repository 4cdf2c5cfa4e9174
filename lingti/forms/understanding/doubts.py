"""Why what stands around a slot may make its number another one than its names say."""

from __future__ import annotations

from lingti.forms.understanding import measures, words
from lingti.forms.understanding.around import Wording
from lingti.forms.understanding.background import Background, Known, section

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
    sections = [section(known, one) for one in wording.sections]
    clause = [section(known, wording.clause, is_clause=True)] if wording.clause else []
    topics = [*ground.topics, *sections, *clause]
    generic = words.lexicon().generic
    for topic in topics:
        own_part = any(
            one - free - generic and one - free - generic <= heads for one in topic.clean
        )
        if topic.unknown and (not own_part or words.restricting(topic.unknown)):
            doubts.append("title")
            break
    own = frozenset().union(*(name.concepts for name in wording.names))
    if wording.before and not wording.before.place and wording.before.left:
        doubts.append("title")
    for topic in topics:
        fits = any(one - free - words.lexicon().generic <= heads for one in topic.topics)
        # A name that is clear by itself may stand in a form about another matter altogether.
        apart = not (topic.concepts - words.lexicon().generic) & family
        apart = apart and _OF_PERSONS not in topic.topics
        said_apart = topic in clause and bool(family & topic.concepts & words.lexicon().matters)
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
