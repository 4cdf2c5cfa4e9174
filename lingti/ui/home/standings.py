"""The first screen's matrix: a row per community with its targets, its change, what it owes."""

from __future__ import annotations

import re
from collections.abc import Sequence

import htpy as h

from lingti.catalog import DISTRICT
from lingti.district import Community
from lingti.judging import annotations as annotations_module
from lingti.judging import number_text
from lingti.judging.period_values import View
from lingti.judging.periods import Period
from lingti.judging.sentences import ended, within
from lingti.judging.standing import standing, standing_words, target_words
from lingti.judging.standing.standing import Standing
from lingti.judging.standing.targets import Progress
from lingti.judging.verdicts.verdict import VerdictCode
from lingti.judging.verdicts.verdict_words import verdict_words
from lingti.judging.verdicts.verdicts import KeptVerdict
from lingti.language import current
from lingti.language import gettext as _
from lingti.ui.parts import choice_links, url
from lingti.ui.parts.cards import star, value_html, which_number
from lingti.ui.parts.html_out import Html, put
from lingti.ui.parts.markers import mark
from lingti.ui.parts.revision_marks import mark_in
from lingti.ui.parts.row_links import rows_link
from lingti.ui.parts.verdict_marks import TARGET_SIGNS, sign, which_verdict
from lingti.ui.window.frame import Page

MOST_ROWS, MOST_TARGETS = 8, 5
ROOMY = 5  # so many rows have room for two lines of everything
TICK = 0.8  # where along a bullet its target stands, so that more than it is seen too
ROWS = "rows"  # the part of the address that asks for all communities


def of_page(page: Page, view: View) -> list[Standing]:
    """How the places of a view stand, as the reader may see it."""
    return standing.of(
        page.warehouse,
        page.district,
        view,
        page.periods,
        page.until,
        page.gaps,
        [
            decision
            for decision in annotations_module.decisions(page.warehouse)
            if view.opens(decision.community)
        ],
    )


def sentence(page: Page, view: View, standings: Sequence[Standing]) -> None:
    """The one sentence on how it all stands, in large type."""
    of = view.communities[0] if len(view.communities) == 1 else DISTRICT
    words = standing_words.sentence(standings, view, page.look.name, of)
    clauses = re.split("(?<=；)|(?<=; )", ended(words))
    between = "" if current() == "zh" else " "
    put(h.p(".lt-lead")[[[h.span[clause.strip()], between] for clause in clauses]])


def shown(standings: Sequence[Standing]) -> list[Standing]:
    """The rows of the matrix: all communities, or of many the eight with the most to look at."""
    communities = [
        place_standing for place_standing in standings if place_standing.place != DISTRICT
    ]
    if len(communities) <= MOST_ROWS or url.read(ROWS) == "all":
        return communities
    return standing.worst_first(communities)[:MOST_ROWS]


def matrix(
    page: Page, view: View, standings: Sequence[Standing], *, choosable: bool = False
) -> None:
    """A row per community, and one of the district where it has targets of its own.

    Where communities are `choosable`, a mark beside each name shows it alone.
    """
    chosen = shown(standings)
    own = [
        place_standing
        for place_standing in standings
        if place_standing.place == DISTRICT and (place_standing.targets or place_standing.overdue)
    ]
    rows = [
        _row(page, view, place_standing, choosable=choosable) for place_standing in [*own, *chosen]
    ]
    head = [
        _("Community"),
        _("Targets, the worst first"),
        _("Real change"),
        _("Late decisions"),
        _("Reporting"),
    ]
    table = h.table(class_=f"lt-matrix{' lt-dense' if len(rows) > ROOMY else ''}")[
        h.thead[h.tr[[h.th(scope="col")[words] for words in head]]],
        h.tbody[rows],
    ]
    put(h.div(".lt-standings")[table, _all_or_fewer(len(standings) - 1, len(chosen))])


