"""Points and redemptions: what is earned and spent, on what, and where."""

from lingti import ui
from lingti.judging import judged_totals, period_values, sentences
from lingti.language import gettext as _
from lingti.report.sentences import topics
from lingti.ui import N_, topic_pages

page = ui.page(
    N_("Points and redemptions"), N_("What do points bring, and do people spend what they earn?")
)
view = ui.filters(page)

POINTS = ("points_earned", "points_redeemed", "points_balance")
REDEEMED = ("redemptions", "residents_redeeming", "items_redeemed", *POINTS)
NAMES = (*POINTS, "points_deducted", *REDEEMED[:3], "goods_on_shelf")
totals = judged_totals.totals(page.warehouse, view, NAMES)

with ui.together():
    ui.sentence(
        sentences.paragraph(
            [
                topics.did(totals, POINTS, view, page.look.name),
                topics.spent(totals, view),
                ui.ahead(page, view, totals, "redemptions"),
            ]
        )
    )
    ui.cards(view, totals, place=view.focus)
    ui.flows(page, view, POINTS, opening="points_granted", title=_("Points earned, spent and left"))
    shown = ui.comparison(page, view, totals, REDEEMED)

    ui.section(
        _("Who shares the shelf"),
        _("What the points shelves hold, and the merchants that redeem points, by community."),
    )
    ui.members(page, view, "goods_on_shelf", "category")
    merchants = period_values.by_member(page.warehouse, view, "redemptions", "merchant")
    with ui.paper(_("Redemptions by merchant"), key="merchants"):
        ui.member_table(page, view, page.catalog.metrics["redemptions"], merchants, totals, "shelf")
ui.tables(page, view, totals, shown, name="redemptions")
topic_pages.of_ones_own(page, view, "redemptions")
ui.legend()
