"""What Lingti takes from Streamlit's inside, one contract each: what broke when it changed."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from random import Random
from typing import Any

import pytest
from streamlit import auth_util, runtime
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.testing.v1 import AppTest
from streamlit.web.server import server_util
from streamlit.web.server.starlette import starlette_app_utils

from lingti.ui.streamlit_inside import NAVIGATION, messages, names, scripts, sign_in, start_page

UI = Path(names.__file__).parent.parent
SHEETS = [path for kind in ("*.css", "*.js") for path in UI.rglob(kind)]


@pytest.fixture(scope="module")
def its_code() -> str:
    """All that Streamlit runs in a browser."""
    return "".join(path.read_text("utf-8") for path in start_page.STATIC.rglob("*.js"))


def test_the_browser_still_knows_every_name_of_an_element(its_code: str) -> None:
    known = [re.sub(r"^\.|\[data-testid=|\]$", "", one) for one in names.SELECTORS.values()]
    # Of the entries of a menu the code has the beginning, and the rest is an entry's key.
    begun = [re.sub(r"(?<=Item-).*", "", one) for one in known]
    assert [one for one in begun if one not in its_code] == []


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_no_sheet_or_script_of_ours_names_an_element_past_the_door(path: Path) -> None:
    assert re.findall(r"\bst[A-Z]\w+|st-emotion[\w-]*", path.read_text("utf-8")) == []


def test_the_browser_still_runs_a_page_again_when_its_history_moves(its_code: str) -> None:
    assert 'new PopStateEvent("popstate")' in NAVIGATION.read_text("utf-8")
    assert re.search(r"addEventListener\([\"'`]popstate[\"'`]", its_code)


def drawn() -> None:
    import streamlit as st

    from lingti.ui.streamlit_inside.scripts import as_the_main_script, is_visited

    with as_the_main_script():
        st.html("<p>stays</p>")
    st.html(f"<p>{is_visited()}</p>")


def test_what_the_main_script_drew_is_told_from_what_a_page_draws() -> None:
    page = AppTest.from_function(drawn).run()
    assert not page.exception
    assert [one.proto.body for one in page.get("html")] == ["<p>stays</p>", "<p>False</p>"]


def test_the_server_still_says_whether_its_first_page_runs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []

    class Running:
        does_script_run_without_error = runtime.Runtime.does_script_run_without_error

    async def answer(_self: Any) -> tuple[bool, str]:
        asked.append("run")
        return True, "ok"

    monkeypatch.setattr(Running, "does_script_run_without_error", answer)
    monkeypatch.setattr(runtime, "get_instance", Running)
    asyncio.run(scripts.run_once())
    assert asked == ["run"]


def test_the_start_page_still_has_the_places_that_are_filled() -> None:
    page = start_page.start_page("Song", "static/drawing.js")
    assert page.startswith((start_page.STATIC / "index.html").read_text("utf-8")[:15])
    assert "window.__streamlit = " in page.partition("</script>")[0]
    assert page.count('it.src="./app/static/drawing.js"') == 1
    assert 'as="font"' not in page
    assert page.count("modulepreload") > len(start_page.DRAWN_WITH)


def test_the_browser_still_reads_what_the_start_page_tells_it(its_code: str) -> None:
    for name in ("__streamlit", "BACKEND_BASE_URL", "HOST_CONFIG", "LIGHT_THEME", "DARK_THEME"):
        assert name in its_code, name


def test_streamlit_still_brings_a_purifier() -> None:
    assert (start_page.STATIC / start_page.purifier()).is_file()


def test_a_message_still_says_whether_it_runs_the_whole_page() -> None:
    whole, part, other = BackMsg(), BackMsg(), BackMsg()
    whole.rerun_script.query_string = "lang=zh"
    part.rerun_script.fragment_id = "part"
    other.stop_script = True
    asked = [one.SerializeToString() for one in (whole, part, other)]
    assert [messages.asks_for_a_run(one) for one in (*asked, b"\xff", b"")] == [
        True,
        False,
        False,
        False,
        False,
    ]


def test_uploads_are_still_kept_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    class Running:
        uploaded_file_mgr = MemoryUploadedFileManager(messages.UPLOAD.rstrip("/"))

    for number in (1, 2):
        file = UploadedFileRec(str(number), "a.csv", "text/csv", b"day" * number)
        Running.uploaded_file_mgr.add_file("page", file)
    monkeypatch.setattr(runtime, "get_instance", Running)
    assert messages.upload_sizes("page") == [3, 6]
    assert messages.upload_sizes("another") == []
    (url,) = Running.uploaded_file_mgr.get_upload_urls("page", ["a.csv"])
    assert url.upload_url.startswith(messages.UPLOAD)


@pytest.mark.parametrize("length", [20, 20_000])
def test_a_cookie_of_a_sign_in_can_still_be_read(
    monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    cookies: dict[str, str] = {}
    about = {"sub": Random(length).randbytes(length).hex()}

    def sign(name: str, value: str) -> bytes:
        return starlette_app_utils.create_signed_value("secret", name, value)

    auth_util.set_cookie_with_chunks(
        lambda name, value: cookies.update({name: sign(name, value).decode()}),
        sign,
        server_util.AUTH_COOKIE_NAME,
        about,
        cookie_attr_size=100,
    )
    monkeypatch.setattr(sign_in, "get_cookie_secret", lambda: "secret")
    signed = sign_in.signed_text(cookies, 60)
    assert signed is not None
    assert json.loads(signed[0]) == about
    assert (len(cookies) > 1) == (length > 4096)
    monkeypatch.setattr(sign_in, "get_cookie_secret", lambda: "another")
    assert sign_in.signed_text(cookies, 60) is None


def test_without_sign_in_there_are_still_no_settings_of_it() -> None:
    assert dict(sign_in.settings()) == {}
