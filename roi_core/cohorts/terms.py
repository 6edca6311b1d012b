"""Contracts of services: which one comes due after a month, whether it was renewed, and what the next one is worth (method: outcomes by business)."""

import numpy as np
from numpy.typing import NDArray

from roi_core.cohorts import covariates
from roi_core.cohorts.covariates import Part
from roi_core.spine import calendar
from roi_core.spine.facts import Facts, integers, numbers

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_NEVER = np.iinfo(np.int64).max
_DAY = 86_400


def due_after(facts: Facts, customer: Ints, month: Ints, horizon: int) -> Ints:
    """The row of `terms` that comes due in the `horizon` months after each month, the first of several; -1 where none does, (n,).

    It runs since before the month, and the files say whether it was renewed. One that ends within the month is of neither group.
    """
    owner, starts, ends = (integers(facts.terms, name) for name in ("customer_no", "starts_s", "ends_s"))
    known = integers(facts.terms, "renewed") >= 0
    edges = calendar.month_starts(facts.first_month - 1, facts.last_month + horizon + 2)
    begin, first, last = (edges[month - facts.first_month + 1 + k] for k in (0, 1, 1 + horizon))
    rows = np.arange(facts.spine.num_rows + 1)
    bounds = np.searchsorted(owner, rows)
    found = np.full(len(customer), -1)
    soonest = np.full(len(customer), _NEVER)
    for place in range(int(np.diff(bounds).max(initial=0))):
        at = bounds[customer] + place
        there = at < bounds[customer + 1]
        at = np.where(there, at, 0)
        fits = there & known[at] & (starts[at] < begin) & (ends[at] >= first) & (ends[at] < last) & (ends[at] < soonest)
        found, soonest = np.where(fits, at, found), np.where(fits, ends[at], soonest)
    return found


def goes_on(facts: Facts, customer: Ints, month: Ints, horizon: int) -> Floats:
    """1 where no contract has ended unrenewed by the end of month m + t, t = 1..horizon; (n, horizon). Raises ValueError where none comes due in a row."""
    due = _due_in_each(facts, customer, month, horizon)
    renewed = integers(facts.terms, "renewed")[due] > 0
    return np.where(renewed[:, None], 1.0, np.arange(horizon) < _months_to(facts, due, month)[:, None]).astype(np.float64)


def value_by(facts: Facts, customer: Ints, month: Ints, horizon: int) -> Floats:
    """Value of the next contract in the month after the month in which it was renewed, else 0, (n, horizon); (n, 0) where values are unknown.

    Raises ValueError where no contract comes due in a row.
    """
    due = _due_in_each(facts, customer, month, horizon)
    worth = _next_value(facts)[due]
    if np.isnan(worth).any():
        return np.empty((len(month), 0))
    renewed = integers(facts.terms, "renewed")[due] > 0
    return np.where(renewed[:, None] & (np.arange(horizon) == _months_to(facts, due, month)[:, None]), worth[:, None], 0.0)


def parts(facts: Facts, customer: Ints, month: Ints, horizon: int) -> list[Part]:
    """Value of the contract that comes due and the months until it does, as known at the start of each month, (n,)."""
    due = due_after(facts, customer, month, horizon)
    months = np.where(due >= 0, _months_to(facts, due, month), -1)
    worth = np.where(due >= 0, numbers(facts.terms, "value")[due], np.nan)
    return [
        covariates.number("log contract value", np.log1p(np.maximum(worth, 0))),
        covariates.label("months to the due date", months, [f"{t + 1}" for t in range(horizon)]),
    ]


def _due_in_each(facts: Facts, customer: Ints, month: Ints, horizon: int) -> Ints:
    """As `due_after`; -1 would be the last contract of the files, which is somebody else's."""
    due = due_after(facts, customer, month, horizon)
    if (due < 0).any():
        raise ValueError(f"{int((due < 0).sum())} of {len(due)} rows have no contract that comes due, must be 0")
    return due


def _months_to(facts: Facts, due: Ints, month: Ints) -> Ints:
    """0 where a contract ends in the month after, 1 in the one after that, and so on, (n,)."""
    edges = calendar.month_starts(facts.first_month, facts.last_month + 26)
    ends = integers(facts.terms, "ends_s")[due]
    return np.asarray(np.searchsorted(edges, ends, side="right") - 1 + facts.first_month - month - 1)


def _next_value(facts: Facts) -> Floats:
    """Value of the contract that follows each, of the same customer and beginning within a month; else its own, (contracts,)."""
    owner, starts, ends = (integers(facts.terms, name) for name in ("customer_no", "starts_s", "ends_s"))
    value = numbers(facts.terms, "value")
    follows = np.zeros(len(value), dtype=np.bool_)
    follows[:-1] = (owner[1:] == owner[:-1]) & (np.abs(starts[1:] - ends[:-1]) <= 31 * _DAY)
    later = np.append(value[1:], np.nan) if len(value) else value
    return np.asarray(np.where(follows & np.isfinite(later), later, value))
