"""The cost sheet in the currency of the company: amounts of another currency, or of several, are no costs that can be shown beside revenue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from roi_core import engine
from roi_core.sentences import say
from roi_core.spine.facts import CostRow

_STATE_MONEY = ("customers", "subscriptions", "invoices", "orders", "contracts")


@dataclass(frozen=True, slots=True)
class CostSheet:
    """The rows that count, and why none does where the files have some (else empty)."""

    rows: tuple[CostRow, ...]
    left_out: str = ""


def read_costs(con: engine.Connection, currencies: Sequence[str] = ()) -> CostSheet:
    """The costs of a connection on which `costs` is attached; `currencies` are those of revenue. No currency named is that of the company.

    None counts where the sheet names several currencies, or one that is not the one of revenue: no exchange rate is in the files.
    """
    rows = engine.run_few(con, "cost_months")
    named = sorted({row["currency"] for row in rows if row["currency"]})
    if len(named) > 1:
        return CostSheet((), say("links.costs_several", currencies=", ".join(named)))
    if named and currencies and named[0] not in currencies:
        return CostSheet((), say("links.costs_other", costs=named[0], revenue=", ".join(currencies)))
    amounts: dict[tuple[int, str], float] = {}
    for row in rows:
        amounts[row["month"], row["component"]] = amounts.get((row["month"], row["component"]), 0.0) + row["amount"]
    return CostSheet(tuple(CostRow(month, component, amount) for (month, component), amount in amounts.items()))


def costs_of(tables: Mapping[str, Sequence[Path]]) -> CostSheet:
    """The costs of typed tables of which nobody can be followed, beside the currencies that these tables state money in. Raises duckdb.Error."""
    sheet = tables.get("costs", ())
    if not sheet:
        return CostSheet(())
    with engine.analyst(sheet[0].parent.parent) as con:
        for table in ("costs", *_STATE_MONEY):
            engine.attach(con, table, tables.get(table, ()))
        return read_costs(con, [row["currency"] for row in engine.run_few(con, "currencies")])
