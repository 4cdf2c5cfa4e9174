"""Serves a home: Streamlit's ASGI app, scripts compressed, ready before the first browser comes.

Streamlit by itself sends its scripts uncompressed, 9 MB at the first visit, and imports and reads
everything only when the first browser asks. Both are felt most on a slow line and in a meeting.
"""

from __future__ import annotations

import asyncio
import gc
import gzip
import logging
import mimetypes
import os
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, ClassVar

import pyarrow as pa
import streamlit
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from lingti import entries, warehouse
from lingti.home import HomeError
from lingti.ingest.checking.pseudonyms import pseudonyms
from lingti.ingest.keeping import batches
from lingti.judging import publication
from lingti.keys import KeyDamagedError
from lingti.language import gettext as _
from lingti.ui import own_home
from lingti.ui.streamlit_inside import scripts, start_page
from lingti.ui.window import first_words, session
from lingti.ui.window.style import ICONS, PLOTLY
from lingti.upkeep import forget, logs, robot
from lingti.web import half_requests, open_id, sessions
from lingti.web.guard import Guard

log = logging.getLogger(__name__)
ROOT = Path(__file__).parent.parent.parent
# Pages that had another name, whose links people have shared: old address → new one.
RENAMED = {"coverage": "reporting", "signals": "verdicts"}
A_YEAR_S = 365 * 24 * 60 * 60
Lifespan = Callable[[Any], AbstractAsyncContextManager[dict[str, Any] | None]]


def middleware() -> list[Middleware]:
    """What every request passes through before Streamlit sees it, the outermost first."""
    return [
        Middleware(Guard, home=own_home()),
        Middleware(RenamedPages),
        Middleware(StartPage),
        Middleware(CompressedScripts),
    ]


def app(ready: Callable[[], None] | None = None) -> streamlit.App:
    """The ASGI app of the home `$LINGTI_HOME`; `ready` is called when it can be visited."""
    home = own_home()
    logs.install(home)
    sign_in = open_id.settings(home)
    return streamlit.App(
        ROOT / "app.py",
        middleware=middleware(),
        lifespan=_prewarmed(ready),
        on_script_error=session.say_what_failed,
        secrets={"auth": sign_in} if sign_in else None,
    )


def serve(home: Path, host: str, port: int, ready: Callable[[], None] | None = None) -> None:
    """Serves a home until it is stopped; exits with 1 where the port is taken.

    Raises HomeError where others could reach it and sign-in is not set up, and KeyMissingError
    where there are batches but not the key of their pseudonyms.
    """
    os.environ["LINGTI_HOME"] = str(home.resolve())
    if not open_id.is_loopback(host) and open_id.settings(home) is None:
        raise HomeError(
            _(
                "Serving on {host} would let others in: set up sign-in in {file} first (see "
                "docs/operations.md), or use 127.0.0.1."
            ).format(host=host, file=home / open_id.FILE)
        )
    # A restart keeps signatures valid, so that open tabs come back by themselves.
    os.environ["STREAMLIT_SERVER_COOKIE_SECRET"] = open_id.cookie_secret(home)
    _put_in_order(home)
    half_requests.close_them()
    robot.in_background(home)
    os.chdir(ROOT)  # where .streamlit/config.toml lies
    app(ready).run(
        config={
            "server.address": host,
            "server.port": port,
            "logger.hideWelcomeMessage": True,  # the caller says where to go, in its language
        }
    )


def _put_in_order(home: Path) -> None:
    """Ends what a crash interrupted: drafts go, and batches it kept are published.

    Where a file is damaged or the disk is full, what is published is served, and the file named.
    """
    sessions.prune(home)
    try:
        pseudonyms(home)  # made at the first start, and never anew
        with batches.writing(home, timeout_s=600):
            entries.refuse_damaged(home)
            forget.finish(home)
            if warehouse.is_behind(home):
                publication.rebuild(home)
    except (HomeError, batches.BatchError, OSError) as error:
        if isinstance(error, KeyDamagedError) or not warehouse.exists(home):
            raise
        log.error("%s", error)
        sentence = _("What is published is served, and nothing can be changed: {why}")
        print(sentence.format(why=error), file=sys.stderr)


