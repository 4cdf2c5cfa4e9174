"""How a decision stands, in words: on pages, in documents and in workbooks."""

from __future__ import annotations

from lingti.language import gettext as _


def standing_words(code: str) -> str:
    """One of `journal.STANDINGS` in words."""
    return {
        "done": _("done"),
        "done_late": _("done late"),
        "overdue": _("overdue"),
        "due_soon": _("due within a week"),
        "open": _("open"),
    }[code]
