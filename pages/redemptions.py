"""Points and redemptions: what is earned and spent, on what, and where."""

from lingti import compare, sentences, topic_sentences, ui
from lingti.language import gettext as _
from lingti.ui import N_

page = ui.page(
    N_("Points and redemptions"), N_("What do points bring, and do people spend what they earn?")
)
view = ui.filters(page)

FLOWS = ("points_earned", "points_redeemed", "points_balance")
NAMES = ("redemptions", "residents_redeeming", "items_redeemed", "points_redeemed", "points_earned")
totals = compare.totals(page.warehouse, view, [*NAMES, "points_balance", "goods_on_shelf"])

ui.sentence(
    sentences.paragraph(
        [
            topic_sentences.did(totals, FLOWS, view, page.look.name),
            topic_sentences.spent(totals, view),
            topic_sentences.ahead(totals, "redemptions", view, page.look.name),
        ]
    )
)
ui.cards(view, ui.only(totals, [*FLOWS, *NAMES[:3], "goods_on_shelf"]), place=view.focus)
ui.flows(page, view, FLOWS, title=_("Points earned, spent and left"))
ui.comparison(page, view, ui.only(totals, [*NAMES, "points_balance"]), NAMES, name="redemptions")
ui.section(
    _("Who shares the shelf"),
    _("What the points shelves hold, and the merchants that redeem points, by community."),
)
ui.members(page, view, totals, "goods_on_shelf", "category", prefix="redemptions")
ui.members(page, view, totals, "redemptions", "merchant", prefix="redemptions")
ui.legend()
