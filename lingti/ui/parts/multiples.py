"""Small pictures of communities beside each other, each under its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import htpy as h

from lingti.catalog import DISTRICT
from lingti.ui.parts import choice_links, url
from lingti.ui.parts.elements import picture
from lingti.ui.parts.html_out import Html, put
from lingti.ui.parts.markers import mark
from lingti.ui.window.frame import Page

# px of each, by how many stand beside each other
HEIGHTS = {1: 330, 2: 150, 3: 140, 4: 120}


def across(count: int) -> int:
    """How many of so many small pictures stand beside each other."""
    return 1 if count <= 1 else 2 if count <= 4 else 3 if count <= 6 else 4


def multiples(page: Page, figures: Mapping[str, Any], beside_names: Mapping[str, Html]) -> None:
    """Draws a figure per community; `beside_names` is what stands beside the name of each."""
    panels = [
        h.figure(".lt-multiple", data_place=place)[
            h.figcaption[
                h.span(".lt-place")[
                    mark(page.look.symbols[place], page.look.colours[place]),
                    h.b[page.look.name(place)],
                    choice_links.only(url.COMMUNITIES, place, page.look.name(place))
                    if place != DISTRICT and len(page.district.communities) > 1
                    else None,
                ],
                beside_names.get(place),
            ],
            picture(figure, key=f"line-{place}", rows=url.link("rows", back=url.here())),
        ]
        for place, figure in figures.items()
    ]
    put(h.div(".lt-multiples", style=f"--n:{across(len(panels))}")[panels])
