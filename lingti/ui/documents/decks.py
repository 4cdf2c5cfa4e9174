"""Which slides a deck has and in what order: kept in the address, and remembered per place.

The address wins, so that a link shows everybody the same; then what was remembered for the place;
else the usual deck. Slides are named by their ids: `overview`, `metric-redemptions`, `decisions`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import htpy as h
import streamlit as st

from lingti import entries, report
from lingti.access import roles
from lingti.access.roles import ReaderView
from lingti.catalog import DISTRICT
from lingti.editions import keeping
from lingti.editions.keeping import Edition
from lingti.frozen import Frozen
from lingti.judging.period_values import View
from lingti.language import current
from lingti.language import gettext as _
from lingti.report import Material
from lingti.report.slides import kept_slides
from lingti.report.slides.kept_slides import DECK, METRIC, metrics_of
from lingti.report.slides.slide import Slide
from lingti.ui.parts import pickers, url
from lingti.ui.parts.elements import empty
from lingti.ui.parts.html_out import send
from lingti.ui.parts.pickers import pick
from lingti.ui.window.filters import MANY
from lingti.ui.window.frame import Page
from lingti.ui.window.served_home import changed_at
from lingti.upkeep import finalising

SLIDES, PLACE = "slides", "community"
EDITION = "edition"
FIXED = (
    *("title", "targets", "changes", "decisions", "concerns", "not-reported", "asks"),
    *("overview", "signals", "between"),
)


@dataclass(frozen=True)
class Deck:
    """The slides of a place in their order. `ids` are what was chosen; long ones are several.

    Those of an edition stay as they were kept with it, whatever is imported meanwhile.
    """

    place: str
    period: str
    ids: tuple[str, ...]
    slides: tuple[Slide, ...]
    named: Mapping[str, str] = Frozen()  # every slide there can be: id → what the list calls it
    edition: Edition | None = None  # whose slides they are; None of what is counted now


def place(page: Page) -> str:
    """Whose slides they are, kept in the address: the district's, or a community's."""
    known = [DISTRICT, *(community.id for community in page.district.communities)]
    return pick(PLACE, known, page.look.name, many=len(known) > MANY)


def chosen(page: Page, view: View, of: str) -> Deck:
    """The deck of the address, else the one remembered, else the usual one.

    Ends the run with the reason where the slides of an edition cannot be shown.
    """
    edition = _edition(page, view, of)
    if edition is not None:
        return _of_edition(page, view, of, edition)
    source = _source(page, view)
    usual = _usual(source, of)
    asked = [slide_id for slide_id in url.read(SLIDES).split(",") if slide_id]
    if not asked:
        asked = kept_slides.remembered(page.district.home, of)
    known = choices(page, view, of)
    ids = tuple(fromkey for fromkey in dict.fromkeys(asked) if fromkey in known) or usual
    slides = _slides_of(source, of, metrics_of(ids, page.catalog.metrics))
    return Deck(of, view.period.id, ids, _in_order(slides, ids), Frozen(known))


def _kept_as(view: View, of: str) -> str:
    return f"{finalising.VIEWER}/{view.period.id}/{of}.{kept_slides.ENDING}"


def _edition(page: Page, view: View, of: str) -> Edition | None:
    """The edition whose slides are asked for, of those that hold the period; drawn as a choice.

    Where that has none it is said, so that nobody takes numbers of now for those reported.
    """
    editions = {
        edition.name: edition
        for edition in keeping.editions(page.district.home)
        if view.period.id in edition.grains and _kept_as(view, of) in keeping.documents(edition)
    }
    asked = url.read(EDITION)
    if asked and asked not in editions:
        warning = _("There are no slides of this period in edition {edition}: these are of now.")
        st.warning(warning.format(edition=asked))
    if not editions:
        return None
    titles = {
        edition: _("edition {edition}").format(edition=edition) for edition in reversed(editions)
    }
    names = {"": _("What is counted now"), **titles}
    return editions.get(pickers.choose_one(EDITION, list(names), names.__getitem__, _("Slides of")))


def _of_edition(page: Page, view: View, of: str, edition: Edition) -> Deck:
    community = None if of == DISTRICT else of
    try:
        kept = finalising.document(
            *(page.district.home, edition, finalising.VIEWER, view.period.id, community),
            kept_slides.ENDING,
        )
    except keeping.NoEditionError as error:
        empty(str(error))
        st.stop()
    slides = kept_slides.unpacked(kept, page.catalog.metrics)
    known = {_id(slide): _kept_name(page, slide) for slide in slides}
    asked = [slide_id for slide_id in url.read(SLIDES).split(",") if slide_id]
    asked = asked or kept_slides.remembered(page.district.home, of)
    ids = tuple(fromkey for fromkey in dict.fromkeys(asked) if fromkey in known) or tuple(known)
    return Deck(of, view.period.id, ids, _in_order(slides, ids), Frozen(known), edition)


def _kept_name(page: Page, slide: Slide) -> str:
    name = _id(slide).removeprefix(METRIC)
    fixed = _fixed(DISTRICT)
    if name in fixed:
        return fixed[name]
    return page.catalog.metrics[name].title.pick() if name in page.catalog.metrics else slide.title


def choices(page: Page, view: View, of: str) -> dict[str, str]:
    """Every slide there can be of a place: id → what the list calls it."""
    material = _material(page, view).of(of)
    metrics = [*material.headlines(of), *material.runs(of)]
    return _fixed(of) | {f"{METRIC}{metric.name}": metric.title.pick() for metric in metrics}


def _fixed(of: str) -> dict[str, str]:
    """The slides that are about no single metric."""
    return {
        "title": _("How it stands"),
        "targets": _("Targets"),
        "changes": _("Real changes"),
        "decisions": _("Overdue decisions"),
        "concerns": _("Concerns not answered"),
        "not-reported": _("What is missing"),
        "asks": _("What we ask for"),
        "overview": _("Main numbers"),
        "signals": _("Changes judged"),
        **({"between": _("Between communities")} if of == DISTRICT else {}),
    }


def arrange(page: Page, deck: Deck) -> None:
    """The chosen slides as a list to reorder, shorten and lengthen; and to remember."""
    named = deck.named
    with st.container(key="lt-deck", gap=None):
        for at, slide_id in enumerate(deck.ids):
            _row(deck, at, named[slide_id])
    rest = {slide_id: name for slide_id, name in named.items() if slide_id not in deck.ids}
    st.selectbox(
        _("Add a slide"),
        list(rest),
        index=None,
        format_func=lambda slide_id: rest.get(slide_id, slide_id),
        placeholder=_("Add a slide …"),
        label_visibility="collapsed",
        filter_mode="contains",
        key="lt-deck-add",
        on_change=_add,
        args=(deck.ids,),
        disabled=not rest,
    )
    if page.may(roles.ENTER, None if deck.place == DISTRICT else deck.place):
        _keep(page, deck)
    elif url.read(SLIDES):
        st.button(
            _("Back to the usual slides"),
            key="lt-deck-usual",
            type="tertiary",
            on_click=url.write,
            args=(SLIDES, ""),
        )


def _keep(page: Page, deck: Deck) -> None:
    """Remembers the choice for everybody, or goes back to the usual one."""
    home, remembered = page.district.home, kept_slides.remembered(page.district.home, deck.place)
    with st.container(horizontal=True, gap="small"):
        keep = st.button(
            _("Remember for {place}").format(place=page.look.name(deck.place)),
            key="lt-deck-keep",
            disabled=remembered == list(deck.ids),
        )
        forget = st.button(
            _("Back to the usual slides"),
            key="lt-deck-usual",
            type="tertiary",
            disabled=not remembered and not url.read(SLIDES),
        )
    if keep:
        entries.add(home, DECK, deck.place, {"slides": list(deck.ids)}, pickers.author())
    elif forget and remembered:
        entries.add(home, DECK, deck.place, None, pickers.author())
    if keep or forget:
        url.write(SLIDES, "")
        st.rerun()


def _row(deck: Deck, at: int, name: str) -> None:
    last = len(deck.ids) - 1
    with st.container(horizontal=True, gap=None, vertical_alignment="center", key=f"lt-deck-{at}"):
        send(h.p(".lt-deck-name")[h.i[at + 1], name], width="stretch")
        for what, icon, label, moved, off in (
            ("up", "arrow_upward", _("Up"), _moved(deck.ids, at, -1), at == 0),
            ("down", "arrow_downward", _("Down"), _moved(deck.ids, at, 1), at == last),
            ("drop", "close", _("Leave out"), _without(deck.ids, at), last == 0),
        ):
            st.button(
                "",
                icon=f":material/{icon}:",
                help=_("{name}: {word}").format(name=label, word=name),
                key=f"lt-deck-{what}-{at}",
                type="tertiary",
                disabled=off,
                on_click=url.write,
                args=(SLIDES, ",".join(moved)),
            )


def _moved(ids: Sequence[str], at: int, by: int) -> list[str]:
    in_order = list(ids)
    in_order.insert(max(0, at + by), in_order.pop(at))
    return in_order


def _without(ids: Sequence[str], at: int) -> list[str]:
    return [slide_id for place, slide_id in enumerate(ids) if place != at]


def _add(ids: Sequence[str]) -> None:
    added = st.session_state["lt-deck-add"]
    if added:
        url.write(SLIDES, ",".join([*ids, added]))
        st.session_state["lt-deck-add"] = None


# ---- what the slides are made of


@dataclass(frozen=True)
class _Source:
    """What slides are made of: equal as long as nothing that they say can have changed."""

    home: Path
    version: str
    changed_at: float
    today: date
    period: str
    language: str
    reader: ReaderView


def _source(page: Page, view: View) -> _Source:
    home = page.district.home
    return _Source(
        home,
        page.warehouse.version,
        changed_at(home),
        page.today,
        view.period.id,
        current(),
        roles.reader_view(page.person),
    )


def _material(page: Page, view: View) -> Material:
    return _read(_source(page, view))


@st.cache_resource(max_entries=24, show_spinner=False, hash_funcs={_Source: repr})
def _read(source: _Source) -> Material:
    """The numbers of a period that all readers get, and the decisions that this one may see."""
    return report.gather(
        source.home, source.period, published=True, today=source.today, reader=source.reader
    )


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={_Source: repr})
def _slides_of(source: _Source, of: str, metrics: tuple[str, ...]) -> list[Slide]:
    wish = report.Wish(source.language, metrics=metrics)
    slides = report.slides(_read(source), of, wish)
    # What speakers are told counts rows, which is more exact than what is published.
    return [replace(slide, notes=()) for slide in slides]


def _usual(source: _Source, of: str) -> tuple[str, ...]:
    """The slides of every format."""
    return tuple(dict.fromkeys(_id(slide) for slide in _slides_of(source, of, ())))


def _in_order(slides: Sequence[Slide], ids: Sequence[str]) -> tuple[Slide, ...]:
    return tuple(slide for slide_id in ids for slide in slides if _id(slide) == slide_id)


def _id(slide: Slide) -> str:
    """The id a slide is chosen by: `decisions-2` is the second page of `decisions`."""
    base = re.sub(r"-\d+$", "", slide.id)
    return base if base in FIXED or base.startswith(METRIC) else slide.id
