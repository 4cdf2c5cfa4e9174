"""Points and redemptions: what is earned and spent, on what, and where."""

from functools import partial

from lingti import ui
from lingti.judging import judged_totals, sentences
from lingti.language import gettext as _
from lingti.report.sentences import topics
from lingti.ui import N_, Group
from lingti.ui.comparison import topic_pages

page = ui.page(
    N_("Points and redemptions"), N_("What do points bring, and do people spend what they earn?")
)
view = ui.filters(page)

POINTS = ("points_earned", "points_redeemed", "points_balance")
REDEEMED = ("redemptions", "residents_redeeming", "items_redeemed", "goods_on_shelf")
groups = [
    Group(_("Redemptions"), REDEEMED),
    Group(_("Points"), (*POINTS, "points_deducted")),
    *topic_pages.added(page, "redemptions"),
]
totals = judged_totals.totals(page.warehouse, view, ui.all_names(groups))

with ui.together():
    compared = ui.head(page, view, ui.choose_metric(page, view, totals, groups), totals)
    ui.sentence(
        sentences.paragraph(
            [topics.did(totals, POINTS, view, page.look.name), topics.spent(totals, view)]
        )
    )
    title = _("Points earned, spent and left")
    given = {"opening": "points_granted", "title": title, "name": "redemptions"}
    flows = partial(ui.flows, page, view, POINTS, **given)
    ui.comparison(compared, name="redemptions", beside_parts=flows)
    ui.all_numbers(page, view, totals, name="redemptions")
    ui.legend()
