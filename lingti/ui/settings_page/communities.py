"""The communities: the list, those to add, and one to change, with its populations."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from lingti.district import BEGINNING, Community, change, settings, typed_lists
from lingti.district.plausible import A_YEAR
from lingti.ingest.keeping import batches
from lingti.judging import number_text
from lingti.language import gettext as _
from lingti.ui import definitions
from lingti.ui.parts.elements import section
from lingti.ui.parts.tables import Column, table, unbroken
from lingti.ui.settings_page import joining, people_counts
from lingti.ui.settings_page.people_counts import MOST_LETTERS
from lingti.ui.settings_page.permission import origin
from lingti.ui.window import session
from lingti.ui.window.community_list import preview
from lingti.ui.window.frame import Page


def communities(page: Page) -> None:
    """Draws the list and its forms."""
    known = page.district.communities
    if known:
        section(_("The communities"), _("A figure holds from its day on; earlier rates stay."))
        _list(page)
    section(_("Add communities"), _("Those whose name is known are changed, not added twice."))
    _add(page)
    if known:
        section(_("Change a community"))
        chosen = st.selectbox(
            _("Community"),
            list(known),
            format_func=lambda community: community.name.pick(),
            key="lt-settings-community",
        )
        _change(page, chosen)
        _population(page, chosen)
        joining.rename(page, chosen)
        joining.merge(page, chosen)
        _take_out(page, chosen)


def _list(page: Page) -> None:
    set_here = settings.of(page.district.home)
    frame = pd.DataFrame(
        [
            {
                "name": community.name.pick(),
                "subdistrict": community.subdistrict.pick(),
                "topic": community.topic.pick(),
                "residents": number_text.exact(community.residents),
                "households": number_text.exact(community.households),
                "as_of": number_text.as_of(community.population_as_of),
                "until": number_text.as_of(community.until),
                "origin": origin(set_here.get((settings.COMMUNITY, community.id))),
            }
            for community in page.district.communities
        ]
    )
    columns = [
        Column("name", _("Community"), heading=True),
        Column("subdistrict", _("Subdistrict")),
        Column("topic", _("Topic")),
        Column("residents", _("Residents"), number=True),
        Column("households", _("Households"), number=True),
        Column("as_of", _("As of"), html=unbroken),
        Column("origin", _("Entered")),
    ]
    if any(community.until for community in page.district.communities):
        columns.insert(-1, Column("until", _("Left the district on"), html=unbroken))
    table(frame, columns, name="communities")


def _add(page: Page) -> None:
    text = st.text_area(
        _("Communities, one a line; copy them from Excel"),
        placeholder=_("Name   subdistrict   residents   households   as of   topic"),
        height=140,
        key="lt-settings-add",
    )
    typed, problems = typed_lists.communities(text)
    for problem in problems:
        st.warning(problem)
    if typed:
        preview(typed)
    ready = bool(typed) and not problems
    if st.button(_("Keep these communities"), type="primary", disabled=not ready):
        change.add_communities(
            page.district.home, typed, page.district.communities, page.today, session.account()
        )
        del st.session_state["lt-settings-add"]
        st.rerun()


def _change(page: Page, community: Community) -> None:
    with st.form(f"lt-community-{community.id}", border=False):
        left, right = st.columns(2)
        with left:
            name = st.text_input(_("Name"), community.name.zh, max_chars=40)
            short = st.text_input(_("Short name"), community.short.zh, max_chars=20)
            subdistrict = st.text_input(_("Subdistrict"), community.subdistrict.zh, max_chars=40)
            since = st.date_input(
                _("Since"),
                None if community.since == BEGINNING else community.since,
                min_value=BEGINNING,
            )
        with right:
            topic = st.text_input(_("Topic"), community.topic.zh, max_chars=40)
            runs = st.text_area(
                _("What it does, in a sentence"), community.runs.zh, max_chars=200, height=68
            )
            estates = st.text_input(
                _("Its estates, parted by commas"), "、".join(community.estates)
            )
            until = st.date_input(_("Left the district on"), community.until, min_value=BEGINNING)
        headlines = st.multiselect(
            _("The numbers its topic shows first"),
            [metric.name for metric in definitions.in_order(page.catalog)],
            [metric for metric in community.headlines if metric in page.catalog.metrics],
            format_func=lambda metric: page.catalog.metrics[metric].title.pick(),
        )
        if not st.form_submit_button(_("Keep"), type="primary"):
            return
    was = community.short.zh
    if short.strip() == was == typed_lists.short_of(community.name.zh):
        short = typed_lists.short_of(name.strip())
    texts = {"name": name, "short": short, "subdistrict": subdistrict, "topic": topic, "runs": runs}
    changed: dict[str, Any] = {
        field: text.strip()
        for field, text in texts.items()
        if text.strip() != getattr(community, field).zh
    }
    changed |= {"headlines": list(headlines)} if tuple(headlines) != community.headlines else {}
    named = [part for part in estates.replace(",", "、").replace("，", "、").split("、") if part]
    changed |= {"estates": named} if tuple(named) != community.estates else {}
    if (since or BEGINNING) != community.since:
        changed["since"] = since and str(since)
    if until != community.until:
        changed["until"] = until and str(until)
    if changed.get("name") == "":
        st.error(_("A community needs a name."))
        return
    if joining.refuse_taken(page, community, name.strip(), short.strip()):
        return
    if changed:
        change.enter(
            page.district.home, settings.COMMUNITY, community.id, changed, session.account()
        )
    st.rerun()


def _population(page: Page, community: Community) -> None:
    """The figures there are, and a form for one from a day on."""
    figures = [
        _("from {day}: {residents} residents, {households} households").format(
            day=number_text.day(known.from_day),
            residents=number_text.exact(known.residents),
            households=number_text.exact(known.households),
        )
        for known in community.populations
    ]
    st.markdown(f"**{_('Population')}**")
    st.caption("；".join(figures) if figures else _("population not entered yet"))
    with st.form(f"lt-population-{community.id}", border=False):
        first, second, third = st.columns(3)
        from_day = first.date_input(
            _("From"), page.today, min_value=BEGINNING, max_value=page.today + A_YEAR
        )
        residents = second.text_input(
            _("Residents"), people_counts.text_of(community.residents), max_chars=MOST_LETTERS
        )
        households = third.text_input(
            _("Households"), people_counts.text_of(community.households), max_chars=MOST_LETTERS
        )
        if not st.form_submit_button(_("Keep the population")):
            return
    read = people_counts.read({_("Residents"): residents, _("Households"): households})
    if read is None:
        return
    counts = dict(zip(("residents", "households"), read, strict=True))
    change.population(page.district.home, community.id, from_day, counts, session.account())
    st.rerun()


def _take_out(page: Page, community: Community) -> None:
    """Takes out a community that was entered by mistake: one of which nothing was imported."""
    home = page.district.home
    if any(known.community == community.id for known in batches.manifests(home)):
        st.caption(_("Its data stay; say above when it left the district."))
    elif st.button(_("Take {name} out").format(name=community.name.pick())):
        change.enter(home, settings.COMMUNITY, community.id, None, session.account())
        del st.session_state["lt-settings-community"]
        st.rerun()
