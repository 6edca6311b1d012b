"""Who is eligible for a monthly trial, who is treated in it, and how many are left at each step."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roi_core.cohorts import orders, terms
from roi_core.cohorts.choices import CUSTOMERS, levels_of_months
from roi_core.cohorts.design import Design
from roi_core.cohorts.funnel import FunnelStep
from roi_core.cohorts.quality import handled_well
from roi_core.spine import calendar
from roi_core.spine.facts import Facts, integers, labels, numbers

FIRST_TRIAL_AFTER_MONTHS = 3
"""The first trial starts this many months after the first ticket in the files, so that the washout can be seen."""
LEAST_TENURE_MONTHS = 1.0

Step = tuple[str, NDArray[np.bool_], str]
"""Title of a step of the funnel, the customer months that it keeps, and why."""


@dataclass(frozen=True, slots=True)
class Eligible:
    """Eligible rows of person_months (n,), which of them are treated (n,), the monthly contact share, and the steps to here."""

    rows: NDArray[np.int64]
    treated: NDArray[np.bool_]
    contact_share: float
    funnel: tuple[FunnelStep, ...]


def eligible_months(facts: Facts, design: Design, horizon: int) -> Eligible:
    """Customer months of all trials that can be followed for `horizon` months."""
    table = facts.person_months
    month, customer, contacts = integers(table, "month"), integers(table, "customer_no"), integers(table, "contacts", null=0)
    treated, of_another_kind = _treatment(facts, design, contacts)
    in_window, everybody = _window(facts, design, month, horizon), facts.spine.num_rows
    steps = (
        *_only_if(len(np.unique(customer)) < everybody, "With a whole month in the files", np.ones(len(month), dtype=bool), "Later ones cannot be followed."),
        ("In months that can be followed", in_window, f"From {FIRST_TRIAL_AFTER_MONTHS} months after the first ticket, with {horizon} months after each."),
        *_only_if(any(chosen_customers(design).values()), "Of the chosen customers", scope(facts, design), "Others are not looked at."),
        ("Customers for a month at least", numbers(table, "tenure_months") >= LEAST_TENURE_MONTHS, "Newer ones have had no time to settle."),
        ("Without a contact just before", _quiet(facts, design), f"No contact in the {design.washout_months} months before."),
        *_not_lapsed(facts, customer, month),
        *_comes_due(facts, customer, month, horizon),
        *_only_if(of_another_kind.any(), "Without a contact of another kind", ~of_another_kind, "Those months are neither helped nor comparison."),
    )
    left = np.ones(len(month), dtype=bool)
    funnel = [FunnelStep("All customers", everybody, len(month), "Every customer of the billing files, every month.")]
    for title, keep, why in steps:
        left = left & keep
        funnel.append(FunnelStep(title, len(np.unique(customer[left])), int(left.sum()), why))
    rows = np.flatnonzero(left)
    share = float((contacts[in_window] > 0).mean()) if in_window.any() else 0.0
    return Eligible(rows, treated[rows], share, tuple(funnel))


def _not_lapsed(facts: Facts, customer: NDArray[np.int64], month: NDArray[np.int64]) -> tuple[Step, ...]:
    """In a shop: buyers whose last order lies not too far back at the start of the month."""
    if not facts.is_shop:
        return ()
    bought = orders.orders_of(facts)
    start = calendar.month_starts(facts.first_month, facts.last_month + 1)[month - facts.first_month]
    days = f"{orders.lapse_seconds(bought) // orders.DAY}"
    return (("Bought not too long ago", ~orders.lapsed(bought, customer, start), f"Nine in ten who order again do so within {days} days; then one is lapsed."),)


def _comes_due(facts: Facts, customer: NDArray[np.int64], month: NDArray[np.int64], horizon: int) -> tuple[Step, ...]:
    """Of services: customers with a contract that comes due after the month and within the horizon."""
    if not facts.is_services:
        return ()
    due = terms.due_after(facts, customer, month, horizon) >= 0
    return (("With a contract that comes due", due, f"It ends within {horizon} months after the month, and the files say whether it was renewed."),)


def _only_if(asked: object, title: str, keep: NDArray[np.bool_], why: str) -> tuple[Step, ...]:
    """A step of the funnel that only a choice makes: without one it would repeat the number before it."""
    return ((title, keep, why),) if asked else ()


def _quiet(facts: Facts, design: Design) -> NDArray[np.bool_]:
    return np.asarray(contacts_before_within(facts, design.washout_months) == 0, dtype=np.bool_)


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
    asked_for = tickets_asked_for(facts, design)
    of_kind = contacted & asked_for[np.maximum(ticket, 0)] if len(asked_for) else np.zeros(len(contacts), dtype=bool)
    return of_kind, contacted & ~of_kind


def tickets_asked_for(facts: Facts, design: Design) -> NDArray[np.bool_]:
    """Contacts that count as help under a design, shape (contacts,)."""
    f = design.filters
    keep = np.ones(facts.contacts.num_rows, dtype=bool)
    for column, wanted in (("channel", f.channels), ("category", f.categories), ("priority", f.priorities)):
        if wanted:
            keep &= _among(facts, column, wanted)
    if design.exclude_categories:
        keep &= ~_among(facts, "category", design.exclude_categories)
    return keep & handled_well(facts, f.quality)


def _among(facts: Facts, column: str, wanted: tuple[str, ...]) -> NDArray[np.bool_]:
    codes, levels = labels(facts.contacts, column)
    return np.isin(codes, [i for i, level in enumerate(levels) if level in wanted])


def chosen_customers(design: Design) -> dict[str, tuple[str, ...]]:
    """By dimension the levels whose customers alone a design looks at; empty means all."""
    return {dimension: getattr(design.filters, name) for name, dimension in CUSTOMERS.items()}


def scope(facts: Facts, design: Design) -> NDArray[np.bool_]:
    """Customer months of the customers that a design looks at, shape (rows of person_months,)."""
    keep = np.ones(facts.person_months.num_rows, dtype=bool)
    for dimension, wanted in chosen_customers(design).items():
        if wanted:
            codes, levels = levels_of_months(facts, dimension)
            keep &= np.isin(codes, [i for i, level in enumerate(levels) if level in wanted])
    return keep


def _window(facts: Facts, design: Design, month: NDArray[np.int64], horizon: int) -> NDArray[np.bool_]:
    if facts.first_contact_month is None or facts.last_contact_month is None:
        return np.zeros(len(month), dtype=bool)
    first = facts.first_contact_month + FIRST_TRIAL_AFTER_MONTHS
    last = last_trial_month(facts, facts.last_contact_month, horizon)
    first = max(first, design.filters.first_month or first)
    last = min(last, design.filters.last_month or last)
    return (month >= first) & (month <= last)


def last_trial_month(facts: Facts, last_recorded: int, horizon: int) -> int:
    """The last month that can be followed for `horizon` months, and up to which help is recorded."""
    return min(last_recorded, orders.followed_until(facts, horizon) if facts.is_shop else facts.last_month - horizon)
