"""The default comparison: one target trial per calendar month (Hernan, Robins 2016, Am J Epidemiol 183:758).

Eligible in month m: a customer at its start for a month at least, without contact in the washout before. Treated: contact
in m. Time zero: the contact (controls: start of m). Covariates: the last value strictly before time zero.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roi_core.cohorts import covariates, customers, follow, selection, undated
from roi_core.cohorts.covariates import Covariates
from roi_core.cohorts.design import Design
from roi_core.cohorts.funnel import FunnelStep
from roi_core.cohorts.quality import handled_well
from roi_core.spine import calendar
from roi_core.spine.facts import Facts, integers, labels, numbers

FIRST_TRIAL_AFTER_MONTHS = 3
"""The first trial starts this many months after the first ticket in the files, so that the washout can be seen."""
LEAST_TENURE_MONTHS = 1.0
_LEFT_FIRST = "Some who left early in a month would have written later in it; they are no comparison."


@dataclass(frozen=True, slots=True)
class Trials:
    """Eligible customer months of all trials with full follow-up, n rows.

    `customer`, `cluster`, `month`, `treated`, `time_zero_s`: (n,). `churned` (n,) left within the horizon after time zero.
    `revenue` (n, H): monthly revenue at the start of month m + t while still a customer, else 0, t = 1..H; nan columns
    never occur: `has_revenue` is False and `revenue` is (n, 0) where no revenue is known.
    `alive` (n, H) still a customer t months after time zero. `telling_labels` are left out: they hold what was set on leaving.
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
    contacts_in_period: int
    contact_share: float
    funnel: tuple[FunnelStep, ...]

    @property
    def rows(self) -> int:
        """Number of eligible customer months."""
        return len(self.month)


def build_trials(facts: Facts, design: Design, horizon: int) -> Trials:
    """The eligible customer months of every trial that can be followed for `horizon` months."""
    table = facts.person_months
    month = integers(table, "month")
    customer = integers(table, "customer_no")
    contacts = integers(table, "contacts", null=0)
    treated, excluded = _treatment(facts, design, contacts)
    in_scope = _scope(facts, design)
    in_window = _window(facts, design, month, horizon)
    settled = numbers(table, "tenure_months") >= LEAST_TENURE_MONTHS
    quiet = contacts_before_within(facts, design.washout_months) == 0
    eligible = in_scope & in_window & settled & quiet & ~excluded
    steps = (
        ("All customers", np.ones(len(month), dtype=bool), "Every customer of the billing files, every month."),
        ("In months that can be followed", in_window, f"From {FIRST_TRIAL_AFTER_MONTHS} months after the first ticket, with {horizon} months after each."),
        ("Of the chosen kind", in_window & in_scope, "By plan and segment."),
        ("Customers for a month at least", in_window & in_scope & settled, "Newer ones have had no time to settle."),
        ("Without a contact just before", in_window & in_scope & settled & quiet, f"No contact in the {design.washout_months} months before."),
        ("Of the kind asked about", eligible, "Contacts of another kind are neither helped nor comparison."),
    )
    funnel = tuple(FunnelStep(title, len(np.unique(customer[keep])), int(keep.sum()), why) for title, keep, why in steps)
    return _followed(facts, horizon, np.flatnonzero(eligible), treated, funnel, float((contacts[in_window] > 0).mean()) if in_window.any() else 0.0)


def contacts_before_within(facts: Facts, months: int) -> NDArray[np.int64]:
    """Contacts in the `months` calendar months before each customer month, shape (rows of person_months,)."""
    before = integers(facts.person_months, "contacts_before", null=0)
    customer = integers(facts.person_months, "customer_no")
    month = integers(facts.person_months, "month")
    if months == FIRST_TRIAL_AFTER_MONTHS:
        return integers(facts.person_months, "contacts_3m", null=0)
    earlier = np.arange(len(month)) - months
    same = (earlier >= 0) & (customer[np.maximum(earlier, 0)] == customer) & (month[np.maximum(earlier, 0)] == month - months)
    return before - np.where(same, before[np.maximum(earlier, 0)], 0)


