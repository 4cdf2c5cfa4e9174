"""Sign-in by OpenID Connect: its settings in the home, and who a browser's cookie says it is.

`signin.toml` in the home holds what the provider gave; Streamlit does the rest (`st.login`). Its
cookie is only believed where its signature holds, and only together with a session of ours.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from lingti import keys, secret_file
from lingti.home import HomeError
from lingti.language import gettext as _
from lingti.ui.streamlit_inside import sign_in
from lingti.web import sessions

FILE = "signin.toml"
COOKIE_KEY = keys.FOLDER / "cookies.key"
COOKIE_KEY_BYTES = 64  # in hexadecimal digits, as the environment takes no others
NEEDED = ("redirect_uri", "client_id", "client_secret", "server_metadata_url")
LOOPBACK = ("127.0.0.1", "localhost", "::1", "[::1]")
# What a proxy says of whom it asks for.
PASSED_ON = {
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "forwarded",
    "x-real-ip",
    "via",
}


@dataclass(frozen=True)
class Identity:
    """Who a cookie says somebody is; `token` names the session, `signed_at` is in seconds."""

    issuer: str
    subject: str
    name: str
    token: str
    signed_at: float


def settings(home: Path) -> dict[str, Any] | None:
    """Streamlit's `auth` secrets from the home's `signin.toml`; None where there is none.

    Raises HomeError where it lacks something, or others on the machine could read it.
    """
    signin = secret_file.read(home / FILE)
    if signin is None:
        return None
    lacking = [name for name in NEEDED if not signin.get(name)]
    if lacking:
        raise HomeError(_("{file} lacks {names}.").format(file=FILE, names=", ".join(lacking)))
    return {**signin, "cookie_secret": cookie_secret(home)}


def cookie_secret(home: Path) -> str:
    """What signs the cookies; made once, so that a restart signs nobody out. Raises HomeError."""
    path = home / COOKIE_KEY
    if not path.exists():
        keys.make(path, secrets.token_hex(COOKIE_KEY_BYTES // 2).encode())
    return keys.read(path, COOKIE_KEY_BYTES).decode("ascii")


def is_configured() -> bool:
    """Whether this server has sign-in, from the home or from Streamlit's own secrets."""
    return bool(sign_in.settings())


def is_loopback(address: str | None) -> bool:
    """Whether an address can only be reached from this machine; none means every address."""
    return address in LOOPBACK


def is_bound_to_this_machine() -> bool:
    """Whether the server of this process listens to this machine only."""
    return is_loopback(st.get_option("server.address"))


def comes_from_this_machine(headers: Mapping[str, str]) -> bool:
    """Whether a request was made here, by its name for us and without a proxy in between.

    A page elsewhere that points its own name at this machine is told by the Host header.
    """
    named = {name.lower(): value for name, value in headers.items()}
    return not PASSED_ON & named.keys() and is_loopback(_host(named))


def is_ours(headers: Mapping[str, str]) -> bool:
    """Whether a request comes from a page of ours, to the port, or from no page at all.

    A page of ours is at the address to which the provider sends people back, or at the very
    address on this machine that was asked.
    """
    named = {name.lower(): value for name, value in headers.items()}
    origin = named.get("origin")
    if origin is None or origin == _origin():
        return True
    return is_loopback(_host(named)) and urlsplit(origin).netloc == named.get("host")


def was_asked_here(headers: Mapping[str, str]) -> bool:
    """Whether a browser says that a page of ours, or its user by hand, asks for an address."""
    named = {name.lower(): value for name, value in headers.items()}
    site, referrer = named.get("sec-fetch-site"), urlsplit(named.get("referer", ""))
    if site is not None:
        return site in ("same-origin", "none")
    ours = {urlsplit(_origin()).netloc, named.get("host")}
    return bool(referrer.netloc) and referrer.netloc in ours


def _host(named: Mapping[str, str]) -> str | None:
    try:
        return urlsplit(f"//{named.get('host', 'localhost')}").hostname
    except ValueError:
        return None


def _origin() -> str:
    """Scheme and host, with the port, to which the provider sends people back; "" for none."""
    address = urlsplit(str(sign_in.settings().get("redirect_uri", "")))
    return f"{address.scheme}://{address.netloc}" if address.netloc else ""


def is_encrypted() -> bool:
    """Whether browsers come by https, by the address the provider sends them back to."""
    return str(sign_in.settings().get("redirect_uri", "")).startswith("https://")


def identity(cookies: Mapping[str, str]) -> Identity | None:
    """Who the cookies say somebody is; None where there is no cookie or its signature is wrong."""
    read = sign_in.signed_text(cookies, sessions.LONGEST_S + 60)
    if read is None:
        return None
    text, signed_at = read
    try:
        claims = json.loads(text)
        if not _origin() or claims.get("origin") != _origin():
            return None
        subject = str(claims["sub"])
    except (ValueError, KeyError, AttributeError):
        return None
    shown = claims.get("name") or claims.get("preferred_username") or claims.get("email")
    return Identity(
        str(claims.get("iss") or _provider()),
        subject,
        str(shown or subject),
        sessions.token_of(text, signed_at),
        signed_at,
    )


def _provider() -> str:
    """The provider's address where it names no issuer."""
    address = str(sign_in.settings().get("server_metadata_url", ""))
    return address.removesuffix("/.well-known/openid-configuration")
