"""Real exports through the whole reader, against the same figures counted from the file with nothing but the csv module."""

import csv
import io
import statistics
import zipfile
from datetime import datetime

import pytest

from roi_core.ingest import take_in
from roi_core.ingest.limits import FROM_DISK
from roi_core.metrics import METRICS, compute_all, connect, rows_behind
from roi_core.schema.exclusions import EXCLUSIONS
from roi_core.spine.exclusions import Exclusions
from roi_core.spine.saved import Saved
from roi_core.spine.tickets_alone import ticket_facts
from roi_core.workspace import Workspace
from tests.shared import shared_path

LOG, YEAR = "data/tickets/incident_event_log.zip", "data/tickets/freshdesk_ticket_export__year_masked.csv"
EVERY_ROW = Exclusions(frozenset(rule.rule for rule in EXCLUSIONS))
"""No rule keeps a ticket out, so that the file can be counted by hand row by row."""


def read(inside, keys):
    """Metrics of one export, and the tickets that have a reported time of first reply."""
    with Workspace.temporary() as workspace:
        take_in([shared_path(inside)], workspace, None, None, FROM_DISK)
        tables = Saved.now(workspace).tables
        facts = ticket_facts(tables, EVERY_ROW)
        with connect({"spine": facts.people, "contacts": facts.contacts}, {"tickets": tables["tickets"]}, of=("contacts", "tickets")) as con:
            found = compute_all(con, metrics=[METRICS[key] for key in keys])
            return found, rows_behind(METRICS["reply_reported_as_zero"], con)


def test_promises_of_the_incident_log_are_counted_by_incident_and_not_by_event():
    found, _ = read(LOG, ("contacts", "sla_met"))
    with zipfile.ZipFile(shared_path(LOG)) as archive, archive.open("incident_event_log/incident_event_log.csv") as file:
        kept = [(row["number"], row["made_sla"] == "true") for row in csv.DictReader(io.TextIOWrapper(file, "utf-8"))]
    by_incident = dict(kept)
    assert (found["contacts"].value, found["sla_met"].value) == (len(by_incident), pytest.approx(sum(by_incident.values()) / len(by_incident)))
    assert round(found["sla_met"].value, 3) == 0.634
    assert round(sum(met for _, met in kept) / len(kept), 3) == 0.935


def test_a_real_year_has_calendar_times_beside_those_of_the_helpdesk_and_zeros_that_are_two_things():
    found, zeros = read(YEAR, ("contacts", "resolution_hours", "reported_resolution", "reply_reported_as_zero"))
    with shared_path(YEAR).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    done = [row for row in rows if row["Resolved time"]]
    calendar = statistics.median((datetime.fromisoformat(row["Resolved time"]) - datetime.fromisoformat(row["Created time"])).total_seconds() for row in done)
    assert (found["contacts"].value, found["resolution_hours"].value) == (len(rows), pytest.approx(calendar / 3600))
    assert round(found["resolution_hours"].value, 1) == 78.3
    assert round(found["reported_resolution"].value, 1) == 16.1
    assert (zeros.num_rows, zeros.column("top").to_numpy().sum()) == (397, 205)
