"""The port that was free a moment ago: taken by another program before our server has it."""

import signal
import socket
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator

import pytest

from roi_core.cli import serve
from roi_core.errors import AppNotStarted

HEALTHY = """
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

class Healthy(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()

HTTPServer(("127.0.0.1", int(sys.argv[1])), Healthy).handle_request()
"""
REFUSED = "raise SystemExit(1)"

Start = Callable[[int], subprocess.Popen[bytes]]


def program(code: str, port: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", code, str(port)], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture
def others(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[socket.socket]]:
    """Sockets of another program; closed afterwards. Signals of the test run stay as they are."""
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    taken: list[socket.socket] = []
    yield taken
    for other in taken:
        other.close()


def beaten(others: list[socket.socket]) -> Start:
    """A start whose port another program takes first."""

    def start(port: int) -> subprocess.Popen[bytes]:
        others.append(socket.create_server(("127.0.0.1", port)))
        return program(REFUSED, port)

    return start


def started(monkeypatch: pytest.MonkeyPatch, *starts: Start) -> list[int]:
    """Each start of a server does the next of `starts`; returns the ports as they are asked for."""
    asked: list[int] = []
    waiting = iter(starts)

    def server(port: int) -> subprocess.Popen[bytes]:
        asked.append(port)
        return next(waiting)(port)

    monkeypatch.setattr(serve, "_server", server)
    return asked


def test_the_next_free_port_is_tried(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], others: list[socket.socket]) -> None:
    asked = started(monkeypatch, beaten(others), beaten(others), lambda port: program(HEALTHY, port))
    assert serve.app(Namespace(no_browser=True)) == 0
    assert len(set(asked)) == 3
    assert capsys.readouterr().out == f"Support ROI is at http://localhost:{asked[2]}  (Ctrl-C stops it)\n"


def test_an_answer_of_the_program_that_took_the_port_is_not_ours(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], others: list[socket.socket]
) -> None:
    monkeypatch.setattr(serve, "_answers", lambda _: True)
    asked = started(monkeypatch, beaten(others), lambda port: program("", port))
    assert serve.app(Namespace(no_browser=True)) == 0
    assert capsys.readouterr().out.endswith(f"http://localhost:{asked[1]}  (Ctrl-C stops it)\n")


def test_three_ports_and_no_more(monkeypatch: pytest.MonkeyPatch, others: list[socket.socket]) -> None:
    asked = started(monkeypatch, *[beaten(others)] * 9)
    with pytest.raises(AppNotStarted, match="code 1"):
        serve.app(Namespace(no_browser=True))
    assert len(asked) == 3


@pytest.mark.usefixtures("others")
def test_a_server_that_fails_for_another_reason_is_not_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = started(monkeypatch, *[lambda port: program(REFUSED, port)] * 9)
    with pytest.raises(AppNotStarted, match="code 1"):
        serve.app(Namespace(no_browser=True))
    assert len(asked) == 1
