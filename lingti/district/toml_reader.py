"""Settings as people write them: TOML read into typed values, with the place of what is wrong."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import tomli

from lingti.language import Text
from lingti.language import gettext as _


class SettingsError(Exception):
    """`district.toml` or a source that cannot be used; says which file and what to change."""


def read_toml(path: Path) -> dict[str, Any]:
    """A file as a table of values, to be read only. Raises SettingsError where it is no TOML."""
    status = path.stat()
    try:
        return _toml(path, status.st_mtime_ns, status.st_size)
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(
            _("{file} cannot be read: {error}. A Chinese key stands in quotation marks.").format(
                file=path.name, error=error
            )
        ) from error


@lru_cache(maxsize=4096)
def _toml(path: Path, _changed_ns: int, _bytes: int) -> dict[str, Any]:
    """Read again once it changed: a district of many communities has thousands of sources."""
    return tomli.loads(path.read_text("utf-8-sig"))


@dataclass(frozen=True)
class Reader:
    """Takes typed values out of a TOML table and names the place when one is wrong.

    `where` is that place, such as `district.toml: target 2`. Every method raises SettingsError.
    """

    where: str
    table: dict[str, Any]

    def fail(self, key: str, what: str) -> None:
        raise SettingsError(f"{self.where}: {key}: {what}")

    def _get(self, key: str, kind: type | tuple[type, ...], default: Any, what: str) -> Any:
        if key not in self.table:
            if default is None:
                self.fail(key, _("is missing"))
            return default
        value = self.table[key]
        if not isinstance(value, kind) or isinstance(value, bool):
            self.fail(key, _("must be {what}, not {value!r}").format(what=what, value=value))
        return value

    def string(self, key: str, default: str | None = None) -> str:
        return str(self._get(key, str, default, _("a text")))

    def whole(self, key: str, default: int | None = None) -> int:
        return int(self._get(key, int, default, _("a whole number")))

    def whole_or_none(self, key: str) -> int | None:
        return self.whole(key) if self.table.get(key) is not None else None

    def flag(self, key: str) -> bool:
        value = self.table.get(key, False)
        if not isinstance(value, bool):
            self.fail(key, _("must be true or false"))
        return bool(value)

    def number(self, key: str) -> float:
        return float(self._get(key, (int, float), None, _("a number")))

    def day(self, key: str, default: date | None = None) -> date:
        value: date = self._get(key, date, default, _("a date such as 2024-03-01"))
        return value

    def day_or_none(self, key: str) -> date | None:
        return self.day(key) if key in self.table else None

    def strings(self, key: str) -> tuple[str, ...]:
        return tuple(map(str, self._get(key, list, [], _("a list of texts"))))

    def text(self, key: str, default: Text | None = None) -> Text:
        if key not in self.table and default is not None:
            return default
        both = self._get(key, (dict, str), None, '{ zh = "…", en = "…" }')
        return Text(both, both) if isinstance(both, str) else Text(both["zh"], both.get("en", ""))

    def parts(self, key: str) -> list[Reader]:
        found = self._get(key, list, [], _("one or more [[{key}]] blocks").format(key=key))
        return [
            Reader(f"{self.where}: {key} {number}", part) for number, part in enumerate(found, 1)
        ]

    def one_of(self, key: str, known: Collection[str], default: str | None = None) -> str:
        value = self.string(key, default)
        if value not in known:
            self.fail(
                key,
                _("{value!r} is unknown; use one of {known}").format(
                    value=value, known=", ".join(sorted(known))
                ),
            )
        return value
