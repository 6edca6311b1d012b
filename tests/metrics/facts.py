"""Three customers over three months, small enough to count by hand."""

import pyarrow as pa

from roi_core.metrics import connect
from roi_core.schema import DERIVED

JAN = 2025 * 12
JAN_S = 1_735_689_600
DAY = 86_400
_TYPES = {"VARCHAR": pa.string(), "INTEGER": pa.int32(), "BIGINT": pa.int64(), "DOUBLE": pa.float64(), "BOOLEAN": pa.bool_()}


def table(name, rows):
    """Rows of the derived table of that name; columns that a row does not give are null."""
    columns = {c.name: _TYPES[c.type.sql] for c in DERIVED[name].columns}
    return pa.table({column: pa.array([row.get(column) for row in rows], kind) for column, kind in columns.items()})


def spine(currency="USD"):
    segments = ["small", "small", "large"]
    return table("spine", [{"customer_no": i, "cluster_no": i, "segment": s, "currency": currency if i else "USD"} for i, s in enumerate(segments)])


def contact(no, customer, month, day, **known):
    return {"ticket_no": no, "customer_no": customer, "month": JAN + month, "created_s": JAN_S + day * DAY, "replied": True, "recontact_7d": False, **known}


CONTACTS = [
    contact(0, 0, 0, 1, channel="mail", first_response_minutes=10.0, resolution_minutes=60.0, csat=1.0, handled_by="human", handle_minutes=6.0, reopened=False),
    contact(1, 0, 0, 2, channel="mail", first_response_minutes=20.0, resolution_minutes=180.0, csat=0.75, handled_by="bot", recontact_7d=True),
    contact(
        2, 1, 1, 35, channel="chat", first_response_minutes=40.0, resolution_minutes=120.0, csat=0.5, handled_by="human", handle_minutes=10.0, reopened=True
    ),
    contact(3, 1, 1, 36, channel="chat", replied=False, handled_by="both"),
    contact(4, 2, 2, 88, first_response_minutes=100.0, handled_by="human"),
]
PERSON_MONTHS = [
    {"customer_no": customer, "month": JAN + month, "mrr": mrr, "contacts": contacts, "segment": segment}
    for customer, month, mrr, contacts, segment in [
        (0, 0, 10.0, 2, "small"),
        (0, 1, 10.0, 0, "small"),
        (0, 2, 12.0, 0, "small"),
        (1, 0, 30.0, 0, "small"),
        (1, 1, 30.0, 2, "small"),
        (2, 2, None, 1, "large"),
    ]
]
COSTS = pa.table({"month": pa.array([JAN, JAN + 1, JAN + 9], pa.int32()), "component": ["salaries"] * 3, "amount": [8.0, 12.0, 1000.0]})
SENT = pa.table(
    {
        "asked": [100, 60],
        "answered": [30, 10],
        "first_month": pa.array([JAN, JAN + 1], pa.int32()),
        "last_month": pa.array([JAN + 2, JAN + 3], pa.int32()),
    }
)


def facts(**changed):
    """A connection on the three customers; `changed` replaces whole tables."""
    tables = {
        "spine": spine(),
        "person_months": table("person_months", PERSON_MONTHS),
        "contacts": table("contacts", CONTACTS),
        "costs": COSTS,
        "surveys_sent": SENT,
    }
    return connect(tables | changed)
