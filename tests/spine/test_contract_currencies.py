"""Contract values of several currencies are never added up, whether anything else states a currency or not."""

from pathlib import Path

import pytest

from tests.spine.worlds import CUSTOMERS, SUBSCRIPTIONS, linked, tickets
from tests.typed_tables import times, write_part


@pytest.mark.parametrize(
    ("currencies", "with_subscriptions", "values", "of_company"),
    [
        (["EUR", "EUR"], False, [10.0, 20.0], ("EUR",)),
        (["EUR", None], False, [10.0, 20.0], ("EUR",)),
        (["EUR", "USD"], False, [None, None], ("EUR", "USD")),
        (["usd", "EUR"], True, [10.0, None], ("USD",)),
    ],
    ids=["one", "one and none", "two", "another than the subscriptions"],
)
def test_values_are_in_the_currency_of_the_company(
    currencies: list[str | None], with_subscriptions: bool, values: list[float | None], of_company: tuple[str, ...], tmp_path: Path
) -> None:
    contracts = {
        "contract_id": ["k1", "k2"],
        "customer_id": ["acme", "bolt"],
        "started_at": times("2025-01-05", "2025-01-06"),
        "ends_at": times("2025-03-05", "2025-03-06"),
        "value": [10.0, 20.0],
        "currency": currencies,
    }
    last = tickets(email=["x"]) | {"created_at": times("2025-06-02")}
    given = {"customers": CUSTOMERS, "contracts": contracts, "tickets": last} | ({"subscriptions": SUBSCRIPTIONS} if with_subscriptions else {})
    facts = linked({name: write_part(tmp_path, name, columns) for name, columns in given.items()})
    assert facts.terms.column("value").to_pylist() == values
    assert facts.currencies == of_company
