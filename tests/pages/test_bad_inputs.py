"""The bad inputs, but for the few that are bad by their size, in one work: no page shows a path of the machine, a traceback, or a failure of the program."""

import re
from pathlib import Path

import pytest

from pages._parts.incident import show_error
from tests.ingest.ninety import CASES
from tests.ingest.ninety.case import PATHS
from tests.pages.app import PAGES, calm, said, visit
from tests.pages.conftest import saved

_SMALL = 1 << 16
_IN_AN_UPLOAD = "etc/passwd"


@pytest.fixture(scope="module")
def work(session_home: Path) -> str:
    return saved(session_home, *(case.upload for case in CASES if isinstance(case.content, bytes) and len(case.content) <= _SMALL))


@pytest.mark.parametrize("key", PAGES)
def test_a_page_shows_no_path_and_no_traceback(key: str, work: str, session_home: Path) -> None:
    shown = said(calm(visit(key, work=work)))
    assert "Something went wrong" not in shown
    assert str(session_home) not in shown
    assert [found[0] for found in re.finditer(PATHS, shown) if _IN_AN_UPLOAD not in shown[found.start() : found.end() + 40]] == []


def test_an_incident_is_one_line_of_the_log_without_its_message(caplog: pytest.LogCaptureFixture) -> None:
    class Forged(Exception):
        """A message that would write a line of its own."""

    Forged.__name__ = "Forged\r\nERROR forged line"
    try:
        raise Forged("ann@firm.example owes 1234\r\nERROR forged line")  # noqa: TRY301
    except Forged as error:
        show_error(error)
    (record,) = [record for record in caplog.records if record.name == "support_roi"]
    assert not {"\r", "\n"} & set(record.getMessage())
    assert "ann@firm.example" not in record.getMessage()
