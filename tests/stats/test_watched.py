"""Rows under observation: who is at risk, and which rows cannot be."""

from collections.abc import Callable

import numpy as np
import pytest

from roi_core.errors import NumbersRefused
from roi_core.stats.watched import tally, watched


def test_a_row_is_at_risk_after_it_entered_and_up_to_its_end() -> None:
    rows = watched([3.0, 5.0], [1, 0], [1.0, 4.0])
    assert rows.at_risk(np.array([1, 1.5, 3, 3.5, 4, 4.5, 5, 6])).tolist() == [0, 1, 1, 0, 0, 1, 1, 0]
    assert rows.event.tolist() == [True, False]


def test_without_entries_a_row_was_there_always() -> None:
    rows = watched([0.0, 2.0], [0, 1])
    assert rows.at_risk(np.array([0.0, 1, 2, 3])).tolist() == [2, 1, 1, 0]
    assert rows.start.tolist() == [-np.inf, -np.inf]


def test_a_part_of_the_rows_keeps_what_belongs_to_each() -> None:
    part = watched([3.0, 5.0, 7.0], [1, 0, 1], [0.0, 1.0, 2.0]).of(np.array([False, True, True]))
    assert (part.time.tolist(), part.event.tolist(), part.start.tolist()) == ([5, 7], [False, True], [1, 2])


def test_what_happened_is_counted_at_each_time_and_none_is_left_out() -> None:
    assert tally(np.array([1.0, 2.0, 4.0, 8.0]), np.array([4.0, 1.0, 4.0])).tolist() == [1, 0, 2, 0]
    assert tally(np.array([1.0, 2.0]), np.array([])).tolist() == [0, 0]


_SHAPES = "must be one row each, at least one"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: watched([], []), f"durations.shape == (0,), events.shape == (0,), entry.shape == (0,): {_SHAPES}"),
        (lambda: watched([1, 2], [1]), f"durations.shape == (2,), events.shape == (1,), entry.shape == (2,): {_SHAPES}"),
        (lambda: watched([1, 2], [1, 1], [0]), f"durations.shape == (2,), events.shape == (2,), entry.shape == (1,): {_SHAPES}"),
        (lambda: watched([[1, 2]], [[1, 1]]), f"durations.shape == (1, 2), events.shape == (1, 2), entry.shape == (1, 2): {_SHAPES}"),
        (lambda: watched([1, np.nan], [1, 1]), "durations holds missing or infinite values, must be finite"),
        (lambda: watched([1, 2], [1, 1], [0, np.inf]), "entry holds missing or infinite values, must be finite"),
        (lambda: watched([1], [2]), "events holds values other than 0 and 1, must be 0 or 1"),
        (lambda: watched([1, -2, -3, 0], [1, 1, 0, 1]), "durations holds negative times in 2 of 4 rows, must be 0 or more: the end comes after the start"),
        (lambda: watched([1], [1], [1]), "entry holds times at or after the duration, must be before it"),
        (lambda: watched([1], [1], [2]), "entry holds times at or after the duration, must be before it"),
    ],
)
def test_what_cannot_be_is_refused_by_name(call: Callable[[], object], words: str) -> None:
    with pytest.raises(NumbersRefused) as refused:
        call()
    assert str(refused.value) == words
