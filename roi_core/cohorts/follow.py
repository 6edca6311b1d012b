"""What became of a customer after time zero: still there, and what they paid."""

import numpy as np
from numpy.typing import NDArray

from roi_core.spine import calendar
from roi_core.spine.facts import Facts, integers, numbers

NEVER = np.iinfo(np.int64).max


def churn_seconds(facts: Facts) -> NDArray[np.int64]:
    """When each customer left, `NEVER` for those who have not; shape (customers,)."""
    return integers(facts.spine, "churned_s", null=NEVER)


def alive_after(facts: Facts, customer: NDArray[np.int64], time_zero_s: NDArray[np.int64], month: NDArray[np.int64], horizon: int) -> NDArray[np.float64]:
    """1 where still a customer t calendar months after time zero, t = 1..horizon; shape (n, horizon)."""
    left = churn_seconds(facts)[customer]
    return np.column_stack([left > calendar.add_months(time_zero_s, month, t) for t in range(1, horizon + 1)]).astype(np.float64)


def revenue_after(facts: Facts, customer: NDArray[np.int64], month: NDArray[np.int64], horizon: int) -> NDArray[np.float64]:
    """Monthly revenue at the start of month m + t, t = 1..horizon, 0 once the customer has left.

    Shape (n, horizon), or (n, 0) where the files hold no revenue, or hold it in several currencies, which are never added up.
    """
    if not facts.has_values("person_months", "mrr") or len(facts.currencies) > 1:
        return np.empty((len(month), 0))
    at = integers(facts.person_months, "month")
    first = int(at.min())
    grid = np.zeros((facts.spine.num_rows, int(at.max()) - first + horizon + 2))
    grid[integers(facts.person_months, "customer_no"), at - first] = np.nan_to_num(numbers(facts.person_months, "mrr"))
    return np.column_stack([grid[customer, month - first + t] for t in range(1, horizon + 1)])
