"""Columns of few texts as Parquet holds them: the same values, and none of a row that is not kept."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.ingest.cells import Cells, of_every_part
from roi_core.ingest.coded import coded
from roi_core.ingest.one_table import _write_part
from roi_core.ingest.spill import Spill


def _cells(texts: list[str]) -> Cells:
    return Cells.of(pa.chunked_array([texts], pa.string()), np.arange(len(texts)))


@given(st.lists(st.tuples(st.sampled_from(["", "a", "b", "c"]), st.booleans()), min_size=16, max_size=40))
def test_the_values_of_kept_rows_and_no_others(rows: list[tuple[str, bool]]) -> None:
    cells, keep = _cells([text for text, _ in rows]), np.array([kept for _, kept in rows])
    read = pa.array([{"a": "open", "b": "open", "c": None}[text] for text in cells.distinct.to_pylist()], pa.string())
    column = coded(cells, read, keep)
    wanted = ["open" if text in ("a", "b") else None for text, kept in rows if kept]
    assert (column.to_pylist() if column else [None] * len(wanted)) == wanted
    assert column is None or column.dictionary.to_pylist() == ["open"]


def test_what_hardly_repeats_is_held_as_it_is() -> None:
    cells = _cells(["a", "b", "c", "a", "b", "c", "a"])
    assert coded(cells, cells.distinct, np.ones(7, np.bool_)) is None


def test_a_part_is_read_as_texts_and_holds_no_value_of_another_row(tmp_path: Path) -> None:
    cells, keep = _cells(["kept", "setaside"] * 8), np.array([True, False] * 8)
    name = _write_part(pa.table({"plan": coded(cells, cells.distinct, keep)}), {"vendor": "x"}, "0" * 12, tmp_path, Spill())
    part = pq.read_table(tmp_path / name)
    assert part.column("plan").equals(pa.chunked_array([["kept"] * 8], pa.string()))
    assert part.schema.metadata
    assert b"setaside" not in (tmp_path / name).read_bytes()


@pytest.mark.parametrize(("rows", "most"), [(0, 4), (1, 4), (10, 3), (10, 10), (1_000_003, 1 << 14)])
def test_a_sample_has_one_row_of_each_part(rows: int, most: int) -> None:
    sample = of_every_part(rows, most)
    edges = np.arange(len(sample) + 1) * rows // max(len(sample), 1)
    assert len(sample) == min(rows, most)
    assert (edges[:-1] <= sample).all()
    assert (sample < edges[1:]).all()


def test_a_period_in_the_rows_does_not_look_like_values_that_all_differ() -> None:
    """Every sixty-first row of these differs from all the others, as rows at equal distances would have been."""
    rows = np.arange(1_000_000) * 7919 % 100_000
    sample = rows[of_every_part(len(rows), 1 << 14)]
    assert len(sample) - len(np.unique(sample)) > 1_000
