"""Whether a file is Western European is asked with both readings of a word, and the answer reads it and the next one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from roi_core.ingest import take_in
from roi_core.ingest.intake import FileReport, read_as
from roi_core.ingest.letters import SUBJECT
from roi_core.ingest.plan import Plan
from roi_core.workspace import Workspace

pytestmark = pytest.mark.usefixtures("read_here")

HEADERS = ("customer_id,company,started_at", "customer_id,company,started_at,メモ")
COMPANIES = ("株式会社ひかり", "さくら商店", "ふじ工業", "みどり電機")


def japanese(header: str = HEADERS[0], names: tuple[str, ...] = COMPANIES) -> bytes:
    cell = ",さようなら" if header == HEADERS[1] else ""
    return "".join(f"{line}\n" for line in (header, *(f"{n},{name},2024-01-0{n}{cell}" for n, name in enumerate(names, 1)))).encode("shift_jis")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.temporary(tmp_path) as made:
        yield made


def companies(workspace: Workspace) -> set[str]:
    return set(workspace.vault.labels("company").values())


def asked(report: FileReport) -> list[str]:
    return [question["key"] for question in report.questions]


def test_both_readings_of_a_word_are_shown_and_none_of_them_is_all_of_it(workspace: Workspace) -> None:
    (report,) = take_in([("c.csv", japanese())], workspace).files
    (question,) = report.questions
    assert (question["key"], question["subject"], question["best"]) == (SUBJECT, "encoding", "cp1252")
    shown = {way["answer"]: way["example"] for way in question["ways"]}
    assert list(shown)[:2] == ["cp1252", "shift_jis"]
    start = shown["shift_jis"].partition("…")[0].strip('"')
    assert start
    assert any(start in name and start != name for name in COMPANIES)


@pytest.mark.parametrize("header", HEADERS, ids=["plain headers", "a header in Japanese"])
def test_the_answer_reads_every_row_and_the_next_file_is_not_asked_about(header: str, workspace: Workspace) -> None:
    (report,) = take_in([("c.csv", japanese(header))], workspace).files
    assert report.rows is not None
    assert report.rows.loaded < len(COMPANIES), "bytes that cp1252 does not have"
    again = read_as(workspace, workspace.reports()[0], Plan(answers={SUBJECT: "shift_jis"}))
    assert again is not None
    (read,) = again.files
    assert read.rows is not None
    assert (read.rows.loaded, read.rows.quarantined, asked(read)) == (len(COMPANIES), 0, [])
    assert "its text is not UTF-8 and was read as shift_jis, as you said." in read.notes
    assert set(COMPANIES) <= companies(workspace)
    (later,) = take_in([("next.csv", japanese(header, (*COMPANIES, "あおぞら銀行")))], workspace).files
    assert asked(later) == []
    assert "あおぞら銀行" in companies(workspace)


def test_the_western_reading_can_be_confirmed(workspace: Workspace) -> None:
    take_in([("c.csv", japanese())], workspace)
    again = read_as(workspace, workspace.reports()[0], Plan(answers={SUBJECT: "cp1252"}))
    assert again is not None
    assert [asked(report) for report in again.files] == [[]]


def test_an_encoding_that_was_not_offered_is_no_answer(workspace: Workspace) -> None:
    take_in([("c.csv", japanese())], workspace)
    again = read_as(workspace, workspace.reports()[0], Plan(answers={SUBJECT: "utf-7"}))
    assert again is not None
    assert not set(COMPANIES) <= companies(workspace)


def test_western_text_is_not_asked_about(workspace: Workspace) -> None:
    western = "customer_id,company,started_at\n1,Müller Söhne,2024-01-01\n2,José SA,2024-01-02\n".encode("cp1252")
    assert [asked(report) for report in take_in([("c.csv", western)], workspace).files] == [[]]
