"""What stands in a customer's files in the clear stands in staging while they are read, and nowhere else, and after deletion not even sealed."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from roi_core.companies import write_sample
from roi_core.ingest import take_in
from roi_core.measurement import measure_workspace
from roi_core.workspace import Workspace
from tests.store.canaries import COMPANY, EMAIL, MOMENTS, found, loaded_apart


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    return loaded_apart(tmp_path_factory.mktemp("place"))


def test_the_canaries_came_in_are_kept_sealed_and_were_measured(told):
    assert told["loaded"] > 20_000
    assert told["aside"]
    assert told["no_data"]
    assert told["held"]
    assert told["derived"] >= 4
    assert min(told["json"]["inspect.json"], told["json"]["analyse.json"]) > 2_000


@pytest.mark.parametrize("moment", MOMENTS)
def test_nothing_stands_in_the_clear(told, moment):
    assert told[moment] == []


@pytest.mark.parametrize("compression", ["zstd", "lz4", "none"])
def test_a_text_in_a_compressed_table_or_noted_about_it_is_found(tmp_path, compression):
    rows = pa.table({"a": pa.array([f"u{n}@firm.example" for n in range(900)] + [EMAIL]).dictionary_encode(), "b": range(901)})
    pq.write_table(rows, tmp_path / "column.parquet", compression=compression)
    pq.write_table(pa.table({"b": [1]}).replace_schema_metadata({"x": COMPANY}), tmp_path / "noted.parquet", compression=compression)
    (tmp_path / "half.parquet").write_bytes((tmp_path / "column.parquet").read_bytes()[:200])
    expected = {f"column.parquet: {EMAIL}", "column.parquet: canary.zq", f"noted.parquet: {COMPANY}"}
    assert {line for line in found(tmp_path) if not line.startswith("half")} == expected


def test_two_workspaces_of_the_same_files_give_the_same_numbers_and_other_hashes(tmp_path):
    """To the last digit: sums of doubles are added up in the order of the rows, which no hash decides."""
    files = [path for path in write_sample(tmp_path / "exports", customers=300) if path.suffix == ".csv"]
    one, other = (Workspace.create(tmp_path / "home") for _ in range(2))
    found = []
    for workspace in (one, other):
        take_in(files, workspace)
        found.append(measure_workspace(workspace))
    for name in ("metrics", "effects", "curves", "balance", "costs", "levers", "funnel"):
        assert repr(getattr(found[0], name)) == repr(getattr(found[1], name)), name
    keys = [set(pq.read_table(workspace.parts("tickets")[0]).column("email").to_pylist()) - {None} for workspace in (one, other)]
    assert keys[0]
    assert not keys[0] & keys[1]
