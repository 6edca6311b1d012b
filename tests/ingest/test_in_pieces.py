"""However a table is taken apart to be read (in blocks, in files, by two threads, without looking for repeats), what is read is the same."""

import json
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any, cast

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from roi_core.ingest import cells, date_text, dump, load, one_table, read, side_by_side, spill
from roi_core.ingest.limits import FROM_DISK
from roi_core.ingest.records import index_records
from roi_core.ingest.upload import Choices, Job, messages_of
from tests.ingest.exports import EXAMPLES
from tests.ingest.exports.example import Example
from tests.ingest.text_tables import KEY
from tests.shared import shared_path

ROWS = 3_000
SHARED = (
    "data/tickets/freshdesk_ticket_export__year_masked.csv",
    "data/tickets/servicenow_incident_export__demo_instance.csv",
    "data/flat/mlc_churn.csv",
)
_HEADER = "Ticket ID,Subject,Status,Priority,Source,Type,Tags,Agent,Created time,Resolved time,First response time (in hrs),Resolution time (in hrs),Contact ID"


def tickets() -> bytes:
    """Tickets with everything that is decided over all rows: repeats, faults, marks, footers, days that only one row settles."""
    lines = [_HEADER]
    for i in range(ROWS):
        subject = f'"Order #{10_000 + i}, ""urgent""\nplease"' if i % 7 == 0 else f"please cancel my plan {i}" if i % 11 == 0 else f"  question {i} "
        day = f"{1 + i % 12}/{13 if i == ROWS - 5 else 1 + i % 11}/2024 {i % 24}:{i % 60:02d}"
        resolved = "n/a" if i % 9 == 0 else f"2025-01-{1 + i % 28:02d} 10:{i % 60:02d}:00"
        tags, agent = ("spam" if i % 50 == 0 else ""), f"Agent {i % 5}"
        row = [i + 1, subject, "Closed", "Low", "Email", "", tags, agent, day, resolved, f"0{i % 9}:30:00", "later" if i == 77 else f"{i % 30}:05:00"]
        lines.append(",".join(map(str, row)) + f",user{i % 800}@Company{i % 40}.example")
        lines += {10: [lines[-1]], 20: [lines[-1].replace("Low", "High")], 30: ["cut,short"], 40: [""]}.get(i % 1_000, [])
    lines[500] = lines[500].replace(",", ',5" pipe,', 1)
    return "\n".join([*lines, ",,,Total,3000,,,,,,,,"]).encode()


