"""What stands between the network and Streamlit: headers, cookies, sessions, media and uploads.

Pages check by themselves who is there, at every run. What only this guarantees, and not
`streamlit run app.py`: files made for one person go to that person only, uploads come only from
those who may import, a session that is over gets nothing more on its open pages, and every
answer carries the headers that keep other sites out.
"""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lingti.access import roles
from lingti.access.roles import Person
from lingti.district import persons
from lingti.ui.streamlit_inside import messages
from lingti.ui.streamlit_inside.messages import MEDIA, UPLOAD
from lingti.ui.streamlit_inside.sign_in import USER_COOKIE
from lingti.web import open_id, sessions
from lingti.web.open_id import Identity

SIGN_OUT = "/auth/logout"
UPLOADED_BYTES, UPLOADED_FILES = 200 * 2**20, 400  # per page that is open
# What no browser or proxy keeps.
UNKEPT = (MEDIA, messages.OF_THE_SERVER, "/auth/", "/oauth2callback")
POLICY_VIOLATED = 1008  # a reason to close, as browsers know it
ANYBODY = Person("", "", "")
ADDRESSES_KEPT = 5000  # per person
SLOWEST_S = 30.0  # between two parts of a request
# Streamlit's page starts with a script of its own, sets styles on elements, and draws with code
# that it compiles; everything comes from this server, so no other host is allowed anything.
CONTENT_POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-src 'self'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


class Guard:
    """Middleware around the whole app."""

    def __init__(self, within: ASGIApp, home: Path) -> None:
        self.within = within
        self.home = home
        # Which addresses of files and uploads were told to whom; with another role one is another.
        self.sent_to: dict[Person, dict[str, None]] = defaultdict(dict)
        # Bytes and files that are coming for an open page, and not kept by Streamlit yet.
        self.coming_bytes, self.coming_files = Counter[str](), Counter[str]()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one connection."""
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        else:
            await self.within(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        path: str = scope["path"]
        send = _with_headers(send, path)
        refused = self._refusal(scope, headers, path)
        if refused:
            await PlainTextResponse(refused[1], refused[0])(scope, receive, send)
            return
        if open_id.is_configured() and path.startswith(SIGN_OUT):
            identity = open_id.identity(_cookies(scope))
            if identity:
                sessions.end(self.home, identity.token)
        receive = _hurried(receive)
        if path.startswith(UPLOAD) and scope["method"] in ("PUT", "POST"):
            await self._upload(scope, receive, send)
        else:
            await self.within(scope, receive, send)

    async def _upload(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets an upload through while its page has room, counting those that come meanwhile."""
        page = scope["path"].removeprefix(UPLOAD).split("/")[0]
        length = Headers(scope=scope).get("content-length", "")
        if not length.isdigit():
            await PlainTextResponse("Say how long it is", 411)(scope, receive, send)
            return
        sizes, size = messages.upload_sizes(page), int(length)
        files = len(sizes) + self.coming_files[page] + 1
        if files > UPLOADED_FILES or sum(sizes) + self.coming_bytes[page] + size > UPLOADED_BYTES:
            said = PlainTextResponse("Too many files at once; import some first", 413)
            await said(scope, receive, send)
            return
        self.coming_bytes[page] += size
        self.coming_files[page] += 1
        try:
            await self.within(scope, receive, send)
        finally:
            self.coming_bytes[page] -= size
            self.coming_files[page] -= 1

    def _refusal(self, scope: Scope, headers: Headers, path: str) -> tuple[int, str] | None:
        """Status and reason where a request is not let through."""
        if path.startswith(messages.CLOSED):
            return 404, "Not found"
        here = _client(scope) and open_id.comes_from_this_machine(headers)
        if path.startswith(messages.LOCAL_ONLY) and not here:
            return 403, "For this machine only"
        if not open_id.is_ours(headers):
            return 403, "Not from another site"
        if not open_id.is_configured():
            return None if here else (403, "Sign-in is not set up; open it on its own machine")
        if path.startswith(SIGN_OUT) and not open_id.was_asked_here(headers):
            return 403, "Sign out on a page of this site"
        if not path.startswith((MEDIA, UPLOAD)) or scope["method"] == "OPTIONS":
            return None
        if path.startswith(MEDIA) and path in self.sent_to[ANYBODY]:
            return None  # the sign-in page's own icon
        identity = self._live(scope, used=True)
        if identity is None:
            return 401, "Sign in"
        person = self._person(identity)
        importing = path.startswith(UPLOAD)
        allowed = roles.may(person, roles.SEE)
        if importing:  # exports, or the forms of others to be filled
            allowed = any(roles.may_somewhere(person, one) for one in (roles.IMPORT, roles.REPORT))
        return None if allowed and path in self.sent_to[person] else (403, "Not for you")

    def _live(self, scope: Scope, *, used: bool) -> Identity | None:
        """Who asks, if their session is live."""
        identity = open_id.identity(_cookies(scope))
        if identity is None:
            return None
        session = sessions.check(
            self.home,
            identity.token,
            identity.issuer,
            identity.subject,
            identity.signed_at,
            used=used,
        )
        return identity if session.state == sessions.LIVE else None

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        here = _client(scope) and open_id.comes_from_this_machine(headers)
        if not open_id.is_ours(headers) or not (here or open_id.is_configured()):
            await send({"type": "websocket.close", "code": POLICY_VIOLATED})
            return
        scope = _at_its_origin(scope, headers)
        if not open_id.is_configured():
            await self.within(scope, receive, send)
            return
        identity = self._live(scope, used=False)
        if identity is None:

            async def receive_runs() -> Message:
                while True:
                    message = await receive()
                    asks = messages.asks_for_a_run(message.get("bytes") or b"")
                    if asks or message["type"] != "websocket.receive":
                        return message

            # A cookie that is worth nothing is kept from Streamlit, which offers to sign in.
            noting = self._noting(lambda: ANYBODY, send)
            await self.within(_without_user(scope), receive_runs, noting)
            return

        person = self._person(identity)

        async def receive_while_live() -> Message:
            nonlocal person
            while True:
                message = await receive()
                if message["type"] != "websocket.receive":
                    return message
                now = self._person(identity)
                if messages.asks_for_a_run(message.get("bytes") or b""):
                    # A run checks by itself who is there, and draws the page as they may see it.
                    person = now
                    return message
                # Whatever else a page asks for, it was drawn for the role of its last run.
                if now == person and now.role and self._live(scope, used=False):
                    return message

        await self.within(scope, receive_while_live, self._noting(lambda: person, send))

    def _person(self, identity: Identity) -> Person:
        return persons.find(self.home, identity.issuer, identity.subject)

    def _noting(self, whom: Callable[[], Person], send: Send) -> Send:
        """Keeps which addresses of files are told to whom; nobody else may ask for them."""

        async def noting(message: Message) -> None:
            addresses = messages.addresses(message.get("bytes") or b"")
            if addresses:
                addresses_sent = self.sent_to[whom()]
                addresses_sent.update(dict.fromkeys(addresses))
                while len(addresses_sent) > ADDRESSES_KEPT:
                    del addresses_sent[next(iter(addresses_sent))]
            await send(message)

        return noting


