"""Chinese and English: the words of the program (gettext) and of the data (`Text`).

Message ids are English; the catalogue in `locale/` holds the Chinese. The language is a
context variable, so that two browsers on one server each keep their own.
"""

from __future__ import annotations

import gettext as gettext_module
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LANGUAGES = ("zh", "en")
_LOCALE_DIR = Path(__file__).parent / "locale"
_current: ContextVar[str] = ContextVar("language", default="zh")


@dataclass(frozen=True)
class Text:
    """A title or sentence that the data itself brings in both languages."""

    zh: str
    en: str

    def pick(self) -> str:
        """The text in the current language; the other one where it is empty."""
        return (self.en or self.zh) if current() == "en" else (self.zh or self.en)

    @classmethod
    def parse(cls, both: str) -> Text:
        """Reads `zh | en`, as headers and comments of SQL files write it."""
        zh, _, en = both.partition("|")
        return cls(zh.strip(), en.strip())


def use(language: str) -> None:
    """Sets the language of this thread or task. Raises ValueError for an unknown one."""
    if language not in LANGUAGES:
        raise ValueError(f"unknown language {language!r}; there are {', '.join(LANGUAGES)}")
    _current.set(language)


def current() -> str:
    """The language in use: `zh` or `en`."""
    return _current.get()


def from_locale(locale: str | None) -> str:
    """The language for a browser's locale such as `en-GB`; Chinese where it says nothing."""
    return "en" if locale and not locale.lower().startswith("zh") else "zh"


@cache
def _catalogue() -> gettext_module.NullTranslations:
    return gettext_module.translation("lingti", _LOCALE_DIR, languages=["zh_CN"], fallback=True)


def gettext(message: str) -> str:
    """The message in the current language."""
    return _catalogue().gettext(message) if current() == "zh" else message


def ngettext(singular: str, plural: str, number: int) -> str:
    """The message for a number of things in the current language."""
    if current() == "zh":
        return _catalogue().ngettext(singular, plural, number)
    return singular if number == 1 else plural


def words(parts: Iterable[str]) -> str:
    """Words one after another: `甲、乙`, `A, B`."""
    return ("、" if current() == "zh" else ", ").join(parts)


def clauses(parts: Iterable[str]) -> str:
    """Parts of a sentence one after another: `甲，乙`, `A, B`."""
    return ("，" if current() == "zh" else ", ").join(parts)


def runs(numbers: Iterable[int]) -> str:
    """1–4, 7 for 1, 2, 3, 4 and 7."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