class RenamedPages:
    """Sends who asks for a page by its old address on to its new one, with all that was asked."""

    def __init__(self, within: ASGIApp) -> None:
        self.within = within

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request."""
        new = RENAMED.get(scope["path"].strip("/")) if scope["type"] == "http" else None
        if new is None or scope["method"] not in ("GET", "HEAD"):
            await self.within(scope, receive, send)
            return
        # Relative, as a proxy may serve the program below an address of its own.
        up = "../" if scope["path"].endswith("/") else "./"
        asked = scope["query_string"].decode("latin-1")
        address = f"{up}{new}?{asked}" if asked else f"{up}{new}"
        await RedirectResponse(address, 308)(scope, receive, send)


class StartPage:
    """Answers for the page that starts Streamlit in a browser, and names all that it will need.

    See `start_page`.
    """

    def __init__(self, within: ASGIApp) -> None:
        self.within = within
        self.addresses = {f"/{path.stem}" for path in (ROOT / "pages").glob("*.py")} | {"/"}
        font = streamlit.get_option("theme.font") or "sans-serif"
        self.plain = start_page.start_page(font, PLOTLY, first_words.first_words()).encode()
        self.compressed = gzip.compress(self.plain, 9, mtime=0)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request."""
        asked = scope["type"] == "http" and scope["path"] in self.addresses
        if not asked or scope["method"] != "GET":
            await self.within(scope, receive, send)
            return
        headers = {"Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
        body = self.plain
        if _takes_gzip(Headers(scope=scope)):
            headers["Content-Encoding"], body = "gzip", self.compressed
        await Response(body, media_type="text/html", headers=headers)(scope, receive, send)


class CompressedScripts:
    """Answers for Streamlit's own scripts and styles and for Plotly, each compressed once and kept.

    Their names hold a hash or a version, so a browser may keep them for good. Everything else
    (pages, fonts, pictures, downloads) goes on to the app within.
    """

    kept: ClassVar[dict[str, bytes]] = {}  # one for all, filled from a thread at the start

    def __init__(self, within: ASGIApp) -> None:
        self.within = within
        self.files = compressed_files()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request."""
        path = self.files.get(scope["path"]) if scope["type"] == "http" else None
        if path is None or scope["method"] != "GET" or not _takes_gzip(Headers(scope=scope)):
            await self.within(scope, receive, send)
            return
        body, encoding = await self._packed(path, scope)
        response = Response(
            body,
            media_type=mimetypes.guess_type(path.name)[0] or "application/octet-stream",
            headers={
                "Content-Encoding": encoding,
                "Vary": "Accept-Encoding",
                "Cache-Control": f"public, immutable, max-age={A_YEAR_S}",
            },
        )
        await response(scope, receive, send)

    async def _packed(self, path: Path, scope: Scope) -> tuple[bytes, str]:
        """A file's packed content and its encoding: brotli where it lies beside it packed so."""
        name, beside = scope["path"], path.with_name(f"{path.name}.br")
        if "br" in Headers(scope=scope).get("accept-encoding", ""):
            if f"{name}.br" not in self.kept and beside.exists():
                self.kept[f"{name}.br"] = await asyncio.to_thread(beside.read_bytes)
            if f"{name}.br" in self.kept:
                return self.kept[f"{name}.br"], "br"
        if name not in self.kept:
            await asyncio.to_thread(self.compress, name, path)
        return self.kept[name], "gzip"

    @classmethod
    def compress(cls, name: str, path: Path) -> bytes:
        """The compressed content of a file, kept under its name in the address."""
        return cls.kept.setdefault(name, gzip.compress(path.read_bytes(), 6, mtime=0))

    @classmethod
    def compress_all(cls) -> None:
        """Compresses every script before somebody asks; about a second, the largest first."""
        files = compressed_files()
        for name in sorted(files, key=lambda name: -files[name].stat().st_size):
            if name not in cls.kept:
                cls.compress(name, files[name])
        cls.compress_more(files)

    @classmethod
    def compress_more(cls, files: dict[str, Path]) -> None:
        """Compresses what a first visit needs by brotli too: a seventh less, in three seconds.

        It takes them from nobody: on Linux the thread gives way to whatever else there is to do.
        """
        if sys.platform == "linux":
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 19)
        brotli = pa.Codec("brotli", compression_level=11)
        for name in (f"/{file}" for file in start_page.first_scripts()):
            if name in files and f"{name}.br" not in cls.kept:
                packed = brotli.compress(files[name].read_bytes(), asbytes=True)
                cls.kept[f"{name}.br"] = packed


def compressed_files() -> dict[str, Path]:
    """Address → file, of what may be kept for good: Streamlit's scripts, Plotly, our icons."""
    ours = {f"/app/{name}": ROOT / name for name in (PLOTLY, ICONS)}
    return {**ours, **start_page.scripts()}


def _takes_gzip(headers: Headers) -> bool:
    return "gzip" in headers.get("accept-encoding", "") and "range" not in headers


def _prewarmed(ready: Callable[[], None] | None) -> Lifespan:
    """Runs the first page once, so that imports, settings and warehouse are there for a browser."""

    @asynccontextmanager
    async def lifespan(_app: Any) -> AsyncIterator[None]:
        threading.Thread(target=CompressedScripts.compress_all, daemon=True).start()
        await scripts.run_once()
        # What is loaded by now stays; the collector need not look through it again and again.
        gc.collect()
        gc.freeze()
        if ready:
            ready()
        yield

    return lifespan
