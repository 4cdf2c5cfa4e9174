"""Without sign-in nobody but who sits at the machine gets in, by whatever door."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import stat
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
import uvicorn
from ending import ended
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from lingti.home import HomeError
from lingti.ingest.checking.pseudonyms import KEY_FILE, KeyMissingError
from lingti.ui.streamlit_inside import messages
from lingti.web import half_requests, open_id, server
from lingti.web.guard import Guard, _tightened

DOORS = ["/", "/media/x.csv", "/_stcore/upload_file/a/b", "/_stcore/health", "/_stcore/metrics"]


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("inside")(scope, receive, send)


def ask(
    home: Path, path: str, address: str = "127.0.0.1", method: str = "GET", **headers: str
) -> httpx.Response:
    """The answer to a request from an address; `_` in names of headers stands for `-`."""

    async def answer() -> httpx.Response:
        transport = httpx.ASGITransport(Guard(app, home), client=(address, 5))
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as visitor:
            return await visitor.request(method, path, headers=named)

    return asyncio.run(answer())


@pytest.mark.parametrize("door", DOORS)
def test_only_this_machine_gets_in_without_sign_in(tmp_path: Path, door: str) -> None:
    assert ask(tmp_path, door).text == "inside"
    assert ask(tmp_path, door, "10.0.0.9").status_code == 403
    assert ask(tmp_path, door, X_Forwarded_For="10.0.0.9").status_code == 403
    assert ask(tmp_path, door, Forwarded="for=10.0.0.9").status_code == 403
    assert ask(tmp_path, door, Via="1.1 office").status_code == 403
    assert ask(tmp_path, door, X_Forwarded_Host="lingti.example").status_code == 403
    assert ask(tmp_path, door, Host="evil.example").status_code == 403


@pytest.mark.parametrize(
    "origin", ["http://127.0.0.1:9", "http://localhost", "https://evil.example", "null"]
)
def test_pages_elsewhere_and_on_other_ports_drive_nothing(
    tmp_path: Path, origin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("streamlit.net_util.get_external_ip", lambda: asked.append("internet"))
    for door in DOORS:
        assert ask(tmp_path, door, Origin=origin).status_code == 403
        assert ask(tmp_path, door, Origin="http://127.0.0.1").text == "inside"
    closed = asyncio.run(told_of_a_line(tmp_path, origin))
    assert (closed, asked) == ([{"type": "websocket.close", "code": 1008}], [])


async def told_of_a_line(home: Path, origin: str) -> list[Message]:
    """What a page of an origin is answered that opens a line."""
    told: list[Message] = []

    async def send(message: Message) -> None:
        told.append(message)

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    headers = [(b"host", b"127.0.0.1"), (b"origin", origin.encode())]
    scope = {"type": "websocket", "path": "/_stcore/stream", "headers": headers, "client": None}
    await Guard(app, home)(scope, receive, send)
    return told


def test_uploads_that_come_at_once_share_the_room_of_their_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "upload_sizes", lambda _page: [])
    kept = asyncio.Event()

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.wait_for(kept.wait(), 5)
        await app(scope, receive, send)

    async def answers() -> list[int]:
        transport = httpx.ASGITransport(Guard(slow, tmp_path))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as visitor:

            async def put(number: int) -> int:
                address, body = f"/_stcore/upload_file/a/{number}", b"x" * (45 * 2**20)
                answer = await visitor.put(address, content=body)
                if answer.status_code != 200:
                    kept.set()
                return answer.status_code

            return list(await asyncio.gather(*map(put, range(6))))

    assert sorted(asyncio.run(answers())) == [200, 200, 200, 200, 413, 413]


def test_half_a_request_does_not_hold_a_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(half_requests, "LONGEST_S", 0.2)
    half_requests.close_them()

    async def visit() -> bytes:
        served = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
        serving = asyncio.create_task(served.serve())
        while not served.started:
            await asyncio.sleep(0.01)
        port = served.servers[0].sockets[0].getsockname()[1]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nHost:")
        said = await asyncio.wait_for(reader.read(), 5)
        writer.close()
        served.should_exit = True
        await serving
        return said

    assert asyncio.run(visit()) == b""


def test_the_agent_door_is_shut_to_everybody(tmp_path: Path) -> None:
    assert ask(tmp_path, "/_stcore/agent/interact", method="POST").status_code == 404


@pytest.mark.parametrize("host", ["127.0.0.1", "evil.example"])
def test_every_answer_has_the_headers_also_a_refusal(tmp_path: Path, host: str) -> None:
    headers = ask(tmp_path, "/media/x", Host=host).headers
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "http:" not in policy
    assert "unsafe-eval" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


def test_a_users_cookie_lasts_no_longer_than_a_session() -> None:
    cookie = "_streamlit_user=x; HttpOnly; Max-Age=2592000; Path=/; SameSite=lax"
    assert "Max-Age=28800;" in _tightened(cookie)
    assert _tightened("other=x; Max-Age=2592000") == "other=x; Max-Age=2592000"


def test_sign_in_needs_all_its_settings_and_a_private_file(tmp_path: Path) -> None:
    assert open_id.settings(tmp_path) is None
    path = tmp_path / open_id.FILE
    path.write_text('client_id = "x"')
    path.chmod(0o644)
    with pytest.raises(HomeError, match="chmod 600"):
        open_id.settings(tmp_path)
    path.chmod(0o600)
    with pytest.raises(HomeError, match="redirect_uri, client_secret"):
        open_id.settings(tmp_path)
    path.write_text("\n".join(f'{name} = "x"' for name in open_id.NEEDED))
    found = open_id.settings(tmp_path)
    assert found is not None
    assert found["cookie_secret"] == open_id.cookie_secret(tmp_path)
    assert stat.S_IMODE((tmp_path / open_id.COOKIE_KEY).stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 1000])
def test_a_cookie_key_of_another_length_signs_nobody_in(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / open_id.COOKIE_KEY
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(HomeError):
        open_id.cookie_secret(tmp_path)


def test_another_address_without_sign_in_refuses_to_start_and_says_how(sample_home: Path) -> None:
    command = [sys.executable, "-m", "lingti.commands.cli", "serve", "--host", "0.0.0.0"]
    done = subprocess.run(
        [*command, "--home", str(sample_home)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"LINGTI_LANGUAGE": "en", "PATH": ""},
    )
    assert done.returncode == 1
    assert "signin.toml" in done.stderr


def test_a_home_whose_key_is_gone_is_not_served(sample_home: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(sample_home, tmp_path / "home"))
    (home / KEY_FILE).unlink()
    with pytest.raises(KeyMissingError, match=r"pseudonyms\.key"):
        server.serve(home, "127.0.0.1", 0)


def test_streamlit_by_itself_shows_nothing_where_others_could_reach_it(sample_home: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    process = subprocess.Popen(
        [*command, "--server.address=0.0.0.0"],
        cwd=Path(__file__).parent.parent.parent,
        env={**os.environ, "LINGTI_HOME": str(sample_home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    with ended(process):
        said = asyncio.run(said_by(port))
    assert "Not served to other machines" in said
    assert "<ul class=" not in said
    assert "page_link" not in said


async def said_by(port: int) -> str:
    """What a page says to its first visitor."""
    asked = BackMsg()
    asked.rerun_script.query_string = "lang=en"
    while True:
        try:
            to = await connect(
                f"ws://127.0.0.1:{port}/_stcore/stream",
                subprotocols=[Subprotocol("streamlit")],
                max_size=None,
            )
        except OSError:
            await asyncio.sleep(0.2)
            continue
        await to.send(asked.SerializeToString())
        found = ""
        while "script_finished" not in found:
            message = ForwardMsg()
            message.ParseFromString(await asyncio.wait_for(to.recv(decode=False), 60))
            found += str(message)
        await to.close()
        return found
