"""The heat table of sources and months: complete, partial, nil, missing, not run, and how late."""

from __future__ import annotations

from html import escape

import streamlit as st

from lingti import formats
from lingti.judging.returns import Return
from lingti.language import gettext as _
from lingti.sentences import joined, paragraph
from lingti.ui.frame import Page
from lingti.ui.marks import mark

_SIGNS = {
    "complete": "✓",
    "nil": "0",
    "partial": "◐",
    "missing": "✗",
    "not_run": "—",
    "not_due": "·",
}


def summary(page: Page, found: list[Return]) -> str:
    """How many returns are there, and which communities owe some, in sentences."""
    due = [one for one in found if one.state not in ("not_run", "not_due")]
    if not due:
        return _("Nothing has been due yet.")
    whole = [one for one in due if one.state in ("complete", "nil")]
    says = [
        _("Of {due} monthly returns due, {whole} are complete ({share}).").format(
            due=formats.exact(len(due)),
            whole=formats.exact(len(whole)),
            share=formats.share(len(whole) / len(due)),
        )
    ]
    owing = [one for one in due if one.state in ("partial", "missing")]
    if owing:
        names = dict.fromkeys(page.look.name(one.community) for one in owing)
        says.append(_("Something is missing from {names}.").format(names=joined(list(names))))
    return paragraph(says)


def months(page: Page, found: list[Return]) -> None:
    """One row per source, grouped by community, and one column per month."""
    periods = list(dict.fromkeys(one.period for one in found))
    head = f"<th scope='col'>{escape(_('Source'))}</th>" + "".join(
        f"<th scope='col' class='lt-heat-month'>{escape(_month(one, at))}</th>"
        for at, one in enumerate(periods)
    )
    body = []
    for community in page.district.communities:
        of_it = [one for one in found if one.community == community.id]
        if of_it:
            body.append(_community_row(page, community.id, len(periods)))
        for source in dict.fromkeys(one.source for one in of_it):
            cells = "".join(_cell(one) for one in of_it if one.source == source)
            title = escape(page.district.source(source).title.pick())
            body.append(f"<tr><th scope='row'>{title}</th>{cells}</tr>")
    st.html(
        "<div class='lt-table lt-heat' tabindex='0'><table><thead><tr>"
        f"{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def legend() -> None:
    """What the signs of the table mean."""
    items = "".join(
        f"<li><span class='lt-heat-{state}'>{sign}</span><span>{escape(words(state))}</span></li>"
        for state, sign in _SIGNS.items()
    )
    late = escape(_("days after the reporting day that it was complete"))
    items += f"<li><span class='lt-heat-late'>+7</span><span>{late}</span></li>"
    st.html(f"<ul class='lt-key' aria-label='{escape(_('How to read it'))}'>{items}</ul>")


def words(state: str) -> str:
    """The state of a return in words."""
    return {
        "complete": _("complete"),
        "nil": _("nil return: covered, and nothing was there"),
        "partial": _("some days are missing"),
        "missing": _("nothing was sent"),
        "not_run": _("not run, so nothing is expected"),
        "not_due": _("not due yet"),
    }[state]


def _community_row(page: Page, community: str, months_count: int) -> str:
    shape = mark(page.look.symbols[community], page.look.colours[community])
    name = escape(page.look.name(community))
    return (
        f"<tr class='lt-heat-group'><th scope='colgroup' colspan='{months_count + 1}'>"
        f"<span>{shape}{name}</span></th></tr>"
    )


def _cell(one: Return) -> str:
    told = words(one.state)
    if one.missing and one.state == "partial":
        days = joined([f"{first:%m-%d} – {last:%m-%d}" for first, last in one.missing])
        told = _("{state}: {days}").format(state=told, days=days)
    late = ""
    if one.days_late:
        told = _("{state}; {days} days late").format(state=told, days=one.days_late)
        late = f"<small class='lt-heat-late'>+{one.days_late}</small>"
    return (
        f"<td class='lt-heat-{one.state}' title='{escape(told)}'>"
        f"<span aria-label='{escape(told)}'>{_SIGNS[one.state]}</span>{late}</td>"
    )


def _month(period: str, at: int) -> str:
    short = formats.period_short("month", period)
    return f"{period[:4]} · {short}" if at == 0 or period.endswith("-01") else short
