"""Your files: questions about the text itself are answered on the page, and the file is read again."""

from pathlib import Path

import pytest

from roi_core.sentences import say
from roi_core.workspace import Workspace
from tests.ingest.test_encoding_asked import COMPANIES, japanese
from tests.ingest.test_header_asked import BARE
from tests.ingest.test_one_currency import BILLS
from tests.pages.app import calm, visit
from tests.pages.conftest import saved

CASES = {"encoding": (japanese(), "shift_jis"), "currency": (BILLS, "USD"), "header": (BARE, "names")}


@pytest.mark.parametrize("subject", CASES)
def test_the_answer_reads_the_file_and_closes_the_question(subject: str, session_home: Path) -> None:
    content, answer = CASES[subject]
    work = saved(session_home, ("t.csv", content))
    app = calm(visit("data", work=work))
    (radio,) = app.radio
    assert radio.label == say(f"asked.{subject}")
    assert len(set(radio.options)) == len(radio.options) > 1
    radio.set_value(answer)
    app = calm(app.button(key="ask_own_0_read").click().run())
    assert not app.radio
    if subject == "encoding":
        assert set(COMPANIES) <= set(Workspace.open(None, work).vault.labels("company").values())
