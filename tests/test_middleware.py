"""What stands before Streamlit, asked in process: whose requests are let in, and how many bytes."""

import asyncio
import socket
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Route
from streamlit import net_util
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.web.server.server_util import is_url_from_allowed_origins

from pages._server import budget
from pages._server.budget import UploadBudget
from pages._server.quiet import Listening, Quiet
from pages._server.resumed import Resumed
from pages._server.same_host import SameHost, look_up_no_address
from pages._server.settings import insist_on_safe_settings

PORT = 8501
OWN = f"localhost:{PORT}"


def asked(app, kind="http", path="/", method="GET", chunks=(b"",), **headers):
    """The first message that the application answers with."""
    sent = []
    bodies = [{"type": "http.request", "body": chunk, "more_body": i + 1 < len(chunks)} for i, chunk in enumerate(chunks)]
    scope = {
        "type": kind,
        "scheme": {"http": "http", "websocket": "ws"}[kind],
        "method": method,
        "path": path,
        "server": ("127.0.0.1", PORT),
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
    }

    async def receive():
        return bodies.pop(0)

    async def send(message):
        sent.append(message)

    with ThreadPoolExecutor(1) as pool:  # a thread of its own: a browser test may have left a running loop in this one
        pool.submit(asyncio.run, app(scope, receive, send)).result()
    return sent[0]


async def welcome(scope, _receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []} if scope["type"] == "http" else {"type": "websocket.accept"})


@pytest.mark.parametrize("host", [OWN, f"127.0.0.1:{PORT}", f"[::1]:{PORT}"])
def test_this_machine_is_let_in_by_each_of_its_names(host):
    assert asked(SameHost(welcome), host=host)["status"] == 200
    assert asked(SameHost(welcome), host=host, origin=f"http://{host}")["status"] == 200
    assert asked(SameHost(welcome), "websocket", host=host, origin=f"http://{host}")["type"] == "websocket.accept"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8501", "localhost", "localhost:3000", "localhost.evil.example:8501", "127.0.0.1:8501@evil", ""])
def test_another_host_is_refused(host):
    assert asked(SameHost(welcome), host=host)["status"] == 403
    assert asked(SameHost(welcome), "websocket", host=host, origin=f"http://{host}")["type"] == "websocket.close"


def test_no_host_is_refused():
    assert asked(SameHost(welcome))["status"] == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "http://localhost:3000", "http://localhost", "http://127.0.0.1:8501", f"https://{OWN}", "null", ""])
def test_another_origin_is_refused(origin):
    assert asked(SameHost(welcome), host=OWN, origin=origin)["status"] == 403
    assert asked(SameHost(welcome), "websocket", host=OWN, origin=origin)["type"] == "websocket.close"


def test_a_websocket_without_an_origin_is_refused():
    assert asked(SameHost(welcome), "websocket", host=OWN)["type"] == "websocket.close"


def test_an_unknown_origin_makes_streamlit_ask_no_other_host(monkeypatch):
    def connect(_, address):
        called.append(address)
        raise OSError

    called = []
    for name in ("get_external_ip", "get_internal_ip"):
        monkeypatch.setattr(net_util, name, getattr(net_util, name))
    monkeypatch.setattr(socket.socket, "connect", connect)
    look_up_no_address()
    assert not is_url_from_allowed_origins("http://evil.example")
    assert called == []


async def store(request):
    await request.body()
    return Response(status_code=204)


def limited(kept, per_session=100, in_total=150):
    routes = [Route("/_stcore/upload_file/{session}/{file}", store, methods=["PUT", "DELETE"])]
    return Starlette(routes=routes, middleware=[Middleware(UploadBudget, lambda: kept, per_session, in_total)])


def put(app, session, *chunks, **headers):
    return asked(app, path=f"/_stcore/upload_file/{session}/x", method="PUT", chunks=chunks, **headers)["status"]


@pytest.mark.parametrize(
    ("kept", "chunks", "status"),
    [
        ({}, [b"x" * 50, b"x" * 50], 204),
        ({}, [b"x" * 50, b"x" * 51], 413),
        ({"a": 60}, [b"x" * 41], 413),
        ({"a": 60}, [b"x" * 40], 204),
        ({"b": 100}, [b"x" * 50], 204),
        ({"b": 100}, [b"x" * 51], 413),
    ],
)
def test_uploads_stop_where_the_session_or_all_together_hold_enough(kept, chunks, status):
    assert put(limited(kept), "a", *chunks) == status


def test_a_declared_length_is_refused_before_a_byte_is_read():
    assert put(limited({}), "a", content_length="101") == 413
    assert put(limited({}), "a", b"x", content_length="a lot") == 204


def test_bytes_that_came_and_were_let_go_count_no_more():
    app = limited({})
    assert [put(app, "a", b"x" * 90) for _ in range(3)] == [204] * 3
    assert put(app, "a", b"x" * 101) == 413
    assert put(app, "a", b"x" * 90) == 204


def test_other_requests_are_not_counted():
    assert asked(limited({"a": 1000}), path="/_stcore/upload_file/a/x", method="DELETE")["status"] == 204


