"""The tables that metrics read, each a definition `metric_<name>`: by what it can be split, and what its rows and its `n` count."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

TRAITS = ("plan", "segment", "industry", "country", "region", "acquisition_channel", "started_month")
_HANDLED = ("channel", "category", "priority", "agent", "team", "handled_by")
_ORDERED = ("orders", "customers")
_DETAILS = ("type", "product", "language", "lifecycle_stage")


@dataclass(frozen=True, slots=True)
class MetricTable:
    """One of them: columns it can be split by, columns that name a row, what its clusters are, and what the files call it.

    `timed` where rows have an instant (`at_s`), so that days and weeks can be told apart; else only months. `loaded` are the tables of the
    schema that it reads beside the derived ones, the first that which brings its rows. `by_period` is false where a row covers months that
    differ from row to row. `own_currency` where each row says its own; else `paid_in` are the tables whose rows do, "" that of the customers.
    `detailed` is the table that has the same rows with further columns. `has_customer` where rows say the number of their customer.
    `copied` where rows are few and dear to find, so that a question of a large company finds them once; `sliced` where those of a month are quickly
    found, so that it holds some months at a time. `only_of` is a table without whose rows there are none.
    """

    name: str
    dimensions: tuple[str, ...]
    row: tuple[str, ...]
    timed: bool = True
    counts: str = "customers"
    loaded: tuple[str, ...] = ()
    detailed: str = ""
    has_month: bool = True
    by_period: bool = True
    own_currency: bool = False
    paid_in: tuple[str, ...] = ("",)
    has_customer: bool = False
    copied: bool = False
    sliced: bool = False
    only_of: str = ""


_ALL = (
    MetricTable("contacts", (*_HANDLED, *TRAITS), ("ticket_no", "part_no", "row_no"), detailed="tickets", has_customer=True, sliced=True),
    MetricTable("tickets", (*_HANDLED, *_DETAILS, *TRAITS), ("ticket_id", "ticket_no"), loaded=("tickets",), has_customer=True, sliced=True),
    MetricTable("backlog", (*_HANDLED, *TRAITS), ("ticket_no", "month"), timed=False, copied=True),
    MetricTable("contact_months", (), ("month",), timed=False, counts="months"),
    MetricTable("contact_orders", (*_HANDLED, *TRAITS), ("ticket_no", "customer_no"), loaded=("orders",), has_customer=True, only_of="bought"),
    MetricTable("agent_months", ("agent", "team"), ("agent", "month"), timed=False, counts="agents", loaded=("agents",)),
    MetricTable("customers", TRAITS, ("customer_no", "customer_key"), has_customer=True),
    MetricTable("person_months", TRAITS, ("customer_no", "month"), timed=False, has_customer=True),
    MetricTable("movements", TRAITS, ("customer_no", "month"), timed=False, has_customer=True),
    MetricTable("usage", TRAITS, ("customer_key", "month"), loaded=("usage",)),
    MetricTable("costs", ("component",), ("month", "component"), timed=False, counts="lines of cost"),
    MetricTable("surveys", (), ("month",), timed=False, by_period=False, counts="surveys"),
    MetricTable("answers", ("kind", *_HANDLED[:5], *TRAITS), ("response_id",), loaded=("surveys", "tickets", "customers")),
    MetricTable("orders", ("status", *TRAITS), ("order_id",), loaded=_ORDERED, own_currency=True),
    MetricTable("buyers", TRAITS, ("buyer_no",), loaded=_ORDERED, paid_in=("orders",)),
    MetricTable("carts", TRAITS, ("cart_id",), loaded=("carts", "customers"), own_currency=True),
    MetricTable("returns", ("reason", *TRAITS), ("order_id", "at_s"), loaded=("returns", "orders", "customers"), own_currency=True),
    MetricTable("reviews", ("product", *TRAITS), ("review_id",), loaded=("reviews",)),
    MetricTable("referrals", ("channel", *TRAITS), ("referrer_key", "referred_key"), loaded=("referrals", *_ORDERED), paid_in=("", "orders")),
    MetricTable("deals", ("kind", "source", "stage", *TRAITS), ("opportunity_id",), loaded=("opportunities",), own_currency=True),
    MetricTable("feedback", ("kind", "status", *TRAITS), ("feedback_id",), loaded=("feedback", *_ORDERED), paid_in=("", "orders")),
    MetricTable("contracts", TRAITS, ("contract_id",), loaded=("contracts",), own_currency=True),
    MetricTable("projects", (), ("project_id",), loaded=("projects", "contracts"), timed=False, has_month=False, by_period=False),
)
TABLES: Mapping[str, MetricTable] = MappingProxyType({table.name: table for table in _ALL})


def base_of(table: str) -> str:
    """The table with the same rows and fewer columns, "" for none."""
    return next((name for name, other in TABLES.items() if other.detailed == table), "")
