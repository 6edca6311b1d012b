"""Exported and imported, a work says the same, to the digit."""

import io
import json
import math
import struct
import zipfile
from dataclasses import asdict
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roi_core.bundle import export_work, import_work, is_keyless
from roi_core.bundle.layout import Described
from roi_core.bundle.table_csv import columns_of, write_csv, write_part
from roi_core.cohorts.design import Design
from roi_core.ingest import take_in
from roi_core.ingest.limits import FROM_DISK
from roi_core.ledger import ledger_as_json, roi_as_json
from roi_core.measurement import measure_workspace
from roi_core.readings import Inputs, Reading, figures_of, keep, readings, versions
from roi_core.results import as_json, effect_as_json
from roi_core.spine import Decisions
from roi_core.spine.decisions import Decision
from roi_core.valuation import value
from roi_core.workspace import Workspace
from tests.bundle.conftest import OPENS, labels
from tests.typed_tables import times

SAMPLES = Path(__file__).resolve().parents[2] / "sample_data"


def numbers(workspace, design=None, answers=None):
    measured = measure_workspace(workspace, design)
    valued = value(measured, answers)
    return json.loads(
        json.dumps(
            {
                "metrics": {key: as_json(result) for key, result in measured.metrics.items()},
                "effects": {key: {**effect_as_json(effect), "origins": None} for key, effect in valued.effects.items()},
                "ledger": ledger_as_json(valued.ledger),
                "roi": roi_as_json(valued.roi),
                "months": [asdict(month) for month in measured.months],
                "headline": valued.headline.text,
            }
        )
    )


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    """Each sample as own files, and what was imported of them: made once."""
    folder = tmp_path_factory.mktemp("samples")

    @cache
    def both(sample):
        workspace = Workspace.create(folder / sample / "home")
        take_in([SAMPLES / sample], workspace, limits=FROM_DISK)
        export_work(workspace, folder / sample / "work.zip")
        return workspace, import_work(folder / sample / "work.zip", folder / sample / "other")

    return both


@pytest.mark.parametrize("sample", ["harbour_desk.zip", "flat_customers.csv"])
def test_the_samples_as_own_files_come_back_cell_by_cell(samples, sample):
    workspace, again = samples(sample)
    for part, copy in zip(workspace.manifest(), again.manifest(), strict=True):
        assert pq.read_table(workspace.path(part)).equals(pq.read_table(again.path(copy)))


@pytest.mark.parametrize("sample", ["harbour_desk.zip", "flat_customers.csv"])
def test_the_samples_as_own_files_give_the_same_numbers(samples, sample):
    """The one with the most tables and the one of another kind; `make nightly PART=store` brings the others."""
    workspace, again = samples(sample)
    assert numbers(again) == numbers(workspace)


def test_decisions_designs_and_readings_come_along(workspace, bundle, tmp_path):
    links = Decisions().decide(Decision("reject", "e-mail", "k1", "k2")).as_json()
    design = Design(horizon_months=3)
    workspace.remember_all({"links": links, "exclusions_off": ["spam"], "design": asdict(design), "scenario": {"reply": 0.5}})
    workspace.open_design(design.digest, asdict(design), fixed=False)
    inputs = Inputs.now(workspace, design, value(measure_workspace(workspace)).assumptions)
    keep(workspace, Reading(inputs, figures_of(value(measure_workspace(workspace)))))
    again = import_work(bundle(), tmp_path / "other")
    kept = {name: setting for name, setting in workspace.root.values.items() if name not in ("company", "files")}
    assert {name: setting for name, setting in again.root.values.items() if name != "files"} == {**kept, "keyless": True}
    assert again.root.designs == workspace.root.designs
    (then,), (now,) = readings(workspace), readings(again)
    assert (now.at, now.figures) == (then.at, then.figures)
    assert now.inputs.tables in versions(again)
    assert numbers(again, design) == numbers(workspace, design)
    assert [change.what for change in again.journal()] == ["imported"]


@pytest.mark.usefixtures("in_this_process")
def test_a_copy_of_the_copy_is_the_same_file_but_for_the_release(bundle, tmp_path):
    first = bundle().read_bytes()
    again = import_work(("first.zip", first), tmp_path / "other")
    second = tmp_path / "second.zip"
    export_work(again, second)
    with zipfile.ZipFile(io.BytesIO(first)) as one, zipfile.ZipFile(second) as other:
        for name in one.namelist():
            if name.startswith("tables/"):
                assert one.read(name) == other.read(name)


