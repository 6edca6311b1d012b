"""How long a user waits before anything happens: imports, and the web server until it answers."""

import subprocess
import sys
from collections.abc import Iterator

from benchmarks.timing import Figure, seconds
from roi_core.cli.serve import any_port, app_folder, wait_until_it_answers


def figures() -> Iterator[Figure]:
    """Medians of five fresh processes each."""
    yield Figure("a Python that does nothing", seconds(lambda: _python("pass")), "s")
    yield Figure("import roi_core", seconds(lambda: _python("import roi_core")), "s")
    yield Figure("support-roi --help", seconds(lambda: _python("from roi_core.cli.arguments import parser; parser().format_help()")), "s")
    yield Figure("app until it answers", seconds(_app), "s")


def _python(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True)


def _app() -> None:
    port = any_port()
    command = [sys.executable, "-m", "streamlit", "run", str(app_folder() / "app.py"), "--server.port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        wait_until_it_answers(server, port)
        server.terminate()
