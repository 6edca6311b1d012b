"""What a scenario can move, with today's value and the range that was really seen."""

import numpy as np
from numpy.typing import NDArray

from roi_core.cohorts.quality import QUALITIES, Quality
from roi_core.measured import Lever
from roi_core.results import Absent, Estimate, Result
from roi_core.spine import Facts
from roi_core.spine.facts import booleans, integers, labels
from roi_core.stats import cluster
from roi_core.units import Unit

LEAST_CONTACTS = 30
"""A team, agent or month with fewer contacts says nothing about what is possible."""
_TITLES = {"first_contact_resolution": "Resolved at first contact", "fast_reply": "Answered fast"}
_GROUPS = ("team", "agent", "month")


def levers(facts: Facts) -> dict[str, Lever]:
    """Shares of contacts handled well, and the share answered without an agent, by key."""
    bots, handled = _bots(facts)
    first = first_of_months(facts)
    found = {key: _lever(facts, quality(facts), a_year(facts, first), ~bots) for key, quality in QUALITIES.items()}
    return {**found, "without_agent": _without_agent(facts, bots, handled)}


def a_year(facts: Facts, counted: NDArray[np.bool_]) -> float:
    """How many of the contacts `counted` (contacts,) came in the last 12 whole months; scaled up from fewer."""
    if facts.first_contact_month is None or facts.last_contact_month is None:
        return 0.0
    months = min(12, facts.last_contact_month - facts.first_contact_month + 1)
    month = integers(facts.contacts, "month")
    recent = (month > facts.last_contact_month - months) & (month <= facts.last_contact_month)
    return float((recent & counted).sum() * 12 / months) if months > 0 else 0.0


def first_of_months(facts: Facts) -> NDArray[np.bool_]:
    """The first contact of each customer and month that does not ask to cancel (contacts,): what the contrasts inside contacts speak of."""
    asks = booleans(facts.contacts, "asks_to_cancel")
    customer, month = integers(facts.contacts, "customer_no")[~asks], integers(facts.contacts, "month")[~asks]
    _, first = np.unique(np.stack([customer, month]), axis=1, return_index=True)
    found = np.zeros(len(asks), dtype=np.bool_)
    found[np.flatnonzero(~asks)[first]] = True
    return found


def _bots(facts: Facts) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Contacts that a bot answered, and those of which it is known who did, both (contacts,)."""
    codes, names = labels(facts.contacts, "handled_by")
    return np.isin(codes, [i for i, name in enumerate(names) if name.lower() == "bot"]), codes >= 0


def _lever(facts: Facts, quality: Quality, yearly: float, people: NDArray[np.bool_]) -> Lever:
    """What a team could reach is seen of people: a bot answers at once."""
    share = _share(facts, quality.good, quality.known)
    low, high = _observed(facts, quality.good, quality.known & people, share)
    return Lever(quality.key, _TITLES[quality.key], share, low, high, yearly, quality.key)


def _without_agent(facts: Facts, bots: NDArray[np.bool_], known: NDArray[np.bool_]) -> Lever:
    share = _share(facts, bots, known)
    low, high = _observed(facts, bots, known, share)
    return Lever("without_agent", "Answered without an agent", share, low, high, a_year(facts, np.ones(len(bots), dtype=np.bool_)))


def _share(facts: Facts, good: NDArray[np.bool_], known: NDArray[np.bool_]) -> Result:
    """Good over known contacts, customers as clusters."""
    customer = integers(facts.contacts, "customer_no")[known]
    _, codes = np.unique(customer, return_inverse=True)
    y = np.bincount(codes).astype(np.float64)
    x = np.bincount(codes, weights=good[known].astype(np.float64), minlength=len(y))
    if len(y) < 2:
        return Absent("Too few contacts tell.", "Add a ticket export that holds it.")
    found = cluster.bounded_ratio(len(y), float(x.sum()), float(y.sum()), float(x @ x), float(y @ y), float(x @ y))
    return Estimate(found.value, found.low, found.high, len(y), "share of contacts, clustered by customer", Unit.FRACTION)


def _observed(facts: Facts, good: NDArray[np.bool_], known: NDArray[np.bool_], share: Result) -> tuple[float, float]:
    """Lowest and highest share seen in any team, agent or month with enough contacts."""
    if isinstance(share, Absent):
        return 0.0, 1.0
    seen = [share.value]
    for column in _GROUPS:
        codes = integers(facts.contacts, "month") if column == "month" else labels(facts.contacts, column)[0]
        seen += _shares_by(codes, good, known)
    return min(seen), max(seen)


def _shares_by(codes: NDArray[np.int64], good: NDArray[np.bool_], known: NDArray[np.bool_]) -> list[float]:
    used = known & (codes >= 0)
    if not used.any():
        return []
    _, group = np.unique(codes[used], return_inverse=True)
    n = np.bincount(group)
    share = np.bincount(group, weights=good[used].astype(float)) / n
    return [float(s) for s in share[n >= LEAST_CONTACTS]]
