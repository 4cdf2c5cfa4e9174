"""Every page and every door of a real server, with every kind of cookie there is.

The cookies are signed with the home's own key, as the server does after a sign-in.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from ending import ended
from itsdangerous import URLSafeTimedSerializer
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from lingti.access import roles
from lingti.access.roles import Person
from lingti.ui.streamlit_inside.sign_in import USER_COOKIE
from lingti.web import open_id, sessions

ROOT = Path(__file__).parent.parent.parent
PAGES = ["", *sorted(path.stem for path in (ROOT / "pages").glob("*.py"))]
ISSUER = "https://id.example"
SHUT_OUT = {
    "nobody": "Sign in to go on",
    "forged": "Sign in to go on",
    "elsewhere": "Sign in to go on",
    "ended": "Sign in to go on",
    "late": "Sign in to go on",
    "stranger": "You have no role here yet",
}
ROWS = {"metric": "volunteer_hours", "of": "2024-06"}


class Site:
    """A server with sign-in, and the cookies of everybody."""

    def __init__(self, home: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.home, self.address = home, f"http://127.0.0.1:{port}"
        (home / "signin.toml").write_text(
            f'redirect_uri = "{self.address}/oauth2callback"\nclient_id = "x"\n'
            f'client_secret = "x"\nserver_metadata_url = "{ISSUER}/.well-known"\n'
        )
        (home / "signin.toml").chmod(0o600)
        for role, places in (("official", ()), ("secretary", ("guqiao",)), ("viewer", ())):
            roles.grant(home, Person(ISSUER, role, "", role, places), "test")
        of = ("subdistrict", (), "许庄街道")  # guqiao and binhu
        roles.grant(home, Person(ISSUER, "subdistrict", "", *of), "test")
        roles.grant(home, Person(ISSUER, "leaving", "", "viewer"), "test")
        self.key = open_id.cookie_secret(home)
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "lingti.commands.cli",
                "serve",
                "--port",
                str(port),
                "--home",
                str(home),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "LINGTI_LANGUAGE": "en"},
        )

    def wait(self) -> None:
        until = time.monotonic() + 60
        while self.status("/_stcore/health") != 200:
            assert time.monotonic() < until
            time.sleep(0.1)

    def cookie(self, who: str) -> str:
        """What a browser sends as its cookie."""
        if who == "nobody":
            return ""
        subject = who if who in (*roles.ROLES, "leaving", "changing", "stranger") else "official"
        claims = {"iss": ISSUER, "sub": subject, "is_logged_in": True, "origin": self.address}
        if who == "elsewhere":
            claims["origin"] = "https://other.example"
        key = "another key" if who == "forged" else self.key
        signer = URLSafeTimedSerializer(key, salt=USER_COOKIE)
        if who == "late":
            signer = _Earlier(key, salt=USER_COOKIE)
        text = json.dumps({**claims, "of": who})
        signed = str(signer.dumps(text))
        if who == "ended":
            _text, when = signer.loads(signed, return_timestamp=True)
            token = sessions.token_of(text, when.timestamp())
            sessions.check(self.home, token, ISSUER, subject, when.timestamp())
            sessions.end(self.home, token)
        return f"{USER_COOKIE}={signed}"

    def status(
        self, path: str, cookie: str = "", method: str = "GET", data: bytes | None = None,
        **headers: str,
    ) -> int:  # fmt: skip
        request = urllib.request.Request(self.address + path, data, method=method)
        for name, value in {"Cookie": cookie, **headers}.items():
            request.add_header(name.replace("_", "-"), value)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0


class _Earlier(URLSafeTimedSerializer):
    """Signs as an hour ago."""

    class Signer(URLSafeTimedSerializer.default_signer):  # type: ignore[misc,valid-type]
        def get_timestamp(self) -> int:
            return int(time.time()) - 3600

    default_signer = Signer


@pytest.fixture(scope="module")
def site(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    made = Site(Path(shutil.copytree(sample_home, tmp_path_factory.mktemp("doors") / "home")))
    with ended(made.process):
        made.wait()
        yield made


def line(site: Site, cookie: str) -> connect:
    stream = site.address.replace("http", "ws") + "/_stcore/stream"
    return connect(
        stream,
        # As browsers say it: what is spoken, and the token that is in the cookie too.
        subprotocols=[Subprotocol("streamlit"), Subprotocol(token := generate_xsrf_token_string())],
        max_size=None,
        origin=site.address,  # type: ignore[arg-type]
        additional_headers={
            "Cookie": "; ".join(filter(None, [cookie, f"_streamlit_xsrf={token}"]))
        },
    )


async def run(to: ClientConnection, page: str = "", **address: str) -> str:
    """Asks for a run of a page and returns all that came back, as text."""
    asked = BackMsg()
    asked.rerun_script.query_string = urlencode({"lang": "en", "period": "2024-06", **address})
    asked.rerun_script.page_name = page
    await to.send(asked.SerializeToString())
    found = []
    while True:
        message = ForwardMsg()
        message.ParseFromString(await asyncio.wait_for(to.recv(decode=False), 30))
        found.append(re.sub(r"<style>.*?</style>", "", str(message).replace('\\"', '"')))
        if message.WhichOneof("type") == "script_finished":
            return "".join(found)


async def upload_address(to: ClientConnection) -> str:
    """An address to upload to, as the server tells it to an open page."""
    asked = BackMsg()
    asked.file_urls_request.request_id = "1"
    asked.file_urls_request.file_names.append("a.csv")
    asked.file_urls_request.session_id = "1"
    await to.send(asked.SerializeToString())
    while True:
        message = ForwardMsg()
        message.ParseFromString(await asyncio.wait_for(to.recv(decode=False), 30))
        if message.WhichOneof("type") == "file_urls_response":
            return str(message.file_urls_response.file_urls[0].upload_url)


@pytest.mark.parametrize("who", SHUT_OUT)
def test_no_page_shows_anything_to_those_who_are_shut_out(site: Site, who: str) -> None:
    async def visit() -> dict[str, str]:
        async with line(site, site.cookie(who)) as to:
            return {page: await run(to, page, **ROWS, place="binhu") for page in PAGES}

    for page, said in asyncio.run(visit()).items():
        assert SHUT_OUT[who] in said, page
        for shown in ('lt-fresh"', 'lt-matrix"', 'lt-table"', 'lt-menu"', 'lt-picture"'):
            assert shown not in said, (page, shown)


async def download(to: ClientConnection, said: str) -> str:
    """Clicks the first download of a page that was drawn; the address of the file, "" for none."""
    asked = BackMsg()
    request = asked.backend_operation_request
    request.request_id = "1"
    request.session_id = said.partition('session_id: "')[2].partition('"')[0]
    request.deferred_file.file_id = said.partition('deferred_file_id: "')[2].partition('"')[0]
    assert request.session_id
    assert request.deferred_file.file_id
    await to.send(asked.SerializeToString())
    while True:
        message = ForwardMsg()
        try:
            message.ParseFromString(await asyncio.wait_for(to.recv(decode=False), 2))
        except TimeoutError:
            return ""
        if message.WhichOneof("type") == "backend_operation_response":
            return str(message.backend_operation_response.deferred_file.url)


def test_files_go_to_whom_they_were_made_for_and_to_nobody_else(site: Site) -> None:
    official = site.cookie("official")

    async def visit() -> tuple[int, dict[str, int]]:
        async with line(site, official) as to:
            file = await download(to, await run(to, "rows", **ROWS, place="binhu"))
            own = await asyncio.to_thread(site.status, file, official)
            others = {
                who: await asyncio.to_thread(site.status, file, site.cookie(who))
                for who in (*SHUT_OUT, "viewer", "secretary")
            }
            return own, others

    own, others = asyncio.run(visit())
    assert own == 200
    assert others == {
        **dict.fromkeys(SHUT_OUT, 401),
        **{"stranger": 403, "viewer": 403, "secretary": 403},
    }


def test_a_page_drawn_for_another_role_hands_out_nothing_more(site: Site) -> None:
    cookie = site.cookie("changing")
    roles.grant(site.home, Person(ISSUER, "changing", "", "official"), "test")

    async def visit() -> tuple[int, int, str]:
        async with line(site, cookie) as to:
            said = await run(to, "rows", **ROWS, place="binhu")
            file = await download(to, said)
            before = await asyncio.to_thread(site.status, file, cookie)
            roles.grant(site.home, Person(ISSUER, "changing", "", "viewer"), "test")
            after = await asyncio.to_thread(site.status, file, cookie)
            return before, after, await download(to, said)

    assert asyncio.run(visit()) == (200, 403, "")


def test_uploads_come_only_from_the_page_they_were_offered_on_and_from_who_may(site: Site) -> None:
    async def visit() -> dict[str, tuple[int, int]]:
        found = {}
        async with line(site, official := site.cookie("official")) as theirs:
            await run(theirs, "import_data")
            other = await upload_address(theirs)
            for who in ("official", "secretary", "viewer"):
                cookie = official if who == "official" else site.cookie(who)
                async with line(site, cookie) as to:
                    await run(to, "import_data")
                    own = await upload_address(to)
                    found[who] = (await put(own, cookie), await put(other, cookie))
            for who in SHUT_OUT:
                found[who] = (0, await put(other, site.cookie(who)))
        return found

    async def put(address: str, cookie: str) -> int:
        return await asyncio.to_thread(sent, site, address, cookie)

    found = asyncio.run(visit())
    assert found.pop("official") == (204, 204)
    assert found.pop("secretary") == (204, 403)
    assert found.pop("viewer") == (403, 403)
    assert found.pop("stranger") == (0, 403)
    assert set(found.values()) == {(0, 401)}


def sent(site: Site, address: str, cookie: str) -> int:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n'
        b"Content-Type: text/csv\r\n\r\na,b\r\n--x--\r\n"
    )
    token = generate_xsrf_token_string()
    return site.status(
        address,
        "; ".join(filter(None, [cookie, f"_streamlit_xsrf={token}"])),
        "PUT",
        body,
        Content_Type="multipart/form-data; boundary=x",
        X_Xsrftoken=token,
        Origin=site.address,
    )


def test_a_role_taken_away_and_a_session_ended_count_on_pages_that_are_open(site: Site) -> None:
    cookie = site.cookie("leaving")

    async def visit() -> list[str]:
        async with line(site, cookie) as to:
            said = [await run(to, "volunteering")]
            roles.revoke(site.home, ISSUER, "leaving", "test")
            said.append(await run(to, "volunteering"))
            roles.grant(site.home, Person(ISSUER, "leaving", "", "viewer"), "test")
            said.append(await run(to, "volunteering"))
            sessions.end_all(site.home, ISSUER, "leaving", "test")
            said.append(await run(to, "volunteering"))
        async with line(site, cookie) as to:
            said.append(await run(to, "volunteering"))
        return said

    said = asyncio.run(visit())
    assert [('lt-fresh"' in one) for one in said] == [True, False, True, False, False]
    assert "You have no role here yet" in said[1]
    assert "You have signed out" in said[3]
    assert "Sign in to go on" in said[4]


def test_what_a_secretary_asks_of_others_stays_shut_also_by_address(site: Site) -> None:
    async def visit(who: str) -> dict[str, Any]:
        async with line(site, site.cookie(who)) as to:
            return {
                place: 'lt-adds"' in await run(to, "rows", **ROWS, place=place)
                for place in ("guqiao", "binhu", "district")
            }

    assert asyncio.run(visit("official")) == {"guqiao": True, "binhu": True, "district": True}
    assert asyncio.run(visit("secretary")) == {"guqiao": True, "binhu": False, "district": False}
    assert asyncio.run(visit("subdistrict")) == {"guqiao": True, "binhu": True, "district": False}
    assert asyncio.run(visit("viewer")) == {"guqiao": False, "binhu": False, "district": False}


def test_a_line_without_a_session_asks_for_pages_and_nothing_else(site: Site) -> None:
    async def visit(who: str) -> tuple[str, int]:
        async with line(site, site.cookie(who)) as to:
            await run(to)
            with contextlib.suppress(TimeoutError):
                address = await asyncio.wait_for(upload_address(to), 2)
                return address, await asyncio.to_thread(sent, site, address, "")
            return "", 0

    for who in ("nobody", "forged", "ended"):
        assert asyncio.run(visit(who)) == ("", 0)
    assert sent(site, "/_stcore/upload_file/a/b", "") == 401


def test_an_address_that_is_only_echoed_opens_no_file(site: Site) -> None:
    official = site.cookie("official")

    async def visit() -> int:
        async with line(site, official) as to:
            file = await download(to, await run(to, "rows", **ROWS, place="binhu"))
        async with line(site, "") as stranger:
            await run(stranger, file, of=file)
        return await asyncio.to_thread(site.status, file)

    assert asyncio.run(visit()) == 401


def test_only_the_exact_origin_is_let_in_and_signed_out_by(site: Site) -> None:
    official, port = site.cookie("official"), site.address.rpartition(":")[2]
    others = [f"http://localhost:{port}", "http://127.0.0.1:1", "https://evil.example", "null"]
    for origin in others:
        began = time.monotonic()
        assert site.status("/", official, Origin=origin) == 403
        assert time.monotonic() - began < 1
    assert site.status("/", official, Origin=site.address) == 200
    assert site.status("/auth/logout", official, Sec_Fetch_Site="cross-site") == 403
    assert site.status("/auth/logout", official) == 403
    text, when = URLSafeTimedSerializer(site.key, salt=USER_COOKIE).loads(
        official.partition("=")[2], return_timestamp=True
    )
    token = sessions.token_of(text, when.timestamp())
    session = sessions.check(site.home, token, ISSUER, "official", when.timestamp())
    assert session.state == sessions.LIVE
