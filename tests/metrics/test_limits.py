"""What cannot be negative has no limit below 0, and what can be has."""

import pytest

from roi_core.metrics import METRICS, compute, connect
from roi_core.results import Estimate
from tests.metrics.test_small_tables import at, loaded, people


def order(number, who, amount, currency):
    return {"order_id": f"o{number}", "customer_id": who, "ordered_at": at(number), "amount": amount, "currency": currency}


@pytest.mark.parametrize("key", ["spend_per_buyer", "average_order_value", "items_per_order"])
def test_what_cannot_be_negative_has_no_limit_below_0(key):
    """Two small orders and one of 1,000."""
    amounts = (10.0, 10.0, 1000.0)
    rows = [order(k, f"c{k}", amount, "USD") | {"items": amount} for k, amount in enumerate(amounts)]
    with connect({"orders": loaded("orders", rows)}, of=("orders", "buyers")) as con:
        found = compute(METRICS[key], con)
    assert isinstance(found, Estimate)
    assert found.low == 0.0


@pytest.mark.parametrize("refunded", [(0.0, 0.0, 0.0), (0.0, 10.0, 0.0), (0.0, 0.0, 1000.0), (10.0, 10.0, 1000.0)])
def test_the_share_that_was_paid_back_has_limits_from_0_to_1(refunded):
    rows = [order(k, f"c{k}", amount, "USD") | {"refunded": back} for k, (amount, back) in enumerate(zip((10.0, 10.0, 1000.0), refunded, strict=True))]
    with connect({"orders": loaded("orders", rows)}, of=("orders",)) as con:
        found = compute(METRICS["refund_share"], con)
    assert isinstance(found, Estimate)
    assert found.value == sum(refunded) / 1020
    assert 0.0 <= found.low < found.high <= 1.0


def test_a_change_of_value_may_have_a_limit_below_0():
    changes = (10.0, 10.0, 1000.0)
    rows = [
        {"contract_id": f"k{k}", "customer_id": f"c{k}", "started_at": at(0), "ends_at": at(300), "value": 10.0, "scope_change": change, "currency": "USD"}
        for k, change in enumerate(changes)
    ]
    with connect({"spine": people(3), "contracts": loaded("contracts", rows)}, of=("contracts",)) as con:
        found = compute(METRICS["scope_growth"], con)
    assert isinstance(found, Estimate)
    assert found.low < 0
