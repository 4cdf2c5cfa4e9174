"""What can be read in two ways is asked: one model from the step that asks to page and command.

A step of an import that meets such a thing asks, and goes on with the answer:

    choice = asking.ask(
        "void_word",
        _("Do rows marked “{word}” count?").format(word=word),
        {"void": _("They do not count"), "count": _("They count like the others")},
        sheet=table.sheet, column="备注", word=word, examples=["作废"], default="void",
    )

`choice` is one of the ids given, or None while it is open: then the step does what harms least. As
long as a question is open the plan is refused (`questions`) and nothing is written, so what it
does shows in counts only. `examples` must be fit to be shown: mask persons before.

The same question has the same id next month: it is made of whose source it is (`place`), the kind,
the column as `match_source.plain` spells it, and the word; sheet, file and examples are not in it.
With `file` (a hash of its content) it is one about this file alone and asked anew of the next.

Answers are given with the import (`Request.answers`, `--answers`, the page: {id: choice}). What an
import that is kept was told is remembered as an entry `source_answer` under the question's id, and
stands in the manifest of the batch (`answers`). A choice may be kept as an entry of its own
instead, such as a merchant's alias: `kept_as={choice: (kind, key, value)}`.

With `once={choice: hash}` that choice is remembered of the file with this content alone.

Who asks before there is a source (a layout nobody knows) makes an `Asking` of its own with
`place_of_layout`, and shows `asking.open` in the same way.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from lingti import entries
from lingti.district import Source
from lingti.ingest.mapping.match_source import plain

KIND = "source_answer"
SHOWN = 5
OtherEntry = tuple[str, str, Any]


class AnswerError(Exception):
    """An answer that is none of the choices."""


@dataclass(frozen=True)
class Question:
    """One question: `choices` are what is said for each id, `default` the one that is usual.

    The choices in `once` hold for this file alone, so that the next one is asked again.
    """

    id: str
    kind: str
    asks: str
    choices: Mapping[str, str]
    default: str
    sheet: str = ""
    column: str = ""
    word: str = ""
    examples: tuple[str, ...] = ()
    once: frozenset[str] = frozenset()

    @property
    def each_file(self) -> bool:
        """Whether it is asked of each file, whatever the answer."""
        return self.once >= self.choices.keys()

    def as_json(self) -> dict[str, object]:
        """The question as the command line prints it."""
        return {
            "id": self.id,
            "kind": self.kind,
            "asks": self.asks,
            "sheet": self.sheet,
            "column": self.column,
            "examples": list(self.examples),
            "choices": [{"id": one, "says": says} for one, says in self.choices.items()],
            "default": self.default,
            "each_file": self.each_file,
        }


@dataclass(frozen=True)
class Settled:
    """A question with its answer; `is_new` if it was given now and not remembered."""

    question: Question
    choice: str
    is_new: bool
    entry: OtherEntry | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    of_file: str = ""

    @property
    def key(self) -> str:
        """Under which it is remembered."""
        return _of_file(self.question.id, self.of_file)

    def as_json(self) -> dict[str, object]:
        """As the manifest of a batch keeps it."""
        question = self.question
        head = {
            "id": question.id,
            "kind": question.kind,
            "sheet": question.sheet,
            "column": question.column,
        }
        return {**head, "word": question.word, "choice": self.choice, **self.facts}


class Asking:
    """The questions of one import: answered as given or remembered, or open."""

    def __init__(
        self,
        place: str,
        given: Mapping[str, str] | None = None,
        remembered: Mapping[str, str] | None = None,
    ) -> None:
        self.place = place
        self.given = given or {}
        self.remembered = remembered or {}
        self._open: dict[str, Question] = {}
        self._settled: dict[str, Settled] = {}

    @property
    def open(self) -> list[Question]:
        """What nobody answered yet, in the order it was asked."""
        return list(self._open.values())

    @property
    def settled(self) -> list[Settled]:
        """What was answered, now or before."""
        return list(self._settled.values())

    def answer_to(self, kind: str, *, column: str = "", word: str = "") -> str | None:
        """What was answered to such a question, now or before, without asking it."""
        known = _id(self.place, kind, column, word, "")
        return self.given.get(known) or self.remembered.get(known)

    def ask(
        self,
        kind: str,
        asks: str,
        choices: Mapping[str, str],
        *,
        default: str,
        sheet: str = "",
        column: str = "",
        word: str = "",
        examples: Collection[str] = (),
        file: str = "",
        kept_as: Mapping[str, OtherEntry] | None = None,
        facts: Mapping[str, Any] | None = None,
        once: Mapping[str, str] | None = None,
    ) -> str | None:
        """The choice that counts, or None while the question is open.

        `facts` go into the manifest beside the answer. Raises AnswerError for an answer given
        that is no choice; one remembered of choices there were is asked again.
        """
        known = _id(self.place, kind, column, word, file)
        shown = tuple(dict.fromkeys(examples))[:SHOWN]
        this_file = frozenset(choices if file else once or ())
        question = Question(
            known, kind, asks, choices, default, sheet, column, word, shown, this_file
        )
        choice = self.given.get(known)
        if choice is not None and choice not in choices:
            raise AnswerError(f"{known}: {choice!r}; {', '.join(choices)}")
        is_new = choice is not None
        if choice is None:
            keys = [_of_file(known, file) for file in (once or {}).values()]
            choice = next((c for k in [*keys, known] if (c := self.remembered.get(k))), None)
        if choice is None or choice not in choices:
            before = self._open.get(known)
            if before is not None:
                both = dict.fromkeys([*before.examples, *shown])
                question = replace(before, examples=tuple(both)[:SHOWN])
            self._open[known] = question
            return None
        entry, of_file = (kept_as or {}).get(choice), (once or {}).get(choice, "")
        settled = Settled(question, choice, is_new, entry, facts or {}, of_file)
        self._settled.setdefault(known, settled)
        return choice


def asking(home: Path, source: Source, given: Mapping[str, str] | None = None) -> Asking:
    """The asking of an import with a source, with what is remembered of it."""
    return Asking(place_of_source(source), given, remembered(home))


def place_of_source(source: Source) -> str:
    """Whose questions they are: those of a community's source."""
    return f"{source.community}/{source.id}"


def place_of_layout(community: str, columns: Collection[str]) -> str:
    """Whose questions they are before there is a source: those of a community's layout."""
    return "/".join([community, *sorted(map(plain, columns))])


def remembered(home: Path) -> dict[str, str]:
    """Question id → choice, as it counts today."""
    return {key: value["choice"] for key, value in entries.current(home, KIND).items()}


def remember(home: Path, answered: Asking, by: str) -> None:
    """Keeps what was answered now: as `source_answer`, or as the entry a choice stands for."""
    for settled in answered.settled:
        if settled.entry is not None and settled.is_new:
            entries.add(home, *settled.entry, by)
        elif settled.is_new:
            value = {"source": answered.place, **settled.as_json()}
            value.pop("id")
            entries.add(home, KIND, settled.key, value, by)


def forget(home: Path, source: Source, by: str) -> None:
    """Takes back what was answered for a source that is forgotten."""
    for key, value in entries.current(home, KIND).items():
        if value["source"] == place_of_source(source):
            entries.add(home, KIND, key, None, by)


def _of_file(known: str, file: str) -> str:
    return f"{known}-{hashlib.sha256(file.encode()).hexdigest()[:12]}" if file else known


def _id(place: str, kind: str, column: str, word: str, file: str) -> str:
    text = "\n".join((place, kind, plain(column), word, file))
    return f"{kind}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
