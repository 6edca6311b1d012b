"""A small company with rows in every table and a value, or none, in every column: drawn once for the tests over the catalogue."""

from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa

from roi_core.metrics import connect
from roi_core.metrics.connection import COSTS, SENT, loaded_schema
from roi_core.metrics.tables import TABLES
from roi_core.schema import LOADED
from roi_core.schema.loaded.money import COST_COMPONENTS
from tests.metrics.facts import DAY, JAN, table

CUSTOMERS, MONTHS = 60, 9
_START = datetime(2025, 1, 1)
_START_S = 1_735_689_600
_WORDS = {
    "kind": ("csat", "ces", "nps"),
    "status": ("paid", "refunded", "cancelled"),
    "component": COST_COMPONENTS,
}
_KINDS = {"opportunities": ("new", "upsell", "cross_sell", "renewal"), "feedback": ("request", "bug", "competitor", "price", "integration")}
_ROWS = {"tickets": 400, "surveys": 200, "orders": 200, "usage": 150, "carts": 60, "agents": 4}
_SOURCES = ("support", "web", "Helpdesk ticket")


def company(seed=20251129):
    """Tables by name: derived ones, costs, surveys_sent, and all loaded ones that metrics read."""
    draw = np.random.default_rng(seed)
    loaded = {name: _loaded(name, draw) for name in dict.fromkeys(name for one in TABLES.values() for name in one.loaded)}
    return {**_derived(draw, _ROWS["tickets"]), **loaded}


def connected(tables):
    """A connection on them."""
    return connect(tables)


def shuffled(tables, seed=1):
    """The same rows in another order, each table with a column that means nothing."""
    draw = np.random.default_rng(seed)
    mixed = {name: found.take(pa.array(draw.permutation(found.num_rows))) for name, found in tables.items()}
    return {name: found.append_column("of_no_meaning", pa.array(draw.random(found.num_rows))) for name, found in mixed.items()}


def _maybe(draw, values, none=0.2):
    return [None if draw.random() < none else value for value in values]


def _loaded(name, draw):
    rows = _ROWS.get(name, 40)
    columns = {c.name: _column(name, c, draw, rows) for c in LOADED[name].columns}
    columns |= {"row_no": list(range(rows)), "file_no": [0] * rows, "part_no": [0] * rows, "system_no": [0] * rows}
    return pa.table({field.name: pa.array(columns[field.name], field.type) for field in loaded_schema(name)})


def _column(name, column, draw, rows):
    if LOADED[name].key[:1] == (column.name,) and name != "referrals":
        return [f"agent{i}" if name == "agents" else f"c{i % CUSTOMERS}" if name == "usage" else f"{name}{i}" for i in range(rows)]
    match column.type.sql:
        case "TIMESTAMP":
            first = column.name in ("created_at", "at", "opened_at", "ordered_at", "sent_at", "started_at", "as_of")
            at = draw.integers(0, 200 if first else 270, rows)
            values = [_START + timedelta(days=int(d), minutes=int(m)) for d, m in zip(at, draw.integers(0, 1440, rows), strict=True)]
        case "BOOLEAN":
            values = [bool(v) for v in draw.random(rows) < 0.6]
        case "BIGINT" | "INTEGER":
            values = [int(v) for v in draw.integers(0, 4, rows)]
        case "DOUBLE":
            values = [float(v) for v in _numbers(column.name, draw, rows)]
        case _:
            values = _texts(name, column, draw, rows)
    return values if column.required or (name, column.name) in (("returns", "order_id"), ("projects", "contract_id")) else _maybe(draw, values)


def _numbers(name, draw, rows):
    if name == "scale":
        return np.full(rows, 7.0)
    return draw.integers(0 if name != "score" else 1, 8, rows) if name in ("score", "refunded", "vendor_first_response_minutes") else draw.integers(1, 90, rows)


