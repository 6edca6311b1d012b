"""Bends of continuous columns, term by term."""

import numpy as np
import pytest

from roi_core.errors import NumbersRefused
from roi_core.stats.splines import KNOTS, hinges

LUCK = np.random.default_rng(11)
SPEND = LUCK.gamma(2.0, 10.0, 2000)
PLAN = (LUCK.random(2000) < 0.3).astype(float)


def standard(term: np.ndarray) -> np.ndarray:
    return (term - term.mean()) / np.std(term)


def test_a_design_is_a_constant_the_columns_and_how_far_they_are_above_their_percentiles() -> None:
    x = np.column_stack([PLAN, SPEND])
    knots = np.percentile(SPEND, [10, 50, 90])
    expected = [np.ones(2000), standard(PLAN), standard(SPEND), *(standard(np.maximum(SPEND - knot, 0)) for knot in knots)]
    assert KNOTS == (0.1, 0.5, 0.9)
    assert hinges(x).design(x) == pytest.approx(np.column_stack(expected))
    assert hinges(x).terms == ((0, None), (1, None), *((1, pytest.approx(knot)) for knot in knots))


def test_other_rows_are_measured_by_those_that_made_the_basis() -> None:
    found = hinges(SPEND).design([SPEND.mean(), SPEND.mean() + SPEND.std()])
    assert found[:, :2] == pytest.approx(np.array([[1, 0], [1, 1]]))


def test_columns_are_straight_where_they_are_said_to_be_or_nothing_bends() -> None:
    x = np.column_stack([SPEND, SPEND**2])
    assert [column for column, knot in hinges(x, [False, True]).terms if knot is not None] == [1, 1, 1]
    assert hinges(x, [True, True], splines=False).terms == ((0, None), (1, None))
    assert len(hinges(x).terms) == 8


def test_a_column_of_two_values_does_not_bend_even_where_it_is_said_to() -> None:
    assert hinges(PLAN, [True]).terms == ((0, None),)
    assert hinges([-3.0, 5.0, 5.0]).terms == ((0, None),)


def test_a_knot_at_an_end_or_on_another_is_left_out() -> None:
    """Percentiles 0, 0 and 2 of which 0 is the end; 1, 1 and 1, which is one; 0, 4 and 4, of which both are ends."""
    assert hinges([0.0] * 6 + [1.0] + [2.0] * 3 + [5.0]).terms == ((0, None), (0, 2.0))
    assert hinges([0.0] + [1.0] * 10 + [2.0]).terms == ((0, None), (0, 1.0))
    assert hinges([0.0] * 3 + [3.0] + [4.0] * 9).terms == ((0, None),)


def test_columns_that_never_vary_are_left_out_and_those_after_them_kept() -> None:
    x = np.column_stack([np.full(2000, 7.0), PLAN])
    assert hinges(x).terms == ((1, None),)
    assert hinges(x).design(x)[:, 1] == pytest.approx(standard(PLAN))
    assert hinges(np.ones((5, 2))).design(np.ones((5, 2))).tolist() == [[1.0]] * 5


def test_a_column_too_small_for_a_deviation_keeps_its_unit() -> None:
    found = hinges([0.0, 0.0, 1e-200])
    assert found.scale.tolist() == [1.0]


@pytest.mark.parametrize(
    ("covariates", "continuous", "said"),
    [
        ([[1.0, 2], [3, 4]], [True], "continuous.shape == (1,), must be (2,)"),
        ([1.0, 2], [True, False], "continuous.shape == (2,), must be (1,)"),
        ([1.0, np.nan], None, "covariates holds missing or infinite values, must be finite"),
        (np.ones((2, 2, 2)), None, "covariates.ndim == 3, must be 1 or 2"),
    ],
)
def test_what_cannot_be_bent_is_refused(covariates: np.ndarray, continuous: list[bool] | None, said: str) -> None:
    with pytest.raises(ValueError, match=r"covariates|continuous") as refused:
        hinges(covariates, continuous)
    assert str(refused.value) == said
    if continuous is None:
        with pytest.raises(NumbersRefused) as of_rows:
            hinges([1.0, 2.0, 3.0]).design(covariates)
        assert str(of_rows.value) == said
