"""Files into a workspace: published together, reported, nothing left behind, the same file once."""

import hashlib
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from roi_core.errors import NotSaved
from roi_core.ingest import intake as intake_module
from roi_core.ingest import take_in
from roi_core.ingest.ledger import RowLedger
from roi_core.ingest.one_table import QUARANTINE, quarantine_key
from roi_core.workspace import Workspace
from tests.ingest.archives import zipped

CUSTOMERS = b"customer_id,email,company,started_at\nC1,ada@secret.example,Secret Ltd,2023-01-01\nC2,bob@other.example,Other Inc,2023-02-01\n"
TICKETS = (
    b"ticket_id,email,created_at\n1,ada@secret.example,2024-01-01 10:00:00\n2,bob@other.example,2024-01-02 10:00:00\n"
    b"3,one field too many,2024-01-02,x\n,no-id@other.example,2024-01-03 10:00:00\n"
)


@pytest.fixture
def workspace(tmp_path: Path):
    with Workspace.temporary(tmp_path) as made:
        yield made


def test_files_become_tables_and_reports(workspace: Workspace) -> None:
    heard: list[tuple[str, float]] = []
    intake = take_in([("c.csv", CUSTOMERS), ("t.csv", TICKETS)], workspace, progress=lambda file, share: heard.append((file, share)))
    assert [(report.file, report.entity, report.refused) for report in intake.files] == [("c.csv", "customers", None), ("t.csv", "tickets", None)]
    assert set(workspace.tables()) == {"customers", "tickets"}
    assert [{**entry, "source": None} for entry in workspace.reports()] == [{**entry, "source": None} for entry in intake.as_json()]
    assert [share for _, share in heard] == sorted(share for _, share in heard)
    assert heard[-1][1] == 1.0


def test_every_row_is_in_the_part_or_in_the_vault(workspace: Workspace) -> None:
    (report,) = take_in([("t.csv", TICKETS)], workspace).files
    assert report.rows == RowLedger(records=4, loaded=2, quarantined=2, not_data=0)
    (part,) = workspace.parts("tickets")
    assert pq.read_table(part).num_rows == 2
    aside = workspace.vault.get(QUARANTINE, quarantine_key(hashlib.sha256(TICKETS).hexdigest(), None))
    assert aside.splitlines()[0] == '"line","reason","raw"'
    assert '"3,one field too many,2024-01-02,x"' in aside
    assert '",no-id@other.example,2024-01-03 10:00:00"' in aside


def test_nothing_in_clear_stays_on_disk(workspace: Workspace, tmp_path: Path) -> None:
    take_in([("c.csv", CUSTOMERS), ("t.csv", TICKETS)], workspace)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    for secret in (b"secret.example", b"Secret Ltd", b"no-id@other"):
        assert not [path for path in files if secret in path.read_bytes()]
    assert not [path for path in files if "staging" in path.parts]


def test_the_same_customer_has_the_same_key_in_both_files(workspace: Workspace) -> None:
    take_in([("c.csv", CUSTOMERS), ("t.csv", TICKETS)], workspace)
    emails = [set(pq.read_table(workspace.parts(table)[0]).column("email").to_pylist()) for table in ("customers", "tickets")]
    assert emails[0] == emails[1]


def test_the_same_file_is_loaded_once(workspace: Workspace) -> None:
    first = take_in([("c.csv", CUSTOMERS), ("again.csv", CUSTOMERS)], workspace)
    assert 'the same bytes as "c.csv"' in first.files[1].refused
    later = take_in([("renamed.csv", CUSTOMERS)], workspace)
    assert 'the same bytes as "c.csv"' in later.files[0].refused
    assert len(workspace.parts("customers")) == 1


