"""Who has left, and how, by months as a customer: one way of leaving ends the chance of all others, so none is read alone."""

from collections.abc import Sequence

import numpy as np

from roi_core.cohorts import follow, tenure
from roi_core.measured import Leaving
from roi_core.results import Absent, Estimate, Result
from roi_core.sentences import say
from roi_core.show import interval, number
from roi_core.spine import Facts, calendar
from roi_core.spine.facts import integers, labels
from roi_core.stats import clustered
from roi_core.stats.arrays import Floats, Integers
from roi_core.stats.incidence import cumulative_incidence
from roi_core.stats.interval import Interval
from roi_core.stats.proportion import wilson
from roi_core.stats.watched import watched
from roi_core.units import Unit

LEAST_LEAVERS, LEAST_AT_RISK, MOST_MONTHS = 20, 20, 24
LEAST_ACCOUNTS = 10
"""Persons of one account leave together: limits by fewer accounts would be too sure of themselves."""
CHOSEN = "voluntary"
KINDS = (CHOSEN, *follow.OTHER_ENDS)
"""Ways of leaving, in the order in which they are told; one of which nothing is known was the customer's choice."""
METHOD = "cumulative incidence (Aalen, Johansen), limits on the log-log scale, before the first Wilson's"
METHOD_BY_ACCOUNT = f"{METHOD}, errors by account"


def leaving(facts: Facts) -> Leaving | Absent:
    """Shares that have left in each way since they started, of customers who started while the files ran; Absent where only one way is known.

    Who started before may be missing where they left before, so they are not counted.
    """
    months, kind, account = _followed(facts)
    left = np.bincount(kind, minlength=len(KINDS) + 1)[1:]
    if facts.outcome != "churn" or (left > 0).sum() < 2:
        return Absent(say("leaving.one_way"))
    at_risk = watched(months, kind > 0).at_risk(np.arange(MOST_MONTHS + 1.0))
    until = int((at_risk >= LEAST_AT_RISK).sum()) - 1
    if left.sum() < LEAST_LEAVERS or until < 1:
        return Absent(say("leaving.few", n=f"{left.sum():,}", needed=f"{LEAST_LEAVERS}"))
    accounts = len(np.unique(account))
    if accounts < LEAST_ACCOUNTS:
        return Absent(say("staying.few_accounts", n=f"{accounts}", needed=f"{LEAST_ACCOUNTS}"))
    found = cumulative_incidence(months, kind)
    told = np.arange(until + 1.0)
    if accounts < len(account):
        limits, method = {one: clustered.incidence(months, kind, one, account, told) for one in found.kinds}, METHOD_BY_ACCOUNT
    else:
        limits, method = {one: tuple(found.share(one, month) for month in told.tolist()) for one in found.kinds}, METHOD
    shares = {KINDS[one - 1]: _shares(own, at_risk[: until + 1], len(months), method) for one, own in limits.items()}
    return Leaving(tuple(range(until + 1)), shares, tuple(int(n) for n in at_risk[: until + 1]), _sentence(shares, until, len(months)))


def _followed(facts: Facts) -> tuple[Floats, Integers, Integers]:
    """Customers who started while the files ran: months that each was followed, the number of the way in which they left, 0 for none, account, (n,) each."""
    opens, closes = calendar.start_of(facts.covered_month), calendar.start_of(facts.last_month + 1)
    started = tenure.starts(facts)
    churned = tenure.leaves(facts, started)
    end = np.minimum(churned, closes)
    rows = np.flatnonzero((started >= opens) & (started < end))
    codes, names = labels(facts.spine, "churn_kind")
    number_of = np.array([*(KINDS.index(name) + 1 if name in KINDS else 1 for name in names), 1])
    kind = np.where(churned < closes, number_of[codes], 0)[rows]
    return tenure.months_stayed(started[rows], end[rows]), kind, integers(facts.spine, "cluster_no")[rows]


def _shares(limits: Sequence[Interval], at_risk: Integers, customers: int, method: str) -> tuple[Result, ...]:
    """One way at month 0 to H; before anybody left in it, up to what Wilson's interval leaves open."""
    open_to = [one if one.value > 0 or not month else wilson(0, int(at_risk[month])) for month, one in enumerate(limits)]
    return tuple(Estimate(one.value, one.low, one.high, customers, method, Unit.FRACTION) for one in open_to)


def _sentence(shares: dict[str, tuple[Result, ...]], until: int, customers: int) -> str:
    month = min(12, until)
    told = [_told(kind, results[month]) for kind, results in shares.items()]
    return say("leaving.sentence", n=f"{customers:,}", months=f"{month}", shares=", ".join(told))


def _told(kind: str, share: Result) -> str:
    if isinstance(share, Absent):
        return share.reason
    return say("leaving.share", share=number(share.value, Unit.FRACTION), limits=interval(share), how=say(f"leaving.{kind}"))
