"""Every bad input of the table of reliability: its outcome, its words, every row accounted for, and no word of the machine."""

import ast
import csv
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from roi_core.ingest import inspect, take_in
from roi_core.ingest.dump import QUARANTINED, stem_beside
from roi_core.ingest.limits import FROM_DISK, LIMITS
from roi_core.workspace import Workspace
from tests.ingest.ninety import CASES, COVERED_ELSEWHERE, TOLD
from tests.ingest.ninety.case import PATHS, TICKETS, Bad, Outcome, tickets
from tests.ingest.ninety.case import csv as csv_of

Entry = Mapping[str, Any]
ROOT = Path(__file__).parents[2]
_UNKNOWN = "no known export has these headers"
"""A question that any table of our own making is asked, and that says nothing about what is bad in it."""
_SMALL = 100_000
_MOST_SECONDS = 10.0
"""Five times what the design promises, with the start of the reading process; the machine may be busy."""


@pytest.fixture(scope="module")
def uploads() -> Mapping[str, tuple[str, bytes]]:
    """By the id of the case; some take a while to make."""
    return {case.id: case.upload for case in CASES}


@pytest.fixture(scope="module")
def outcomes(uploads: Mapping[str, tuple[str, bytes]], tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Entry]]:
    """What became of each upload, by the id of its case, all read in one run; `aside` holds (line, reason) of the rows set aside."""
    folder, written = tmp_path_factory.mktemp("dump"), set[str]()
    entries = inspect(list(uploads.values()), folder, LIMITS)["files"]
    found: dict[str, list[Entry]] = {case.id: [] for case in CASES}
    shown = _names_in_order(entries)
    assert len(shown) == len(CASES)
    for case, name in zip(CASES, shown, strict=True):
        while entries and entries[0]["file"] == name:
            entry = entries.pop(0)
            found[case.id].append(entry if "refused" in entry else entry | {"aside": _aside(folder, stem_beside(written, entry["member"] or name))})
    return found


def _names_in_order(entries: Sequence[Entry]) -> list[str]:
    return [entry["file"] for before, entry in zip([None, *entries], entries, strict=False) if before is None or entry["file"] != before["file"]]


def _aside(folder: Path, stem: str) -> list[tuple[int, str]]:
    with (folder / f"{stem}{QUARANTINED}").open(encoding="utf-8", newline="") as file:
        return [(int(row["line"]), row["reason"]) for row in csv.DictReader(file)]


def _told(entries: Sequence[Entry]) -> list[str]:
    """Every sentence that a user reads about an upload."""
    refused = [entry["refused"] for entry in entries if "refused" in entry]
    notes = [note for entry in entries for note in entry.get("notes", ())]
    return [*refused, *notes, *(f"line {line}: {reason}" for entry in entries for line, reason in entry.get("aside", ()))]


def _asked(entries: Sequence[Entry]) -> list[Mapping[str, Any]]:
    """Questions that the user can answer, each with its readings."""
    return [question for entry in entries for question in entry.get("questions", ())]


def _happened(case: Bad, entries: Sequence[Entry]) -> set[Outcome]:
    """A case is asked about where a question with two readings is open; a note in words is enough only for those of `TOLD`."""
    told = _told(entries)
    happened = {Outcome.REFUSE if "refused" in entry else Outcome.OK for entry in entries}
    in_words = any(note.startswith("ask: ") and _UNKNOWN not in note for note in told)
    if _asked(entries) or (in_words and (case.id in TOLD or case.outcome is not Outcome.ASK)):
        happened.add(Outcome.ASK)
    if any(entry.get("aside") for entry in entries) or any("cannot be read and are left blank" in note for note in told):
        happened.add(Outcome.QUAR)
    return happened


@pytest.mark.parametrize("case", [pytest.param(c, id=c.id) for c in CASES])
def test_a_bad_input_ends_as_promised(case: Bad, outcomes: dict[str, list[Entry]]) -> None:
    entries = outcomes[case.id]
    told = _told(entries)
    happened = _happened(case, entries)
    assert case.outcome in happened, told
    assert case.outcome is not Outcome.OK or not happened & {Outcome.QUAR, Outcome.ASK}, told
    assert [text for text in case.says if not any(text in one for one in told)] == [], told
    assert [text for text in case.never if any(text in one for one in (*told, *(entry["file"] for entry in entries)))] == []
    assert case.encoding is None or entries[0]["encoding"] == case.encoding
    assert case.delimiter is None or entries[0]["delimiter"] == case.delimiter
    if case.counts:
        read = [entry["rows"] for entry in entries if "rows" in entry]
        assert tuple(sum(rows[key] for rows in read) for key in ("records", "loaded", "quarantined", "not_data")) == case.counts, told


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_no_row_is_lost_and_no_message_speaks_of_the_machine(case: Bad, outcomes: dict[str, list[Entry]]) -> None:
    entries = outcomes[case.id]
    assert entries
    assert [entry["rows"]["unaccounted"] for entry in entries if "rows" in entry] == [0] * sum("rows" in entry for entry in entries)
    assert [len(entry["aside"]) for entry in entries if "aside" in entry] == [entry["rows"]["quarantined"] for entry in entries if "aside" in entry]
    assert [text for text in _told(entries) if _speaks_of_the_machine(text, case)] == []


