"""What a text said before a blank in it: of when and of whom it speaks there.

The sentence of the blank counts first; what says two things says neither.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lingti.catalog import DISTRICT
from lingti.forms.understanding import labels, times
from lingti.forms.understanding.labels import Places
from lingti.forms.understanding.times import ConflictError, Time

_SENTENCE = re.compile(r"[。！!？?；;\n]")
_CLAUSE = re.compile(r"[，,、：:（）()]")
_LAST = re.compile(r"[^，,、：:（）()]*$")
_YEAR = re.compile(r"(20\d\d)年")
_WHOLE = re.compile(r"全(?:街道|街|市|镇|乡|县|省|国)")
_UNREAD = re.compile(r"[前近][\d一二三四五六七八九十两几]|过去|连续|每[月年季日]|以来|至今")
_SO_FAR = Time(which="so_far")
ELSEWHERE = "elsewhere"  # a place that is none of the district


@dataclass(frozen=True)
class Spoken:
    """The time, year and place said; `unclear` names of which of them several were."""

    time: Time
    year: int | None = None
    year_is_near: bool = False
    place: str = ""
    unclear: frozenset[str] = frozenset()
    besides: bool = False  # 累计 stands beside the time, and may go on


def before(text: str, known: Places, *, is_part: bool = False) -> Spoken:
    """What a text says up to its end; the time of its last clause is left to its name.

    `is_part`: its name is 其中 of the clause before, whose time is its own.
    """
    sentences = [part for part in reversed(_SENTENCE.split(text)) if part.strip()]
    unclear: set[str] = set()
    time, place, year, near, besides = Time(), "", None, False, False
    earlier = [_LAST.sub("", sentences[0]), *sentences[1:]] if sentences else []
    if is_part and earlier:
        clauses = [part for part in _CLAUSE.split(earlier[0]) if part.strip()]
        if clauses and (near_time := _times(clauses[-1])) and len(near_time) == 1:
            earlier = clauses[-1:]
    for sentence_times in map(_times, earlier):
        if sentence_times and len(sentence_times) > 1:
            besides = len(sentence_times - {_SO_FAR}) == 1 < len(sentence_times)
            sentence_times -= {_SO_FAR}
        if sentence_times is None or len(sentence_times) > 1:
            unclear.add("time")
        if sentence_times is None or sentence_times:
            time = sentence_times.pop() if sentence_times else Time()
            break
    for sentence_places in (_places(part, known) for part in sentences):
        if len(sentence_places) > 1:
            unclear.add("place")
        if sentence_places:
            place = sentence_places.pop()
            break
    for position, sentence in enumerate(sentences):
        if years := set(_YEAR.findall(sentence)):
            if len(years) > 1:
                unclear.add("year")
            year, near = int(years.pop()), position == 0
            break
    return Spoken(time, year, near, place, frozenset(unclear), besides)


def _times(sentence: str) -> set[Time] | None:
    """The times of a sentence, changes aside; None where a clause says two, or an unknown one."""
    spoken_times = set()
    for clause in _CLAUSE.split(sentence):
        try:
            rest, time = times.said(clause)
        except ConflictError:
            return None
        if _UNREAD.search(rest):
            return None
        time = replace(time, change="", how="" if time.change else time.how)
        if time.is_said:
            spoken_times.add(time)
    return spoken_times


def _places(sentence: str, known: Places) -> set[str]:
    places = set(labels.places_in(sentence, known))
    if "全区" in sentence:
        places.add(DISTRICT)
    if _WHOLE.search(sentence):
        places.add(ELSEWHERE)
    return places