def test_a_second_file_of_the_same_name_takes_nothing_from_the_first(workspace: Workspace) -> None:
    other = TICKETS.replace(b"one field too many", b"another row")
    take_in([("t.csv", TICKETS)], workspace)
    take_in([("t.csv", other)], workspace)
    first, second = workspace.reports()
    assert (first["file"], second["file"]) == ("t.csv", "t.csv")
    aside = [workspace.vault.get(QUARANTINE, quarantine_key(entry["source"], entry["member"])) for entry in (first, second)]
    assert ["one field too many" in text for text in aside] == [True, False]
    assert ["another row" in text for text in aside] == [False, True]
    assert len(workspace.parts("tickets")) == 2


def test_the_order_of_files_changes_no_byte(tmp_path: Path) -> None:
    digests = []
    for order in ([("c.csv", CUSTOMERS), ("t.csv", TICKETS)], [("t.csv", TICKETS), ("c.csv", CUSTOMERS)]):
        with Workspace.temporary(tmp_path) as made:
            take_in(order, made)
            digests.append({table: pq.read_table(paths[0]).select(["row_no", "file_no"]).to_pydict() for table, paths in made.tables().items()})
    assert digests[0] == digests[1]


def test_a_mapping_takes_the_place_of_what_was_loaded_before(workspace: Workspace) -> None:
    odd = b"ref,opened,who\n1,2024-01-01,ada@secret.example\n2,2024-01-02,bob@other.example\n"
    unknown = take_in([("odd.csv", odd)], workspace)
    assert unknown.files[0].entity is None
    columns = {"ref": "tickets.ticket_id", "opened": "tickets.created_at", "who": "tickets.email"}
    mapping = {"files": {"odd.csv": {"entity": "tickets", "columns": columns}}}
    mapped = take_in([("odd.csv", odd)], workspace, mapping)
    assert mapped.files[0].entity == "tickets"
    del columns["who"]
    take_in([("odd.csv", odd)], workspace, mapping)
    assert len(workspace.parts("tickets")) == 1
    assert len(workspace.reports()) == 1
    assert "email" not in pq.read_schema(workspace.parts("tickets")[0]).names


def test_a_mapping_that_names_a_missing_column_says_which_are_there(workspace: Workspace) -> None:
    mapping = {"files": {"odd.csv": {"entity": "tickets", "columns": {"id": "tickets.ticket_id"}}}}
    (report,) = take_in([("odd.csv", b"ref,opened\n1,2024-01-01\n")], workspace, mapping).files
    assert report.refused == '"odd.csv" has no column "id". It has "ref", "opened". Choose one of these, or add the column.'


def test_a_refused_file_stops_no_other_and_is_told_in_its_place(workspace: Workspace, tmp_path: Path) -> None:
    files = [tmp_path / "missing.csv", ("e.csv", b""), ("c.csv", CUSTOMERS), tmp_path]
    intake = take_in(files, workspace)
    assert [report.refused is None for report in intake.files] == [False, False, True, False]
    assert "there is no such file" in intake.files[0].refused
    assert "it is a folder" in intake.files[3].refused
    assert not intake.all_refused
    assert str(tmp_path) not in str(intake.as_json())


def test_members_of_an_archive_are_reported_by_name(workspace: Workspace) -> None:
    intake = take_in([("all.zip", zipped({"c.csv": CUSTOMERS, "t.csv": TICKETS, ".DS_Store": b"x"}))], workspace)
    assert [(report.file, report.member, report.entity) for report in intake.files] == [("all.zip", "c.csv", "customers"), ("all.zip", "t.csv", "tickets")]
    assert '".DS_Store"' in intake.files[0].notes[0]


def test_a_run_that_fails_publishes_nothing(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError("the disk is full")

    before = workspace.digest
    monkeypatch.setattr(intake_module, "read_files", broken)
    with pytest.raises(NotSaved, match="full"):
        take_in([("c.csv", CUSTOMERS)], workspace)
    assert workspace.digest == before
    assert not list((workspace.folder / "staging").iterdir())


def test_header_only_and_blank_files_leave_the_workspace_empty(workspace: Workspace) -> None:
    intake = take_in([("h.csv", b"customer_id,email,started_at\n")], workspace)
    assert intake.files[0].rows == RowLedger(0, 0, 0, 0)
    assert not workspace.tables()
