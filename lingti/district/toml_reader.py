"""Settings as people write them: TOML read into typed values, with the place of what is wrong."""

from __future__ import annotations

import re
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
    except UnicodeDecodeError as error:
        raise SettingsError(
            _(
                "{file} is not saved as UTF-8. Open it in Notepad, “Save as”, encoding UTF-8."
            ).format(file=path.name)
        ) from error
    except tomli.TOMLDecodeError as error:
        raise SettingsError(_what_is_meant(path, error)) from error


def _what_is_meant(path: Path, error: tomli.TOMLDecodeError) -> str:
    """The line that is no TOML, and how to write what is meant."""
    match = re.search(r"line (\d+)", str(error))
    lines = path.read_text("utf-8-sig").splitlines()
    number = min(int(match[1]), len(lines)) if match else len(lines)
    line = lines[number - 1] if lines else ""
    short_day = re.search(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b", line)
    if re.search("[“”‘’＂]", line):
        meant = _('Chinese quotation marks; write straight ones: "…"')
    elif re.search("[＝，：]", line):
        meant = _("Chinese punctuation; write = and , as on an English keyboard")
    elif short_day and len(short_day[0]) < len("2026-01-01"):
        year, month, day = short_day.groups()
        meant = _("a day has two digits for month and day: {day}").format(
            day=f"{year}-{int(month):02d}-{int(day):02d}"
        )
    else:
        meant = _("{error}. A Chinese key stands in quotation marks").format(error=error)
    # The line itself is not repeated: pages show this to whoever opens them.
    return _("{file}, line {line}: {meant}.").format(file=path.name, line=number, meant=meant)


def located(error: SettingsError, path: Path) -> SettingsError:
    """The error with the line of the file that it is about, where its place can be found."""
    place = re.match(rf"(?:sources/)?{re.escape(path.name)}: (?:(\w+) (\d+): )?(\w+)", str(error))
    if place is None:
        return error
    block, number, key = place.groups()
    count, in_block = 0, block is None
    for at, line in enumerate(path.read_text("utf-8-sig").splitlines(), 1):
        if head := re.match(r"\s*\[\[(\w+)\]\]", line):
            count += head[1] == block
            in_block = head[1] == block and count == int(number or 0)
        elif in_block and re.match(rf'\s*"?{re.escape(key)}"?\s*=', line):
            return SettingsError(_("{says} (line {line})").format(says=error, line=at))
    return error


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
        blocks = self._get(key, list, [], _("one or more [[{key}]] blocks").format(key=key))
        return [
            Reader(f"{self.where}: {key} {number}", part) for number, part in enumerate(blocks, 1)
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
