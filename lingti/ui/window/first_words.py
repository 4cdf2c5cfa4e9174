"""What a browser shows until the first page is there: its name, and that it is being opened.

It comes with the first answer and asks for nothing more. Numbers come to who is signed in only.
"""

from __future__ import annotations

import json
from contextvars import copy_context
from typing import Any

import htpy as h
from markupsafe import Markup

from lingti import palette
from lingti.language import LANGUAGES, from_locale, use
from lingti.language import gettext as _
from lingti.ui.window import menu
from lingti.ui.window.style import icons

# Which language the address or the browser asks for, and which page; gone once a page is there.
_SCRIPT = """(() => {
  const asked = new URLSearchParams(location.search).get("lang"), told = $told;
  const language = told[asked] ? asked : /^zh/i.test(navigator.language || "zh") ? "zh" : "en";
  const { opening, name, pages } = told[language], box = document.getElementById("lt-opening");
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  const page = pages[location.pathname.split("/").pop()] ?? name;
  document.title = page;
  const [title, line] = box.children;
  title.textContent = page;
  line.textContent = opening;
  const there = ".stMain :is(.lt-head, .lt-welcome, button, form, .stAlert, .stException)";
  const gone = () => {
    if (!document.querySelector(there)) return;
    box.remove();
    seen.disconnect();
  };
  const seen = new MutationObserver(gone);
  seen.observe(document.body, { childList: true, subtree: true });
})()"""


def first_words() -> str:
    """The HTML that stands in the start page before anything of Streamlit's."""
    by_language = {code: copy_context().run(_opening_words, code) for code in LANGUAGES}
    (light, dark), (pale, pale_dark) = palette.PAGE["ink"], palette.THEME["background"]
    style = (
        "#lt-opening{position:fixed;inset:0;display:grid;place-content:center;gap:.5rem;z-index:9;"
        "text-align:center;pointer-events:none;font-family:'Noto Sans CJK SC','PingFang SC',"
        f"'Microsoft YaHei',system-ui,sans-serif;color:{light}}}"
        "#lt-opening h1{margin:0;font-size:1.625rem;font-weight:600}"
        "#lt-opening p{margin:0;font-size:1rem}"
        f"body{{background:{pale}}}"
        f"@media (prefers-color-scheme:dark){{#lt-opening{{color:{dark}}}"
        f"body{{background:{pale_dark}}}}}{icons()}"
    )
    words = json.dumps(by_language, ensure_ascii=False).replace("<", "\\u003c")
    first = by_language[from_locale(None)]
    html = h.fragment[
        h.style[Markup(style)],
        h.div("#lt-opening", role="status")[h.h1[first["name"]], h.p[first["opening"]]],
        h.script[Markup(_SCRIPT.replace("$told", words))],
    ]
    return str(html)


def _opening_words(code: str) -> dict[str, Any]:
    """The words of a language: of the program, of opening, and of each page by its address."""
    use(code)
    pages = {address: _(item.title) for address, item in menu.pages().items() if address}
    return {"name": _("Lingti"), "opening": _("Opening…"), "pages": pages}
