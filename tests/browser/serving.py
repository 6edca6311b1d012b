"""A server of the app that can be stopped and started again at the same address."""

import os
import subprocess
import sys
from pathlib import Path

from roi_core.cli.serve import any_port, wait_until_it_answers

ROOT = Path(__file__).resolve().parents[2]


class Server:
    """The app over one home of saved work."""

    def __init__(self, home: Path) -> None:
        self._env = os.environ | {"SUPPORT_ROI_HOME": str(home)}
        self._port = any_port()
        self.address = f"http://localhost:{self._port}"
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns once it answers."""
        command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), "--server.port", str(self._port)]
        self._running = subprocess.Popen(command, cwd=ROOT, env=self._env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until_it_answers(self._running, self._port)

    def kill(self) -> None:
        """Ends it at once, as a power cut does."""
        if self._running:
            self._running.kill()
            self._running.wait()
            self._running = None