def _all_or_fewer(count: int, shown_count: int) -> Html | None:
    """Where the other communities are, or how one comes back to the worst."""
    if count <= MOST_ROWS:
        return None
    if shown_count == count:
        words = _("Only the {count} with the most to look at").format(count=MOST_ROWS)
        return h.p(".lt-more")[h.a(".lt-defined", href=url.changed(ROWS, ""))[words]]
    words = _("All {count}").format(count=number_text.exact(count))
    caption = _("Shown: the {count} with the most to look at.").format(count=shown_count)
    link = h.a(".lt-defined", href=url.changed(ROWS, "all"))[words, " →"]
    return h.p(".lt-more")[caption, " ", link]


def _row(page: Page, view: View, place_standing: Standing, *, choosable: bool) -> Html:
    bullets = [_bullet(view, aim) for aim in place_standing.targets[:MOST_TARGETS]]
    more = len(place_standing.targets) - MOST_TARGETS
    if more > 0:
        words = _("{count} more").format(count=number_text.exact(more))
        place = "" if place_standing.place == DISTRICT else place_standing.place
        bullets.append(h.a(".lt-defined", href=url.link("targets", **{"in": place}))[words])
    empty = h.span(".lt-instead")[_("no target")]
    return h.tr(data_place=place_standing.place)[
        h.th(scope="row")[_name(page, place_standing.place, choosable=choosable)],
        h.td(data_label=_("Targets"))[h.div(".lt-bullets")[bullets or empty]],
        h.td(data_label=_("Real change"))[_change(view, place_standing)],
        h.td(data_label=_("Late decisions"))[_overdue(view, place_standing)],
        h.td(data_label=_("Reporting"))[_reporting(place_standing)],
    ]


def _name(page: Page, place: str, *, choosable: bool) -> Html:
    if place == DISTRICT:
        return h.span(".lt-place")[h.b[page.look.name(place)]]
    community: Community = page.district.community(place)
    topic = community.topic.pick()
    name = page.look.name(place)
    href = url.link("community", community=place)
    return h.div(".lt-named")[
        h.div[
            h.a(".lt-defined.lt-place", href=href, title=community.name.pick())[
                mark(page.look.symbols[place], page.look.colours[place]), h.b[name]
            ],
            h.small(title=topic)[topic] if topic else None,
        ],
        choice_links.only(url.COMMUNITIES, place, name)
        if choosable and len(page.district.communities) > 1
        else None,
    ]


def _bullet(view: View, aim: Progress) -> Html:
    """A target as a bar against its mark; a link to the rows where the reader may see them."""
    metric = aim.metric
    sentences = target_words.sentences(aim)
    status = target_words.status_words(aim)
    label = f"{metric.title.pick()} · {status}. {sentences}"
    looks = h.fragment[
        h.span(".lt-bullet-name")[metric.title.pick()],
        track(aim),
        h.span(".lt-bullet-value")[_reached(aim)],
    ]
    if aim.value is None or not view.opens(aim.place):
        drawn = h.span(".lt-bullet", data_target=aim.status, title=label)[looks]
    else:
        href = rows_link(metric.name, aim.place, _days(aim).id)
        drawn = h.a(".lt-rows.lt-bullet", href=href, data_target=aim.status, title=label)[looks]
    differs = mark_in(view.revised, metric.name, aim.place, aim.period, is_short=True)
    # A link within a link is none, so the mark stands beside it.
    return h.div(".lt-bullet-revised")[drawn, differs] if differs and aim.is_over else drawn


def _reached(aim: Progress) -> Html:
    metric = aim.metric
    if aim.value is None:
        return value_html(None, aim.state, metric)
    days = _days(aim)
    which = which_number(metric.name, aim.place, days, aim.value, "total")
    return h.fragment[
        h.i[TARGET_SIGNS[aim.status]],
        h.b(data_number=which)[number_text.bare(aim.value, metric)],
        star(aim.to_correct),
        h.span["/", number_text.bare(aim.target, metric).replace(".0%", "%")],
    ]


