"""Behind nginx as docs/operations.md sets it up: TLS, web sockets, sign-in, cookies, headers."""

from __future__ import annotations

import os
import re
import shutil
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest
from ending import ended
from playwright.sync_api import Browser

from browser.conftest import ROOT, _free_port, _wait_for, drawn, unfolded
from lingti.access import audit, roles
from lingti.access.roles import Person

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
OPENSSL = shutil.which("openssl")
REQUIRED = os.environ.get("LINGTI_REQUIRE_BROWSER")
pytestmark = pytest.mark.skipif(
    not (REQUIRED or (NGINX and OPENSSL)), reason="no nginx or no openssl here"
)
AROUND = """
daemon off; pid {folder}/pid; error_log {folder}/errors; worker_processes 1;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    {server}
}}
"""


@pytest.fixture(scope="module")
def site(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the sample behind nginx, with a provider of its own."""
    folder = tmp_path_factory.mktemp("proxy")
    home = Path(shutil.copytree(sample_home, folder / "home"))
    issuer, inside, outside = f"http://localhost:{_free_port()}", _free_port(), _free_port()
    address = f"https://localhost:{outside}"
    (home / "signin.toml").write_text(
        f'redirect_uri = "{address}/oauth2callback"\n'
        'client_id = "lingti"\nclient_secret = "a secret of the tests"\n'
        f'server_metadata_url = "{issuer}/.well-known/openid-configuration"\n'
    )
    (home / "signin.toml").chmod(0o600)
    roles.grant(home, Person(issuer, "viewer", "", "viewer"), "test")
    assert OPENSSL
    made = [*("req", "-x509", "-nodes", "-days", "2", "-newkey", "rsa:2048", "-subj")]
    made += ["/CN=localhost", "-keyout", str(folder / "key"), "-out", str(folder / "pem")]
    subprocess.run([OPENSSL, *made], check=True, capture_output=True)
    (folder / "nginx.conf").write_text(
        AROUND.format(folder=folder, server=documented(folder, inside, outside))
    )
    provider = [str(Path(sys.executable).parent / "oidc-provider-mock"), "-H", "localhost"]
    server = [sys.executable, "-m", "lingti.commands.cli", "serve", "--port", str(inside)]
    started = [
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for command in (
            [*provider, "-p", issuer.rpartition(":")[2]],
            [*server, "--home", str(home)],
            [str(NGINX), "-p", str(folder), "-c", str(folder / "nginx.conf")],
        )
    ]
    with ended(*started):
        _wait_for(f"{issuer}/.well-known/openid-configuration")
        _wait_for(f"http://127.0.0.1:{inside}/_stcore/health")
        yield address
    assert [one["by"] for one in audit.read(home) if one["what"] == "sign_in"] == [
        f"viewer ({issuer})"
    ]


def documented(folder: Path, inside: int, outside: int) -> str:
    """The server of the page of operation notes, at ports and with a certificate of its own."""
    text = (ROOT / "docs" / "operations.md").read_text("utf-8")
    found = re.search(r"```nginx\n(.*?)```", text, re.DOTALL)
    assert found
    server = found[1]
    for theirs, ours in (
        ("443 ssl", f"127.0.0.1:{outside} ssl"),
        ("lingti.example.gov.cn", "localhost"),
        ("/etc/ssl/lingti.pem", f"{folder}/pem"),
        ("/etc/ssl/private/lingti.key", f"{folder}/key"),
        ("127.0.0.1:8501", f"127.0.0.1:{inside}"),
    ):
        assert theirs in server
        server = server.replace(theirs, ours)
    return server


def test_signing_in_and_looking_around_through_the_proxy(chromium: Browser, site: str) -> None:
    context = chromium.new_context(locale="en-US", ignore_https_errors=True)
    page = context.new_page()
    page.goto(f"{site}/?lang=en")
    page.get_by_role("button", name="Sign in").click()
    page.locator("input[name=sub]").fill("viewer")
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_selector(".lt-matrix")
    drawn(page)
    unfolded(page)
    page.get_by_text("Volunteering", exact=True).first.click()
    page.wait_for_function(
        "() => document.querySelector('.lt-head h1')?.textContent === 'Volunteering'"
    )
    user = [one for one in context.cookies() if one["name"] == "_streamlit_user"]
    assert [(one["secure"], one["httpOnly"]) for one in user] == [(True, True)]
    context.close()


def test_the_proxys_visitors_come_from_elsewhere(site: str) -> None:
    status, headers = asked(f"{site}/")
    assert status == 200
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert asked(f"{site}/_stcore/health")[0] == 200
    assert asked(f"{site}/_stcore/metrics")[0] == 403
    assert asked(f"{site}/media/{'0' * 56}.csv")[0] == 401


def asked(address: str) -> tuple[int, Message]:
    """Status and headers of an answer; the certificate is one that we signed ourselves."""
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    try:
        with urllib.request.urlopen(address, context=trusting) as answer:
            return int(answer.status), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.headers
