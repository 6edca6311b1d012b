"""`support-roi inspect`: the JSON of the public surface, and the dump."""

import csv
import json
from pathlib import Path

from roi_core.ingest import inspect
from tests.ingest.archives import zipped
from tests.shared import shared_path

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
        "refused": '"x.csv" is a PDF document, not a table. Expected a CSV file or a ZIP of CSV files. Export the table as CSV and try again.',
    }


def test_the_dump_holds_every_loaded_row_as_read_and_every_other(tmp_path: Path) -> None:
    data = 'ticket_id;created_at;subject\n1;2024-01-01;"a ""b"", c"\n2;2024-01-02\n;2024-01-03;no id\nTotal;;\n'
    entry = only(("t.csv", data.encode("cp1252")), dump=tmp_path)
    assert (tmp_path / "t.loaded.csv").read_bytes() == b'"ticket_id","created_at","subject"\n"1","2024-01-01","a ""b"", c"\n'
    with (tmp_path / "t.quarantined.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert [(row[0], row[2]) for row in rows] == [("line", "raw"), ("3", "2;2024-01-02"), ("4", ";2024-01-03;no id")]
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
        f"{stem}.{kind}.csv" for stem in ("t", "t-2", "t-3") for kind in ("loaded", "quarantined")
    )


def test_any_file_name_is_a_name(tmp_path: Path) -> None:
    names = ["../../etc/passwd.csv", "C:\\x.csv", "CON.csv", "a\u202evsc.exe", "x" * 300 + ".csv", "\U0001f600" * 80, "<img src=x>.csv", "a\x00b.csv", ""]
    entries = inspect([(name, f"a,b\n{n},2\n".encode()) for n, name in enumerate(names)], dump=tmp_path)["files"]
    assert [entry["file"] for entry in entries] == names
    assert [entry["rows"]["loaded"] for entry in entries] == [1] * len(names)
    assert len(list(tmp_path.iterdir())) == 2 * len(names)
