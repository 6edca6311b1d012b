"""Columns of one kind are written at once, and as each cell would be by itself."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.ingest.sheet_cells import sheet_text

MOMENTS = st.datetimes(min_value=datetime(1899, 12, 31))
WHOLE_SECONDS = MOMENTS.map(lambda moment: moment.replace(microsecond=0))
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
WHOLE_NUMBERS = st.integers(-(10**16), 10**16).map(float)
COLUMNS = st.one_of(*(st.lists(one | st.just(""), min_size=1) for one in (MOMENTS, WHOLE_SECONDS, NUMBERS, WHOLE_NUMBERS, st.text())))


def texts(cells: list[Any]) -> list[str]:
    return sheet_text(iter([[cell] for cell in cells]), 1, 1, {}).columns[0].to_pylist()


@given(COLUMNS)
def test_together_as_one_by_one(cells: list[Any]) -> None:
    """A yes/no among the cells has each of them looked at by itself."""
    assert texts(cells) == texts([*cells, True])[:-1]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (datetime(2024, 2, 29), "2024-02-29 00:00:00"),
        (datetime(2024, 2, 29, 13, 5, 7), "2024-02-29 13:05:07"),
        (datetime(1899, 12, 31) + timedelta(hours=30), "30:00:00"),
        (100023.0, "100023"),
        (-0.5, "-0.5"),
        ("", ""),
    ],
)
def test_what_a_cell_says(cell: object, text: str) -> None:
    assert texts([cell] * 3) == [text] * 3


def test_numbers_too_long_for_excel_are_counted() -> None:
    assert sheet_text(iter([[1e15], [1.0], [-2e16]]), 1, 1, {}).too_long == 2