def _days(aim: Progress) -> Period:
    """The days of which a target's value is: its period once that is over."""
    if aim.is_over:
        return Period(aim.grain, aim.period, aim.first_day, aim.last_day)
    return Period("range", f"{aim.first_day}/{aim.as_of}", aim.first_day, aim.as_of)


def track(aim: Progress) -> Html:
    """The bar of what is reached, the mark of the target, and a finer one of the pace."""
    share = 0.0 if aim.value is None or not aim.target else aim.value / aim.target
    width = min(100.0, max(0.0, 100 * TICK * share))
    pace = 100 * TICK * aim.needed / aim.target if aim.target and not aim.is_over else 0.0
    return h.span(".lt-track")[
        h.i(style=f"width:{width:.1f}%"),
        h.em(style=f"left:{min(99.0, pace):.1f}%") if 0 < pace < 100 * TICK else None,
        h.b(style=f"left:{100 * TICK:g}%"),
    ]


def _change(view: View, place_standing: Standing) -> Html:
    """The one real change; that there is none, or that it cannot be told, in grey."""
    if place_standing.change is None and place_standing.within:
        earlier = place_standing.within[0]
        href = url.link("verdicts", metric=earlier.metric)
        words = standing_words.earlier_words(earlier, view)
        whole = standing_words.signal_words(earlier, view)
        return h.a(".lt-defined.lt-instead", href=href, title=whole)[words]
    if place_standing.change is None:
        verdict: VerdictCode = "ordinary" if place_standing.is_judged else "too_few"
        return h.span(".lt-verdict", data_verdict=verdict)[
            sign(verdict), "\xa0", verdict_words(verdict)
        ]
    rest = [_in_words(view, signal) for signal in place_standing.signals[1:]]
    words = _("{count} more").format(count=number_text.exact(len(rest)))
    return h.fragment[
        _verdict(view, place_standing.change),
        h.small(title="; ".join(rest))[" ", words] if rest else None,
    ]


def _verdict(view: View, verdict: KeptVerdict) -> Html:
    href = url.link("verdicts", metric=verdict.metric)
    return h.a(
        ".lt-defined.lt-change-told",
        href=href,
        data_verdict=verdict.verdict,
        data_told=which_verdict(verdict),
        title=f"{_in_words(view, verdict)} · {verdict_words(verdict.verdict)}",
    )[sign(verdict.verdict), "\xa0", _in_words(view, verdict)]


def _in_words(view: View, verdict: KeptVerdict) -> str:
    title = within(view.catalog.metrics[verdict.metric].title.pick())
    return _("{title} {way}").format(title=title, way=standing_words.way_words(verdict))


def _overdue(view: View, place_standing: Standing) -> Html:
    if not view.opens(place_standing.place):
        return h.span(".lt-instead")[number_text.NOTHING]
    count = len(place_standing.overdue)
    if not count:
        return h.span(".lt-instead")["0"]
    place = "" if place_standing.place == DISTRICT else place_standing.place
    decisions = "; ".join(late.decision.decision for late in place_standing.overdue)
    href = url.link("decisions", standing="overdue", **{"in": place})
    return h.a(".lt-defined.lt-count", href=href, title=decisions)[
        h.b[number_text.exact(count)],
        h.small[_("to {days} days").format(days=number_text.exact(place_standing.overdue[0].days))],
    ]


def _reporting(place_standing: Standing) -> Html:
    if place_standing.place == DISTRICT:
        return h.span
    if not place_standing.owes:
        return h.span(".lt-instead")[number_text.NOTHING, "\xa0", _("not expected")]
    if not place_standing.gaps:
        return h.span(".lt-instead")["✓\xa0", _("complete")]
    href = url.link("reporting", **{"in": place_standing.place})
    months = ", ".join(number_text.period("month", month) for month in place_standing.gap_months)
    return h.a(".lt-defined", href=href, title=months)[
        "✗\xa0", standing_words.gap_words(len(place_standing.gap_months))
    ]