def test_what_streamlit_keeps_is_counted_by_session(monkeypatch):
    files = MemoryUploadedFileManager("/upload")
    for session, size in (("a", 3), ("a", 4), ("b", 5)):
        files.add_file(session, UploadedFileRec(f"{size}", "a.csv", "text/csv", b"x" * size))
    monkeypatch.setattr(budget, "get_instance", lambda: SimpleNamespace(uploaded_file_mgr=files))
    assert budget.held() == {"a": 7, "b": 5}
    files.remove_session_files("a")
    assert budget.held() == {"b": 5}


SAFE = {
    "browser.gatherUsageStats": False,
    "client.disableDataExport": True,
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "logger.enableRich": False,
    "logger.level": "info",
    "server.address": "127.0.0.1",
    "server.corsAllowedOrigins": [],
    "server.enableAgentApi": False,
    "server.enableCORS": True,
    "server.enableStaticServing": False,
    "server.enableXsrfProtection": True,
    "server.trustedUserHeaders": {},
    "server.xsrfCookieSameSite": "strict",
}


@pytest.mark.parametrize("changed", [{}, {"server.address": "localhost"}, {"server.address": "::1"}, {"logger.level": "WARNING"}])
def test_safe_settings_pass(changed):
    insist_on_safe_settings({**SAFE, **changed}.get)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("client.disableDataExport", False),
        ("logger.enableRich", True),
        ("logger.level", "debug"),
        ("logger.level", "DEBUG"),
        ("server.address", "::"),
        ("server.address", None),
        ("server.address", "unix://socket"),
        ("server.corsAllowedOrigins", ["http://evil.example"]),
        ("server.trustedUserHeaders", {"X-User": "name"}),
        ("server.xsrfCookieSameSite", "lax"),
        ("server.xsrfCookieSameSite", "none"),
        *((name, not value) for name, value in SAFE.items() if isinstance(value, bool)),
    ],
)
def test_each_unsafe_setting_stops_the_start_and_is_named(name, value):
    with pytest.raises(SystemExit, match=name):
        insist_on_safe_settings({**SAFE, name: value}.get)


@pytest.mark.parametrize(("sessions", "taken"), [(["a"] * 8, 2), (list("abcdefgh"), 4)], ids=["into one session", "each into a session of its own"])
def test_eight_uploads_under_ids_that_were_never_given_out_stop_at_the_budget(sessions, taken):
    """The attack of 8 x 190 MB, a byte for each megabyte."""

    async def keep(request):
        kept[request.path_params["session"]] += len(await request.body())
        return Response(status_code=204)

    kept = Counter()
    app = Starlette(
        routes=[Route("/_stcore/upload_file/{session}/{file}", keep, methods=["PUT"])], middleware=[Middleware(UploadBudget, lambda: kept, 400, 800)]
    )
    assert [put(app, session, b"x" * 100, b"x" * 90) for session in sessions] == [204] * taken + [413] * (8 - taken)
    assert kept.total() <= 800


def test_every_request_and_message_ends_the_quiet():
    class Heard(Quiet):
        times = 0

        def end(self):
            self.times += 1
            super().end()

    async def reads(_scope, receive, send):
        await receive()
        await send({"type": "http.response.start", "status": 200})

    quiet = Heard()
    asked(Listening(reads, quiet), host=OWN)
    assert quiet.times == 1
    assert quiet.lasts(0)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(quiet.lasts, 60)
        while not waiting.done():
            quiet.end()
    assert waiting.result() is False


def forward(kind):
    """A message of Streamlit's to the browser, of the kind named."""
    message = ForwardMsg()
    if kind == "ref_hash":
        message.ref_hash = "a"
    else:
        getattr(message, kind).SetInParent()
    return {"type": "websocket.send", "bytes": message.SerializeToString()}


def passed(*messages, kind="websocket"):
    """Which of the messages reach the browser."""
    sent = []

    async def streamlit(_scope, _receive, send):
        for message in messages:
            await send(message)

    async def send(message):
        sent.append(message)

    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, Resumed(streamlit)({"type": kind}, None, send)).result()
    return sent


def test_what_an_interrupted_drawing_left_behind_is_not_sent_to_the_next_connection():
    left, status, begun, drawn = forward("delta"), forward("session_status_changed"), forward("new_session"), forward("delta")
    assert passed({"type": "websocket.accept"}, left, forward("ref_hash"), status, left, begun, drawn, forward("ref_hash")) == [
        {"type": "websocket.accept"},
        status,
        begun,
        drawn,
        forward("ref_hash"),
    ]


def test_each_connection_waits_for_its_own_drawing():
    assert passed(forward("new_session"), forward("delta")) == [forward("new_session"), forward("delta")]
    assert passed(forward("delta")) == []


def test_what_is_no_message_of_streamlit_passes():
    text, body = {"type": "websocket.send", "text": "pong"}, {"type": "http.response.body", "body": forward("delta")["bytes"]}
    assert passed(text) == [text]
    assert passed(body, kind="http") == [body]
