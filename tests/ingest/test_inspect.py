"""`support-roi inspect`: the JSON of the public surface, and the dump."""

import csv
import json
import stat
from pathlib import Path

import pytest

from roi_core.ingest import inspect, report
from tests.ingest.archives import zipped
from tests.shared import shared_path

pytestmark = pytest.mark.usefixtures("read_here")

KEYS = ["file", "member", "vendor", "export", "entity", "encoding", "delimiter", "rows", "columns", "notes"]


def only(*files: object, **more: object) -> dict:
    (entry,) = inspect(list(files), **more)["files"]
    return entry


def test_an_entry_has_the_keys_of_the_public_surface_in_order() -> None:
    entry = only(("t.csv", b"ticket_id;created_at\n1;2024-01-01\n"))
    assert list(entry) == KEYS
    assert list(entry["rows"]) == ["records", "loaded", "quarantined", "not_data", "unaccounted"]
    assert [list(column) for column in entry["columns"]] == [["header", "canonical", "unit", "zone", "format"]] * 2
    assert (entry["member"], entry["encoding"], entry["delimiter"]) == (None, "utf-8", ";")
    assert json.loads(json.dumps(entry)) == entry


def test_the_real_year_is_accounted_for() -> None:
    entry = only(shared_path("data/tickets/freshdesk_ticket_export__year_masked.csv"))
    assert (entry["vendor"], entry["entity"]) == ("freshdesk", "tickets")
    assert entry["rows"] == {"records": 1183, "loaded": 1183, "quarantined": 0, "not_data": 0, "unaccounted": 0}


def test_other_real_files_are_accounted_for() -> None:
    known = {
        "data/billing/stripe_unified_payments_export__masked.csv": 1,
        "data/flat/telco_customers.csv": 7_043,
        "data/tickets/incident_event_log.zip": 141_712,
        "data/orders/online_retail.csv.gz": 541_909,
    }
    rows = [entry["rows"] for entry in inspect([shared_path(file) for file in known])["files"]]
    assert [row["records"] for row in rows] == list(known.values())
    assert [row["unaccounted"] for row in rows] == [0] * len(known)


def test_a_refused_file_is_an_entry_with_its_reason() -> None:
    assert only(("x.csv", b"%PDF-1.7")) == {
        "file": "x.csv",
        "member": None,
        "refused": '"x.csv" is a PDF document, not a table. Expected a CSV, Excel or JSON file, or a ZIP of those. '
        "Export the table as one of them and try again.",
    }


def test_the_dump_holds_every_loaded_row_as_read_and_every_other(tmp_path: Path) -> None:
    data = 'ticket_id;created_at;subject\n1;2024-01-01;"a ""b"", c"\n2;2024-01-02\n;2024-01-03;no id\nTotal;;\n'
    entry = only(("t.csv", data.encode("cp1252")), dump=tmp_path)
    assert (tmp_path / "t.loaded.csv").read_bytes() == b'"ticket_id","created_at","subject"\n"1","2024-01-01","a ""b"", c"\n'
    with (tmp_path / "t.quarantined.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert [(row[0], row[2]) for row in rows] == [("line", "raw"), ("3", "2;2024-01-02"), ("4", ";2024-01-03;no id")]
    with (tmp_path / "t.not_data.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [["line", "what", "raw"], ["5", "a total or footer that closes the table", "Total;;"]]
    assert entry["rows"] == {"records": 4, "loaded": 1, "quarantined": 2, "not_data": 1, "unaccounted": 0}


def test_the_dump_of_a_real_file_is_the_file(tmp_path: Path) -> None:
    path = shared_path("data/flat/mlc_churn.csv")
    inspect([path], dump=tmp_path)
    with path.open(newline="") as original, (tmp_path / "mlc_churn.loaded.csv").open(newline="") as dumped:
        assert list(csv.reader(dumped)) == list(csv.reader(original))


def test_repeated_stems_are_numbered(tmp_path: Path) -> None:
    one, two, three = (f"ticket_id,created_at\n{n},2024-01-01\n".encode() for n in (1, 2, 3))
    inspect([("t.csv", one), ("x.zip", zipped({"sub/t.csv": two})), ("../t.txt", three)], dump=tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        f"{stem}.{kind}.csv" for stem in ("t", "t-2", "t-3") for kind in ("loaded", "quarantined", "not_data")
    )


def test_any_file_name_is_a_name(tmp_path: Path) -> None:
    names = ["../../etc/passwd.csv", "C:\\x.csv", "CON.csv", "a\u202evsc.exe", "x" * 300 + ".csv", "\U0001f600" * 80, "<img src=x>.csv", "a\x00b.csv", ""]
    entries = inspect([(name, f"a,b\n{n},2\n".encode()) for n, name in enumerate(names)], dump=tmp_path)["files"]
    shown = ["../../etc/passwd.csv", "C:\\x.csv", "CON.csv", "a?vsc.exe", "x" * 53 + "…" + "x" * 22 + ".csv"]
    assert [entry["file"] for entry in entries] == [*shown, "\U0001f600" * 80, "<img src=x>.csv", "a?b.csv", ""]
    assert [entry["rows"]["loaded"] for entry in entries] == [1] * len(names)
    assert len(list(tmp_path.iterdir())) == 3 * len(names)


def test_no_text_of_a_report_steers_a_terminal() -> None:
    (entry,) = inspect([("a\x1b]0;x\x07.csv", b"a,b\x1b[31m\n" + "1,2\n\u202e3\n".encode())])["files"]
    assert "\x1b" not in entry["file"]
    assert not any(set("\x1b\u202e") & set(note) for note in entry["notes"])


def test_nothing_is_left_in_any_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a killed run leaves lies where `sweep` looks for it."""
    seen: list[int] = []
    monkeypatch.setenv("SUPPORT_ROI_HOME", str(tmp_path / "home"))
    before = report.read_files

    def watched(*order: object) -> list[dict]:
        entries = before(*order)
        seen.extend(stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "home" / "temporary").rglob("*") if path.is_file())
        return entries

    monkeypatch.setattr(report, "read_files", watched)
    only(("t.csv", b"a,b\n1,2\n"), dump=tmp_path)
    assert len(seen) > 1
    assert set(seen) == {0o600}
    assert not [path for path in (tmp_path / "home").rglob("*") if path.is_file()]


def test_what_is_left_out_of_an_archive_is_told_though_nothing_loads() -> None:
    entry = only(("a.zip", zipped({"x.csv": b"%PDF-1.7", "README.txt": b"x"})))
    assert entry["member"] == "x.csv"
    assert 'left out of the ZIP, as no tables: "README.txt".' in entry["refused"]


def test_a_value_that_two_columns_give_is_no_repetition() -> None:
    """The columns of a payments export fill each other's blanks: what only the other column held does not count."""
    (entry,) = inspect([shared_path("data/billing/stripe_unified_payments_export__masked.csv")])["files"]
    assert not [note for note in entry["notes"] if "stood in an earlier row" in note]