@pytest.mark.usefixtures("in_this_process")
def test_with_the_passphrase_keys_names_and_the_next_files_come_along(workspace, bundle, tmp_path):
    again = import_work(bundle(OPENS), tmp_path / "other", OPENS)
    assert not is_keyless(again)
    assert again.keys == workspace.keys
    assert again.recall("company") == "Canary Holding"
    assert again.reports() == workspace.reports()
    assert [part.meta for part in again.manifest()] == [part.meta for part in workspace.manifest()]
    assert labels(again) == labels(workspace)
    further = ("more.csv", b"ticket_id,email,created_at\n9,canary.person@canary-mail.example,2025-02-07\n")
    for work in (workspace, again):
        take_in([further], work)
    assert numbers(again) == numbers(workspace)


@pytest.mark.usefixtures("in_this_process")
def test_without_the_passphrase_the_numbers_alone_come(workspace, bundle, tmp_path):
    again = import_work(bundle(OPENS), tmp_path / "other")
    assert is_keyless(again)
    assert (again.recall("company"), again.vault.kinds()) == (None, ())
    assert numbers(again) == numbers(workspace)


def test_keyless_work_takes_costs_and_refuses_what_would_have_to_be_linked(bundle, tmp_path):
    again = import_work(bundle(), tmp_path / "other")
    before = again.manifest()
    intake = take_in(
        [
            ("more.csv", b"ticket_id,email,created_at\n9,canary.person@canary-mail.example,2025-02-07\n"),
            ("costs.csv", b"month,component,amount,currency\n2025-01,salaries,100,EUR\n"),
        ],
        again,
    )
    assert "imported without its keys" in intake.files[0].refused
    assert "passphrase" in intake.files[0].refused
    assert [part.table for part in again.manifest()] == [*(part.table for part in before), "costs"]


MARKED = ["", "'", "=1", "'=1", "''=1", "\t=1", "-5", "\ufeff=1", '"']
TEXTS = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(MARKED)
BITS = st.integers(0, 2**64 - 1).map(lambda n: struct.unpack("d", n.to_bytes(8, "little"))[0])
DOUBLES = st.none() | st.floats(allow_nan=False, allow_infinity=False) | BITS
INTEGERS = st.none() | st.integers(-(2**63), 2**63 - 1)
ROW = st.tuples(TEXTS, DOUBLES, st.none() | st.datetimes(), st.none() | st.booleans(), INTEGERS)


@settings(max_examples=60, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=20))
def test_every_cell_comes_back_as_it_was(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("cells")
    kinds = (pa.string(), pa.float64(), pa.timestamp("us"), pa.bool_(), pa.int64())
    columns = {f"x{place}": pa.array(list(cells), kind) for place, (cells, kind) in enumerate(zip(zip(*rows, strict=True), kinds, strict=True))}
    table = pa.table({**columns, "row_no": list(range(len(rows)))})
    pq.write_table(table, folder / "a.parquet")
    out = io.BytesIO()
    described = Described("usage", "tables/0.csv", columns_of(folder / "a.parquet"), write_csv(folder / "a.parquet", out))
    write_part(io.BytesIO(out.getvalue()), described, folder / "b.parquet")
    assert _bits(pq.read_table(folder / "b.parquet")) == _bits(table)


def _bits(table):
    """Rows in which two doubles are one only with the same bits; every nan is one."""
    return [tuple(_bit(cell) for cell in row.values()) for row in table.to_pylist()]


def _bit(cell):
    return struct.pack("d", cell) if isinstance(cell, float) and not math.isnan(cell) else str(cell)


def test_more_rows_than_a_group_keep_their_order(tmp_path, monkeypatch):
    monkeypatch.setattr("roi_core.bundle.table_csv.ROW_GROUP", 1000)
    monkeypatch.setattr("roi_core.bundle.table_csv._BLOCK", 5000)
    table = pa.table({"as_of": times(*["2025-01-01"] * 2500), "row_no": list(range(2500))})
    pq.write_table(table, tmp_path / "a.parquet")
    out = io.BytesIO()
    described = Described("usage", "tables/0.csv", columns_of(tmp_path / "a.parquet"), write_csv(tmp_path / "a.parquet", out))
    write_part(io.BytesIO(out.getvalue()), described, tmp_path / "b.parquet")
    assert pq.read_table(tmp_path / "b.parquet").equals(table)
    assert pq.read_metadata(tmp_path / "b.parquet").num_row_groups == 3