def _texts(name, column, draw, rows):
    if column.name in ("customer_id", "referrer_id", "referred_id"):
        return [f"c{i}" for i in draw.integers(0, CUSTOMERS + 10, rows)]
    if column.name in ("ticket_id", "order_id", "contract_id", "cart_id"):
        return [f"{column.name.removesuffix('_id')}s{i}" for i in draw.integers(0, 40, rows)]
    if column.name == "currency":
        return ["USD"] * rows
    words = _SOURCES if column.name == "source" else _KINDS.get(name, _WORDS["kind"]) if column.name == "kind" else _WORDS.get(column.name, ("a", "b"))
    return [words[i] for i in draw.integers(0, len(words), rows)]


def _derived(draw, tickets):
    who = [_customer(i, draw) for i in range(CUSTOMERS)]
    months = [row for one in who for row in _months(one, draw)]
    return {
        "spine": table("spine", who),
        "person_months": table("person_months", months),
        "contacts": table("contacts", [_contact(i, draw) for i in range(tickets)]),
        "bought": table("bought", [{"customer_no": int(c), "ordered_s": int(_START_S + d * DAY)} for c, d in draw.integers(0, CUSTOMERS, (150, 2))]),
        "costs": pa.Table.from_pylist(_costs(), schema=COSTS),
        "surveys_sent": pa.Table.from_pylist([{"asked": 90, "answered": 30, "first_month": JAN, "last_month": JAN + 4}], schema=SENT),
    }


def _bought(draw):
    return [{"customer_no": int(c), "ordered_s": int(_START_S + d * DAY)} for c, d in draw.integers(0, CUSTOMERS, (150, 2))]


def _costs():
    return [{"month": JAN + m, "component": c, "amount": 10.0 + m} for m in range(MONTHS) for c in _WORDS["component"]]


def _customer(i, draw):
    left = draw.random() < 0.4
    return {
        "customer_no": i, "customer_key": f"c{i}", "cluster_no": i - i % 2, "plan": "pro", "segment": ("small", "large", None)[i % 3], "industry": "retail",
        "country": ("DE", "FR")[i % 2], "region": ("north", None)[i % 2], "acquisition_channel": "web", "started_s": _START_S, "started_month": JAN + i % 4,
        "churned_s": _START_S + (200, 160)[i % 2] * DAY if left else None,
        "churn_kind": ("voluntary", "failed_payment")[i % 2] if left else None, "currency": "USD",
    }  # fmt: skip


def _months(one, draw):
    first, last = one["started_month"] - JAN, MONTHS - (3 if one["churned_s"] else 0)
    gap = 6 if one["customer_no"] % 20 == 0 else None
    keep = {name: one[name] for name in ("customer_no", "plan", "segment", "industry", "country")}
    steps = {m: float(10 * draw.integers(1, 4)) for m in range(MONTHS)}
    return [
        {**keep, "month": JAN + m, "mrr": steps[m], "tenure_months": float(m - first)}
        | {name: int(draw.integers(0, most)) for name, most in (("contacts", 4), ("overdue", 2))}
        for m in range(first, last)
        if m != gap
    ]


def _contact(i, draw):
    day = int(draw.integers(0, 265))
    answered, done = draw.random() < 0.8, draw.random() < 0.8
    return {
        "ticket_no": i, "part_no": 0, "row_no": i, "customer_no": int(draw.integers(0, CUSTOMERS)), "month": JAN + day // 31, "created_s": _START_S + day * DAY,
        "channel": (None, "mail", "chat")[int(draw.integers(0, 3))], "category": ("bug", None)[i % 2], "priority": ("low", "high")[i % 2],
        "agent": f"agent{i % 4}", "team": "one", "handled_by": ("bot", "human", "both", None)[i % 4],
        "first_response_minutes": float(draw.lognormal(5, 2)) if answered else None, "resolution_minutes": float(draw.lognormal(7, 1)) if done else None,
        "replied": answered, "resolved": done, "recontact_7d": bool(draw.random() < 0.3), "reopened": bool(draw.random() < 0.1),
        "escalated": bool(draw.random() < 0.2), "csat": float(draw.integers(0, 5)) / 4 if draw.random() < 0.5 else None,
        "load": float(draw.integers(0, 90)), "handle_minutes": float(draw.integers(1, 40)),
    }  # fmt: skip