def test_all_of_them_at_once_leave_a_workspace_whole_and_its_staging_empty(uploads: Mapping[str, tuple[str, bytes]], tmp_path: Path) -> None:
    """One of each number; the whole of them was read in one run, apart from a workspace."""
    of_each = {case.number: case for case in reversed(CASES)}.values()
    dropped = [uploads[case.id] for case in of_each if len(uploads[case.id][1]) <= _SMALL]
    with Workspace.temporary(tmp_path) as workspace:
        take_in([("good.csv", csv_of(TICKETS, *tickets(3)))], workspace)
        intake = take_in(dropped, workspace)
        assert len(intake.files) >= len(dropped) > len(of_each) - 12
        assert [report.file for report in intake.files if report.rows and report.rows.unaccounted] == []
        assert len(workspace.reports()) == len(intake.files) + 1
        assert not list((workspace.folder / "staging").iterdir())
        workspace.verify()


def _speaks_of_the_machine(text: str, case: Bad) -> bool:
    """A path, a traceback or a fault of ours, unless the upload itself holds it as a name."""
    found = re.search(PATHS, text)
    return "fault of the program" in text or (found is not None and found.group().encode() not in case.upload[1])


def test_an_input_that_loads_clean_is_not_called_bad(outcomes: dict[str, list[Entry]]) -> None:
    """The harness can fail: a clean file has no outcome but OK, and words alone are no question."""
    by_id = {case.id: case for case in CASES}
    assert _happened(by_id["20-no-line-end-at-the-end"], outcomes["20-no-line-end-at-the-end"]) == {Outcome.OK}
    assert _happened(by_id["01-no-bytes"], outcomes["01-no-bytes"]) == {Outcome.REFUSE}
    entries = [{**entry, "questions": []} for entry in outcomes["46-day-or-month"]]
    assert any(note.startswith("ask: ") for note in _told(entries))
    assert Outcome.ASK not in _happened(by_id["46-day-or-month"], entries)


def test_every_question_shows_two_readings_that_differ(outcomes: dict[str, list[Entry]]) -> None:
    questions = [question for entries in outcomes.values() for question in _asked(entries)]
    assert len(questions) > 5
    assert all(len({way["example"] for way in question["ways"]}) > 1 for question in questions)


def test_what_is_only_told_is_declared_with_its_reason_and_has_no_question(outcomes: dict[str, list[Entry]]) -> None:
    assert set(TOLD) <= {case.id for case in CASES if case.outcome is Outcome.ASK}
    assert all(TOLD.values())
    assert [id for id in TOLD if _asked(outcomes[id])] == [], "asked by now: take it off the list"


def test_a_table_of_too_many_rows_is_refused_and_never_cut() -> None:
    limits = replace(LIMITS, rows=5)
    few, many = (inspect([("t.csv", csv_of(TICKETS, *tickets(rows)))], limits=limits)["files"][0] for rows in (5, 6))
    assert few["rows"]["loaded"] == 5
    assert many["refused"] == '"t.csv": the number of rows is 6; the limit is 5. Export a shorter period, or split the file.'
    assert FROM_DISK.rows is None


def test_quotes_and_commas_alone_take_no_time() -> None:
    """The sniffer of the standard library takes 12 seconds over these 40 KB."""
    started = time.monotonic()
    (entry,) = inspect([("q.csv", b'",' * 20_000)], limits=LIMITS)["files"]
    assert "refused" in entry
    assert time.monotonic() - started < _MOST_SECONDS


def test_all_ninety_numbers_are_covered() -> None:
    assert {case.number for case in CASES} | set(COVERED_ELSEWHERE) == set(range(1, 91))
    assert len({case.id for case in CASES}) == len(CASES)


@pytest.mark.parametrize(("number", "place"), [(number, place) for number, places in COVERED_ELSEWHERE.items() for place in places])
def test_what_is_covered_elsewhere_is_there(number: int, place: str) -> None:
    file, _, name = place.partition("::")
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, f"row {number} of the table"
