"""The route of large files, asked in process, and once over a real socket with half a gigabyte."""

import asyncio
import http.client
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psutil
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string

from pages._server.large_files import PATH, TICKET, large_file_route, receiving
from pages._server.same_host import SameHost
from roi_core.workspace import temporary_staging
from roi_core.workspace.incoming import Incoming

PORT = 8501
OWN = f"localhost:{PORT}"
SECRET = b"0123456789abcdef"
ANN = "ann"
OURS = {"host": OWN, "origin": f"http://{OWN}", "sec-fetch-site": "same-origin"}


def cookie(secret=SECRET):
    """As Streamlit sends it: masked anew each time."""
    return f"_streamlit_xsrf={generate_xsrf_token_string(secret)}"


@pytest.fixture
def incoming(tmp_path):
    with closing(Incoming(lambda _: True, stage=lambda: temporary_staging(tmp_path))) as desk:
        yield desk


def app(incoming, quiet_seconds=60.0):
    return Starlette(routes=[large_file_route(incoming, quiet_seconds)], middleware=[Middleware(SameHost)])


def asked(incoming, size=10, owner=ANN):
    return incoming.ask(owner, SECRET, "big.csv", size)


async def put(incoming, ticket, *chunks, end="whole", quiet_seconds=60.0, while_open=None, **headers):
    """Status and words. `end`: whole, gone (the browser leaves), or silent (it sends nothing any more)."""
    messages = [{"type": "http.request", "body": chunk, "more_body": i + 1 < len(chunks) or end != "whole"} for i, chunk in enumerate(chunks)]
    sent = []
    named = {**OURS, "cookie": cookie(), TICKET.lower(): ticket, **{name.replace("_", "-"): value for name, value in headers.items()}}
    scope = {
        "type": "http",
        "scheme": "http",
        "method": "PUT",
        "path": PATH,
        "query_string": b"",
        "server": ("127.0.0.1", PORT),
        "headers": [(name.encode(), value.encode()) for name, value in named.items() if value is not None],
    }

    async def receive():
        if messages:
            return messages.pop(0)
        if while_open:
            await while_open()
        if end == "silent":
            await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    async def send(message):
        sent.append(message)

    await app(incoming, quiet_seconds)(scope, receive, send)
    return sent[0]["status"], sent[1]["body"].decode()


def run(coroutine):
    with ThreadPoolExecutor(1) as pool:  # a thread of its own: a browser test may have left a running loop in this one
        return pool.submit(asyncio.run, coroutine).result()


def arrived(incoming, owner=ANN):
    with incoming.arrived(owner) as upload:
        return upload and upload.path.read_bytes()


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_of_our_own_page_arrives_byte_for_byte(incoming):
    content = bytes(range(256)) * 12_000
    chunks = [content[i : i + 65_536] for i in range(0, len(content), 65_536)]
    assert run(put(incoming, asked(incoming, len(content)), *chunks, content_length=f"{len(content)}")) == (204, "")
    assert arrived(incoming) == content


def test_an_empty_file_arrives_for_the_reader_to_refuse(incoming):
    assert run(put(incoming, asked(incoming, 0), b"", content_length="0"))[0] == 204
    assert arrived(incoming) == b""


@pytest.mark.parametrize(
    "changed",
    [
        {"origin": None},
        {"origin": "http://evil.example"},
        {"origin": "http://localhost:3000"},
        {"origin": "null"},
        {"origin": f"https://{OWN}"},
        {"sec_fetch_site": None},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "none"},
        {"host": "evil.example"},
        {"host": "evil.example", "origin": "http://evil.example"},
    ],
)
def test_what_no_page_of_ours_sends_is_refused_and_the_ticket_stays_good(incoming, tmp_path, changed):
    ticket = asked(incoming)
    assert run(put(incoming, ticket, b"x" * 10, **changed))[0] == 403
    assert files(tmp_path) == []
    assert run(put(incoming, ticket, b"x" * 10))[0] == 204


@pytest.mark.parametrize("changed", [{TICKET.lower(): None}, {TICKET.lower(): "guessed"}, {"cookie": None}, {"cookie": "_streamlit_xsrf=2|nonsense"}])
def test_without_its_ticket_and_its_browser_nothing_is_taken(incoming, tmp_path, changed):
    status, words = run(put(incoming, asked(incoming), b"x" * 10, **changed))
    assert (status, "Choose it there once more" in words) == (403, True)
    assert files(tmp_path) == []


def test_the_ticket_of_another_browser_is_refused(incoming, tmp_path):
    assert run(put(incoming, asked(incoming), b"x" * 10, cookie=cookie(b"fedcba9876543210")))[0] == 403
    assert files(tmp_path) == []


def test_a_ticket_is_good_once(incoming):
    ticket = asked(incoming)
    assert [run(put(incoming, ticket, b"x" * 10))[0] for _ in range(2)] == [204, 403]


