"""The golden figures that the source texts print."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.money.returns import customer_service_roi, repeat_contacts_avoided, support_roi, value_per_unit_spent
from roi_core.results import Absent

amounts = st.floats(0, 1e9)
costs = st.floats(1e-3, 1e9)


def test_customer_service_roi_of_text_003():
    assert customer_service_roi(150_000, 100_000).value == 50
    assert value_per_unit_spent(150_000, 100_000).value == 1.5


def test_support_roi_of_text_000_devtools():
    assert support_roi(2_300_000, 680_000, 450_000).value == pytest.approx(562.2, abs=0.05)
    assert value_per_unit_spent(2_300_000 + 680_000, 450_000).value == pytest.approx(6.62, abs=0.005)


def test_contacts_x_cost_per_repeat_of_text_000_techassist():
    assert repeat_contacts_avoided(180_000, 0.68, 0.89).value == pytest.approx(857_143, abs=0.5)


@given(amounts, costs)
def test_without_savings_both_texts_agree(benefit, cost):
    assert support_roi(benefit, 0, cost).value == customer_service_roi(benefit, cost).value


@given(amounts, costs)
def test_net_percent_and_gross_ratio_are_the_same_fact(benefit, cost):
    assert customer_service_roi(benefit, cost).value == pytest.approx(100 * (value_per_unit_spent(benefit, cost).value - 1), rel=1e-9, abs=1e-6)


def test_a_cost_of_nothing_has_no_return():
    assert isinstance(customer_service_roi(1, 0), Absent)
    assert isinstance(repeat_contacts_avoided(1, 0.5, 0.5), Absent)
