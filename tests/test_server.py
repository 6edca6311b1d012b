"""The web server as it is started: its headers, its addresses, and what it refuses to start with."""

import http.client
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing

import pytest

from roi_core.cli.serve import any_port, app_folder, wait_until_it_answers


def command(port: int) -> list[str]:
    return [sys.executable, "-m", "streamlit", "run", str(app_folder() / "app.py"), "--server.port", str(port)]


@pytest.fixture(scope="module")
def port(tmp_path_factory) -> Iterator[int]:
    port = any_port()
    home = {"SUPPORT_ROI_HOME": str(tmp_path_factory.mktemp("home"))}
    with subprocess.Popen(command(port), env=os.environ | home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        wait_until_it_answers(server, port)
        yield port
        server.terminate()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_a_server_that_is_told_to_end_while_it_prepares_the_first_example_leaves_nothing(tmp_path):
    port = any_port()
    with subprocess.Popen(command(port), env=os.environ | {"SUPPORT_ROI_HOME": str(tmp_path)}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as server:
        wait_until_it_answers(server, port)
        server.terminate()
        _, said = server.communicate(timeout=30)
    assert b"Traceback" not in said
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def ask(port: int, path: str, **headers: str) -> http.client.HTTPResponse:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        return answer


@pytest.mark.parametrize("path", ["/", "/methods", "/_stcore/health", "/no/such/thing.css", "/large-file"])
def test_every_answer_carries_the_security_headers(port, path):
    headers = ask(port, path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["connect-src"] == "'self'"
    assert policy["img-src"] == "'self' data: blob:"
    assert policy["frame-ancestors"] == "'none'"
    assert "http" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_the_first_page_answers_to_its_own_name_and_keeps_the_question(port):
    answer = ask(port, "/overview?sample=fogbank")
    assert answer.status == 307
    assert answer.headers["Location"] == "/?sample=fogbank"


def test_a_foreign_host_name_is_refused_with_the_security_headers(port):
    answer = ask(port, "/overview", Host="evil.example")
    assert answer.status == 403
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "Location" not in answer.headers


HANDSHAKE = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA=="}


@pytest.mark.parametrize("origin", [{}, {"Origin": "http://evil.example"}, {"Origin": "http://localhost:3000"}, {"Origin": "null"}])
def test_a_handshake_from_elsewhere_is_refused(port, origin):
    assert ask(port, "/_stcore/stream", **HANDSHAKE, **origin).status == 403


def test_a_handshake_from_our_own_page_is_accepted(port):
    assert ask(port, "/_stcore/stream", **HANDSHAKE, Origin=f"http://127.0.0.1:{port}").status == 101
