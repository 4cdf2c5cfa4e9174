"""Words and small pieces of HTML that the import page shows in several places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import htpy as h

from lingti import language
from lingti.catalog import Table
from lingti.ingest.checking.coverage import Span
from lingti.judging import number_text
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.ui.parts.html_out import Html, send_style
from lingti.ui.streamlit_inside.names import filled, filled_file
from lingti.ui.window import session

_SHEET = Path(__file__).with_name("import_page.css")


def styled(drop_words: str = "") -> None:
    """Adds the style of the import page, and our words over those of the drop zone."""
    words = (
        ("$file_uploader $file_uploader_dropzone button", _("Choose files")),
        (
            "$file_uploader $file_uploader_instructions",
            drop_words or _("Drop the sheets here, or choose them"),
        ),
    )
    rules = "".join(f"{filled(where)}{{--lt-words:'{word}'}}" for where, word in words)
    send_style(f"{filled_file(_SHEET)}{rules}")


def spans(days: Sequence[Span]) -> str:
    """Days covered as one reads them: `2024年6月1日至2024年6月30日`."""
    return language.words(
        number_text.day(first)
        if first == last
        else f"{number_text.day(first)} – {number_text.day(last)}"
        for first, last in days
    )


def because(code: str) -> str:
    """How the days covered were told."""
    return {
        "given": _("as you chose"),
        "title": _("told by the title"),
        "sheet": _("told by the sheets' names"),
        "file_name": _("told by the file's name"),
        "months": _("the months its rows lie in"),
    }.get(code, "")


def tables(known: Mapping[str, Table], names: Sequence[str]) -> str:
    """Canonical tables by their titles."""
    return language.words(known[name].title.pick() for name in names if name in known)


def why_set_aside(code: str) -> str:
    """Why a row is no data."""
    return {
        "title": _("title"),
        "note": _("note"),
        "unit": _("unit"),
        "hint": _("hint"),
        "column_numbers": _("column numbers"),
        "total": _("total"),
        "section": _("section heading"),
        "repeated_header": _("header again"),
        "blank": _("empty"),
        "footer": _("footer"),
        "form": _("form"),
        "outside": _("beside the table"),
        "legend": _("legend"),
        "other_table": _("in another table of the file"),
        "not_taken": _("of a kind nothing takes"),
        "void": _("void"),
        "struck": _("struck through"),
        "merged": _("covered by a merged cell"),
        "unticked": _("not ticked or signed"),
        "hidden": _("hidden"),
        "repeated": _("repeated"),
        "planned": _("planned"),
    }.get(code, code)


def to_go(count: int) -> str:
    """The consent to an import after which so many rows count no more."""
    words = ngettext("Yes, {number} row is to go", "Yes, {number} rows are to go", count)
    return words.format(number=number_text.exact(count))


def counts_html(counts: dict[str, int]) -> Html:
    """The sum of the fates, as an equation that can be checked."""
    words = {
        "accepted": _("accepted"),
        "already_present": _("there already"),
        "quarantined": _("to correct"),
        "set_aside": _("no data rows"),
        **({"outdated": _("outdated")} if counts["outdated"] else {}),
    }
    parts = [
        h.span(class_=f"lt-sum lt-sum-{name}{' lt-sum-none' if not counts[name] else ''}")[
            h.b[number_text.exact(counts[name])], " ", word
        ]
        for name, word in words.items()
    ]
    number = number_text.exact(counts["read"])
    read = h.span(".lt-sum")[h.b[number], " ", _("rows read")]
    added = [[h.i["+" if at else "="], part] for at, part in enumerate(parts)]
    return h.p(".lt-sums")[read, added]


def change_html(parts: Sequence[tuple[str, int, str]]) -> Html:
    """What changes in what counts today: word, number, class."""
    shown = [
        h.span(class_=f"lt-delta lt-delta-{look}")[word, " ", h.b[number_text.exact(number)]]
        for word, number, look in parts
    ]
    return h.p(".lt-deltas")[shown]


def warn(title: str, text: str) -> Html:
    """A box that says what is wrong and what to do."""
    return h.div(".lt-warn", role="alert")[h.b[title], h.span[text]]


def account() -> str:
    """Who imports: the one at the screen."""
    return session.account()
