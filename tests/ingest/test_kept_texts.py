"""What customers wrote: dropped, or kept encrypted where the user asked for it."""

import csv
import io
import os
import time
from pathlib import Path

import pytest

from roi_core.errors import NotSaved
from roi_core.ingest import kept_texts, take_in
from roi_core.ingest.identify import identify
from roi_core.ingest.kept_texts import written_in
from roi_core.ingest.limits import LIMITS
from roi_core.ingest.mapping import Choices
from roi_core.ingest.one_table import quarantine_key
from roi_core.ingest.read_table import read_table
from roi_core.ingest.take_out import take_out
from roi_core.schema.parts import KEEP_TEXTS, QUARANTINE, TEXTS
from roi_core.workspace import Workspace, forget_older, sweep

WRITTEN = "My card ends in 4711"
TICKETS = f"""ticket_id,subject,created_at
7,"{WRITTEN}
please, help",2024-01-02 10:00
8,,2024-01-03 10:00
9,one field too many,2024-01-04 10:00,x
""".encode()
CUSTOMERS = b"customer_id,email,started_at\nC1,ada@x.example,2023-01-01\n"


@pytest.fixture
def workspace(tmp_path: Path):
    with Workspace.temporary(tmp_path) as made:
        yield made


def kept(workspace: Workspace) -> list[list[str]]:
    (report,) = [report for report in workspace.reports() if report["entity"] == "tickets"]
    text = workspace.vault.get(TEXTS, quarantine_key(report["source"], report["member"]))
    return list(csv.reader(io.StringIO(text))) if text else []


def in_the_vault(workspace: Workspace) -> str:
    return "".join(text for kind in workspace.vault.kinds() for text in workspace.vault.labels(kind).values())


def test_they_are_dropped_where_nobody_asked(workspace: Workspace) -> None:
    take_in([("t.csv", TICKETS)], workspace)
    assert kept(workspace) == []
    assert WRITTEN not in in_the_vault(workspace)


@pytest.mark.parametrize("header", ["body", "Description", "Nachricht"])
def test_what_stands_in_a_ticket_is_dropped_unless_it_is_asked_for(workspace: Workspace, tmp_path: Path, header: str) -> None:
    content = f"ticket_id,created_at,{header}\n7,2024-01-02 10:00,{WRITTEN}\n"
    said = {
        "files": {"t.csv": {"entity": "tickets", "columns": {"ticket_id": "tickets.ticket_id", "created_at": "tickets.created_at", header: "tickets.body"}}}
    }
    take_in([("t.csv", content.encode())], workspace, None if header == "body" else said)
    assert kept(workspace) == []
    workspace.remember(KEEP_TEXTS, value=True)
    take_in([("later.csv", content.replace("7,", "8,").encode())], workspace)
    (text,) = workspace.vault.labels(TEXTS).values()
    assert list(csv.reader(io.StringIO(text)))[1] == ["2", "8", WRITTEN]
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and WRITTEN.encode() in path.read_bytes()]


def test_they_are_kept_by_line_and_id_for_rows_that_loaded(workspace: Workspace, tmp_path: Path) -> None:
    workspace.remember(KEEP_TEXTS, value=True)
    take_in([("t.csv", TICKETS), ("c.csv", CUSTOMERS)], workspace)
    assert kept(workspace) == [["line", "ticket_id", "subject"], ["2", "7", f"{WRITTEN}\nplease, help"], ["4", "8", ""]]
    assert list(workspace.vault.labels(TEXTS)) == [quarantine_key(workspace.reports()[0]["source"], None)], "customers write nothing in their file"
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and WRITTEN.encode() in path.read_bytes()]


def test_they_go_with_the_older_versions_that_held_them(workspace: Workspace) -> None:
    workspace.remember(KEEP_TEXTS, value=True)
    take_in([("t.csv", TICKETS), ("c.csv", CUSTOMERS)], workspace)
    take_out(workspace, next(report for report in workspace.reports() if report["entity"] == "tickets"))
    assert workspace.vault.labels(TEXTS), "the removal can be undone"
    forget_older(workspace)
    assert not workspace.vault.labels(TEXTS)


@pytest.mark.parametrize(("rows", "size", "left"), [(2, 1 << 20, 3), (100, 15, 3), (100, 1 << 20, 0)])
def test_of_many_the_first_are_kept_and_the_rest_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int, size: int, left: int) -> None:
    monkeypatch.setattr(kept_texts, "MOST_ROWS", rows)
    monkeypatch.setattr(kept_texts, "MOST_BYTES", size)
    path = tmp_path / "t.csv"
    path.write_text("ticket_id,subject,created_at\n" + "".join(f't{n},"a ""{n}""",2024-01-02 10:00\n' for n in range(5)))
    text = read_table(path, "t.csv", tmp_path, LIMITS)
    written = written_in(text, identify(text, "t.csv", Choices.of({})))
    lines = list(csv.reader(io.StringIO(written.csv)))
    assert (lines[0], lines[1], written.more) == (["line", "ticket_id", "subject"], ["2", "t0", 'a "0"'], left)
    more = [["4", "", "and 3 more from this line on, which are not kept"]] if left else []
    assert (lines[6 - left :], bool(written.notes)) == (more, bool(left))


def _refuse(*_: object, **__: object) -> None:
    raise NotSaved.busy()


def test_a_load_that_fails_takes_along_what_it_sealed(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace.remember(KEEP_TEXTS, value=True)
    monkeypatch.setattr(Workspace, "advance", _refuse)
    with pytest.raises(NotSaved):
        take_in([("t.csv", TICKETS)], workspace)
    assert not {TEXTS, QUARANTINE} & set(workspace.vault.kinds())


def test_rows_that_no_version_names_are_swept_after_an_hour(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path)
    workspace.remember(KEEP_TEXTS, value=True)
    workspace.advance(reports=lambda _: [{"source": "b" * 64, "member": None}])
    for source in ("a" * 64, "b" * 64):
        workspace.vault.put_many(TEXTS, {quarantine_key(source, None): WRITTEN})
    sweep(tmp_path)
    assert len(workspace.vault.labels(TEXTS)) == 2, "a load may still be running"
    os.utime(workspace.vault_path, times=(time.time() - 7200,) * 2)
    sweep(tmp_path)
    assert workspace.vault.labels(TEXTS) == {quarantine_key("b" * 64, None): WRITTEN}
