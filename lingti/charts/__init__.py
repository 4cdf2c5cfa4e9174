"""The pictures: Plotly figures with one palette, for the pages, the slides and Word.

Functions are named by the picture they draw; each takes a frame of `judging.period_values` and
returns a figure whose `layout.meta["alt"]` tells it in words. No picture relies on colour alone:
every community has a marker of its own and its name stands beside its line or bar. What is
missing is a gap, never a 0 and never a line drawn through; partial is hollow or hatched; words
stand where a bar would stand if there is none.
"""

from lingti.charts import annotations, figures, flows, steps, targets
from lingti.charts import control as _control
from lingti.charts import funnel as _funnel
from lingti.charts.control import Charted, highest
from lingti.charts.drawn_once import drawn_once, sent
from lingti.charts.looks import ON_PAPER, Look, look
from lingti.charts.multiples import small_multiples
from lingti.charts.parts import apart
from lingti.palette import COMMUNITIES_CONTRAST as CONTRAST
from lingti.palette import COMMUNITIES_DARK as DARK
from lingti.palette import COMMUNITIES_LIGHT as LIGHT

bars_by_community = drawn_once(figures.bars_by_community)
bars_by_member = drawn_once(figures.bars_by_member)
cohort_steps = drawn_once(steps.cohort_steps)
control = drawn_once(_control.control)
flows_and_stock = drawn_once(flows.flows_and_stock)
funnel = drawn_once(_funnel.funnel)
heat_map = drawn_once(steps.heat_map)
lines_over_time = drawn_once(figures.lines_over_time)
pace_line = drawn_once(targets.pace_line)
with_notes = drawn_once(annotations.with_notes)
with_notes_by_day = drawn_once(annotations.with_notes_by_day)

__all__ = [
    "CONTRAST",
    "DARK",
    "LIGHT",
    "ON_PAPER",
    "Charted",
    "Look",
    "apart",
    "bars_by_community",
    "bars_by_member",
    "cohort_steps",
    "control",
    "drawn_once",
    "flows_and_stock",
    "funnel",
    "heat_map",
    "highest",
    "lines_over_time",
    "look",
    "pace_line",
    "sent",
    "small_multiples",
    "with_notes",
    "with_notes_by_day",
]
