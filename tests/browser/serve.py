"""A real server on a home that a test has filled, and everything that it logs."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from roi_core.cli.serve import any_port, app_folder, wait_until_it_answers

LOG = "server.log"


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """Address of the app; stdout and stderr are in `server.log` beside the home's folders."""
    port = any_port()
    command = [sys.executable, "-m", "streamlit", "run", str(app_folder() / "app.py"), "--server.port", str(port)]
    with (home / LOG).open("ab") as log, subprocess.Popen(command, env=os.environ | {"SUPPORT_ROI_HOME": str(home)}, stdout=log, stderr=log) as server:
        try:
            wait_until_it_answers(server, port)
            yield f"http://localhost:{port}"
        finally:
            server.terminate()
