"""Topics of one's own: tables made after a sheet, metrics over them, and where they stand."""

from lingti.ui.own_topics.after_a_sheet import after_a_sheet
from lingti.ui.own_topics.listed import own_topics

__all__ = ["after_a_sheet", "own_topics"]
