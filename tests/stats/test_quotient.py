"""Quotients of effects: by the relative errors of both, and Fieller's limits where the divisor is near nothing."""

from math import hypot

import numpy as np
import pytest

from roi_core.errors import NumbersRefused
from roi_core.stats.interval import z_of
from roi_core.stats.quotient import fieller, quotient

Z = 1.959964


def test_far_from_nothing_the_delta_method_and_fieller_agree():
    near = quotient(-0.03, 0.01, 1.0, 0.01)
    assert near.value == pytest.approx(-0.03)
    assert (near.low, near.high) == pytest.approx(fieller(-0.03, 0.01, 1.0, 0.01), rel=1e-2)


def test_fieller_limits_are_where_the_difference_is_just_not_zero():
    top, top_se, bottom, bottom_se = 1.2, 0.4, 0.5, 0.2
    for limit in fieller(top, top_se, bottom, bottom_se):
        z = (top - limit * bottom) / np.sqrt(top_se**2 + limit**2 * bottom_se**2)
        assert abs(z) == pytest.approx(1.959964, rel=1e-6)
    found = quotient(top, top_se, bottom, bottom_se)
    assert (found.low, found.high) == pytest.approx(fieller(top, top_se, bottom, bottom_se)), "2.5 errors from nothing: not the delta method"


@pytest.mark.parametrize(("bottom", "se"), [(4.0, 1.0), (-4.0, 1.0), (-8.0, 2.0), (4.0, 0.2), (0.5, 0.05)])
def test_relative_errors_add_like_the_sides_of_a_right_triangle(bottom: float, se: float) -> None:
    found = quotient(12.0, 3.0, bottom, se)
    assert found.value == pytest.approx(12.0 / bottom)
    assert found.se == pytest.approx(abs(found.value) * hypot(3.0 / 12.0, se / bottom))
    assert (found.low, found.high) == pytest.approx((found.value - Z * found.se, found.value + Z * found.se))


def test_a_divisor_of_exactly_three_errors_is_far_enough_from_nothing() -> None:
    at, under = quotient(6.0, 1.0, 3.0, 1.0), quotient(6.0, 1.0, 2.999, 1.0)
    assert at.value - at.low == pytest.approx(at.high - at.value)
    assert under.high - under.value > 2 * (under.value - under.low)


def test_a_number_known_for_certain_has_no_error() -> None:
    over, of = quotient(1.0, 0.2, 4.0, 0.0), quotient(1.0, 0.0, 4.0, 0.4)
    assert (over.value, over.se) == pytest.approx((0.25, 0.05))
    assert (of.value, of.se) == pytest.approx((0.25, 0.025))


@pytest.mark.parametrize(("level", "z"), [(None, Z), (0.9, 1.644854)])
def test_limits_and_error_go_with_the_level(level: float | None, z: float) -> None:
    near, far = ((1.2, 0.4, 0.5, 0.2), (12.0, 3.0, 4.0, 1.0))
    by_fieller, by_delta = (quotient(*numbers) if level is None else quotient(*numbers, level=level) for numbers in (near, far))
    assert by_fieller.value == pytest.approx(2.4)
    for limit in (by_fieller.low, by_fieller.high):
        assert abs(1.2 - limit * 0.5) == pytest.approx(z * hypot(0.4, limit * 0.2), rel=1e-6)
    assert by_fieller.se == pytest.approx((by_fieller.high - by_fieller.low) / z / 2, rel=1e-6)
    assert by_delta.high - by_delta.value == pytest.approx(z * by_delta.se, rel=1e-6)


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((1.0, 0.1, 0.3, 0.2), 'divisor == "0.3", must be different enough from 0 to divide by'),
        ((1.0, 0.1, 0.0, 0.1), 'divisor == "0", must be other than 0, with errors of 0 or more'),
        ((1.0, -0.1, 2.5, 0.1), 'divisor == "2.5", must be other than 0, with errors of 0 or more'),
        ((1.0, 0.1, 2.5, -0.1), 'divisor == "2.5", must be other than 0, with errors of 0 or more'),
    ],
)
def test_a_divisor_that_may_be_nothing_is_refused(numbers: tuple[float, float, float, float], words: str) -> None:
    with pytest.raises(NumbersRefused) as refused:
        quotient(*numbers)
    assert str(refused.value) == words


def test_a_divisor_just_as_far_from_nothing_as_its_error_reaches_is_refused() -> None:
    with pytest.raises(NumbersRefused, match="different enough"):
        fieller(1.0, 0.1, z_of(0.95), 1.0)


def test_fieller_limits_hold_a_quotient_as_often_as_the_difference_it_makes_is_within_its_own():
    """So they cover what they say, wherever they end; the delta method does not (2,000 draws, divisor 2.7 errors from 0)."""
    luck = np.random.default_rng(5)
    made = delta = 0
    for top, bottom in zip(luck.normal(2, 0.3, 2_000), luck.normal(1, 0.37, 2_000), strict=True):
        try:
            low, high = fieller(top, 0.3, bottom, 0.37)
        except NumbersRefused:
            continue
        made += 1
        fits = abs(top - 2 * bottom) <= 1.959964 * np.sqrt(0.09 + 4 * 0.1369)
        assert (low <= 2 <= high) == fits
        delta += abs(top / bottom - 2) <= 1.959964 * np.sqrt(0.09 + (top / bottom) ** 2 * 0.1369) / abs(bottom)
    assert made > 1_400
    assert delta / made != pytest.approx(0.95, abs=0.01)
