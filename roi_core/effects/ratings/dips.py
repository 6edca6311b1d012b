"""What goes with low ratings: slow replies, coming back, reopening, escalation, all at once."""

import numpy as np

from roi_core.cohorts.design import Design
from roi_core.cohorts.quality import fast_reply, first_contact_resolution
from roi_core.effects.ratings.finding import LEAST, LOW, Finding, as_created, few
from roi_core.errors import NumbersRefused
from roi_core.results import Absent, Estimate
from roi_core.sentences import say
from roi_core.spine import Facts
from roi_core.spine.facts import booleans, integers, numbers
from roi_core.stats.interval import wald
from roi_core.stats.linear import least_squares
from roi_core.units import Unit

_METHOD = "least squares of a low rating on all of these, priority, category and channel, clustered by customer"
KEYS = ("dip_slow", "dip_back", "dip_reopened", "dip_escalated")


def drivers(facts: Facts, design: Design) -> tuple[Finding, ...]:  # noqa: ARG001 - every subject has the same shape
    """Points more of low ratings where each was so, the others held still; left out where the files do not say or it hardly occurs."""
    fast, first = fast_reply(facts), first_contact_resolution(facts)
    score = numbers(facts.contacts, "csat")
    rows = np.flatnonzero(np.isfinite(score) & fast.known & first.known & ~booleans(facts.contacts, "asks_to_cancel"))
    bad = {
        "dip_slow": ~fast.good,
        "dip_back": ~first.good,
        "dip_reopened": booleans(facts.contacts, "reopened"),
        "dip_escalated": booleans(facts.contacts, "escalated"),
    }
    there = {key: flags[rows].astype(np.float64) for key, flags in bad.items() if LEAST <= flags[rows].sum() <= len(rows) - LEAST}
    absent = few(len(rows)) if len(rows) < 2 * LEAST else Absent(say("ratings.seldom"))
    if not there:
        return tuple(Finding(key, absent, points=True) for key in KEYS)
    design_matrix = np.column_stack([np.ones(len(rows)), *there.values(), as_created(facts, rows).matrix])
    cluster = integers(facts.spine, "cluster_no")[integers(facts.contacts, "customer_no")[rows]]
    try:
        found = least_squares(design_matrix, (score[rows] <= LOW).astype(np.float64), cluster)
    except NumbersRefused:
        return tuple(Finding(key, Absent(say("ratings.no_slope")), points=True) for key in KEYS)
    limits = {key: wald(float(found.coefficients[place]), float(found.se[place])) for place, key in enumerate(there, 1)}
    customers = len(np.unique(cluster))
    results = {key: Estimate(one.value, one.low, one.high, customers, _METHOD, Unit.FRACTION) for key, one in limits.items()}
    return tuple(Finding(key, results.get(key, absent), points=True) for key in KEYS)
