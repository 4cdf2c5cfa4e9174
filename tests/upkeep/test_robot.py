"""The digest on its way to a group robot: a real server receives it, or fails in every way."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import run_lingti
from edition_kit import PEOPLE, accepted, bring, edition_home, finalised, step

from lingti import warehouse
from lingti.access import audit
from lingti.access.roles import Person
from lingti.commands import cli
from lingti.district import follow_ups
from lingti.district.follow_ups import About
from lingti.editions.submissions import Remark
from lingti.home import HomeError
from lingti.upkeep import robot, robot_messages
from lingti.upkeep.digest_text import Line, Message, Part
from lingti.upkeep.robot import NotSentError

WELL = {
    "wecom": {"errcode": 0, "errmsg": "ok"},
    "dingtalk": {"errcode": 0, "errmsg": "ok"},
    "feishu": {"code": 0, "msg": "success", "data": {}},
}
REMARK, QUESTION = "为何少一半？", "测试甲为何两次？"


@dataclass
class Group:
    """The receiving side: what came, and what is answered, the last for ever."""

    address: str = ""
    asked: list[dict[str, list[str]]] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    answers: list[tuple[int, Any]] = field(default_factory=list)
    waits_s: float = 0.0


@pytest.fixture
def group(monkeypatch: pytest.MonkeyPatch) -> Iterator[Group]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    found = Group()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            data = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"].startswith("application/json")
            found.asked.append(parse_qs(urlsplit(self.path).query))
            found.bodies.append(json.loads(data))
            time.sleep(found.waits_s)
            status, answer = found.answers[0]
            found.answers[:] = found.answers[1:] or found.answers
            sent = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            if status == 302:
                self.send_header("Location", found.address)
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing on the screen."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.address = f"http://127.0.0.1:{server.server_port}/send?key=SECRET-KEY"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One month returned with a remark, one revised, one late, and one question."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("LINGTI_TODAY", "2024-03-06")
        home = edition_home(tmp_path_factory.mktemp("robot") / "home")
        for place in ("a", "b"):
            bring(home, place, "2024-01", [2] * 20)
        accepted(home)
        finalised(home)
        step(home, "submit", "b", "2024-02")
        step(home, "return", "b", "2024-02", Remark(REMARK))
        bring(home, "a", "2024-01", [2] * 30)
        warehouse.publish_anew(home)
        official = Person("https://id.example", "o", "官", "official")
        about = About("volunteer_hours", "b", "2024-02")
        follow_ups.ask(home, about, "secretary", QUESTION, official, date(2024, 3, 6))
    return home


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch, home: Path) -> Iterator[None]:
    monkeypatch.setenv("LINGTI_TODAY", "2024-04-09")
    yield
    for name in (robot.FILE, robot.SENT):
        (home / name).unlink(missing_ok=True)


def name(home: Path, group: Group, kind: str = "wecom", **more: str) -> None:
    """Writes the robot into the home, as an operator does."""
    told = {"kind": kind, "address": group.address, **more}
    path = home / robot.FILE
    path.write_text("".join(f"{key} = {json.dumps(value)}\n" for key, value in told.items()))
    path.chmod(0o600)
    group.answers = group.answers or [(200, WELL[kind])]


def words_of(kind: str, body: dict[str, Any]) -> str:
    """What a group reads of a message of each kind, by the shape that its robot documents."""
    if kind == "wecom":
        assert set(body) == {"msgtype", "markdown"}
        assert body["msgtype"] == "markdown"
        return str(body["markdown"]["content"])
    if kind == "dingtalk":
        assert body["msgtype"] == "markdown"
        assert set(body["markdown"]) == {"title", "text"}
        return str(body["markdown"]["title"] + body["markdown"]["text"])
    assert body["msg_type"] == "post"
    post = body["content"]["post"]["zh_cn"]
    assert {piece["tag"] for line in post["content"] for piece in line} <= {"text", "a"}
    return "\n".join([post["title"], *(one["text"] for line in post["content"] for one in line)])


@pytest.mark.parametrize("kind", robot_messages.KINDS)
def test_each_robot_gets_the_digest_in_its_shape_without_names(
    home: Path, group: Group, kind: str
) -> None:
    name(home, group, kind, site="https://lingti.example/")
    assert robot.send_if_due(home, datetime(2024, 4, 9, 9, 0))
    (body,) = group.bodies
    words = words_of(kind, body)
    assert "领题 · 区，2024年4月9日" in words
    for told in ("逾期未报：2", "退回待重报：1", "定稿后有修订的数：", "待答复的追问：1"):
        assert told in words
    assert "乙 · 2024年2月" in words
    sent = json.dumps(body, ensure_ascii=False)
    assert "https://lingti.example/submission?month=2024-02&community=b" in sent
    assert not any(text in sent for person in PEOPLE for text in person)
    assert REMARK not in sent
    assert "为何" not in sent
    assert "SECRET-KEY" not in sent
    (noted,) = [one for one in audit.read(home) if one["what"] == "digest"][-1:]
    assert (noted["by"], noted["to"]) == ("robot", kind)


def test_dingtalk_is_signed_in_the_address(home: Path, group: Group) -> None:
    name(home, group, "dingtalk", secret="SECabc")
    robot.send_if_due(home, datetime(2024, 4, 9, 9, 0))
    (asked,) = group.asked
    (at,), (sign,) = asked["timestamp"], asked["sign"]
    assert asked["key"] == ["SECRET-KEY"]
    assert abs(int(at) / 1000 - time.time()) < 60
    expected = hmac.new(b"SECabc", f"{at}\nSECabc".encode(), hashlib.sha256).digest()
    assert base64.b64decode(sign) == expected


def test_feishu_is_signed_in_the_body(home: Path, group: Group) -> None:
    name(home, group, "feishu", secret="abc")
    robot.send_if_due(home, datetime(2024, 4, 9, 9, 0))
    (body,) = group.bodies
    at = body["timestamp"]
    assert abs(int(at) - time.time()) < 60
    expected = hmac.new(f"{at}\nabc".encode(), b"", hashlib.sha256).digest()
    assert base64.b64decode(body["sign"]) == expected
    assert set(group.asked[0]) == {"key"}


def test_a_failed_call_is_made_again_and_logged_without_the_address(
    home: Path, group: Group, caplog: pytest.LogCaptureFixture
) -> None:
    group.answers = [
        (500, b"no"),
        (200, {"errcode": 45009, "errmsg": "freq"}),
        (200, WELL["wecom"]),
    ]
    name(home, group)
    with caplog.at_level(logging.INFO, "lingti.robot"):
        assert robot.send_if_due(home, datetime(2024, 4, 9, 9, 0), (0.0, 0.0))
    assert len(group.bodies) == 3
    assert [one.getMessage().partition(": ")[2] for one in caplog.records] == [
        "HTTP 500",
        "code 45009: freq",
        "10 items",
    ]
    assert "SECRET-KEY" not in caplog.text


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ((500, b""), "HTTP 500"),
        ((404, WELL["wecom"]), "HTTP 404"),
        ((302, b""), "HTTP 302"),
        ((200, b"<html>"), "no JSON"),
        ((200, []), "no JSON object"),
        ((200, {}), "code None: "),
        (
            (200, {"errcode": 93000, "errmsg": "invalid webhook url"}),
            "code 93000: invalid webhook url",
        ),
        ((200, {"errcode": 310000, "errmsg": "sign not match"}), "code 310000: sign not match"),
        ((200, {"code": 19021, "msg": "sign match fail"}), "code 19021: sign match fail"),
        ((200, {"StatusCode": 0, "StatusMessage": "success"}), None),
    ],
)
def test_what_an_answer_says_is_believed(
    home: Path, group: Group, answer: tuple[int, Any], why: str | None
) -> None:
    group.answers = [answer]
    name(home, group, "feishu")
    found = robot.settings(home)
    assert found is not None
    if why is None:
        assert robot.send(home, found, pauses_s=()) == 10
        return
    with pytest.raises(NotSentError) as error:
        robot.send(home, found, pauses_s=())
    assert str(error.value) == why
    assert len(group.bodies) == 1


def test_a_robot_that_is_slow_or_away_is_no_robot(
    home: Path, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(robot, "TIMEOUT_S", 0.2)
    group.waits_s = 0.6
    name(home, group)
    found = robot.settings(home)
    assert found is not None
    with pytest.raises(NotSentError, match="ReadTimeout"):
        robot.send(home, found, pauses_s=())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{free.getsockname()[1]}/"
    away = robot.Robot("wecom", closed)
    with pytest.raises(NotSentError, match="ConnectError"):
        robot.send(home, away, pauses_s=())


def test_after_a_failure_an_hour_passes_and_then_it_is_sent_once(home: Path, group: Group) -> None:
    group.answers = [(500, b"")]
    name(home, group)
    with pytest.raises(NotSentError):
        robot.send_if_due(home, datetime(2024, 4, 9, 9, 0), ())
    assert not robot.send_if_due(home, datetime(2024, 4, 9, 9, 30), ())
    group.answers = [(200, WELL["wecom"])]
    assert robot.send_if_due(home, datetime(2024, 4, 9, 10, 0), ())
    assert not robot.send_if_due(home, datetime(2024, 4, 9, 18, 0), ())
    assert robot.send_if_due(home, datetime(2024, 4, 10, 8, 30), ())
    assert len(group.bodies) == 3


@pytest.mark.parametrize(
    ("every", "sent_on", "now", "due"),
    [
        ("day", None, "2024-04-09T08:29", False),
        ("day", None, "2024-04-09T08:30", True),
        ("day", "2024-04-09", "2024-04-09T23:00", False),
        ("day", "2024-04-08", "2024-04-09T08:30", True),
        ("week", "2024-04-01", "2024-04-07T23:00", False),
        ("week", "2024-04-01", "2024-04-08T08:29", False),  # a Monday
        ("week", "2024-04-01", "2024-04-08T08:30", True),
        ("week", "2024-04-01", "2024-04-10T00:00", True),  # the server was away on Monday
        ("week", "2024-04-10", "2024-04-12T08:30", False),
    ],
)
def test_it_is_due_once_a_day_or_week(every: str, sent_on: str | None, now: str, due: bool) -> None:
    one = robot.Robot("wecom", "https://x", every=every)
    last = date.fromisoformat(sent_on) if sent_on else None
    assert robot.is_due(one, last, datetime.fromisoformat(now)) is due


def test_without_the_file_nothing_is_sent(home: Path, group: Group) -> None:
    assert not robot.send_if_due(home, datetime(2024, 4, 9, 9, 0))
    with pytest.raises(SystemExit) as ended:
        cli.main(["digest", "--send", "--home", str(home)])
    assert ended.value.code == cli.REFUSED
    assert group.bodies == []


def test_where_there_is_nothing_to_say_nothing_is_sent(
    home: Path, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(robot, "digest", lambda _home: {"as_of": "2024-04-09", "items": []})
    name(home, group)
    assert robot.send_if_due(home, datetime(2024, 4, 9, 9, 0))
    assert group.bodies == []


def test_the_command_sends_at_once_and_says_what_failed(home: Path, group: Group) -> None:
    name(home, group)
    printed = run_lingti("digest", "--send", "--json", "--home", home)
    assert json.loads(printed) == {"to": "wecom", "sent": True, "items": 10}


@pytest.mark.parametrize(
    "text",
    [
        "kind = 'slack'\naddress = 'https://x'",
        "kind = 'wecom'",
        "kind = 'wecom'\naddress = 'http://example.org/'",
        "kind = 'wecom'\naddress = 'file:///etc/passwd'",
        "kind = 'wecom'\naddress = 'https://x'\nsecret = 'y'",
        "kind = 'wecom'\naddress = 'https://x'\nevery = 'minute'",
        "kind = 'wecom'\naddress = 'https://x'\nat = 'noon'",
        "kind = 'wecom'\naddress = 'https://x'\nto = 'everybody'",
        "kind = ",
    ],
)
def test_a_file_that_is_not_right_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / robot.FILE
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(HomeError, match=r"robot\.toml"):
        robot.settings(tmp_path)


def test_a_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / robot.FILE
    path.write_text("kind = 'wecom'\naddress = 'https://x'\n")
    path.chmod(0o644)
    with pytest.raises(HomeError, match="chmod 600"):
        robot.settings(tmp_path)


def test_a_long_message_is_cut_at_the_end_of_a_line() -> None:
    lines = tuple(Line(f"社区{number}" * 20, "/x") for number in range(100))
    made = Message("领题", (Part("未报", lines),))
    for kind, told in (("wecom", "content"), ("dingtalk", "text")):
        text = robot_messages.body(kind, made, "")["markdown"][told]
        assert len(text.encode()) <= 4096
        assert text.endswith("\n…")


def test_it_is_looked_for_while_a_home_is_served(
    home: Path, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    name(home, group, at="00:00")
    came = threading.Event()
    sent: Callable[..., bool] = robot.send_if_due
    monkeypatch.setattr(robot, "LOOKS_EVERY_S", 3600)
    monkeypatch.setattr(robot, "send_if_due", lambda home: sent(home) and came.set())
    robot.in_background(home)
    assert came.wait(30)
    assert len(group.bodies) == 1
