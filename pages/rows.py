"""Which rows: every row a number was computed from, and where it stood in which file."""

from lingti import ui
from lingti.judging import rows
from lingti.language import gettext as _
from lingti.ui import N_
from lingti.ui import rows as room
from lingti.warehouse import ask

page = ui.page(N_("Which rows"), N_("Which rows of which files is this number made of?"))
number = ui.asked_number()
question = room.question_or_stop(page, number)
found = ask.tally(page.warehouse, question)

room.way_back(page, number)
ui.section(question.metric.title.pick(), room.number_words(page, number))
room.reconciled(page, question, found)
if found.rows_count:
    room.rows_table(page, question, found.rows_count, rows.file_name(number.parts))
ui.sentence(
    _("Persons stand here as pseudonyms; who somebody is, the community sees in its own file.")
)
