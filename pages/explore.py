"""Explore: any metric by any dimension, grain, place and range of days, as any picture."""

from lingti import formats, ui
from lingti.judging import exploring
from lingti.ui import N_, exploration

page = ui.page(N_("Explore"), N_("What would you like to see?"))
question = exploration.asked(page, "volunteer_hours")
frame = exploring.answer(page.warehouse, question)

with ui.paper(
    question.metric.title.pick(), formats.unit(question.metric, question.per), key="explore"
):
    exploration.picture(page, question, frame)
exploration.taken_along(question, frame)
ui.legend()
