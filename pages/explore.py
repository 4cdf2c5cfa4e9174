"""Explore: any metric by any dimension, grain, place and range of days, as any picture."""

from lingti import ui
from lingti.judging import exploring, number_text
from lingti.ui import N_, exploration, exploration_choices

page = ui.page(N_("Explore"), N_("What would you like to see?"))
question = exploration_choices.asked(page, "volunteer_hours")
periods = exploration.periods(page, question)
frame = exploring.answer(page.warehouse, question, periods)

with ui.paper(
    question.metric.title.pick(),
    number_text.unit(question.metric, question.per),
    key="explore",
    metric=question.metric,
):
    exploration.picture(page, question, periods, frame)
exploration.taken_along(page, question, periods, frame)
ui.legend()
