"""The parts of the import page: drop, look, decide, confirm; history, nil returns, templates."""

from lingti.ui.import_page.confirm import confirm
from lingti.ui.import_page.dropped import drop
from lingti.ui.import_page.feeds import fed, feeds, learned_sources
from lingti.ui.import_page.group import groups
from lingti.ui.import_page.history import history
from lingti.ui.import_page.nil_and_templates import nil_return, templates
from lingti.ui.import_page.outcome_text import account, styled
from lingti.ui.import_page.permission import allowed, allowed_or_stop, may_follow
from lingti.ui.import_page.progress import work
from lingti.ui.import_page.publish import publish

__all__ = [
    "account",
    "allowed",
    "allowed_or_stop",
    "confirm",
    "drop",
    "fed",
    "feeds",
    "groups",
    "history",
    "learned_sources",
    "may_follow",
    "nil_return",
    "publish",
    "styled",
    "templates",
    "work",
]
