"""Real ServiceNow files, held against what the csv module of Python reads in them."""

import csv
import io
import zipfile
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from roi_core.ingest.limits import LIMITS
from roi_core.ingest.upload import Choices, Job, messages_of
from tests.ingest.exports.example import key
from tests.ingest.text_tables import KEY
from tests.shared import shared_path

BALANCED = {"quarantined": 0, "unaccounted": 0}
LOG = "incident_event_log"


def read(path: Path, folder: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The report of the only table of a file, and its typed rows."""
    job = Job(folder, KEY, None, Choices.of(None), LIMITS, dump=False, sources={}, tell=lambda _: None)
    (report,) = [message["report"] for message in messages_of(path, path.name, job) if "report" in message]
    return report, pq.read_table(folder / report["part"]).sort_by("row_no").to_pylist()


def records(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(shared_path(f"data/tickets/{name}").read_text(), newline="")))


def test_a_list_with_column_names(tmp_path: Path) -> None:
    name = "servicenow_incident_export__demo_instance.csv"
    written = records(name)
    report, rows = read(shared_path(f"data/tickets/{name}"), tmp_path)
    assert (report["vendor"], report["export"], report["entity"]) == ("servicenow", "servicenow_incident_list_export_column_names", "tickets")
    assert report["rows"] == {"records": 66, "loaded": 66, "not_data": 0, **BALANCED}
    assert [row["ticket_id"] for row in rows] == [record["number"] for record in written]
    assert [row["created_at"] for row in rows] == [datetime.fromisoformat(record["opened_at"]) for record in written]
    assert [row["priority"] for row in rows] == [record["priority"] for record in written]
    assert [row["agent"] for row in rows] == [key(record["assigned_to"].casefold()) if record["assigned_to"] else None for record in written]
    stated = {"New": "open", "In Progress": "open", "On Hold": "pending", "Closed": "closed"}
    assert [row["status"] for row in rows] == [stated[record["state"]] for record in written]


def test_a_list_with_renamed_labels_and_the_month_first(tmp_path: Path) -> None:
    name = "servicenow_incident_export__labels_masked.csv"
    written = records(name)
    report, rows = read(shared_path(f"data/tickets/{name}"), tmp_path)
    assert (report["vendor"], report["export"], report["entity"]) == ("servicenow", "servicenow_incident_list_export_column_labels", "tickets")
    assert report["rows"] == {"records": 67, "loaded": 67, "not_data": 0, **BALANCED}
    for canonical, header in (("created_at", "Created"), ("updated_at", "Last update")):
        times = [datetime.strptime(record[header], "%m-%d-%Y %H:%M:%S") for record in written]
        assert [row[canonical] for row in rows] == times
        assert any(f"{header} is read as month before day" in note for note in report["notes"])
    assert Counter(row["status"] for row in rows) == {"resolved": 48, "pending": 15, "open": 4}
    assert [row["team"] for row in rows] == [record["Assignment Group"] for record in written]


@pytest.fixture(scope="module")
def last_of_each() -> dict[str, list[str]]:
    """The event with the highest number of changes of each incident, in the order in which incidents begin."""
    last: dict[str, list[str]] = {}
    with zipfile.ZipFile(shared_path(f"data/tickets/{LOG}.zip")) as archive, archive.open(f"{LOG}/{LOG}.csv") as file:
        events = csv.reader(io.TextIOWrapper(file, "utf-8", newline=""))
        places = next(events)
        number, changes = places.index("number"), places.index("sys_mod_count")
        for event in events:
            before = last.get(event[number])
            if before is None or int(event[changes]) >= int(before[changes]):
                last[event[number]] = event
    return {"": places, **last}


def test_a_log_of_changes_gives_one_row_an_incident(last_of_each: dict[str, list[str]], tmp_path: Path) -> None:
    report, rows = read(shared_path(f"data/tickets/{LOG}.zip"), tmp_path)
    assert (report["vendor"], report["export"], report["entity"]) == ("servicenow", "servicenow_incident_audit_log_uci_enriched_event_log", "tickets")
    assert report["rows"] == {"records": 141_712, "loaded": 24_918, "not_data": 116_794, **BALANCED}
    headers, *events = last_of_each.values()
    assert len(events) == 24_918
    assert [row["ticket_id"] for row in rows] == [event[headers.index("number")] for event in events]
    for canonical, header in (("created_at", "opened_at"), ("resolved_at", "resolved_at"), ("closed_at", "closed_at"), ("updated_at", "sys_updated_at")):
        texts = [event[headers.index(header)] for event in events]
        assert [row[canonical] for row in rows] == [None if text == "?" else datetime.strptime(text, "%d/%m/%Y %H:%M") for text in texts]
    assert [row["sla_met"] for row in rows] == [event[headers.index("made_sla")] == "true" for event in events]
    assert [row["reopens"] for row in rows] == [int(event[headers.index("reopen_count")]) for event in events]
    assert Counter(row["channel"] for row in rows) == Counter(event[headers.index("contact_type")] for event in events)
    assert {row["status"] for row in rows} == {"closed"}
