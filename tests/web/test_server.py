"""A server that is ready before the first browser comes, and sends few bytes."""

from __future__ import annotations

import asyncio
import gzip
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pyarrow as pa
import pytest
from ending import ended
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from lingti.ui.streamlit_inside import start_page
from lingti.ui.window.style import ICONS, PLOTLY
from lingti.web import server


@pytest.fixture(scope="module")
def address(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of `lingti serve` for the sample, once it says that it can be visited."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    said = tmp_path_factory.mktemp("serve") / "said"
    command = [sys.executable, "-m", "lingti.commands.cli", "serve", "--port", str(port)]
    env = {**os.environ, "LINGTI_LANGUAGE": "en"}
    with said.open("wb") as output:
        process = subprocess.Popen(
            [*command, "--home", str(sample_home)], stderr=output, stdout=output, env=env
        )
    url = f"http://127.0.0.1:{port}"
    with ended(process):
        for _ in range(600):
            if f"Open {url}" in said.read_text("utf-8") or process.poll() is not None:
                break
            time.sleep(0.1)
        time.sleep(0.2)
        assert process.poll() is None, said.read_text("utf-8")
        yield url


def get(url: str, **headers: str) -> tuple[Message, bytes]:
    request = urllib.request.Request(
        url, headers={k.replace("_", "-"): headers[k] for k in headers}
    )
    with urllib.request.urlopen(request, timeout=10) as response:
        return response.headers, response.read()


def streamlit_s() -> str:
    return next(name for name in server.compressed_files() if "/react-dom." in name)


@pytest.mark.parametrize("script", [streamlit_s(), f"/app/{PLOTLY}"])
def test_scripts_come_compressed_and_may_be_kept_for_good(address: str, script: str) -> None:
    plain_headers, plain = get(address + script)
    headers, compressed = get(address + script, Accept_Encoding="gzip")
    assert gzip.decompress(compressed) == plain
    assert 2.8 * len(compressed) < len(plain)
    assert headers["Content-Encoding"] == "gzip"
    assert headers["Vary"] == "Accept-Encoding"
    assert "immutable" in headers["Cache-Control"]
    assert headers.get_content_type() == plain_headers.get_content_type()
    assert "Content-Encoding" not in plain_headers


def test_what_draws_the_pictures_comes_in_brotli_to_who_takes_it(address: str) -> None:
    headers, packed = get(f"{address}/app/{PLOTLY}", Accept_Encoding="gzip, deflate, br")
    assert headers["Content-Encoding"] == "br"
    assert packed == (server.ROOT / f"{PLOTLY}.br").read_bytes()
    assert headers["Cache-Control"] == "public, immutable, max-age=31536000"
    assert len(packed) < 0.85 * len(get(f"{address}/app/{PLOTLY}", Accept_Encoding="gzip")[1])


def test_what_a_first_visit_needs_is_packed_once_more_while_nobody_waits() -> None:
    named = [f"/{one}" for one in start_page.first_scripts()]
    assert {"/static/js/" in one or "/static/css/" in one for one in named} == {True}
    few = {one: path for one, path in server.compressed_files().items() if one in named[:4]}
    server.CompressedScripts.compress_more(few)
    for name, path in few.items():
        packed = server.CompressedScripts.kept[f"{name}.br"]
        plain = path.read_bytes()
        assert pa.decompress(packed, len(plain), codec="brotli", asbytes=True) == plain
        assert len(packed) < len(gzip.compress(plain, 6))


def test_a_part_of_a_script_is_sent_as_it_is(address: str) -> None:
    headers, body = get(address + streamlit_s(), Accept_Encoding="gzip", Range="bytes=0-9")
    assert len(body) == 10
    assert "Content-Encoding" not in headers


def test_the_page_itself_is_asked_for_every_time(address: str) -> None:
    for page in ("", "/volunteering?period=2024-10"):
        headers, body = get(address + page, Accept_Encoding="gzip")
        assert b"<html" in gzip.decompress(body)
        assert headers["Cache-Control"] == "no-cache"
        assert "Content-Security-Policy" in headers
        assert get(address + page)[1] == gzip.decompress(body)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "/coverage?period=2024-10&in=guqiao%2Cbinhu",
            "/reporting?period=2024-10&in=guqiao%2Cbinhu",
        ),
        ("/coverage/?lang=en", "/reporting?lang=en"),
        ("/signals", "/verdicts"),
    ],
)
def test_an_old_address_leads_to_the_page_with_its_view(address: str, old: str, new: str) -> None:
    with urllib.request.urlopen(address + old, timeout=10) as response:
        assert response.url == address + new
        assert b"<html" in response.read()


def test_pages_that_were_renamed_are_there_by_their_new_name_only() -> None:
    pages = {path.stem for path in (server.ROOT / "pages").glob("*.py")}
    assert set(server.RENAMED.values()) <= pages
    assert not set(server.RENAMED) & pages


def test_the_page_names_what_it_draws_with_and_no_font(address: str) -> None:
    page = get(address)[1].decode()
    named = re.findall(r'href="\.(/static/[^"]+)"', page)
    assert [one for one in named if "/Html." in one]
    assert [one for one in named if "/Button." in one]
    assert f'it.src="./app/{PLOTLY}"' in page  # where the line is quick; else the pages ask for it
    assert f'src="./app/{PLOTLY}"></script>' not in page
    assert f'src:url("./app/{ICONS}")' in page  # before icons ask for the font of all there are
    assert not [one for one in named if one.endswith(".woff2")]
    assert len(named) == len(set(named))
    assert [one for one in named if not (start_page.STATIC / one[1:]).is_file()] == []


def test_a_page_comes_up(address: str) -> None:
    async def visit() -> list[ForwardMsg]:
        found = []
        stream = address.replace("http", "ws") + "/_stcore/stream"
        async with connect(stream, subprotocols=[Subprotocol("streamlit")], max_size=None) as line:
            await line.send(BackMsg(rerun_script={"query_string": ""}).SerializeToString())
            while not found or found[-1].WhichOneof("type") != "script_finished":
                message = ForwardMsg()
                message.ParseFromString(await asyncio.wait_for(line.recv(decode=False), 20))
                found.append(message)
        return found

    messages = asyncio.run(visit())
    assert messages[-1].script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
    assert any("lt-picture" in one.delta.new_element.html.body for one in messages)


def test_an_address_in_use_is_refused(address: str, sample_home: Path) -> None:
    port = address.rpartition(":")[2]
    command = [sys.executable, "-m", "lingti.commands.cli", "serve", "--port", port]
    done = subprocess.run(
        [*command, "--home", str(sample_home)], capture_output=True, timeout=30, check=False
    )
    assert done.returncode == 1
    assert f"Port {port}".encode() in done.stderr
