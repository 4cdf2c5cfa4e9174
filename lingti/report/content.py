"""What documents are made of, as plain data: headings, paragraphs, tables and pictures.

Computed once and written by each format in its own way. Texts are final, in one language.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Literal, Self, cast

import pandas as pd

from lingti.catalog import Metric
from lingti.charts import Look
from lingti.judging.verdicts.verdict import VerdictCode
from lingti.judging.verdicts.verdict_words import Tone, tone

Mark = Literal["verdict", "target", "change"]


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 (the sections) or 2."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """One paragraph. A `note` is set smaller; `fill` is a marked place for people to write into."""

    text: str
    kind: str = "body"
    fill: str = ""


class Marked(str):
    """The text of a cell that is a verdict, a missed target or a change, which have a tone.

    `code` is the verdict, or how the target stands. Only signals and missed targets have a colour;
    a change between two periods is grey.
    """

    __slots__ = ("code", "mark")
    mark: Mark
    code: str

    def __new__(cls, text: str, mark: Mark, code: str = "") -> Self:
        marked = super().__new__(cls, text)
        marked.mark, marked.code = mark, code
        return marked

    def __reduce__(self) -> tuple[type[Self], tuple[str, Mark, str]]:
        return type(self), (str(self), self.mark, self.code)

    @property
    def tone(self) -> Tone:
        """Which colour of the palette it has."""
        if self.mark == "target":
            return "bad"
        return tone(cast(VerdictCode, self.code)) if self.mark == "verdict" else "grey"


class Bar(str):
    """The text of a cell behind which a bar shows how much of a target is reached.

    `share` is of the target, `status` how it stands; a missed one has a colour.
    """

    __slots__ = ("share", "status")
    share: float
    status: str

    def __new__(cls, text: str, share: float, status: str) -> Self:
        bar = super().__new__(cls, text)
        bar.share, bar.status = share, status
        return bar

    def __reduce__(self) -> tuple[type[Self], tuple[str, float, str]]:
        return type(self), (str(self), self.share, self.status)

    @property
    def part(self) -> float:
        """Which part of the cell the bar fills: the target stands at four fifths of it."""
        return max(0.0, min(1.0, TARGET_AT * self.share))


TARGET_AT = 0.8


def colour(text: object, look: Look) -> str | None:
    """The colour of a cell's text, as `#RRGGBB`; None for one without a tone."""
    if not isinstance(text, Marked):
        return None
    tones: dict[Tone, str] = {
        "good": look.good,
        "bad": look.bad,
        "signal": look.accent,
        "grey": look.muted,
    }
    return tones[text.tone]


@dataclass(frozen=True)
class Grid:
    """A table: `widths` are shares of the text's width, `right` the columns set to the right.

    Cells that are `Marked` have a tone.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    right: frozenset[int] = frozenset()

    def without(self, titles: Collection[str]) -> Self:
        """The table without the columns of these titles; the others share their room."""
        kept = [at for at, title in enumerate(self.head) if title not in titles]
        room = sum(self.widths[at] for at in kept)
        return replace(
            self,
            head=tuple(self.head[at] for at in kept),
            rows=tuple(tuple(row[at] for at in kept) for row in self.rows),
            widths=tuple(self.widths[at] / room for at in kept),
            right=frozenset(place for place, at in enumerate(kept) if at in self.right),
        )


@dataclass(frozen=True)
class Picture:
    """A chart of one metric: `kind` is lines (over time), bars (by community) or columns.

    `frame` is what `lingti.charts` draws: one row per place and period with community, grain,
    period, value, state. `columns` is one place over time. `caption` names it, and `missing` says
    whose numbers it has not.
    """

    kind: str
    metric: Metric
    caption: str
    frame: pd.DataFrame = field(compare=False)
    missing: str = ""


Block = Heading | Paragraph | Grid | Picture


@dataclass(frozen=True)
class Section:
    """A part of a document; `id` is the name a template knows it by."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Memo:
    """A briefing: its title, to whom it goes, its sections, its annexes; who and when.

    `addressee` is empty where a marked place is left for it, None where it goes to nobody;
    `signed` are who signs it, and the day, which is the last; `closing` are the words before them.
    `tables` are the parts of the first annex, `appendix` is the second; a page for a leader has
    neither. `words` are the short texts that a template can also ask for by name.
    """

    title: str
    lead: tuple[Block, ...]
    sections: tuple[Section, ...]
    tables: tuple[Section, ...]
    appendix: Section | None
    signed: tuple[str, ...]
    words: dict[str, str]
    addressee: str | None = ""
    closing: str = ""
