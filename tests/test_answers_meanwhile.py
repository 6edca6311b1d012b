"""While a hostile file is read in the killable child, the server that started the reading answers everybody else."""

import http.client
import os
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from statistics import median

import pytest

from roi_core.cli.serve import any_port, app_folder, wait_until_it_answers
from tests.ingest.archives import zipped
from tests.ingest.workbooks import parts, shared, sheet

SERVER = """
import sys, threading
from dataclasses import replace
from pathlib import Path
import uvicorn
from app import app
from roi_core.ingest.limits import LIMITS
from roi_core.ingest.run import Order, read_files

def read():
    sys.stdin.readline()
    entries = read_files([Path(sys.argv[2])], Path(sys.argv[3]), Order(b"k" * 32), lambda *_: None, replace(LIMITS, resident_bytes=600 << 20, seconds=10))
    print(entries[0].get("refused", "loaded"), flush=True)

threading.Thread(target=read, daemon=True).start()
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="critical")
"""
ANSWERS = ("/_stcore/health", "/", "/methods")


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A workbook of 400 KB whose cells are 4 GB of one text."""
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c><c r="B{n}" t="s"><v>0</v></c></row>' for n in range(1, 10_000))
    path = tmp_path / "hostile.xlsx"
    path.write_bytes(zipped(parts(sheet(cells), sharedStrings=shared("x" * 200_000))))
    return path


def seconds_to_answer(port: int, path: str) -> float:
    started = time.monotonic()
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200
    return time.monotonic() - started


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe is not waited for there")
def test_the_app_answers_in_under_a_second_while_a_hostile_workbook_is_read(hostile: Path, tmp_path: Path) -> None:
    port, staging = any_port(), tmp_path / "staging"
    staging.mkdir()
    home = {"SUPPORT_ROI_HOME": str(tmp_path / "home")}
    command = [sys.executable, "-c", SERVER, str(port), str(hostile), str(staging)]
    with subprocess.Popen(command, cwd=app_folder(), env=os.environ | home, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        wait_until_it_answers(server, port)
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write("read\n")
        server.stdin.flush()
        os.set_blocking(server.stdout.fileno(), False)
        took, said = list[float](), ""
        while not said and len(took) < 600:
            took += [seconds_to_answer(port, path) for path in ANSWERS]
            said = server.stdout.readline() or ""
            time.sleep(0.05)
        server.terminate()
    assert "could not be read" in said
    assert len(took) >= len(ANSWERS) * 3
    assert median(took) < 1, sorted(took)
