"""The page that starts Streamlit in a browser, and the scripts and styles it brings along."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import streamlit

STATIC = Path(streamlit.__file__).parent / "static"
KINDS = (".js", ".css", ".svg", ".json")
# What nearly every page draws with, by Streamlit's names of them.
DRAWN_WITH = ("Html", "Button")
QUICK_MS = 2000  # until Streamlit's scripts are there; a line of 2 Mbit/s takes as long
_STYLE_SHEET = re.compile(r"""(<link rel="stylesheet"[^>]*?)(/?>)""")
_PRELOADED_FONT = re.compile(r"""\s*<link\s+rel="preload"[^>]*\sas="font"[^>]*>""")


def start_page(font: str, also: str, opening: str = "") -> str:
    """Streamlit's page with the scripts that pages draw with and no font.

    `font` is what texts are set in, `also` the path of a script of ours that comes along where the
    line is quick, `opening` the HTML that is seen until the first elements are there. Streamlit's
    own page names what starts it and a font that our theme does not use; a browser learns of the
    rest only when the first elements arrive.
    """
    page = _streamlits()
    named = _named(page)
    links = [
        f'<link rel="modulepreload" crossorigin href="./{file}">'
        for file in drawing_scripts()
        if file not in named
    ]
    page = page.replace("<head>", f"<head><script>{known_before(font)}</script>", 1)
    drawing = f"<script>{_when_quick(also)}</script>"
    page = page.replace("<body>", f"<body>{opening}", 1)
    # A style sheet that is waited for would keep what is opening from being seen.
    page = _STYLE_SHEET.sub(r"""\1 media="print" onload="this.media='all'"\2""", page)
    return page.replace("</head>", "\n".join([*links, drawing, "</head>"]), 1)


def _when_quick(also: str) -> str:
    """The script that fetches another one, once all modules are there, where that took no time.

    Over a slow line its bytes would hold up the first answer; there the pages ask for it.
    """
    return (
        'addEventListener("DOMContentLoaded",()=>{'
        f"if(performance.now()>{QUICK_MS})return;"
        'const it=document.createElement("script");'
        f'it.src="./app/{also}";it.fetchPriority="low";document.head.append(it)}})'
    )


def known_before(font: str) -> str:
    """The script that tells Streamlit's what it would otherwise ask for before it connects.

    A page's address is not where the server's own addresses begin, so they would be sought in two
    places, one after the other. Until the theme comes with the first message, texts would be set
    in a font of Streamlit's own. No other page may send ours messages.
    """
    theme = {"bodyFont": font}
    known = {
        "LIGHT_THEME": theme,
        "DARK_THEME": theme,
        "HOST_CONFIG": {"useExternalAuthToken": False},
    }
    told = json.dumps(known).replace("<", "\\u003c")
    return (
        f"window.__streamlit = {told};"
        'window.__streamlit.BACKEND_BASE_URL = new URL("./", location.href).href;'
        "window.__streamlit.HOST_CONFIG.allowedOrigins = [location.origin];"
    )


def _streamlits() -> str:
    return _PRELOADED_FONT.sub("", (STATIC / "index.html").read_text("utf-8"))


def _named(page: str) -> list[str]:
    return [f"static/{file}" for file in re.findall(r"\./static/([^\"]+)", page)]


def first_scripts() -> list[str]:
    """What a first visit fetches, scripts and the style sheet, by their places in `STATIC`."""
    return list(dict.fromkeys([*_named(_streamlits()), *drawing_scripts()]))


def drawing_scripts() -> list[str]:
    """The scripts that pages draw with and those they import, by their places in `STATIC`."""
    manifest = json.loads((STATIC / "manifest.json").read_text("utf-8"))
    waiting = [
        key
        for name in DRAWN_WITH
        for key, entry in manifest.items()
        if entry.get("name") == name and entry.get("isDynamicEntry")
    ]
    files: dict[str, str] = {}
    while waiting:
        key = waiting.pop(0)
        if key not in files:
            files[key] = manifest[key]["file"]
            waiting += manifest[key].get("imports", [])
    return list(files.values())


def scripts() -> dict[str, Path]:
    """Address → file, of Streamlit's scripts and styles, whose names tell their content."""
    return {
        f"/{path.relative_to(STATIC).as_posix()}": path
        for path in (STATIC / "static").rglob("*")
        if path.suffix in KINDS
    }


@cache
def purifier() -> str:
    """The address of DOMPurify, which Streamlit brings along."""
    return next(
        f"./{path.relative_to(STATIC).as_posix()}" for path in STATIC.rglob("purify.es.*.js")
    )
