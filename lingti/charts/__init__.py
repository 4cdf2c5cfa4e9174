"""The pictures: Plotly figures with one palette, for the pages, the slides and Word.

Functions are named by the picture they draw; each takes a plain frame of `lingti.compare` and
returns a figure whose `layout.meta["alt"]` tells it in words. No picture relies on colour alone:
every community has a marker of its own and its name stands beside its line or bar. What is
missing is a gap, never a 0 and never a line drawn through; partial is hollow or hatched; words
stand where a bar would stand if there is none.
"""

from lingti.charts.flows import flows_and_stock
from lingti.charts.look import DARK, LIGHT, Look, look
from lingti.charts.pictures import (
    bars_by_community,
    bars_by_member,
    lines_over_time,
    small_multiples,
)
from lingti.charts.steps import cohort_steps, heat_map

__all__ = [
    "DARK",
    "LIGHT",
    "Look",
    "bars_by_community",
    "bars_by_member",
    "cohort_steps",
    "flows_and_stock",
    "heat_map",
    "lines_over_time",
    "look",
    "small_multiples",
]
