"""One window of 30 days: who was helped in it, among customers who were still there when it closed (landmark).

Whoever left inside the window is set aside in both groups, so that nobody counts as not helped for having left first
(Anderson, Cain, Gelber 1983 J Clin Oncol 1:710). Windows of 60 and 90 days drift by a point, because problems begin inside them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roi_core.cohorts import covariates, customers, eligibility, follow
from roi_core.cohorts.covariates import Covariates
from roi_core.cohorts.design import Design
from roi_core.spine import calendar
from roi_core.spine.facts import Facts, booleans, integers, numbers

WINDOW_DAYS = 30


@dataclass(frozen=True, slots=True)
class FirstDays:
    """Customers at the landmark, n rows: `treated`, `churned` within the horizon after it, `cluster`, all (n,); `set_aside` left inside of the window."""

    treated: NDArray[np.bool_]
    churned: NDArray[np.bool_]
    cluster: NDArray[np.int64]
    covariates: Covariates
    set_aside: int


def build_first_days(facts: Facts, design: Design, horizon: int) -> FirstDays | None:
    """Customers of the first trial month, a month old at least; None where `horizon` months after the window are not seen."""
    if facts.first_contact_month is None:
        return None
    month = facts.first_contact_month + eligibility.FIRST_TRIAL_AFTER_MONTHS
    month = max(month, design.filters.first_month or month)
    start = calendar.start_of(month)
    landmark = start + WINDOW_DAYS * 86_400
    until = calendar.add_months(np.array([landmark]), np.array([calendar.month_of(landmark)]), horizon)[0]
    if until > calendar.start_of(facts.last_month + 1):
        return None
    return _at(facts, design, month, start, landmark, int(until))


def _at(facts: Facts, design: Design, month: int, start: int, landmark: int, until: int) -> FirstDays:
    helped, otherwise = _helped(facts, design, start, landmark)
    there = (integers(facts.person_months, "month") == month) & (numbers(facts.person_months, "tenure_months") >= eligibility.LEAST_TENURE_MONTHS)
    person = facts.person_months.take(np.flatnonzero(there & eligibility.scope(facts, design)))
    left = follow.churn_seconds(facts)[integers(person, "customer_no")]
    kept = np.flatnonzero((left > landmark) & ~otherwise[integers(person, "customer_no")])
    person, left, aside = person.take(kept), left[kept], int((left <= landmark).sum())
    who = integers(person, "customer_no")
    return FirstDays(
        treated=helped[who],
        churned=(left <= until) & follow.left_by_choice(facts, who),
        cluster=integers(facts.spine, "cluster_no")[who],
        covariates=covariates.stack(customers.parts(person, facts.telling_labels), len(who)),
        set_aside=aside,
    )


def _helped(facts: Facts, design: Design, start: int, end: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Customers (customers,) with a contact of the kind asked for from `start` to `end`, and those with contacts of other kinds alone."""
    at, who = integers(facts.contacts, "created_s"), integers(facts.contacts, "customer_no")
    inside = (at >= start) & (at < end) & ~booleans(facts.contacts, "asks_to_cancel") & (who >= 0)
    asked_for = eligibility.tickets_asked_for(facts, design)
    helped, wrote = (np.zeros(facts.spine.num_rows, dtype=np.bool_) for _ in range(2))
    helped[who[inside & asked_for]] = True
    wrote[who[inside]] = True
    return helped, wrote & ~helped
