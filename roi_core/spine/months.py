"""What each whole month of the window holds, in plain counts: where two versions of the files cover it, they can be told apart."""

from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc

from roi_core.spine import calendar
from roi_core.spine.facts import Facts, integers, numbers


@dataclass(frozen=True, slots=True)
class MonthCount:
    """One month number: customers at its start, how many left in it, contacts (None where tickets do not cover it), revenue (None where unknown).

    Revenue is what customers at its start pay a month, in a shop what is left of the orders of the month.
    """

    month: int
    customers: int
    left: int
    contacts: int | None
    revenue: float | None


def month_counts(facts: Facts) -> tuple[MonthCount, ...]:
    """One row a followed month, in order."""
    months = integers(facts.person_months, "month")
    churned = integers(facts.spine, "churned_s")
    left = np.array([calendar.month_of(second) for second in churned[churned >= 0].tolist()], dtype=np.int64)
    contacts, revenue = integers(facts.contacts, "month"), _revenue(facts)
    return tuple(
        MonthCount(month, int((months == month).sum()), int((left == month).sum()), _contacts(facts, int((contacts == month).sum()), month), revenue.get(month))
        for month in range(facts.first_month, facts.last_month + 1)
    )


def _contacts(facts: Facts, counted: int, month: int) -> int | None:
    first, last = facts.first_contact_month, facts.last_contact_month
    return counted if first is not None and last is not None and first <= month <= last else None


def _revenue(facts: Facts) -> dict[int, float]:
    """Known revenue by month, summed in the order of the customers, so that the same rows give the same digits."""
    if facts.is_shop:
        return _sold(facts)
    known = facts.person_months.select(["month", "mrr"]).filter(pc.field("mrr").is_valid())
    months, amounts = integers(known, "month"), known.column("mrr").cast("float64").to_numpy(zero_copy_only=False)
    return {int(month): float(amounts[months == month].sum()) for month in np.unique(months)}


def _sold(facts: Facts) -> dict[int, float]:
    """What is left of the orders of each month of the window, 0 in one without an order; nothing where amounts of several currencies stand."""
    amounts = numbers(facts.bought, "net")
    if np.isnan(amounts).all():
        return {}
    month = np.array([calendar.month_of(second) for second in integers(facts.bought, "ordered_s").tolist()], dtype=np.int64)
    return {m: float(np.nansum(amounts[month == m])) for m in range(facts.first_month, facts.last_month + 1)}