@pytest.mark.parametrize(
    ("chunks", "headers"),
    [
        ([b"x" * 10], {"content_length": "11"}),
        ([b"x" * 11], {"content_length": "11"}),
        ([b"x" * 6, b"x" * 6], {}),
        ([b"x" * 1_100_000, b"x"], {}),
        ([b"x" * 9], {}),
        ([b"x" * 9], {"content_length": "9"}),
    ],
)
def test_another_size_than_announced_is_refused_declared_or_not(incoming, tmp_path, chunks, headers):
    status, words = run(put(incoming, asked(incoming), *chunks, **headers))
    assert (status, "Load it again" in words) == (413, True)
    assert files(tmp_path) == []
    assert arrived(incoming) is None


def test_a_browser_that_leaves_in_the_middle_leaves_nothing(incoming, tmp_path):
    async def look():
        seen.append(files(tmp_path))

    seen = []
    assert run(put(incoming, asked(incoming, 3_000_000), b"x" * 1_500_000, end="gone", while_open=look))[0] == 408
    assert len(seen[0]) == 1
    assert files(tmp_path) == []
    assert run(put(incoming, asked(incoming), b"x" * 10))[0] == 204


def test_a_browser_that_falls_silent_is_not_waited_for(incoming, tmp_path):
    assert run(put(incoming, asked(incoming), b"x", end="silent", quiet_seconds=0.01))[0] == 408
    assert files(tmp_path) == []


def test_a_second_file_of_a_session_waits_until_the_first_is_there(incoming):
    async def second():
        statuses.append((await put(incoming, ticket, b"x" * 10))[0])

    statuses = []
    ticket = asked(incoming)
    assert run(put(incoming, ticket, b"x", end="gone", while_open=second))[0] == 408
    assert statuses == [403]


def test_a_disk_that_runs_full_on_the_way_is_told(tmp_path):
    free = iter([1 << 30, 1 << 30, 0, 0])
    with closing(Incoming(lambda _: True, stage=lambda: temporary_staging(tmp_path), free=lambda _: next(free))) as incoming:
        status, words = run(put(incoming, asked(incoming, 3_000_000), b"x" * 1_500_000, b"x" * 1_500_000))
        assert (status, "Free some space" in words) == (413, True)
        assert files(tmp_path) == []


def test_the_end_of_the_server_leaves_nothing(incoming, tmp_path):
    async def serve():
        async with receiving(incoming):
            assert (await put(incoming, asked(incoming), b"x" * 10))[0] == 204
            assert len(files(tmp_path)) == 1

    run(serve())
    assert files(tmp_path) == []


SERVE = """
import socket, sys
from pathlib import Path
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from pages._server.budget import UploadBudget
from pages._server.headers import SecurityHeaders
from pages._server.large_files import browser_of, large_file_route
from pages._server.same_host import SameHost
from roi_core.workspace import temporary_staging
from roi_core.workspace.incoming import Incoming
incoming = Incoming(lambda _: True, stage=lambda: temporary_staging(Path(sys.argv[1])))
ticket = incoming.ask("ann", bytes.fromhex(sys.argv[2]), "big.csv", int(sys.argv[3]))
listening = socket.create_server(("127.0.0.1", 0))
print(listening.getsockname()[1], ticket, flush=True)
app = Starlette(routes=[large_file_route(incoming)], middleware=[Middleware(one) for one in (SecurityHeaders, SameHost, UploadBudget)])
uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off")).run([listening])
"""
CHUNK = b"x" * (1 << 20)
MEGABYTES = 500
MOST_GROWTH = 30 << 20


def test_half_a_gigabyte_goes_to_disk_and_not_into_memory(tmp_path):
    size = MEGABYTES * len(CHUNK)
    command = [sys.executable, "-c", SERVE, str(tmp_path), SECRET.hex(), f"{size}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        port, ticket = server.stdout.readline().split()
        with closing(http.client.HTTPConnection("127.0.0.1", int(port), timeout=60)) as connection:
            answer, growth = _stream(connection, psutil.Process(server.pid), ticket, size)
        (file,) = files(tmp_path)
        assert file.stat().st_size == size
        server.terminate()
    assert answer.status == 204
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert growth < MOST_GROWTH


def _stream(connection, server, ticket, size):
    """The answer, and by how many bytes the server grew at most."""
    connection.request("GET", PATH)
    assert connection.getresponse().read() is not None
    before, most = server.memory_info().rss, 0
    connection.putrequest("PUT", PATH)
    origin = f"http://127.0.0.1:{connection.port}"
    for name, value in {"Origin": origin, "Sec-Fetch-Site": "same-origin", "Cookie": cookie(), TICKET: ticket, "Content-Length": size}.items():
        connection.putheader(name, value)
    connection.endheaders()
    for _ in range(MEGABYTES):
        connection.send(CHUNK)
        most = max(most, server.memory_info().rss)
    return connection.getresponse(), max(most, server.memory_info().rss) - before
