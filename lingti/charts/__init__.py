"""The pictures: Plotly figures with one palette, for the pages, the slides and Word.

Functions are named by the picture they draw; each takes a plain frame of `lingti.compare` and
returns a figure whose `layout.meta["alt"]` tells it in words. No picture relies on colour alone:
every community has a marker of its own and its name stands beside its line or bar. What is
missing is a gap, never a 0 and never a line drawn through; partial is hollow or hatched; words
stand where a bar would stand if there is none.
"""

from lingti.charts.control import control, highest
from lingti.charts.events import with_notes, with_notes_by_day
from lingti.charts.flows import flows_and_stock
from lingti.charts.look import CONTRAST, DARK, LIGHT, Look, look
from lingti.charts.pace import pace_line
from lingti.charts.pictures import (
    bars_by_community,
    bars_by_member,
    lines_over_time,
    small_multiples,
)
from lingti.charts.steps import cohort_steps, heat_map

__all__ = [
    "CONTRAST",
    "DARK",
    "LIGHT",
    "Look",
    "bars_by_community",
    "bars_by_member",
    "cohort_steps",
    "control",
    "flows_and_stock",
    "heat_map",
    "highest",
    "lines_over_time",
    "look",
    "pace_line",
    "small_multiples",
    "with_notes",
    "with_notes_by_day",
]
