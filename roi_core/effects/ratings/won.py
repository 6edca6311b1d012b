"""What handling a contact well does to its rating, and what a point won in that way is worth: the lever (method: satisfaction)."""

import numpy as np

from roi_core.cohorts.design import Design
from roi_core.cohorts.handled import Handled, build_handled
from roi_core.cohorts.quality import QUALITIES
from roi_core.effects.ratings.finding import LEAST, Finding, few
from roi_core.errors import NumbersRefused
from roi_core.results import Absent, Estimate, Result
from roi_core.sentences import say
from roi_core.spine import Facts
from roi_core.stats import weighting
from roi_core.stats.interval import Interval
from roi_core.stats.quotient import quotient
from roi_core.units import Unit

_KEYS = {"first_contact_resolution": "resolved", "fast_reply": "fast"}
Floats = np.ndarray


def by_handling(facts: Facts, design: Design) -> tuple[Finding, ...]:
    """Points of the score that resolving at first contact and a fast reply win, and leaving and revenue for each point won by the first."""
    found = {key: build_handled(facts, quality(facts), design.horizon_months) for key, quality in QUALITIES.items()}
    won = {key: _of_rated(rows) for key, rows in found.items()}
    points = tuple(Finding(f"won_{_KEYS[key]}", _as_result(won[key], found[key], Unit.SCORE)) for key in QUALITIES)
    return (*points, *_levers(found["first_contact_resolution"], won["first_contact_resolution"]))


def _of_rated(rows: Handled) -> Interval | Absent:
    """The difference in score, like with like, among contacts that were rated."""
    rated = np.flatnonzero(np.isfinite(rows.csat))
    treated = rows.treated[rated]
    if (fewer := int(min(treated.sum(), (~treated).sum()))) < LEAST:
        return few(fewer)
    return _adjusted(rows.csat[rated], rows, rated)


def _adjusted(outcome: Floats, rows: Handled, among: Floats) -> Interval:
    known = rows.covariates.rows(among)
    found = weighting.augmented(outcome, rows.treated[among], known.matrix, rows.cluster[among], continuous=known.continuous)
    value, se, low, high = (float(np.atleast_1d(x)[0]) for x in (found.value, found.se, found.low, found.high))
    return Interval(value, low, high, se)


def _as_result(found: Interval | Absent, rows: Handled, unit: Unit) -> Result:
    if isinstance(found, Absent):
        return found
    customers = len(np.unique(rows.cluster[np.isfinite(rows.csat)]))
    return Estimate(found.value, found.low, found.high, customers, "rated contacts, augmented overlap weights, clustered by customer", unit)


def _levers(rows: Handled, won: Interval | Absent) -> tuple[Finding, ...]:
    """Both effects of the same handling, one over the other."""
    if isinstance(won, Absent):
        return Finding("leaving_per_point_won", won, points=True), Finding("revenue_per_point_won", won)
    everybody = np.arange(rows.rows)
    left = _over(_adjusted(rows.churned.astype(np.float64), rows, everybody), won, rows, Unit.FRACTION)
    if not rows.has_revenue:
        return Finding("leaving_per_point_won", left, points=True), Finding("revenue_per_point_won", Absent(say("revenue.missing")))
    paid = _over(_adjusted(rows.revenue.sum(axis=1), rows, everybody), won, rows, Unit.MONEY_PER_EPISODE)
    return Finding("leaving_per_point_won", left, points=True), Finding("revenue_per_point_won", paid)


def _over(effect: Interval, won: Interval, rows: Handled, unit: Unit) -> Result:
    try:
        found = quotient(effect.value, effect.se or 0.0, won.value, won.se or 0.0)
    except NumbersRefused:
        return Absent(say("ratings.nothing_won"))
    method = "effect of resolving at first contact over its effect on the score; Fieller's limits where that is under 3 errors"
    return Estimate(found.value, found.low, found.high, len(np.unique(rows.cluster)), method, unit)
