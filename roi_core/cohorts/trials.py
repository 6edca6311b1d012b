"""The default comparison: one target trial per calendar month (Hernan, Robins 2016, Am J Epidemiol 183:758).

Eligible in month m: a customer at its start for a month at least, without contact in the washout before. Treated: contact
in m. Time zero: the contact (controls: start of m). Covariates: the last value strictly before time zero.
A shop is followed from the end of m on in both groups: orders have seasons, and days of an order are not half a month apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from roi_core.cohorts import covariates, customers, follow, selection
from roi_core.cohorts.covariates import Covariates, Part
from roi_core.cohorts.design import Design
from roi_core.cohorts.eligibility import Eligible, eligible_months
from roi_core.cohorts.funnel import FunnelStep
from roi_core.spine import calendar
from roi_core.spine.facts import Facts, integers, numbers

_LEFT_FIRST = "Some who left early in a month would have written later in it; they are no comparison."


@dataclass(frozen=True, slots=True)
class Trials:
    """Eligible customer months of all trials with full follow-up, n rows.

    `customer`, `cluster`, `month`, `treated`, `time_zero_s`: (n,). `churned` (n,) left within the horizon after time zero.
    `revenue` (n, H): monthly revenue at the start of month m + t while still a customer, else 0, t = 1..H; nan columns
    never occur: `has_revenue` is False and `revenue` is (n, 0) where no revenue is known.
    `contacts` (n,) are those of the month of a treated row, 0 in the others; `contacts_in_period` all of the months, whoever wrote them.
    `alive` (n, H) still a customer t months after time zero; in a shop, ordered within t times 30 days of the end of the month, and `churned`
    did not within all of them. `telling_labels` are left out: they hold what was set on leaving.
    """

    horizon: int
    customer: NDArray[np.int64]
    cluster: NDArray[np.int64]
    month: NDArray[np.int64]
    treated: NDArray[np.bool_]
    time_zero_s: NDArray[np.int64]
    churned: NDArray[np.bool_]
    alive: NDArray[np.float64]
    revenue: NDArray[np.float64]
    revenue_now: NDArray[np.float64]
    has_revenue: bool
    late_payment: NDArray[np.float64]
    covariates: Covariates
    telling_labels: tuple[str, ...]
    contacts: NDArray[np.int64]
    contacts_in_period: int
    contact_share: float
    funnel: tuple[FunnelStep, ...]

    @property
    def rows(self) -> int:
        """Number of eligible customer months."""
        return len(self.month)


@dataclass(frozen=True, slots=True)
class Help:
    """When the first help came in each eligible row, epoch seconds where it is treated, and how often in its month, (n,); the month of all help, (m,)."""

    at_s: NDArray[np.int64]
    in_month: NDArray[np.int64]
    months: NDArray[np.int64]


def build_trials(facts: Facts, design: Design, horizon: int) -> Trials:
    """The eligible customer months of every trial that can be followed for `horizon` months."""
    eligible = eligible_months(facts, design, horizon)
    table = facts.person_months.take(eligible.rows)
    parts = customers.known_before(facts, table, horizon)
    return followed(facts, eligible, horizon, Help(integers(table, "contact_s", null=0), integers(table, "contacts"), integers(facts.contacts, "month")), parts)


def followed(facts: Facts, eligible: Eligible, horizon: int, help_given: Help, known_before: Sequence[Part]) -> Trials:
    """Trials of the eligible rows by help of any sort, with what is known of them before time zero."""
    table = facts.person_months.take(eligible.rows)
    month, customer = integers(table, "month"), integers(table, "customer_no")
    begin, end = _bounds(facts, month, horizon)
    time_zero = np.where(eligible.treated, help_given.at_s, begin)
    known = covariates.stack([*known_before, customers.month_part(month)], len(month))
    left_first = selection.would_have_written(known, eligible.treated, time_zero, follow.churn_seconds(facts)[customer], begin, end)
    follow_from = end if facts.is_shop else time_zero
    keep = np.flatnonzero(~left_first)
    trials = _followed(facts, eligible, horizon, keep, (time_zero, follow_from), known)
    contacts = np.where(trials.treated, help_given.in_month[keep], 0)
    return replace(trials, contacts=contacts, contacts_in_period=between(help_given.months, trials.month))


def _bounds(facts: Facts, month: NDArray[np.int64], horizon: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First instants of the months and of those after them, in seconds."""
    starts = calendar.month_starts(facts.first_month - 1, facts.last_month + horizon + 2)
    return starts[month - facts.first_month + 1], starts[month - facts.first_month + 2]


def _followed(
    facts: Facts, eligible: Eligible, horizon: int, keep: NDArray[np.int64], clocks: tuple[NDArray[np.int64], NDArray[np.int64]], known: Covariates
) -> Trials:
    """What became of the rows to keep (positions among the eligible); `clocks` are time zero and the second from which they are followed."""
    table, (time_zero, follow_from) = facts.person_months.take(eligible.rows[keep]), (clock[keep] for clock in clocks)
    month, customer = integers(table, "month"), integers(table, "customer_no")
    alive = follow.alive_after(facts, customer, follow_from, month, horizon)
    revenue_now, revenue = follow.revenue_after(facts, customer, follow_from, month, alive)
    return Trials(
        horizon=horizon,
        customer=customer,
        cluster=integers(facts.spine, "cluster_no")[customer],
        month=month,
        treated=eligible.treated[keep],
        time_zero_s=time_zero,
        churned=(alive[:, -1] == 0) & follow.left_by_choice(facts, customer),
        alive=alive,
        revenue=revenue,
        revenue_now=revenue_now,
        has_revenue=revenue.shape[1] > 0,
        late_payment=numbers(table, "late_payment_before"),
        covariates=known.rows(keep),
        telling_labels=facts.telling_labels,
        contacts=np.zeros(len(keep), dtype=np.int64),
        contacts_in_period=0,
        contact_share=eligible.contact_share,
        funnel=(*eligible.funnel, FunnelStep("Compared", len(np.unique(customer)), len(keep), _LEFT_FIRST)),
    )


def between(at: NDArray[np.int64], month: NDArray[np.int64]) -> int:
    """How many of the months `at` lie between the first and the last of `month`, both included."""
    return int(((at >= month.min()) & (at <= month.max())).sum()) if len(month) else 0
