"""Comparisons inside contacts: customers who all asked for help, handled well or not (method: contrasts inside contacts)."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from roi_core.cohorts import covariates, customers, follow
from roi_core.cohorts.covariates import Covariates
from roi_core.cohorts.quality import Quality
from roi_core.cohorts.rated import on_one_scale
from roi_core.cohorts.trials import between
from roi_core.spine import calendar
from roi_core.spine.facts import Facts, booleans, integers, labels, numbers

_DAY = 86_400
TEAM_LOAD = "log contacts in the team's last day"
DIFFICULTY = ("priority", "category")
"""How hard a contact was to solve, as the export shows it at its first state."""


@dataclass(frozen=True, slots=True)
class Handled:
    """The first contact of each customer month, by how it was handled; n rows, shapes as in `Trials`.

    `ticket` (n,) is the row of the contact in `Facts.contacts`; `contacts_in_period` counts all of the months.
    `csat` is the score as answered on the scale that most ratings have, nan without one.
    `left_before` counts customers who left before time zero and are set aside; `never_answered` contacts of neither group, such as those without
    a reply in time to be told; `cancellations` contacts of the months that asked to cancel, which are nobody's first.
    """

    key: str
    horizon: int
    ticket: NDArray[np.int64]
    customer: NDArray[np.int64]
    cluster: NDArray[np.int64]
    month: NDArray[np.int64]
    treated: NDArray[np.bool_]
    churned: NDArray[np.bool_]
    alive: NDArray[np.float64]
    revenue: NDArray[np.float64]
    revenue_now: NDArray[np.float64]
    has_revenue: bool
    csat: NDArray[np.float64]
    covariates: Covariates
    left_before: int
    never_answered: int
    cancellations: int
    telling_labels: tuple[str, ...]
    threshold: float | None
    contacts_in_period: int

    @property
    def contacts(self) -> NDArray[np.int64]:
        """One contact a row (n,)."""
        return np.ones(self.rows, dtype=np.int64)

    @property
    def rows(self) -> int:
        """Number of contacts compared."""
        return len(self.month)


def build_handled(facts: Facts, quality: Quality, horizon: int) -> Handled:
    """Contacts with full follow-up. For first-contact resolution time zero is day 7 after the contact, in both arms."""
    wait = quality.wait_days * _DAY
    person = _contact_months(facts, horizon + (wait > 0))
    ticket = integers(person, "contact_ticket_no")
    known = quality.known[ticket]
    time_zero = integers(facts.contacts, "created_s")[ticket] + wait
    customer = integers(person, "customer_no")
    stayed = follow.churn_seconds(facts)[customer] > time_zero
    keep = np.flatnonzero(known & stayed & follow.followable(facts, customer, _month_of(facts, person, time_zero), horizon))
    return _followed(
        facts, quality, horizon, person.take(keep), time_zero[keep],
        left_before=int((known & ~stayed).sum()), never_answered=int((~known).sum()), cancellations=_cancellations(facts, person),
    )  # fmt: skip


def _cancellations(facts: Facts, person: pa.Table) -> int:
    """Contacts that asked to cancel in the months of the rows."""
    asked = np.flatnonzero(booleans(facts.contacts, "asks_to_cancel"))
    return between(integers(facts.contacts, "month")[asked], integers(person, "month"))


def _month_of(facts: Facts, person: pa.Table, time_zero: NDArray[np.int64]) -> NDArray[np.int64]:
    """Month number of time zero, which lies in the month of the row or in the next."""
    month = integers(person, "month")
    return month + (time_zero >= calendar.month_starts(facts.first_month, facts.last_month + 2)[month + 1 - facts.first_month])


def _contact_months(facts: Facts, months_after: int) -> pa.Table:
    month = integers(facts.person_months, "month")
    has_contact = integers(facts.person_months, "contact_ticket_no") >= 0
    first = facts.first_contact_month if facts.first_contact_month is not None else facts.last_month + 1
    last = min(facts.last_contact_month or -1, facts.last_month - months_after)
    return facts.person_months.take(np.flatnonzero(has_contact & (month >= first) & (month <= last)))


def _followed(
    facts: Facts, quality: Quality, horizon: int, person: pa.Table, time_zero: NDArray[np.int64], *, left_before: int, never_answered: int, cancellations: int
) -> Handled:
    ticket, customer, month = (integers(person, c) for c in ("contact_ticket_no", "customer_no", "month"))
    zero_month = _month_of(facts, person, time_zero)
    alive = follow.alive_after(facts, customer, time_zero, zero_month, horizon)
    revenue_now, revenue = follow.revenue_after(facts, customer, time_zero, zero_month, alive)
    contact = facts.contacts.take(ticket)
    return Handled(
        key=quality.key,
        horizon=horizon,
        ticket=ticket,
        customer=customer,
        cluster=integers(facts.spine, "cluster_no")[customer],
        month=month,
        treated=quality.good[ticket],
        churned=(alive[:, -1] == 0) & follow.left_by_choice(facts, customer),
        alive=alive,
        revenue=revenue,
        revenue_now=revenue_now,
        has_revenue=revenue.shape[1] > 0,
        csat=on_one_scale(facts).score[ticket],
        covariates=covariates.stack(
            [*customers.known_before(facts, person, horizon), customers.month_part(month), *_as_set_at_creation(contact, quality.itself)], len(month)
        ),
        left_before=left_before,
        never_answered=never_answered,
        cancellations=cancellations,
        telling_labels=facts.telling_labels,
        threshold=quality.threshold,
        contacts_in_period=between(integers(facts.contacts, "month"), month),
    )


def _as_set_at_creation(contact: pa.Table, left_out: tuple[str, ...]) -> list[covariates.Part]:
    parts = [covariates.label(name, *labels(contact, name)) for name in (*DIFFICULTY, "channel") if name not in left_out]
    return parts if TEAM_LOAD in left_out else [*parts, covariates.number(TEAM_LOAD, np.log1p(numbers(contact, "load")))]
