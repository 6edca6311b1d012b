"""Money of several currencies, or of none that is known beside several, is not added up."""

import pytest

from roi_core.metrics import METRICS, compute, connect
from roi_core.results import Absent
from tests.metrics.test_small_tables import at, loaded


def order(number, who, amount, currency):
    return {"order_id": f"o{number}", "customer_id": who, "ordered_at": at(number), "amount": amount, "currency": currency}


@pytest.mark.parametrize("payers", [("c0", "c1", "c1"), ("c0", "c0", "c1"), ("c0", "c0", "c0")])
def test_what_buyers_spent_in_two_currencies_is_not_added_up(payers):
    """Also where one buyer pays in both, and where nobody pays in one alone; how often they bought is known."""
    rows = [order(k, who, 100.0, currency) for k, (who, currency) in enumerate(zip(payers, ("USD", "SEK", "USD"), strict=True))]
    with connect({"orders": loaded("orders", [*rows, order(9, "c9", 5.0, "USD")])}, of=("orders", "buyers")) as con:
        spent, often = (compute(METRICS[key], con) for key in ("spend_per_buyer", "orders_per_buyer"))
    assert isinstance(spent, Absent)
    assert "SEK, USD" in spent.reason
    assert often.value == 4 / len({*payers, "c9"})


def test_amounts_without_a_currency_are_not_added_where_orders_are_in_several():
    tables = {
        "referrals": loaded("referrals", [{"referrer_id": "c0", "referred_id": f"n{k}", "at": at(k), "amount": 10.0} for k in range(2)]),
        "feedback": loaded("feedback", [{"feedback_id": f"f{k}", "customer_id": "c0", "at": at(k), "kind": "request", "value": 10.0} for k in range(2)]),
    }
    for currencies, wanted in ((("USD", "USD"), 20.0), (("USD", "SEK"), None)):
        orders = loaded("orders", [order(k, "c0", 5.0, currency) for k, currency in enumerate(currencies)])
        with connect({**tables, "orders": orders}, of=("referrals", "feedback")) as con:
            found = [compute(METRICS[key], con) for key in ("referral_revenue", "request_value")]
        assert [getattr(one, "value", None) for one in found] == [wanted, wanted]
