import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from roi_core.measured import Joint
from roi_core.money.draws import SIZE, Draws, symmetric_root
from roi_core.money.interval import estimated, limits, share_above
from roi_core.results import Absent
from roi_core.units import Unit

CORRELATED = Joint(("a", "b"), np.array([5.0, -2.0]), np.array([[4.0, -3.0], [-3.0, 9.0]]))
squares = hnp.arrays(float, (3, 3), elements=st.floats(-10, 10))


def test_draws_have_the_mean_and_covariance_of_the_estimates():
    draws = Draws.of(CORRELATED).values[:, 1:]
    np.testing.assert_allclose(draws.mean(axis=1), CORRELATED.mean, atol=1e-12)
    np.testing.assert_allclose(np.cov(draws), CORRELATED.covariance, atol=0.15)


def test_first_column_is_the_estimates():
    np.testing.assert_array_equal(Draws.of(CORRELATED).values[:, 0], CORRELATED.mean)
    np.testing.assert_array_equal(Draws.none(CORRELATED).values, CORRELATED.mean[:, None])
    assert (Draws.of(CORRELATED).size, Draws.none(CORRELATED).size) == (SIZE, 0)


def test_equal_estimates_are_drawn_once_and_others_again():
    again = Joint(CORRELATED.names, CORRELATED.mean.copy(), CORRELATED.covariance.copy())
    assert Draws.of(again) is Draws.of(CORRELATED)
    assert Draws.of(Joint(CORRELATED.names, CORRELATED.mean + 1, CORRELATED.covariance)) is not Draws.of(CORRELATED)


def test_draws_cannot_be_changed_by_a_reader():
    with pytest.raises(ValueError, match="read-only"):
        Draws.of(CORRELATED).values[0, 0] = 1


@given(squares)
def test_root_times_itself_is_the_covariance(matrix):
    covariance = matrix @ matrix.T
    root = symmetric_root(covariance)
    np.testing.assert_allclose(root @ root, covariance, atol=1e-6)


def test_rounding_below_zero_counts_as_zero():
    np.testing.assert_allclose(symmetric_root(np.diag([4.0, -1e-12])), np.diag([2.0, 0.0]), atol=1e-12)


def test_no_estimates_give_no_draws():
    assert Draws.of(Joint((), np.empty(0), np.empty((0, 0)))).values.shape == (0, SIZE + 1)


def test_correlation_widens_a_sum_and_narrows_a_difference():
    draws, independent = Draws.of(CORRELATED), Draws.of(Joint(("a", "b"), CORRELATED.mean, np.diag([4.0, 9.0])))
    widths = [np.subtract(*limits(d.weighted(("a", "b"), np.array([1.0, 1.0])))[::-1]) for d in (draws, independent)]
    np.testing.assert_allclose(widths, [2 * 1.96 * np.sqrt(v) for v in (7, 13)], rtol=0.03)


def test_limits_of_the_standard_normal():
    sample = Draws.of(Joint(("z",), np.zeros(1), np.eye(1))).values[0]
    low, high = limits(sample)
    assert high == pytest.approx(1.96, abs=0.04)
    assert low == -high


def test_what_does_not_vary_has_no_interval():
    assert limits(np.full(101, 3.0)) == (None, None)
    assert estimated(3.0, 1, "typed", Unit.MONEY).low is None
    assert limits(np.array([3.0])) == (None, None)


def test_a_figure_that_is_not_finite_is_absent():
    assert isinstance(estimated(np.array([1.0, np.inf]), 1, "ratio", Unit.RATIO), Absent)


def test_share_above_counts_draws_and_not_the_estimate():
    assert share_above(np.array([-9.0, 1.0, 2.0, 3.0, -1.0])) == 0.75
    assert (share_above(2.0), share_above(-2.0), share_above(np.array([2.0]))) == (1.0, 0.0, 1.0)
