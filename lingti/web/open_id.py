"""Sign-in by OpenID Connect: its settings in the home, and who a browser's cookie says it is.

`signin.toml` in the home holds what the provider gave; Streamlit does the rest (`st.login`). Its
cookie is only believed where its signature holds, and only together with a session of ours.
"""

from __future__ import annotations

import json
import os
import secrets
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from lingti.home import HomeError
from lingti.language import gettext as _
from lingti.ui.streamlit_inside import sign_in
from lingti.web import sessions

FILE = "signin.toml"
COOKIE_KEY = Path("keys") / "cookies.key"
NEEDED = ("redirect_uri", "client_id", "client_secret", "server_metadata_url")
LOOPBACK = ("127.0.0.1", "localhost", "::1", "[::1]")


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
    path = home / FILE
    if not path.exists():
        return None
    if os.name != "nt" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise HomeError(
            _("{file} holds a secret that others can read: chmod 600 {file}.").format(file=FILE)
        )
    try:
        found = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise HomeError(_("{file} cannot be read: {why}").format(file=FILE, why=error)) from error
    lacking = [name for name in NEEDED if not found.get(name)]
    if lacking:
        raise HomeError(_("{file} lacks {names}.").format(file=FILE, names=", ".join(lacking)))
    return {**found, "cookie_secret": cookie_secret(home)}


def cookie_secret(home: Path) -> str:
    """What signs the cookies; made once, so that a restart signs nobody out."""
    path = home / COOKIE_KEY
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
    return path.read_text("ascii").strip()


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
    if "x-forwarded-for" in named or "forwarded" in named or "x-real-ip" in named:
        return False
    host = urlsplit(f"//{named.get('host', 'localhost')}").hostname
    return is_loopback(host)


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
        origin = urlsplit(str(sign_in.settings().get("redirect_uri", "")))
        if claims.get("origin") != f"{origin.scheme}://{origin.netloc}":
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