class Sealed:
    """What would go into the vault."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, str]] = {}

    def put_many(self, kind: str, labels: Mapping[str, str]) -> None:
        self.kept.setdefault(kind, {}).update(labels)


def outcome(content: bytes, name: str, folder: Path) -> tuple[list[Any], list[pa.Table], dict[str, dict[str, str]], list[bytes]]:
    """Reports, parts, vault entries and dumps of one file."""
    folder.mkdir(exist_ok=True)
    path, sealed = folder / "upload", Sealed()
    path.write_bytes(content)
    job = Job(folder, KEY, cast("Any", sealed), Choices.of(None), FROM_DISK, dump=True, sources={}, tell=lambda _: None)
    reports = [message["report"] for message in messages_of(path, name, job) if "report" in message]
    names = [part for report in reports if (part := report.pop("part", None))]
    stems = [stem for report in reports if (stem := report.pop("dump", None))]
    dumped = [(folder / f"{stem}{suffix}").read_bytes() for stem in stems for suffix in (dump.LOADED, dump.QUARANTINED)]
    return [json.loads(json.dumps(report)) for report in reports], [pq.read_table(folder / part) for part in names], sealed.kept, dumped


def in_files(patch: pytest.MonkeyPatch) -> None:
    for module, name, value in ((load, "BLOCK_BYTES", 1 << 14), (load, "_SMALL", 0), (read, "LARGE_TEXT", 0), (spill, "_LEAST", 0), (date_text, "_PART", 100)):
        patch.setattr(module, name, value)
    patch.setattr(side_by_side, "_FEW", 0)
    patch.setattr(one_table, "_ROW_GROUP", 100)


def by_two_threads(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(side_by_side, "_FEW", 0)


def without_looking_for_repeats(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(cells, "_FEW", 1)
    patch.setattr(cells, "_SAMPLE", 4)
    patch.setattr(cells, "_differ", lambda texts: len(texts) > 1)


def as_if_values_repeat(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(cells, "_repeat", lambda texts: texts.type == pa.string())


WAYS = pytest.mark.parametrize("taken_apart", [in_files, by_two_threads, without_looking_for_repeats, as_if_values_repeat])
_Way = Callable[[pytest.MonkeyPatch], None]


def both(content: bytes, name: str, taken_apart: _Way, folder: Path) -> tuple[object, object]:
    whole = in_one(content, name)
    with pytest.MonkeyPatch.context() as patch:
        taken_apart(patch)
        return outcome(content, name, folder / "pieces"), whole


@cache
def in_one(content: bytes, name: str) -> tuple[object, ...]:
    """What every way is compared with, read once."""
    with tempfile.TemporaryDirectory() as folder:
        return outcome(content, name, Path(folder))


@WAYS
def test_a_table_with_faults_is_the_same(taken_apart: _Way, tmp_path: Path) -> None:
    pieces, whole = both(tickets(), "tickets.csv", taken_apart, tmp_path)
    assert pieces == whole


def test_the_table_has_what_makes_the_comparison_hard(tmp_path: Path) -> None:
    (report,), (part,), sealed, _ = outcome(tickets(), "tickets.csv", tmp_path)
    said = " ".join(report["notes"])
    assert report["rows"]["quarantined"] > 1
    assert report["rows"]["not_data"] > 1
    assert len(pa.compute.unique(part.column("ticket_id"))) < part.num_rows
    assert all(words in said for words in ("same as an earlier row in every column", "ids in rows that differ", "day", "n/a", "asks_to_cancel", "order_number"))
    assert len(sealed["email"]) == 800


@WAYS
@pytest.mark.parametrize("file", SHARED)
def test_real_files_are_the_same(file: str, taken_apart: _Way, tmp_path: Path) -> None:
    path = shared_path(file)
    pieces, whole = both(path.read_bytes(), path.name, taken_apart, tmp_path)
    assert pieces == whole


@pytest.mark.parametrize(
    ("example", "taken_apart"),
    list(zip(EXAMPLES, cycle((in_files, without_looking_for_repeats, as_if_values_repeat)), strict=False)),
    ids=[f"{example.export}-{example.name}" for example in EXAMPLES],
)
def test_every_export_is_the_same(example: Example, taken_apart: _Way, tmp_path: Path) -> None:
    """Each in one of three ways in turn; in files is by two threads too."""
    pieces, whole = both(example.content, example.name, taken_apart, tmp_path)
    assert pieces == whole


def test_what_is_held_in_files_leaves_none_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_files(monkeypatch)
    outcome(tickets(), "tickets.csv", tmp_path)
    assert {path.suffix for path in tmp_path.iterdir()} == {"", ".parquet", ".csv"}


@pytest.mark.parametrize("broken", [None, '1,"2" x,3', '1,"2', '"1,2"'])
def test_rows_that_are_left_out_are_those_of_the_index(broken: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Arrow leaves ragged rows out itself, unless quotation marks among them could take the next row along."""
    rows = [f'{n},"x, {n}",z' if n % 7 else f"{n},z" for n in range(400)]
    rows[100:102] = ["", broken or "1"]
    text = memoryview("\n".join(rows).encode())
    records = index_records(text, 0, 1, ",", 3, "f.csv", 1 << 9)
    monkeypatch.setattr(load, "_SMALL", 0)
    loaded = load.load_text(text, records, records.fields == 3, ",", 3, tmp_path, spill.Spill())
    assert loaded.column("c0").to_pylist() == [str(n) for n in range(400) if n % 7 and n not in {100, 101}]
    assert loaded.column("line").to_pylist() == [n + 1 for n in range(400) if n % 7 and n not in {100, 101}]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_arrow_and_the_grammar_read_the_same(end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cells_of = ('"a ""b"""', '"x,\n y"', '""', " z ", "\ufeff1", "NULL", "", '"\ufeff"')
    rows = [",".join(cells_of[i:] + cells_of[:i]) for i in range(8)] * 20
    text = memoryview(end.join(rows).encode())
    records = index_records(text, 0, 1, ",", 8, "f.csv")
    assert not records.walked.any()
    keep = records.fields == 8
    keep[5:9] = False
    by_grammar = load.load_text(text, records, keep, ",", 8, tmp_path, spill.Spill())
    monkeypatch.setattr(load, "_SMALL", 0)
    monkeypatch.setattr(load, "_by_grammar", lambda *_: pytest.fail("Arrow counted otherwise"))
    assert load.load_text(text, records, keep, ",", 8, tmp_path, spill.Spill()).equals(by_grammar)
