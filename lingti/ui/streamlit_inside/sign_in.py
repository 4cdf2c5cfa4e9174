"""Streamlit's sign-in: the settings it has, and the cookies in which it keeps who signed in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from itsdangerous import BadSignature, URLSafeTimedSerializer
from streamlit.auth_util import get_secrets_auth_section
from streamlit.web.server.server_util import get_cookie_secret

USER_COOKIE = "_streamlit_user"  # its further parts and what belongs to it begin so too


def settings() -> Mapping[str, Any]:
    """The `auth` section of the secrets that this server runs with; empty without sign-in."""
    section: Mapping[str, Any] = get_secrets_auth_section()
    return section


def signed_text(cookies: Mapping[str, str], max_age_s: int) -> tuple[str, float] | None:
    """Who signed in: a JSON text put together from a cookie's parts, and when it was signed.

    None where there is no such cookie, its signature is wrong, or it is older than `max_age_s`.
    """
    first = _unsigned(cookies, USER_COOKIE, max_age_s)
    if first is None or not first[0].startswith("chunks-"):
        return first
    numbers = range(1, int(first[0].removeprefix("chunks-")) + 1)
    parts = [_unsigned(cookies, f"{USER_COOKIE}_{number}", max_age_s) for number in numbers]
    if any(part is None for part in parts):
        return None
    return "".join(part[0] for part in parts if part is not None), first[1]


def _unsigned(cookies: Mapping[str, str], name: str, max_age_s: int) -> tuple[str, float] | None:
    signer = URLSafeTimedSerializer(get_cookie_secret(), salt=name)
    try:
        text, when = signer.loads(cookies.get(name, ""), max_age=max_age_s, return_timestamp=True)
    except (BadSignature, ValueError):
        return None
    return (text, when.timestamp()) if isinstance(text, str) else None
