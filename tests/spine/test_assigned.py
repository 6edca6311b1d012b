"""Whom a row of a treatment list names: by id, by address, by the contact of a CRM, or nobody."""

from pathlib import Path

from tests.spine.worlds import Columns, linked, tables
from tests.typed_tables import times


def drawn(**keys: list[object]) -> Columns:
    """A list with these keys, all in the helped arm on one day."""
    n = len(next(iter(keys.values())))
    return {"arm": ["treatment"] * n, "assigned_at": times(*["2025-02-01"] * n), **keys}


def found(folder: Path, assignments: Columns, **more: Columns) -> list[str | None]:
    """The customer of every row, in the order of the list; a column that says which row it is keeps that order."""
    n = len(assignments["arm"])
    facts = linked(tables(folder, assignments=assignments | {"test": [f"{place:02}" for place in range(n)]}, **more))
    keys = facts.spine.column("customer_key").to_pylist()
    rows = sorted(facts.assigned.to_pylist(), key=lambda row: str(row["test"]))
    return [None if row["customer_no"] is None else keys[row["customer_no"]] for row in rows]


def test_an_id_an_address_and_nobody(tmp_path: Path) -> None:
    ids, mails = ["acme", None, None, "nobody", "acme"], [None, "pay@bolt", "who@else", None, "pay@cog"]
    assert found(tmp_path, drawn(customer_id=ids, email=mails)) == ["acme", "bolt", None, None, "acme"], "an id stands above an address"


def test_an_address_that_several_customers_have_is_nobodys(tmp_path: Path) -> None:
    customers: Columns = {
        "customer_id": ["acme", "bolt", "cog"],
        "email": ["pay@group", "pay@group", "pay@cog"],
        "started_at": times("2025-01-01", "2025-01-02", "2025-01-03"),
    }
    assert found(tmp_path, drawn(email=["pay@group", "pay@cog"]), customers=customers) == [None, "cog"]


def test_a_contact_of_a_crm_is_the_customer_of_its_account(tmp_path: Path) -> None:
    customers: Columns = {
        "customer_id": ["acme", "bolt", "cog", "contact-7"],
        "email": ["pay@acme", "pay@bolt", "pay@cog", "ann@bolt"],
        "company": ["acme", "bolt", "cog", None],
        "account_id": [None, None, None, "crm-1"],
        "started_at": times("2025-01-01", "2025-01-02", "2025-01-03", None),
    }
    accounts: Columns = {"account_id": ["crm-1"], "name": ["bolt"]}
    listed = drawn(email=["ann@bolt", None], customer_id=[None, "contact-7"])
    assert found(tmp_path, listed, customers=customers, accounts=accounts) == ["bolt", "bolt"]


def test_words_of_arms_are_ones_zeros_and_unknown(tmp_path: Path) -> None:
    assignments: Columns = {"customer_id": ["acme", "bolt", "cog"], "arm": ["treatment", "control", "red"], "assigned_at": times(*["2025-02-01"] * 3)}
    facts = linked(tables(tmp_path, assignments=assignments))
    assert sorted(facts.assigned.column("treated").to_pylist(), key=str) == [0, 1, None]
    assert set(facts.assigned.column("test").to_pylist()) == {""}
