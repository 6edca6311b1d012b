"""Keys that stand in several parts, counted against a plain count over the same rows."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roi_core import engine
from roi_core.engine.overlaps import Overlap, overlaps

ROWS = st.lists(st.tuples(st.integers(0, 6), st.sampled_from(["open", "closed", None])), max_size=8)


@pytest.fixture
def con(tmp_path: Path) -> Iterator[engine.Connection]:
    with engine.analyst(tmp_path) as made:
        yield made


def _part(folder: Path, name: str, rows: list[tuple[int, str | None]], **more: list[object]) -> Path:
    path = folder / f"{name}.parquet"
    columns = {"id": pa.array([str(key) for key, _ in rows], pa.string()), "status": pa.array([word for _, word in rows], pa.string())}
    pq.write_table(pa.table({**columns, "row_no": pa.array(range(len(rows)), pa.int64()), **more}), path)
    return path


def test_one_part_overlaps_with_nothing(con: engine.Connection, tmp_path: Path) -> None:
    assert overlaps(con, [_part(tmp_path, "a", [(1, "open"), (1, "open")])], ["id"], ["id", "status"]) == ()


def test_a_column_that_one_part_lacks_is_not_compared(con: engine.Connection, tmp_path: Path) -> None:
    parts = [_part(tmp_path, "a", [(1, "open")], team=["x"]), _part(tmp_path, "b", [(1, "open")])]
    assert overlaps(con, parts, ["id"], ["id", "status", "team"])[0] == Overlap(0, 1, {1: 1}, 0, {}, ())


def test_parts_without_the_key_share_nothing_that_is_known(con: engine.Connection, tmp_path: Path) -> None:
    parts = [_part(tmp_path, "a", [(1, "open")]), _part(tmp_path, "b", [(1, "open")])]
    assert overlaps(con, parts, ["number"], ["number", "id", "status"]) == ()


def test_without_a_key_a_row_is_its_own(con: engine.Connection, tmp_path: Path) -> None:
    parts = [_part(tmp_path, "a", [(1, "open"), (2, None)]), _part(tmp_path, "b", [(1, "closed"), (2, None)])]
    assert [(found.keys, found.differ) for found in overlaps(con, parts, [], ["id", "status"])] == [(1, 0), (1, 0)]


@given(st.lists(ROWS, min_size=2, max_size=3))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_counts_are_those_of_a_plain_count(con: engine.Connection, tmp_path: Path, files: list[list[tuple[int, str | None]]]) -> None:
    parts = [_part(tmp_path, f"p{n}", rows) for n, rows in enumerate(files)]
    found = {one.place: one for one in overlaps(con, parts, ["id"], ["id", "status"])}
    keys = [{key for key, _ in rows} for rows in files]
    for place, own in enumerate(keys):
        others = {other: len(own & theirs) for other, theirs in enumerate(keys) if other != place and own & theirs}
        shared = {key for key in own if any(key in theirs for other, theirs in enumerate(keys) if other != place)}
        assert (found[place].others if place in found else {}) == others
        if shared:
            said = {key: {word for rows in files for one, word in rows if one == key} for key in shared}
            assert (found[place].keys, found[place].differ) == (len(shared), sum(len(words) > 1 for words in said.values()))
