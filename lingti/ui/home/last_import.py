"""The home page's line on what the last import changed, in numbers, as its reader may know it.

Officials see what the newest batches changed, a secretary what they did in the own communities. Who
reads published values sees what the last publication changed: both are told to everybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import htpy as h

from lingti import language, warehouse
from lingti.catalog import DISTRICT
from lingti.judging import number_text
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.ui.parts import url
from lingti.ui.parts.html_out import Html, put
from lingti.ui.parts.row_links import opening
from lingti.ui.window.frame import Page
from lingti.warehouse import changed_numbers
from lingti.warehouse.changed_numbers import Changed

SHOWN, LISTED = 2, 12
MOST_NAMED = 3  # batches


def last_import(page: Page) -> None:
    """Draws the line, which opens to more of the numbers; nothing where none changed."""
    home = page.district.home
    imported = changed_numbers.last_import(home)
    exact = None if not page.published else page.exact
    own = [number for number in imported.numbers if exact is None or number.community in exact]
    own = _headlines_first(page, _standing(page, own))
    if own:
        _draw(page, _batches(imported.came, imported.went), own)
    if exact is None:
        return
    published = [
        changed
        for changed in changed_numbers.last_publication(home)
        if changed.community not in exact
    ]
    published = _headlines_first(page, _standing(page, published))
    if published:
        day = number_text.day(date.fromisoformat(warehouse.published_at(home)[:10]))
        _draw(page, _("Published on {day}").format(day=day), published)


def _standing(page: Page, changes: Sequence[Changed]) -> Iterable[Changed]:
    """Those of metrics there are whose number is still the one that it became."""
    sql = (
        "select metric, community, period, value from metric_values where grain = 'month'"
        " and dimension is null and list_contains($metrics::varchar[], metric)"
        " and list_contains($periods::varchar[], period)"
    )
    asked = {
        "metrics": sorted({changed.metric for changed in changes}),
        "periods": sorted({changed.period for changed in changes}),
    }
    now = {
        (row["metric"], row["community"], row["period"]): row["value"]
        for row in page.warehouse.rows(sql, **asked)
    }
    known = page.catalog.metrics
    places = {DISTRICT, *(community.id for community in page.district.communities)}
    for changed in changes:
        value = now.get((changed.metric, changed.community, changed.period))
        if changed.metric in known and value == changed.after and changed.community in places:
            yield changed


def _headlines_first(page: Page, changes: Iterable[Changed]) -> list[Changed]:
    """What a community shows first, then the others; each the largest first."""
    shown = {
        community.id: {*community.headlines, *page.district.common}
        for community in page.district.communities
    }
    return sorted(
        changes, key=lambda changed: changed.metric not in shown.get(changed.community, ())
    )


def _batches(came: Sequence[int], went: Sequence[int]) -> str:
    parts = []
    for numbers, singular, plural in (
        (came, _("Last import, batch {numbers}"), _("Last import, batches {numbers}")),
        (went, _("batch {numbers} withdrawn"), _("batches {numbers} withdrawn")),
    ):
        if numbers:
            words = singular if len(numbers) == 1 else plural
            parts.append(words.format(numbers=numbers_words(numbers)))
    return language.clauses(parts)


def numbers_words(batches: Sequence[int]) -> str:
    """Each of a few; of many the first and the last, so that none stands for those of others."""
    if len(batches) <= MOST_NAMED:
        return language.words(map(str, batches))
    words = _("{first} to {last} ({count})")
    return words.format(first=min(batches), last=max(batches), count=len(batches))


def _draw(page: Page, what: str, changes: Sequence[Changed]) -> None:
    of_all = sum({changed.community: changed.of_community for changed in changes}.values())
    number = number_text.exact(of_all)
    words = ngettext("{number} number changed", "{number} numbers changed", of_all)
    first = [h.fragment[h.span[_words(page, changed)], " "] for changed in changes[:SHOWN]]
    listed = [h.li[_words(page, changed, is_link=True)] for changed in changes[:LISTED]]
    more = of_all - len(listed)
    all_told = None if of_all <= SHOWN else h.small[words.format(number=number)]
    put(
        h.details(".lt-changed")[
            h.summary[h.b[_("{what}: ").format(what=what)], first, all_told],
            h.ul[
                listed,
                h.li[_("and {number} more").format(number=number_text.exact(more))]
                if more > 0
                else None,
            ],
        ]
    )


def _words(page: Page, changed: Changed, *, is_link: bool = False) -> Html:
    """Where, when, which number, before and after: 古桥 12月 志愿服务时长 711 → 723小时."""
    metric = page.catalog.metrics[changed.metric]

    def written(value: float | None, state: str) -> str:
        if value is None:
            return number_text.NOTHING if state == "none" else number_text.state(state)
        return number_text.bare_exact(value, metric)

    after: Html | str = written(changed.after, changed.state_after)
    if changed.after is not None:
        after = number_text.measured_exact(changed.after, metric)
    if is_link and changed.after is not None and page.may("rows", changed.community):
        after = opening(after, changed.metric, changed.community, changed.period)
    title: Html | str = metric.title.pick()
    if is_link:
        href = url.link("community", community=changed.community, period=changed.period)
        title = h.a(".lt-defined", href=href)[title]
    return h.fragment[
        page.look.name(changed.community),
        " ",
        _period(page, changed.period),
        " ",
        title,
        " ",
        h.b[written(changed.before, changed.state_before), " → ", after],
    ]


def _period(page: Page, month: str) -> str:
    """A month; of the year that the data end in without that year."""
    newest = max((day.year for day in page.until.values()), default=0)
    written = number_text.period_short if int(month[:4]) == newest else number_text.period
    return written("month", month)
