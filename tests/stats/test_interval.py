import pytest
from scipy.stats import norm

from roi_core.errors import NumbersRefused
from roi_core.stats.interval import normal_quantile, two_sided_p, wald, z_of


def test_quantiles_and_p_values_are_those_of_a_table_of_the_normal_curve() -> None:
    assert [z_of(0.95), z_of(0.9), z_of(0.5)] == pytest.approx([1.959964, 1.644854, 0.674490], abs=1e-6)
    assert [normal_quantile(0.8), normal_quantile(0.5), normal_quantile(0.025)] == pytest.approx([0.841621, 0, -1.959964], abs=1e-6)
    assert [two_sided_p(1.959964), two_sided_p(-1.644854), two_sided_p(0)] == pytest.approx([0.05, 0.1, 1], abs=1e-6)


def test_a_p_value_is_accurate_far_into_the_tail() -> None:
    assert two_sided_p(30) == pytest.approx(2 * norm.sf(30), rel=1e-9)


def test_limits_stand_z_errors_to_each_side() -> None:
    assert (wald(3, 2).low, wald(3, 2).high, wald(3, 2).se) == pytest.approx((3 - 3.919928, 3 + 3.919928, 2), abs=1e-6)
    assert (wald(3, 2, 0.9).low, wald(3, 2, 0.9).high) == pytest.approx((3 - 3.289707, 3 + 3.289707), abs=1e-6)


@pytest.mark.parametrize("level", [0, 1, 1.5, -0.2])
def test_a_level_that_cannot_be_is_refused(level: float) -> None:
    with pytest.raises(NumbersRefused) as refused:
        z_of(level)
    assert str(refused.value) == f"level == {level}, must be between 0 and 1"