def _client(scope: Scope) -> bool:
    """Whether the connection itself comes from this machine; none where a test has no network."""
    client = scope.get("client")
    return client is None or open_id.is_loopback(client[0])


def _cookies(scope: Scope) -> Mapping[str, str]:
    return HTTPConnection(scope).cookies


def _without_user(scope: Scope) -> Scope:
    kept = {
        name: value for name, value in _cookies(scope).items() if not name.startswith(USER_COOKIE)
    }
    cookie = "; ".join(f"{name}={value}" for name, value in kept.items()).encode("latin-1")
    others = [(name, value) for name, value in scope["headers"] if name != b"cookie"]
    return {**scope, "headers": [*others, (b"cookie", cookie)]}


def _with_headers(send: Send, path: str) -> Send:
    """Adds the headers to an answer, and tightens the cookies that Streamlit sets."""

    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            if open_id.is_encrypted():
                headers["Strict-Transport-Security"] = "max-age=31536000"
            if path.startswith(UNKEPT):
                headers["Cache-Control"] = "no-store"
            cookies = headers.getlist("set-cookie")
            if cookies:
                del headers["set-cookie"]
                for cookie in cookies:
                    headers.append("set-cookie", _tightened(cookie))
        await send(message)

    return with_headers


def _tightened(cookie: str) -> str:
    """A Set-Cookie header that lasts no longer than a session, and goes over https only if so."""
    read = SimpleCookie(cookie)
    for name, morsel in read.items():
        lasts = morsel["max-age"]
        if name.startswith(USER_COOKIE) and lasts and int(lasts) > sessions.LONGEST_S:
            cookie = cookie.replace(f"Max-Age={lasts}", f"Max-Age={sessions.LONGEST_S}")
        if open_id.is_encrypted() and not morsel["secure"]:
            cookie += "; Secure"
    return cookie


def _at_its_origin(scope: Scope, headers: Headers) -> Scope:
    """A connection whose Host is that of its origin, which was found to be ours.

    Streamlit looks for its own addresses, also on the internet, wherever the two differ.
    """
    origin = urlsplit(headers.get("origin", ""))
    if not origin.netloc:
        return scope
    others = [(name, value) for name, value in scope["headers"] if name != b"host"]
    return {**scope, "headers": [*others, (b"host", origin.netloc.encode("latin-1"))]}


def _hurried(receive: Receive) -> Receive:
    """Gives a request up as left where the next part of it does not come."""
    is_whole = False

    async def hurried() -> Message:
        nonlocal is_whole
        if is_whole:
            return await receive()
        try:
            message = await asyncio.wait_for(receive(), SLOWEST_S)
        except TimeoutError:
            return {"type": "http.disconnect"}
        is_whole = not message.get("more_body", False)
        return message

    return hurried
