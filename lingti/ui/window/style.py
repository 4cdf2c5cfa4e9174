"""The style sheet and the script of a page, with the theme and the language filled in."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from lingti import charts, palette
from lingti.language import current
from lingti.language import gettext as _
from lingti.ui.streamlit_inside import NAVIGATION, start_page
from lingti.ui.streamlit_inside.names import filled, filled_file

_HERE = Path(__file__).parent
# Plotly's own selection of bars, lines and pies: a quarter of the whole. Streamlit serves `static`
# as `app/static`; the version in the name lets browsers keep the file for good.
PLOTLY = "static/plotly-basic-4.1.1.min.js"
# The icons of the frame, taken from Streamlit's by `docs/make_icons.py`.
ICONS = "static/icons-2.woff2"


@cache
def _file(name: str | Path) -> str:
    """A script of ours without its comments and indents, a quarter of its bytes."""
    lines = [line.strip() for line in (_HERE / name).read_text("utf-8").splitlines()]
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def style(*, dark: bool) -> str:
    """The style sheet of a page: colours, the sheet, and ours for Streamlit's own words.

    Colours follow the theme at once where the browser knows `light-dark`; else with the next run.
    """
    now = palette.css(palette.PAGE, dark=dark, prefix="lt-")
    printed = palette.css(palette.PAGE, dark=False, prefix="lt-printed-")
    either = "".join(
        f"--lt-{name}:light-dark({light},{dark_one});"
        for name, (light, dark_one) in palette.PAGE.items()
    )
    return (
        f":root{{{now}{printed}}}"
        f"@supports (color:light-dark(red,red)){{:root{{{either}}}}}"
        f"{icons()}{filled_file(_HERE / 'style.css')}{_printed_light() if dark else ''}"
        f"{_streamlit_words()}"
    )


@cache
def icons() -> str:
    """The font of our icons, for those of Streamlit's frame too, which would ask for all."""
    face = f'@font-face{{font-family:"Lingti Symbols";src:url("./app/{ICONS}") format("woff2")}}'
    return face + filled(':is($sidebar,$app_header) $icon{font-family:"Lingti Symbols"!important}')


@cache
def _printed_light() -> str:
    """Rules by which pictures drawn for a dark page are printed in the colours of a light one."""
    (ink, _dark_ink), (paper, dark_paper) = palette.PAGE["ink"], palette.PAGE["paper"]
    rules = [
        f".js-plotly-plot text{{fill:{ink}!important}}",
        # Words in the colour of the paper stand on marks, which stay dark.
        f'.js-plotly-plot text[style*="fill: {_rgb(dark_paper)}"]{{fill:{paper}!important}}',
        ".js-plotly-plot tspan{fill:inherit!important}",
    ]
    shape = ".js-plotly-plot :not(text,tspan)"
    for dark, light in charts.ON_PAPER.items():
        for part in ("fill", "stroke"):
            styled = f'[style*="{part}: {_rgb(dark)}"]'
            named = f'[{part}="{_rgb(dark)}"],[{part}="{dark}" i]'
            rules.append(f"{shape}:is({styled},{named}){{{part}:{light}!important}}")
    return f"@media print{{{''.join(rules)}}}"


def _rgb(colour: str) -> str:
    """A colour as browsers write it in styles."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgb({red}, {green}, {blue})"


def script() -> str:
    """The script of a page: our own files, the language's code and where others lie."""
    code = "zh-CN" if current() == "zh" else "en"
    lost = [
        _("No page has this address"),
        _("It may be mistyped, or the page may have moved. Behind this note is the overview."),
    ]
    words = json.dumps(lost, ensure_ascii=False).replace("<", "\\u003c")
    page = filled(_file("page.js"), language=code, lost=words, navigation=_file(NAVIGATION))
    keys = filled(_file("keys.js"))
    pictures = _file("pictures.js").replace("$plotly", f"./app/{PLOTLY}")
    pictures = pictures.replace("$purifier", start_page.purifier())
    return f"{page}{keys}{_file('sketch.js')}{pictures}"


def _streamlit_words() -> str:
    """Rules that put our words in place of Streamlit's English ones, which cannot be set."""
    if current() == "en":
        return ""
    words = {
        "$menu_about $menu_label": _("About"),
        "$menu_system": _("System"),
        "$menu_light": _("Light"),
        "$menu_dark": _("Dark"),
        "$file_uploader_instructions span": _("Drop files here"),
    }
    return "".join(
        f"{where}{{font-size:0!important}}{where}::after{{content:'{word}';font-size:.875rem}}"
        for where, word in ((filled(name), word) for name, word in words.items())
    )
