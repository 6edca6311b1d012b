import re

import pytest

from roi_core.schema import LOADED, Column, ColumnType, Privacy, Table
from tests.shared import shared_path

TABLES = pytest.mark.parametrize("table", LOADED.values(), ids=LOADED.keys())
OURS = {
    "customers": {"company_written"},
    "tickets": {"account_id", "company_written", "domain", "phone", "order_id", "asks_to_cancel", "automated", "excluded_by", "id_lost", "body"},
    "subscriptions": {"email", "company", "company_written", "domain", "mrr_is_monthly", "trial_started_at", "trial_ends_at"},
    "invoices": {"email", "company", "company_written", "domain", "subscription_id", "payment_row_id", "quantity", "unit_price"},
    "mrr_movements": {"company", "subscription_id"},
    "orders": {"company", "company_written", "domain", "phone", "unit_price"},
    "carts": {"domain"},
    "surveys": {"domain"},
}
"""Columns beside the design: join keys that exports hold, when a trial was, and what is computed on reading."""
OUR_TABLES = {"assignments"}
"""Tables beside the design: who was drawn into which arm of a test, which no outreach is."""


def designed() -> dict[str, dict[str, bool]]:
    """Columns by table of the design, and whether each is required."""
    section = shared_path("design/architecture.md").read_text().split("## 9. Canonical tables")[1]
    rows = re.findall(r"^\| (\w+) \| (.+) \|$", section, re.MULTILINE)
    return {
        table: {name: f"**{name}**" in text for name in re.findall(r"\w+", re.sub(r"\([^)]*\)", "", text)) if name not in {"or", "any", "covariates"}}
        for table, text in rows
        if table != "table"
    }


def test_the_schema_is_the_one_of_the_design() -> None:
    tables = designed()
    assert set(LOADED) - OUR_TABLES == set(tables)
    for name, columns in tables.items():
        assert set(LOADED[name].names) - OURS.get(name, set()) == set(columns) - OURS.get(name, set()), name
        assert set(columns) <= set(LOADED[name].names), name
        either = {column for names in LOADED[name].one_of for column in names}
        assert set(LOADED[name].required) == {column for column, required in columns.items() if required} - either, name


@TABLES
def test_a_table_says_what_it_is(table: Table) -> None:
    assert LOADED[table.name] is table
    assert table.title
    assert table.meaning.endswith(".")
    assert len(set(table.names)) == len(table.names)
    assert set(table.key) <= set(table.names)
    assert all(name in table.names for names in table.one_of for name in names)


def every_column() -> list[tuple[str, Column]]:
    return [(f"{table.name}.{column.name}", column) for table in LOADED.values() for column in table.columns]


@pytest.mark.parametrize(("name", "column"), every_column(), ids=[name for name, _ in every_column()])
def test_a_column_says_what_it_is(name: str, column: Column) -> None:
    assert column.meaning, name
    assert (column.type is ColumnType.KEY) == (column.privacy is Privacy.HASHED)
    if column.type in (ColumnType.MONEY, ColumnType.MINUTES):
        assert column.unit
    if column.values:
        assert column.type is ColumnType.TEXT


@pytest.mark.parametrize("personal", ["email", "phone", "company", "agent", "customer_id", "external_id", "owner"])
def test_what_points_to_a_person_is_never_plain(personal: str) -> None:
    assert {column.privacy for name, column in every_column() if name.endswith(f".{personal}")} == {Privacy.HASHED}


def test_an_unknown_column_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="tickets has no column colour"):
        LOADED["tickets"].column("colour")
