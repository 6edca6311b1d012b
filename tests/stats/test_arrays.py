"""What every function of the statistics asks of its input."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import ArrayLike

from roi_core.errors import NumbersRefused
from roi_core.stats.arrays import flags, floats, is_binary, matrix, two_arms


@pytest.mark.parametrize("values", [5, [1, 2], [[1, 2], [3, 4]], [True, False], np.array([1, 2], dtype=np.float32)])
def test_numbers_of_any_kind_and_shape_become_floats(values: ArrayLike) -> None:
    found = floats(values)
    assert found.dtype == np.float64
    assert (found == np.asarray(values)).all()
    assert found.shape == np.shape(values)


def test_one_dimension_is_a_single_column_and_two_stay_as_they_are() -> None:
    assert matrix([1, 2, 3]).tolist() == [[1.0], [2.0], [3.0]]
    assert matrix([[1, 2, 3], [4, 5, 6]]).tolist() == [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
    assert matrix(np.empty((3, 0))).shape == (3, 0)


@pytest.mark.parametrize("values", [[0, 1, 1], [0.0, 1.0, 1.0], [False, True, True], np.array([0, 1, 1], dtype=np.uint8)])
def test_yes_and_no_may_be_written_in_any_kind_of_number(values: ArrayLike) -> None:
    for found in (flags(values, "left"), two_arms(values)):
        assert found.dtype == np.bool_
        assert found.tolist() == [False, True, True]


@pytest.mark.parametrize(("values", "binary"), [([0, 1, 1], True), ([0, 0], True), ([1, 1], True), ([0, 2], False), ([0.5, 1], False), ([-1, 0], False)])
def test_only_0_and_1_are_binary(values: list[float], binary: bool) -> None:
    assert is_binary(np.array(values)) is binary


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: floats([1.0, np.nan]), "values holds missing or infinite values, must be finite"),
        (lambda: floats([1.0, -np.inf], "score"), "score holds missing or infinite values, must be finite"),
        (lambda: matrix([1.0, np.nan]), "covariates holds missing or infinite values, must be finite"),
        (lambda: matrix([[1.0, np.nan]], "design"), "design holds missing or infinite values, must be finite"),
        (lambda: matrix(np.ones((2, 2, 2))), "covariates.ndim == 3, must be 1 or 2"),
        (lambda: matrix(5.0, "design"), "design.ndim == 0, must be 1 or 2"),
        (lambda: flags([0, 1, 2], "left"), "left holds values other than 0 and 1, must be 0 or 1"),
        (lambda: flags([0, np.nan], "left"), "left holds values other than 0 and 1, must be 0 or 1"),
        (lambda: two_arms([0, -1]), "treated holds values other than 0 and 1, must be 0 or 1"),
        (lambda: two_arms([0, 0, 0]), 'treated rows == "0 of 3", must be such that both arms have rows'),
        (lambda: two_arms([True, True]), 'treated rows == "2 of 2", must be such that both arms have rows'),
    ],
)
def test_a_refusal_says_which_argument_holds_what_and_must_hold_what(call: Callable[[], object], words: str) -> None:
    with pytest.raises(NumbersRefused) as refused:
        call()
    assert str(refused.value) == words
