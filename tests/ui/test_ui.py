"""Downloads that are safe to open, links that carry the view, a menu that names every page."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pandas as pd
import pytest
from plotly.offline import get_plotlyjs_version
from python_calamine import CalamineWorkbook
from streamlit.testing.v1 import AppTest

from lingti import catalog, language
from lingti.ui.parts import markers
from lingti.ui.parts.cards import value_html
from lingti.ui.parts.downloads import to_csv, to_xlsx
from lingti.ui.parts.tables import Column, html_of
from lingti.ui.window import menu, style
from lingti.ui.window.style import script

ROOT = Path(__file__).parent.parent.parent
# Pages one comes to from a number or a case, never from the menu.
BEHIND_A_LINK = {
    f"pages/{name}.py"
    for name in ("rows", "submission", "revisions", "follow_up", "topic", "my_number")
}
HARMFUL = ['=cmd|" /C calc"!A0', "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1"]
FRAME = pd.DataFrame(
    {
        "商家": ["米乐居民服务店", *HARMFUL],
        "签约日期": [date(2024, 3, 1), *[None] * 6],
        "家": [1.0, 2.5, None, *[0.0] * 4],
    }
)


def test_csv_opens_in_excel_and_runs_nothing() -> None:
    text = to_csv(FRAME)
    assert text.startswith(b"\xef\xbb\xbf")
    lines = text.decode("utf-8-sig").split("\r\n")
    assert lines[:2] == ["商家,签约日期,家", "米乐居民服务店,2024-03-01,1"]
    assert lines[2] == '"\'=cmd|"" /C calc""!A0",,2.5'
    cells = pd.read_csv(io.BytesIO(text), dtype=str)["商家"]
    assert all(cell.startswith("'") for cell in cells[1:])


def test_xlsx_holds_text_and_numbers_and_no_formula() -> None:
    book = to_xlsx(FRAME)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert rows[0] == ["商家", "签约日期", "家"]
    assert rows[1] == ["米乐居民服务店", "2024-03-01", 1]
    assert [row[0] for row in rows[2:]] == [f"'{text}" for text in HARMFUL]
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_every_page_is_in_the_menu() -> None:
    in_menu = {item.file for _title, items in menu.GROUPS for item in items}
    there = {f"pages/{path.name}" for path in (ROOT / "pages").glob("*.py")} | {"app.py"}
    assert there - in_menu <= BEHIND_A_LINK
    icons = [item.icon for _title, items in menu.GROUPS for item in items]
    assert len(set(icons)) == len(icons)


def test_no_two_states_look_alike() -> None:
    hours = catalog.program().metrics["volunteer_hours"]
    looks = [
        str(value_html(value, state, hours))
        for value, state in [
            (0.0, "reported"),
            (0.0, "partial"),
            (None, "reported"),
            (None, "not_reported"),
            (None, "not_run"),
            (None, "withheld"),
        ]
    ]
    words = [re.sub("<[^>]*>", "", look) for look in looks]
    assert words == ["0", "0部分", "– 无可计算", "未报送", "— 未开展", "不公布"]
    classes = [re.findall("lt-[a-z_-]+", look) for look in looks]
    assert len({tuple(one) for one in classes}) == 6


def test_a_value_on_a_page_can_hold_no_html() -> None:
    column = Column("name", "名称")
    html = html_of(pd.DataFrame({"name": ["<img src=x onerror=alert(1)>"]}), [column])
    assert "<img" not in html
    assert "&lt;img" in html


def test_a_curve_breaks_where_there_is_no_number() -> None:
    drawn = unquote(str(markers.sparkline([1, 2, None, 3, 4], "#0A4E8A")))
    assert drawn.count("<polyline") == 2
    assert markers.sparkline([None, None], "#0A4E8A") is None
    ends_without = unquote(str(markers.sparkline([1, 2, None], "#0A4E8A")))
    assert "<circle" not in ends_without


@pytest.mark.parametrize("code", language.LANGUAGES)
def test_the_sheet_asks_nothing_of_other_hosts(code: str) -> None:
    language.use(code)
    try:
        for dark in (False, True):
            text = (style.style(dark=dark) + script()).replace("// Str", "")
            text = text.replace('"http://www.w3.org/2000/svg"', "")  # a name, no address
            assert not re.search(r"https?:|//[a-z]|@import|url\((?!\"\./app/static/|#)", text)
        assert f'lang = "{"zh-CN" if code == "zh" else "en"}"' in script()
    finally:
        language.use("zh")


def test_no_script_holds_an_element() -> None:
    """Streamlit leaves out a whole script in which something looks like a tag."""
    code = script().removeprefix("<script>").removesuffix("</script>")
    assert code
    assert re.search(r"<[a-z/!]", code) is None


def test_browsers_draw_with_the_plotly_that_python_has() -> None:
    """When Plotly is updated, `dist/plotly-basic.min.js` of its plotly.js goes into static/."""
    version = get_plotlyjs_version()
    assert f"static/plotly-basic-{version}.min.js" == style.PLOTLY
    head = (ROOT / style.PLOTLY).read_text("utf-8")[:200]
    assert f"plotly.js (basic - minified) v{version}" in head


def drawn() -> None:
    """A small page of text, a box and columns, apart and together."""
    import htpy as h
    import streamlit as st

    from lingti.ui.parts import html_out

    def pieces_of_a_page() -> None:
        html_out.put(h.p["one"])
        with html_out.box("lt-two"):
            left, right = html_out.columns([1.5, 1])
            with left:
                html_out.put(h.p["left"])
            with right, html_out.together():
                html_out.put(h.p["right"])

    pieces_of_a_page()
    st.divider()
    with html_out.together():
        pieces_of_a_page()
    with html_out.together():
        pass


def test_pieces_go_out_together_in_one_element_and_in_the_same_order() -> None:
    page = AppTest.from_function(drawn).run()
    *apart, together = [str(one.proto.body) for one in page.get("html")]
    assert apart == [
        "<p>one</p>",
        "<p>left</p>",
        '<div class="lt-stack"><div><p>right</p></div></div>',
    ]
    assert together == (
        '<div class="lt-stack"><div><p>one</p></div><section class="lt-stack lt-two">'
        '<div class="lt-columns"><div class="lt-stack" style="flex-grow:1.5">'
        '<div><p>left</p></div></div><div class="lt-stack" style="flex-grow:1">'
        "<div><p>right</p></div></div></div></section></div>"
    )
