import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.money.discount import factors, present_value


def test_a_year_from_now_costs_one_rate():
    assert factors(0.10, 12)[-1] == pytest.approx(1 / 1.1)
    assert factors(0.21, 6)[-1] == pytest.approx(1 / 1.1)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=36))
def test_without_a_rate_it_is_the_plain_sum(amounts):
    assert present_value(amounts, 0.0) == pytest.approx(np.sum(amounts), abs=1e-6)


@given(st.floats(0.001, 1), st.integers(1, 48))
def test_level_payments_have_the_value_of_the_textbook_annuity(rate, months):
    monthly = (1 + rate) ** (1 / 12) - 1
    assert present_value([1.0] * months, rate) == pytest.approx((1 - (1 + monthly) ** -months) / monthly)


def test_drawn_rates_discount_draw_by_draw():
    np.testing.assert_allclose(factors(np.array([0.0, 0.1]), 12)[-1], [1, 1 / 1.1])
