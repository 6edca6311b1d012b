"""The log of the server: what went wrong and where, never with whose data."""

import asyncio
import io
import logging
import subprocess
import sys
from pathlib import Path

import pytest

from pages._server.log import take_text_out, without_text

ROOT = Path(__file__).resolve().parents[1]
OWES = "ann@firm.example owes 1234"


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What a logger of Streamlit writes, with the factory of records put back afterwards."""
    text, before = io.StringIO(), logging.getLogRecordFactory()
    handler = logging.StreamHandler(text)
    for name in ("streamlit.runtime.backend_operation_handler", "streamlit.error_util", "asyncio"):
        monkeypatch.setattr(logging.getLogger(name), "handlers", [handler])
        monkeypatch.setattr(logging.getLogger(name), "filters", [])
    take_text_out()
    yield text
    logging.setLogRecordFactory(before)


def fail() -> None:
    raise ValueError(OWES)


def test_a_caught_error_is_one_line_without_its_text_and_its_folders(written: io.StringIO) -> None:
    try:
        fail()
    except ValueError:
        logging.getLogger("streamlit.runtime.backend_operation_handler").exception("Error executing %s", OWES)
    (line,) = written.getvalue().splitlines()
    assert line.startswith("ValueError at test_log.py:")
    assert OWES not in line
    assert str(ROOT) not in line


def test_a_line_without_an_error_stays_as_it_is(written: io.StringIO) -> None:
    logging.getLogger("streamlit.runtime.backend_operation_handler").warning("No handler for %s", "x")
    assert written.getvalue() == "No handler for x\n"


def test_what_a_page_shows_is_not_logged_twice(written: io.StringIO) -> None:
    try:
        fail()
    except ValueError as error:
        logging.getLogger("streamlit.error_util").warning("Uncaught app execution", exc_info=error)
    assert written.getvalue() == ""


def test_a_task_that_nobody_waits_for_leaves_no_text(written: io.StringIO) -> None:
    loop = asyncio.new_event_loop()
    loop.call_exception_handler({"message": "Task exception was never retrieved", "exception": ValueError(OWES)})
    loop.close()
    assert "ValueError" in written.getvalue()
    assert OWES not in written.getvalue()


def test_the_name_of_an_error_cannot_forge_a_line() -> None:
    forged = type("Forged\r\nERROR", (Exception,), {})
    assert "\n" not in without_text(forged())


def test_the_app_takes_the_text_out_from_its_start_on() -> None:
    code = f"import app, logging\ntry:\n    raise ValueError({OWES!r})\nexcept ValueError:\n    logging.getLogger('any').exception('x')"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "ValueError at <string>:3" in done.stderr
    assert OWES not in done.stderr
