"""What documents are made of, as plain data: headings, paragraphs, tables and pictures.

Computed once and written by each format in its own way. Texts are final, in one language.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from lingti.catalog import Metric


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 (the sections) or 2."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """One paragraph. A `note` is set smaller; a `fill` is left for people to write."""

    text: str
    kind: str = "body"


@dataclass(frozen=True)
class Grid:
    """A table: `widths` are shares of the text's width, `right` the columns set to the right."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    right: frozenset[int] = frozenset()


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
    """A briefing: its title, what it says in short, its sections, its appendix; who and when.

    `words` are the short texts that a template can also ask for by name.
    """

    title: str
    lead: tuple[Block, ...]
    sections: tuple[Section, ...]
    appendix: Section
    signed: tuple[str, str]
    words: dict[str, str]
