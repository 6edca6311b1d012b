"""Early help: customers who wrote within their own first 30 days, against those who did not; both are followed from day 30 on (landmark).

Who leaves or asks to cancel before day 30 is set aside in both groups, so that nobody counts as not helped for having left first
(Anderson, Cain, Gelber 1983 J Clin Oncol 1:710). Plan and rate are those of the first day: an upgrade that an early contact brought about is
part of what it does (Rosenbaum 1984 J R Stat Soc A 147:656). Segment, industry and country have no date and are those of the list of customers.
Usage and health are of the first start of a month, where that lies before the contact. Who did not write is asked about on a day on which
others wrote who began at the same time of a month: else a missing value would tell who wrote.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from roi_core.cohorts import covariates, customers, follow, orders, tenure, terms
from roi_core.cohorts.covariates import Covariates, Part
from roi_core.cohorts.first_days import WINDOW_DAYS
from roi_core.cohorts.trials import between
from roi_core.results import Absent
from roi_core.sentences import say
from roi_core.spine import calendar
from roi_core.spine.facts import Facts, booleans, integers, labels, numbers

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
_DAY = 86_400
_SEED, _NEAREST = 20_250_101, 5
_BEGAN = (("plan", "started_plan"), *((name, name) for name in (*customers.LABELS, "acquisition_channel") if name != "plan"))
"""Labels as they are called, and their columns of the spine. The plan is that of the first day; the others are as the list of customers has them."""


@dataclass(frozen=True, slots=True)
class Early:
    """Customers at their day 30, n rows, shapes as in `Trials`; `month` is that of their start.

    `asked_s` (n,) is the first contact, or the day on which somebody who did not write is asked about.
    `contact_share` wrote within the 30 days. `wrote_before` and `silent_before` count who left or asked to cancel in them.
    """

    horizon: int
    customer: Ints
    cluster: Ints
    month: Ints
    treated: Bools
    asked_s: Ints
    churned: Bools
    alive: NDArray[np.float64]
    covariates: Covariates
    telling_labels: tuple[str, ...]
    contacts: Ints
    contacts_in_period: int
    contact_share: float
    wrote_before: int
    silent_before: int
    has_revenue: bool = False

    @property
    def rows(self) -> int:
        """Number of customers compared."""
        return len(self.month)

    @property
    def revenue(self) -> NDArray[np.float64]:
        """Not followed (n, 0)."""
        return np.empty((self.rows, 0))

    @property
    def revenue_now(self) -> NDArray[np.float64]:
        """Not followed (n,), all 0."""
        return np.zeros(self.rows)


@dataclass(frozen=True, slots=True)
class _Window:
    """What each customer did within the first 30 days, (customers,): the first contact (0 without), how many, and whether one asked to cancel."""

    first_s: Ints
    contacts: Ints
    cancels: Bools


def build_early(facts: Facts, horizon: int) -> Early | Absent:
    """Customers who began while contacts are recorded, and can be followed for `horizon` months after day 30."""
    if facts.last_contact_month is None or facts.contacts.num_rows == 0:
        return Absent(say("beside.no_contacts"), say("next.links"))
    began = _began(facts)
    seen = began[_seen_until(facts, began, horizon)]
    followed = seen[follow.followable(facts, seen, _month_zero(facts, seen), horizon)]
    if len(seen) and not len(followed):
        return Absent(say("beside.no_due", months=f"{horizon}"), say("beside.next_due"))
    window = _window(facts)
    gone = (follow.churn_seconds(facts)[followed] <= _landmark(facts, followed)) | window.cancels[followed]
    if gone.all():
        return Absent(say("beside.no_starts", months=f"{horizon}"), say("beside.next_starts"))
    return _at_landmark(facts, window, (followed[~gone], followed[gone]), horizon)


def _landmark(facts: Facts, customer: Ints) -> Ints:
    return integers(facts.spine, "started_s")[customer] + WINDOW_DAYS * _DAY


def _month_zero(facts: Facts, customer: Ints) -> Ints:
    """The month of day 30; of services the one after the start, in which the contract has run since before it."""
    month = calendar.months_of(_landmark(facts, customer))
    return np.maximum(month, calendar.months_of(integers(facts.spine, "started_s")[customer]) + 1) if facts.is_services else month


def _began(facts: Facts) -> Ints:
    """Customers of whom it is known when they began, and whose first 30 days all lie where contacts and customer months are in the files."""
    started = tenure.starts(facts)
    first = max(int(integers(facts.contacts, "created_s").min()), calendar.start_of(facts.first_month))
    until = calendar.start_of((facts.last_contact_month or 0) + 1)
    return np.flatnonzero((started >= first) & (started + WINDOW_DAYS * _DAY <= until))


def _seen_until(facts: Facts, customer: Ints, horizon: int) -> Bools:
    """Whether the whole horizon after day 30 lies in the files."""
    landmark, month, end = _landmark(facts, customer), _month_zero(facts, customer), calendar.start_of(facts.last_month + 1)
    if facts.is_services:
        return np.asarray(month <= facts.last_month - horizon)
    if facts.is_shop:
        return np.asarray(landmark + horizon * orders.DAYS_A_MONTH * _DAY <= end)
    return np.asarray(calendar.add_months(landmark, month, horizon) <= end)


def _at_landmark(facts: Facts, window: _Window, there_and_gone: tuple[Ints, Ints], horizon: int) -> Early:
    customer, gone = there_and_gone
    wrote = window.contacts > 0
    started, treated = integers(facts.spine, "started_s")[customer], wrote[customer]
    asked = _asked(started, np.where(treated, window.first_s[customer], 0))
    month = calendar.months_of(started)
    alive = follow.alive_after(facts, customer, _landmark(facts, customer), _month_zero(facts, customer), horizon)
    return Early(
        horizon=horizon,
        customer=customer,
        cluster=integers(facts.spine, "cluster_no")[customer],
        month=month,
        treated=treated,
        asked_s=asked,
        churned=(alive[:, -1] == 0) & follow.left_by_choice(facts, customer),
        alive=alive,
        covariates=covariates.stack([*_known_at_start(facts, customer, asked, horizon), _quarter(month)], len(customer)),
        telling_labels=facts.telling_labels,
        contacts=np.where(treated, window.contacts[customer], 0),
        contacts_in_period=between(integers(facts.contacts, "month"), month),
        contact_share=float(wrote[np.concatenate([customer, gone])].mean()),
        wrote_before=int(wrote[gone].sum()),
        silent_before=int((~wrote[gone]).sum()),
    )


def _window(facts: Facts) -> _Window:
    at, who, cancels = integers(facts.contacts, "created_s"), integers(facts.contacts, "customer_no"), booleans(facts.contacts, "asks_to_cancel")
    inside = at < _landmark(facts, who)
    first = np.full(facts.spine.num_rows, follow.NEVER)
    np.minimum.at(first, who[inside & ~cancels], at[inside & ~cancels])
    often, asked = (np.bincount(who[inside & kind], minlength=facts.spine.num_rows) for kind in (~cancels, cancels))
    return _Window(np.where(often > 0, first, 0), often, asked > 0)


def _asked(started: Ints, wrote_s: Ints) -> Ints:
    """The first contact; without one, as long before or after the first start of a month as that of one of the 5 who began nearest to theirs, (n,)."""
    treated = np.flatnonzero(wrote_s > 0)
    if len(treated) == 0:
        return started
    begin = _first_month_start(started)
    lead = begin - started
    by_lead = treated[np.argsort(lead[treated], kind="stable")]
    near = min(_NEAREST, len(treated))
    place = np.clip(np.searchsorted(lead[by_lead], lead) - near // 2, 0, len(treated) - near)
    donor = by_lead[place + np.random.default_rng(_SEED).integers(0, near, len(started))]
    drawn = np.clip(begin + wrote_s[donor] - begin[donor], started, started + WINDOW_DAYS * _DAY)
    return np.asarray(np.where(wrote_s > 0, wrote_s, drawn))


def _first_month_start(started: Ints) -> Ints:
    """The first start of a month since each start, (n,)."""
    month = calendar.months_of(started)
    starts = calendar.month_starts(int(month.min()), int(month.max()) + 1)
    begin = starts[month - month.min()]
    return np.asarray(np.where(started == begin, begin, starts[month - month.min() + 1]))


def _known_at_start(facts: Facts, customer: Ints, asked_s: Ints, horizon: int) -> list[Part]:
    """Plan and rate of the first day, segment, country and how they were won; the first usage and health, where they lie before the contact."""
    listed, first = facts.spine.take(customer), first_months(facts, customer)
    begin = _first_month_start(integers(listed, "started_s"))
    there, contact = (integers(first, "month") == calendar.months_of(begin)) & (begin <= asked_s), integers(first, "contact_s")
    newer = there & (contact >= 0) & (contact != asked_s)
    return [
        *(covariates.label(name, *labels(listed, column)) for name, column in _BEGAN if name not in facts.telling_labels),
        covariates.number("log monthly revenue", np.log1p(np.maximum(numbers(listed, "started_mrr"), 0))),
        *(covariates.number(name, _first_value(numbers(first, name), there, newer)) for name in customers.HEALTH_COLUMNS),
        *(_first_order(facts, customer) if facts.is_shop else ()),
        *(terms.parts(facts, customer, _month_zero(facts, customer), horizon) if facts.is_services else ()),
    ]


def _first_value(values: NDArray[np.float64], there: Bools, newer: Bools) -> NDArray[np.float64]:
    """The values that are `there`, (n,), nan elsewhere. One of a later contact may be `newer` than day 30: the mean of the others stands for it.

    Only who did not write early has such a one, so that a gap would tell them.
    """
    found = np.where(there & ~newer, values, np.nan)
    return np.where(newer, np.nanmean(found), found) if np.isfinite(found).any() else found


def _quarter(month: Ints) -> Part:
    """Quarters of the start: in single months few wrote, or none."""
    first = int(month.min()) // 3
    return covariates.label("quarter", month // 3 - first, [f"{q // 4}-Q{q % 4 + 1}" for q in range(first, int(month.max()) // 3 + 1)])


def first_months(facts: Facts, customer: Ints) -> pa.Table:
    """The first row of person_months of each customer (n rows), nulls for one without."""
    owner = integers(facts.person_months, "customer_no")
    place = np.searchsorted(owner, customer)
    there = owner[np.minimum(place, len(owner) - 1)] == customer if len(owner) else np.zeros(len(customer), dtype=np.bool_)
    return facts.person_months.take(pa.array(place, pa.int64(), mask=~there))


def _first_order(facts: Facts, customer: Ints) -> list[Part]:
    """What was ordered for at the very start."""
    bought, until = orders.orders_of(facts), integers(facts.spine, "started_s")[customer] + 1
    first, last = bought.between(customer, np.zeros_like(until), until)
    return [covariates.number("log spent at the start", np.log1p(np.maximum(bought.gross[last] - bought.gross[first], 0)))]
