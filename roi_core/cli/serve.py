"""`support-roi app`: the web server in a process of its own, the browser once it answers."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import webbrowser
from argparse import Namespace
from pathlib import Path

from roi_core.errors import AppNotStarted

_HOST = "127.0.0.1"
_USUAL_PORTS = range(8501, 8511)
_MOST_STARTS = 3
_PATIENCE_SECONDS = 60.0
_BETWEEN_LOOKS_SECONDS = 0.1


def app(arguments: Namespace) -> int:
    """Serves the app until it is stopped with Ctrl-C, or ended by the system. A port taken meanwhile is left for the next free one."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    return _started(_MOST_STARTS, browser=not arguments.no_browser)


def _started(starts: int, *, browser: bool) -> int:
    port = free_port()
    try:
        return _serve(port, browser=browser)
    except AppNotStarted:
        if starts == 1 or _can_bind(port):
            raise
    return _started(starts - 1, browser=browser)


def _serve(port: int, *, browser: bool) -> int:
    """Exit code of a server at this port. Raises AppNotStarted where it did not come up, also where another program answers there."""
    with _server(port) as server:
        try:
            wait_until_it_answers(server, port)
            address = f"http://localhost:{port}"
            print(f"Support ROI is at {address}  (Ctrl-C stops it)", flush=True)
            if browser:
                webbrowser.open(address)
            server.wait()
        except KeyboardInterrupt:
            return 0
        finally:
            server.terminate()
    if server.returncode and not _can_bind(port):
        raise AppNotStarted.ended(server.returncode)
    return 1 if server.returncode else 0


def app_folder() -> Path:
    """Where app.py, the pages and their configuration are: inside the installed package, or at the root of a checkout."""
    package = Path(__file__).resolve().parents[1]
    shipped = package / "_app"
    return shipped if shipped.is_dir() else package.parent


def free_port() -> int:
    """A usual port where one is free, so that the address of saved work stays the same, else any."""
    return next((port for port in _USUAL_PORTS if _can_bind(port)), 0) or any_port()


def wait_until_it_answers(server: subprocess.Popen[bytes], port: int) -> None:
    """Returns once the web server is healthy. Raises AppNotStarted where it ends first, or takes more than a minute."""
    for _ in range(int(_PATIENCE_SECONDS / _BETWEEN_LOOKS_SECONDS)):
        if _answers(port):
            return
        try:
            server.wait(_BETWEEN_LOOKS_SECONDS)
        except subprocess.TimeoutExpired:
            continue
        raise AppNotStarted.ended(server.returncode)
    raise AppNotStarted.silent(_PATIENCE_SECONDS)


def _server(port: int) -> subprocess.Popen[bytes]:
    """Streamlit finds its configuration beside app.py. Python must not import from the folder that the user happens to be in."""
    command = [sys.executable, "-m", "streamlit", "run", str(app_folder() / "app.py"), "--server.port", str(port)]
    return subprocess.Popen(command, env=os.environ | {"PYTHONSAFEPATH": "1"}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection(_HOST, port, timeout=1)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def _can_bind(port: int) -> bool:
    with socket.socket() as probe:
        if sys.platform != "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port))
        except OSError:
            return False
    return True


def any_port() -> int:
    """A port that the system has to spare."""
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        return int(probe.getsockname()[1])
