"""What needs attention, on the first screen: the five most severe, each leading to its place."""

from __future__ import annotations

from collections.abc import Sequence

import htpy as h

from lingti.catalog import DISTRICT
from lingti.judging import number_text
from lingti.judging.standing.to_do import Item
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.ui.parts import url
from lingti.ui.parts.html_out import Html, put
from lingti.ui.parts.markers import mark
from lingti.ui.window.frame import Page

MOST = 5
EVERY = "todo"  # the part of the address that asks for all


def to_do(page: Page, items: Sequence[Item]) -> None:
    """The first items, or all where the address asks for them; `items` are in order."""
    is_all = url.read(EVERY) == "all"
    chosen = items if is_all else items[:MOST]
    lines = [_line(page, item) for item in chosen]
    nothing = _("Nothing needs attention: all reports are in and every target is on pace.")
    put(
        h.section(".lt-to-do", aria_label=_("To do"))[
            h.h2[_("To do"), h.small[number_text.exact(len(items))] if items else None],
            h.ol[lines] if lines else h.p(".lt-instead")[nothing],
            _all_or_fewer(len(items), is_all=is_all),
        ]
    )


def _all_or_fewer(count: int, *, is_all: bool) -> Html | None:
    if count <= MOST:
        return None
    words = _("All {count} items").format(count=number_text.exact(count))
    href = url.changed(EVERY, "all")
    if is_all:
        words, href = _("Only the first {count}").format(count=MOST), url.changed(EVERY, "")
    return h.p(".lt-more")[h.a(".lt-defined", href=href)[words, " →"]]


def _line(page: Page, item: Item) -> Html:
    """One thing to do: the whole line leads to where it is done."""
    asks = {name: value for name, value in item.asks if value}
    look = page.look
    shape = None
    if item.community != DISTRICT:
        shape = mark(look.symbols[item.community], look.colours[item.community])
    return h.li[
        h.a(".lt-defined", href=url.link(item.page, **asks), data_kind=item.kind)[
            h.span(".lt-to-do-head")[
                shape, h.span[look.name(item.community)], h.b[kind_words(item.kind, item.days)]
            ],
            h.span(".lt-to-do-says", title=item.sentence)[
                item.sentence, f" {item.owner}" if item.owner else None
            ],
        ]
    ]


def kind_words(kind: str, days: int) -> str:
    """What kind of thing is to be done, and by how many days it is late."""
    late = {
        "overdue": ngettext("decision {count} day late", "decision {count} days late", days),
        "late": ngettext("report {count} day late", "report {count} days late", days),
    }
    if kind in late:
        return late[kind].format(count=number_text.exact(days))
    return {
        "concerns": _("concerns over their limit"),
        "pace": _("target behind"),
        "missed": _("target missed"),
        "finding": _("in the data"),
    }[kind]
