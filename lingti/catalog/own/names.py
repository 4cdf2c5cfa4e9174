"""Names that SQL and commands use, made of titles that people write."""

from __future__ import annotations

import re
import unicodedata

PREFIX = "own_"
_LONGEST = 40


def name_of(title: str) -> str:
    """The name of a table or metric: `own_助餐台账`; letters, digits and _ are kept."""
    return PREFIX + plain(title)


def plain(title: str) -> str:
    """A title as part of a name: without spaces and signs, in small letters."""
    written = unicodedata.normalize("NFKC", title).lower()
    return re.sub(r"\W+", "_", written).strip("_")[:_LONGEST].strip("_")


def on_one_line(text: str) -> str:
    """A text as one line of a header can hold it: no line ends, bars, double spaces or keys."""
    return re.sub(r"\s+", " ", text.replace("|", "/")).strip().replace(": ", "：")


def both(text: str) -> str:
    """A text of one language as headers write it: what people wrote is said in both."""
    return f"{on_one_line(text)} | {on_one_line(text)}"