def _treatment(facts: Facts, design: Design, contacts: NDArray[np.int64]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Treated rows, and rows whose first contact is of another kind than the design asks about."""
    contacted = contacts > 0
    ticket = integers(facts.person_months, "contact_ticket_no")
    asked_for = _tickets_asked_for(facts, design)
    of_kind = contacted & asked_for[np.maximum(ticket, 0)] if len(asked_for) else np.zeros(len(contacts), dtype=bool)
    return of_kind, contacted & ~of_kind


def _tickets_asked_for(facts: Facts, design: Design) -> NDArray[np.bool_]:
    f = design.filters
    keep = np.ones(facts.contacts.num_rows, dtype=bool)
    for column, wanted in (("channel", f.channels), ("category", f.categories), ("priority", f.priorities)):
        if wanted:
            keep &= _among(facts, "contacts", column, wanted)
    if design.exclude_categories:
        keep &= ~_among(facts, "contacts", "category", design.exclude_categories)
    return keep & handled_well(facts, f.quality)


def _among(facts: Facts, table: str, column: str, wanted: tuple[str, ...]) -> NDArray[np.bool_]:
    codes, levels = labels(getattr(facts, table), column)
    return np.isin(codes, [i for i, level in enumerate(levels) if level in wanted])


def _scope(facts: Facts, design: Design) -> NDArray[np.bool_]:
    keep = np.ones(facts.person_months.num_rows, dtype=bool)
    for column, wanted in (("plan", design.filters.plans), ("segment", design.filters.segments)):
        if wanted:
            keep &= _among(facts, "person_months", column, wanted)
    return keep


def _window(facts: Facts, design: Design, month: NDArray[np.int64], horizon: int) -> NDArray[np.bool_]:
    if facts.first_contact_month is None or facts.last_contact_month is None:
        return np.zeros(len(month), dtype=bool)
    first = facts.first_contact_month + FIRST_TRIAL_AFTER_MONTHS
    last = min(facts.last_contact_month, facts.last_month - horizon)
    first = max(first, design.filters.first_month or first)
    last = min(last, design.filters.last_month or last)
    return (month >= first) & (month <= last)


def _followed(facts: Facts, horizon: int, rows: NDArray[np.int64], treated: NDArray[np.bool_], funnel: tuple[FunnelStep, ...], contact_share: float) -> Trials:
    table, is_treated = facts.person_months.take(rows), treated[rows]
    month, customer = integers(table, "month"), integers(table, "customer_no")
    starts = calendar.month_starts(facts.first_month - 1, facts.last_month + horizon + 2)
    begin, end = starts[month - facts.first_month + 1], starts[month - facts.first_month + 2]
    time_zero = np.where(is_treated, integers(table, "contact_s", null=0), begin)
    telling = undated.telling_labels(facts)
    known = covariates.stack([*customers.parts(table, telling), customers.month_part(month)], len(month))
    out = selection.would_have_written(known, is_treated, time_zero, follow.churn_seconds(facts)[customer], begin, end)
    keep = np.flatnonzero(~out)
    step = FunnelStep("Compared", len(np.unique(customer[keep])), len(keep), _LEFT_FIRST)
    table, month, customer, time_zero, is_treated = table.take(keep), month[keep], customer[keep], time_zero[keep], is_treated[keep]
    alive = follow.alive_after(facts, customer, time_zero, month, horizon)
    revenue_now, revenue = follow.revenue_after(facts, customer, month, alive)
    return Trials(
        horizon=horizon,
        customer=customer,
        cluster=integers(facts.spine, "cluster_no")[customer],
        month=month,
        treated=is_treated,
        time_zero_s=time_zero,
        churned=(alive[:, -1] == 0) & follow.left_by_choice(facts, customer),
        alive=alive,
        revenue=revenue,
        revenue_now=revenue_now,
        has_revenue=revenue.shape[1] > 0,
        late_payment=numbers(table, "late_payment_before"),
        covariates=known.rows(keep),
        telling_labels=telling,
        contacts_in_period=_contacts_between(facts, month),
        contact_share=contact_share,
        funnel=(*funnel, step),
    )


def _contacts_between(facts: Facts, month: NDArray[np.int64]) -> int:
    if len(month) == 0:
        return 0
    at = integers(facts.contacts, "month")
    return int(((at >= month.min()) & (at <= month.max())).sum())
