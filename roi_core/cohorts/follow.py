"""What became of a customer after time zero: still there, and what they paid."""

import numpy as np
from numpy.typing import NDArray

from roi_core.cohorts import orders, terms
from roi_core.spine import calendar
from roi_core.spine.facts import Facts, integers, labels, numbers

NEVER = np.iinfo(np.int64).max
OTHER_ENDS = ("failed_payment", "merger", "downgrade")
"""Ends that are no choice of the customer: competing events, counted as not left by choice (cumulative incidence)."""
MOST_UNKNOWN = 0.05


def churn_seconds(facts: Facts) -> NDArray[np.int64]:
    """When each customer left, `NEVER` for those who have not; shape (customers,)."""
    return integers(facts.spine, "churned_s", null=NEVER)


def alive_after(facts: Facts, customer: NDArray[np.int64], time_zero_s: NDArray[np.int64], month: NDArray[np.int64], horizon: int) -> NDArray[np.float64]:
    """1 where still a customer t calendar months after time zero, t = 1..horizon; shape (n, horizon).

    In a shop, 1 where an order came within t times 30 days of it; of services, where the contract that comes due goes on after t months.
    """
    if facts.is_services:
        return terms.goes_on(facts, customer, month, horizon)
    if facts.is_shop:
        return orders.ordered_by(orders.orders_of(facts), customer, time_zero_s, horizon)
    left = churn_seconds(facts)[customer]
    return np.column_stack([left > calendar.add_months(time_zero_s, month, t) for t in range(1, horizon + 1)]).astype(np.float64)


def followable(facts: Facts, customer: NDArray[np.int64], month: NDArray[np.int64], horizon: int) -> NDArray[np.bool_]:
    """Rows with something to follow after each month, (n,): of services, a contract that comes due."""
    if not facts.is_services:
        return np.ones(len(customer), dtype=np.bool_)
    return np.asarray(terms.due_after(facts, customer, month, horizon) >= 0)


def left_by_choice(facts: Facts, customer: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Rows whose customer leaves by their own choice, (n,): a failed payment, a merger and a downgrade are other events."""
    codes, kinds = labels(facts.spine, "churn_kind")
    other = np.isin(codes, [i for i, kind in enumerate(kinds) if kind in OTHER_ENDS])
    return ~other[customer]


def revenue_after(
    facts: Facts, customer: NDArray[np.int64], time_zero_s: NDArray[np.int64], month: NDArray[np.int64], alive: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Monthly revenue of month m (n,), and of month m + t, 0 once the customer has left t months after time zero (n, H).

    `alive` (n, H) says who has left. The second is (n, 0) where the revenue of more than 5 % of rows is unknown, as it is
    in mixed currencies. In a shop, the orders of each 30 days after time zero, less refunds, and nothing for the month of it; of services,
    the value of the next contract in the month in which one was renewed.
    """
    horizon = alive.shape[1]
    if facts.is_services:
        return np.zeros(len(month)), terms.value_by(facts, customer, month, horizon)
    if facts.is_shop:
        return np.zeros(len(month)), orders.net_by(orders.orders_of(facts), customer, time_zero_s, horizon)
    at, owner = integers(facts.person_months, "month"), integers(facts.person_months, "customer_no")
    first = int(at.min()) if len(at) else 0
    grid = np.full((facts.spine.num_rows, int(at.max() if len(at) else 0) - first + horizon + 2), np.nan)
    grid[owner, at - first] = numbers(facts.person_months, "mrr")
    now = grid[customer, month - first]
    if len(month) == 0 or np.isnan(now).mean() > MOST_UNKNOWN:
        return np.nan_to_num(now), np.empty((len(month), 0))
    later = np.column_stack([grid[customer, month - first + t] for t in range(1, horizon + 1)])
    now = np.nan_to_num(now)
    return now, np.where(alive > 0, np.where(np.isnan(later), now[:, None], later), 0.0)
