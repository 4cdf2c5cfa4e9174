"""Keeps the Chinese catalogue in step with the code: `make translations`.

Extracts the English message ids, adds new ones to the catalogue untranslated, drops those no
longer used, and compiles it. A test fails while a message has no Chinese.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent.parent
PO = ROOT / "lingti/locale/zh_CN/LC_MESSAGES/lingti.po"
MO = PO.with_suffix(".mo")
# The header has dates; only the words may change the file.
ALWAYS = datetime(2024, 3, 1, tzinfo=UTC)
# Function: how many of its first arguments are message ids.
FUNCTIONS = {"_": 1, "N_": 1, "gettext": 1, "ngettext": 2}


def template() -> Catalog:
    """Every message id in the code."""
    catalog = Catalog(project="lingti")
    files = [*(ROOT / "lingti").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py"]
    for file in files:
        for message in messages(file.read_text("utf-8")):
            catalog.add(message)
    return catalog


def messages(code: str) -> Iterator[str | tuple[str, ...]]:
    """The message ids of a piece of code, also those inside f-strings; plurals as pairs.

    Babel's own extraction reads tokens, and before Python 3.12 an f-string is a single one.
    """
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            texts = [
                argument.value
                for argument in node.args[: FUNCTIONS.get(node.func.id, 0)]
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            ]
            if texts:
                yield texts[0] if len(texts) == 1 else tuple(texts)


def read() -> Catalog:
    """The Chinese catalogue as it stands; an empty one if there is none yet."""
    if not PO.exists():
        return Catalog(locale="zh_CN", project="lingti", fuzzy=False)
    with PO.open("rb") as file:
        return read_po(file, locale="zh_CN")


def update() -> Catalog:
    """The catalogue with the code's message ids, the Chinese kept; guesses nothing."""
    catalog = read()
    catalog.update(template(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.header_comment = "# The Chinese of Lingti; kept by `make translations`."
    catalog.creation_date = catalog.revision_date = ALWAYS
    catalog.msgid_bugs_address = "-"
    catalog.last_translator = catalog.language_team = "Lingti"
    return read_po(io.BytesIO(as_po(catalog)), locale="zh_CN")


def as_po(catalog: Catalog) -> bytes:
    """The catalogue as text, sorted and without places, so that it changes only with its words."""
    out = io.BytesIO()
    write_po(out, catalog, no_location=True, sort_output=True, width=100)
    return out.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    """The catalogue compiled."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def untranslated(catalog: Catalog) -> list[str]:
    """The message ids without Chinese, or with a doubtful one."""
    return [
        str(message.id)
        for message in catalog
        if message.id and (message.fuzzy or not all(_texts(message.string)))
    ]


def _texts(string: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [string] if isinstance(string, str) else list(string or [""])


def main() -> int:
    """Updates and compiles the catalogue; 1 while something is untranslated."""
    catalog = update()
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(as_po(catalog))
    MO.write_bytes(as_mo(catalog))
    missing = untranslated(catalog)
    for message in missing:
        print(message)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
