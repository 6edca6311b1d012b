"""Forty texts that a spreadsheet would run, in every way that a table leaves this program: none runs, no number changes, and our reader gives them back."""

import csv
import io
import re
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages._parts import downloads
from roi_core.bundle import export_work
from roi_core.cohorts.design import Design
from roi_core.formulas import could_run, neutral, neutral_column, neutral_shown, original, original_column, safe_cell
from roi_core.ingest import take_in
from roi_core.workspace import Workspace
from tests.exports_of import EXPORTS, runs
from tests.report.test_ledger_csv import HARMLESS, RUNS

SHOWN = (
    *("-3.1 points (-4.6 to -1.5)", "-5", "-$1,183", "-USD 5", "-$212k", "-1.2 %", "15.2 % (13.7 to 16.8)", "-0.5 months", "-1.234,5 %"),
    *("-\u20ac12", "12 min", "-2 h 5 min", "-CHF\u00a05 (-CHF\u00a09 to -CHF\u00a01)"),
)


@pytest.mark.parametrize("text", RUNS, ids=ascii)
def test_back_and_forth(text):
    assert not runs(neutral(text))
    assert original(neutral(text)) == text
    assert original(neutral(f"'{text}")) == f"'{text}"
    assert neutral_shown(text).startswith("'") or re.fullmatch(r"-\d+", text)


@given(st.text(max_size=12))
def test_every_text_comes_back(text):
    assert original(neutral(text)) == text
    column = pa.array([text, None])
    assert neutral_column(column).to_pylist() == [neutral(text), None]
    assert original_column(neutral_column(column)).to_pylist() == [text, None]


@pytest.mark.parametrize("text", SHOWN)
def test_a_number_with_its_unit_is_a_number(text):
    assert neutral_shown(text) == text


@pytest.mark.parametrize("text", ["-1+1", "-A1", "+A1", "-cmd|' /C calc'!A0", "-1-cmd()", "-5 (=1)", "-5 (A1 to B2)", "- 5"])
def test_what_is_no_number_is_marked(text):
    assert neutral_shown(text) == f"'{text}"


@pytest.mark.parametrize("export", EXPORTS)
def test_nothing_runs_and_nothing_changes(export, tmp_path):
    found = list(EXPORTS[export]((*RUNS, *HARMLESS), tmp_path))
    assert len(found) >= len(RUNS)
    assert [fault for faults in found for fault in faults] == []


def own_file(texts):
    """Our plain table of tickets, with a text in each row's category; as it is, and as a download of ours writes it."""
    rows = pa.table({"ticket_id": [f"t{n}" for n in range(len(texts))], "created_at": ["2025-01-01"] * len(texts), "category": texts})
    plain = io.StringIO(newline="")
    writer = csv.writer(plain, quoting=csv.QUOTE_ALL)
    writer.writerow(rows.column_names)
    writer.writerows([row.values() for row in rows.to_pylist()])
    return plain.getvalue().encode(), downloads.as_csv(rows)


def test_our_reader_gives_back_what_was_made_harmless(tmp_path):
    texts = [text for text in (*RUNS, *HARMLESS) if "\0" not in text]
    read = []
    for content in own_file(texts):
        workspace = Workspace.create(tmp_path / "home")
        take_in([("tickets.csv", content)], workspace)
        read.append(pq.read_table(workspace.parts("tickets")[0]).column("category").to_pylist())
    assert read[0] == read[1]
    assert len([text for text in read[0] if text and could_run(text)]) > 30
    path = tmp_path / "work.zip"
    export_work(workspace, path)
    with zipfile.ZipFile(path) as archive:
        (member,) = [name for name in archive.namelist() if name.startswith("tables/")]
        cells = list(csv.DictReader(io.TextIOWrapper(archive.open(member), encoding="utf-8", newline="")))
    assert not [cell for row in cells for cell in row.values() if runs(cell)]
    assert Design().digest
    assert safe_cell(-5) == "-5"
