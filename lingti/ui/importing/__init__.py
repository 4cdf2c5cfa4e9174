"""The parts of the import page: drop, look, decide, confirm; history, nil returns, templates."""

from lingti.ui.importing.confirm import confirm
from lingti.ui.importing.dropped import drop
from lingti.ui.importing.feeds import fed, feeds, learned_sources
from lingti.ui.importing.gate import allowed, allowed_or_stop, may_follow
from lingti.ui.importing.group import groups
from lingti.ui.importing.history import history
from lingti.ui.importing.more import nil_return, templates
from lingti.ui.importing.progress import work
from lingti.ui.importing.words import account, styled

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
    "styled",
    "templates",
    "work",
]
