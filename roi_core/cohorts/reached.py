"""Proactive outreach against none: monthly trials as those of contacts, where the team wrote or called first.

Eligible in month m: a customer at its start for a month at least whom nobody reached out to in the 3 months before. Time zero is the first
time in m (controls: start of m). Contacts of the customer's own are left as they come in both groups.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roi_core.cohorts import covariates, customers
from roi_core.cohorts.covariates import Part
from roi_core.cohorts.eligibility import FIRST_TRIAL_AFTER_MONTHS, LEAST_TENURE_MONTHS, Eligible, last_trial_month
from roi_core.cohorts.funnel import FunnelStep
from roi_core.cohorts.trials import Help, Trials, followed
from roi_core.spine import calendar
from roi_core.spine.facts import Facts, integers, numbers

_NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class _Reached:
    """Rows of person_months: the first time in the month, or `_NEVER`, how often in it, in the 3 months before and the 3 before those, all (rows,).

    `months` (times,) are those of every time.
    """

    at_s: NDArray[np.int64]
    in_month: NDArray[np.int64]
    lately: NDArray[np.int64]
    earlier: NDArray[np.int64]
    months: NDArray[np.int64]


def build_reached(facts: Facts, horizon: int) -> Trials | None:
    """The trials of outreach; None where no file says that the team ever reached out."""
    if facts.reached.num_rows == 0:
        return None
    reached = _by_month(facts)
    eligible = _eligible(facts, reached, horizon)
    return followed(
        facts,
        eligible,
        horizon,
        Help(reached.at_s[eligible.rows], reached.in_month[eligible.rows], reached.months),
        _known_before(facts, eligible.rows, reached, horizon),
    )


def _by_month(facts: Facts) -> _Reached:
    who, at = integers(facts.reached, "customer_no"), integers(facts.reached, "at_s")
    customer, month = integers(facts.person_months, "customer_no"), integers(facts.person_months, "month")
    first = min(calendar.month_of(int(at.min())), facts.first_month) - 2 * FIRST_TRIAL_AFTER_MONTHS
    last = max(calendar.month_of(int(at.max())), facts.last_month)
    of = np.searchsorted(calendar.month_starts(first, last + 1), at, side="right") - 1
    width = last - first + 1
    soonest, often = np.full((facts.spine.num_rows, width), _NEVER), np.zeros((facts.spine.num_rows, width), dtype=np.int64)
    np.minimum.at(soonest, (who, of), at)
    np.add.at(often, (who, of), 1)
    place = month - first
    lately, earlier = (np.add.reduce([often[customer, place - back - ago] for back in (1, 2, 3)]) for ago in (0, 3))
    return _Reached(soonest[customer, place], often[customer, place], lately, earlier, of + first)


def _eligible(facts: Facts, reached: _Reached, horizon: int) -> Eligible:
    table = facts.person_months
    month, customer = integers(table, "month"), integers(table, "customer_no")
    first = int(reached.months.min()) + FIRST_TRIAL_AFTER_MONTHS
    seen = (month >= first) & (month <= last_trial_month(facts, int(reached.months.max()), horizon))
    steps = (
        ("In months that can be followed", seen, f"From {FIRST_TRIAL_AFTER_MONTHS} months after the team first reached out, with {horizon} months after each."),
        ("Customers for a month at least", numbers(table, "tenure_months") >= LEAST_TENURE_MONTHS, "Newer ones have had no time to settle."),
        ("Not reached out to just before", reached.lately == 0, f"Not in the {FIRST_TRIAL_AFTER_MONTHS} months before."),
    )
    left, funnel = np.ones(len(month), dtype=np.bool_), [FunnelStep("All customers", facts.spine.num_rows, len(month), "Every customer, every month.")]
    for title, keep, why in steps:
        left = left & keep
        funnel.append(FunnelStep(title, len(np.unique(customer[left])), int(left.sum()), why))
    rows, treated = np.flatnonzero(left), reached.at_s < _NEVER
    return Eligible(rows, treated[rows], float(treated[seen].mean()) if seen.any() else 0.0, tuple(funnel))


def _known_before(facts: Facts, rows: NDArray[np.int64], reached: _Reached, horizon: int) -> list[Part]:
    """What is known of a row before its month; usage and health of a month with a contact may be newer, so those of the month before stand for them."""
    table = facts.person_months.take(rows)
    parts = [part for part in customers.known_before(facts, table, horizon) if not set(part.names) & {"usage", "health", "usage (missing)", "health (missing)"}]
    return [
        *parts,
        *(covariates.number(name, _before_the_month(facts, name)[rows]) for name in customers.HEALTH_COLUMNS),
        covariates.number("reached out to 4 to 6 months ago", (reached.earlier[rows] > 0).astype(np.float64)),
        covariates.number("log contacts in the 3 months before", np.log1p(integers(table, "contacts_3m", null=0))),
    ]


def _before_the_month(facts: Facts, name: str) -> NDArray[np.float64]:
    """The last value strictly before each customer month, as far as it is kept, (rows of person_months,)."""
    table = facts.person_months
    customer, month, values = integers(table, "customer_no"), integers(table, "month"), numbers(table, name)
    before = np.maximum(np.arange(len(month)) - 1, 0)
    follows = (customer[before] == customer) & (month[before] == month - 1)
    older = np.where(follows, values[before], np.nan)
    return np.where(integers(table, "contact_s") >= 0, older, values)
