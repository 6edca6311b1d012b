"""The customer as known before time zero: the covariates that every comparison shares."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from roi_core.cohorts import covariates, orders, terms
from roi_core.cohorts.covariates import Part
from roi_core.spine.facts import Facts, integers, labels, numbers

LABELS = ("plan", "segment", "industry", "country")
HEALTH_COLUMNS = ("usage", "health")
"""Without one of these before the contact, trouble that makes people write cannot be seen."""


def known_before(facts: Facts, table: pa.Table, horizon: int) -> list[Part]:
    """What is known of rows of person_months before time zero; in a shop orders and returns too, of services the contract that comes due."""
    customer, month = integers(table, "customer_no"), integers(table, "month")
    if facts.is_shop:
        return [*parts(table, facts.telling_labels), *orders.parts(facts, customer, month)]
    if facts.is_services:
        return [*parts(table, facts.telling_labels), *terms.parts(facts, customer, month, horizon)]
    return parts(table, facts.telling_labels)


def parts(table: pa.Table, left_out: tuple[str, ...] = ()) -> list[Part]:
    """Plan, revenue, industry, tenure, usage, health, earlier contacts and renewal of rows of person_months; some labels left out."""
    return [
        *(covariates.label(name, *labels(table, name)) for name in LABELS if name not in left_out),
        covariates.number("log monthly revenue", np.log1p(np.maximum(numbers(table, "known_mrr"), 0))),
        covariates.number("log tenure", np.log1p(np.maximum(numbers(table, "tenure_months"), 0))),
        covariates.number("usage", numbers(table, "usage")),
        covariates.number("health", numbers(table, "health")),
        covariates.number("log earlier contacts", np.log1p(numbers(table, "contacts_before"))),
        covariates.number("contact 4 to 6 months ago", (numbers(table, "contacts_4_6m") > 0).astype(np.float64)),
        covariates.number("months to renewal", numbers(table, "months_to_renewal")),
    ]


def month_part(month: NDArray[np.int64]) -> Part:
    """The calendar month of the trial, (n,) month numbers."""
    if len(month) == 0:
        return covariates.label("month", month, ())
    first = int(month.min())
    return covariates.label("month", month - first, [f"{m // 12}-{m % 12 + 1:02d}" for m in range(first, int(month.max()) + 1)])
