"""A digest as the group robots of 企业微信 (wecom), 钉钉 (dingtalk) and 飞书 (feishu) take it.

Each has a shape of message of its own, another way to sign, and says what went wrong in the body
of an answer whose status is 200.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from lingti.upkeep.digest_text import Message

WECOM, DINGTALK, FEISHU = KINDS = ("wecom", "dingtalk", "feishu")
SIGNED = (DINGTALK, FEISHU)  # those that have a secret to sign with
MOST_BYTES = 4000  # of a text; 企业微信 takes 4,096, the others 20,000
_CODES = ("errcode", "code", "StatusCode")
_WORDS = ("errmsg", "msg", "StatusMessage")


def body(kind: str, message: Message, site: str) -> dict[str, Any]:
    """The JSON that a robot of a kind takes; lines are links where the `site` is known."""
    if kind == WECOM:
        return {"msgtype": "markdown", "markdown": {"content": markdown(message, site)}}
    if kind == DINGTALK:
        text = {"title": message.title, "text": markdown(message, site)}
        return {"msgtype": "markdown", "markdown": text}
    content = {"title": message.title, "content": _lines(message, site)}
    return {"msg_type": "post", "content": {"post": {"zh_cn": content}}}


def signature(kind: str, secret: str, now_s: float) -> tuple[dict[str, str], dict[str, str]]:
    """What signing adds to the address, and what to the JSON.

    钉钉 signs time (in ms) and secret by the secret, 飞书 an empty text by time (in s) and secret.
    """
    if kind == DINGTALK:
        at = str(round(now_s * 1000))
        return {"timestamp": at, "sign": _sign(secret, f"{at}\n{secret}")}, {}
    at = str(round(now_s))
    return {}, {"timestamp": at, "sign": _sign(f"{at}\n{secret}", "")}


def _sign(key: str, text: str) -> str:
    return base64.b64encode(hmac.digest(key.encode(), text.encode(), hashlib.sha256)).decode()


def refusal(answer: Any) -> str | None:
    """Why an answer says that nothing was sent; None where it says that all is well."""
    if not isinstance(answer, Mapping):
        return "no JSON object"
    code = next((answer[name] for name in _CODES if name in answer), None)
    if code == 0:
        return None
    words = next((str(answer[name]) for name in _WORDS if name in answer), "")
    return f"code {code}: {words[:80]}"


def markdown(message: Message, site: str) -> str:
    """The message as the few signs of Markdown that both robots know; cut at a line's end."""
    lines = [f"### {message.title}"]
    for part in message.parts:
        lines += ["", f"**{part.heading}**", ""]
        lines += [f"- {_link(one.words, one.link, site)}" for one in part.lines]
    kept: list[str] = []
    size = 0
    for line in lines:
        size += len(line.encode()) + 1
        if size > MOST_BYTES:
            return "\n".join([*kept, "…"])
        kept.append(line)
    return "\n".join(kept)


def _link(words: str, link: str, site: str) -> str:
    plain = words.replace("[", "(").replace("]", ")")
    return f"[{plain}]({site}{link})" if site else plain


def _lines(message: Message, site: str) -> list[list[dict[str, str]]]:
    """The lines of a 飞书 post, each a list of texts and links."""
    lines: list[list[dict[str, str]]] = []
    for part in message.parts:
        lines.append([{"tag": "text", "text": part.heading}])
        for line in part.lines:
            text = {"tag": "text", "text": f"· {line.words}"}
            link = {"tag": "a", "text": f"· {line.words}", "href": f"{site}{line.link}"}
            lines.append([link if site else text])
    return lines
