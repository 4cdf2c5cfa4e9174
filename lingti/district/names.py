"""Names in `district.toml` that nothing is called: refused, with what is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Protocol

from lingti.catalog import Catalog
from lingti.district.toml_reader import Reader
from lingti.language import Text
from lingti.language import gettext as _

_PERIOD = re.compile(r"\d{4}(-(\d{2}(-YTD)?|Q[1-4]|H[12]|JF|W\d{2}))?|programme")


class Titled(Protocol):
    """What has a title."""

    @property
    def title(self) -> Text: ...


def refuse_unknown(written: Reader, known: Catalog) -> None:
    """Raises SettingsError for a table, metric or period that there is not."""
    for part in written.parts("expected"):
        _all_known(part, "tables", part.strings("tables"), known.tables)
    for part in written.parts("community"):
        _all_known(part, "headlines", part.strings("headlines"), known.metrics)
    for part in written.parts("target"):
        _all_known(part, "metric", [part.string("metric")], known.metrics)
        period = part.string("period")
        if not _PERIOD.fullmatch(period):
            year = re.match(r"\d{4}", period)
            example = year[0] if year else "2026"
            part.fail(
                "period",
                _("{given!r} is no period; write {year}, {year}-06 or {year}-Q2").format(
                    given=period, year=example
                ),
            )


def _all_known(part: Reader, key: str, given: Iterable[str], known: Mapping[str, Titled]) -> None:
    for name in given:
        if name in known:
            continue
        called = {word: one for one, it in known.items() for word in (it.title.zh, it.title.en)}
        near = called.get(name) or next(iter(get_close_matches(name, known, 1)), "")
        meant = (
            _("{given!r} is called {name} here").format(given=name, name=near)
            if near
            else _("{given!r} is unknown; use one of {known}").format(
                given=name, known=", ".join(sorted(known))
            )
        )
        part.fail(key, meant)
