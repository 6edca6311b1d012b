"""Leaving by satisfaction score: a curve with counts, and a sentence that claims no cause (method: satisfaction)."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from roi_core.cohorts import follow, orders, terms
from roi_core.cohorts.rated import Ratings, on_one_scale, ratings_of
from roi_core.effects import words
from roi_core.measured import Dose
from roi_core.results import Absent, Estimate, Result
from roi_core.sentences import say
from roi_core.show import number
from roi_core.spine import Facts, calendar
from roi_core.spine.facts import integers
from roi_core.stats import proportion, trend
from roi_core.stats.auc import roc_auc
from roi_core.units import Unit

LEAST_RATINGS = 30
LEAST_AT_A_SCORE = 10
MOST_SCORES = 11
LEAKS = 0.95
"""A score that tells who left as well as this was given with or after leaving (area under the curve, as of columns of a flat file)."""


def satisfaction(facts: Facts, horizon: int) -> Dose | Absent:
    """Share that left within `horizon` months of their first rating, by score; ratings of contacts that ask to cancel are left out.

    A rating counts when it was answered, and none that was answered with or after leaving does. A failed payment, a merger and a downgrade are no leaving.
    Of services the first rating before a contract that comes due within the horizon, and whether it was renewed.
    """
    given, scale = ratings_of(facts), on_one_scale(facts)
    rated, left = first_ratings(facts, given, horizon)
    found = _by_score(rated.score, left, f"within {horizon} months")
    alone = int((rated.ticket < 0).sum())
    notes = [say("satisfaction.no_ticket", n=f"{alone:,}")] if alone else []
    notes += [say("satisfaction.after", n=f"{given.after_leaving:,}")] if given.after_leaving else []
    notes += [say("satisfaction.scales", n=f"{scale.elsewhere:,}", top=f"{scale.top:g}")] if scale.elsewhere else []
    if isinstance(found, Absent):
        return replace(found, reason=" ".join((found.reason, *notes)))
    return replace(found, sentence=" ".join((found.sentence, *notes)))


def _by_score(score: NDArray[np.float64], left: NDArray[np.bool_], when: str) -> Dose | Absent:
    if len(score) >= LEAST_RATINGS and 0 < left.sum() < len(left) and max(auc := roc_auc(left, score), 1 - auc) >= LEAKS:
        return Absent(say("satisfaction.leak", auc=number(max(auc, 1 - auc), Unit.RATIO)), say("satisfaction.next_leak"))
    return dose(score, left, when)


def dose(score: NDArray[np.float64], left: NDArray[np.bool_], when: str) -> Dose | Absent:
    """Leaving by score, one row per customer; `score` and `left` (n,). Absent with under 30 ratings."""
    if len(score) == 0:
        return Absent(say("satisfaction.unlinked"), "Add a survey export with ticket or customer ids, or the satisfaction column of the ticket export.")
    if len(score) < LEAST_RATINGS:
        return Absent(say("satisfaction.few", n=f"{len(score)}", needed=f"{LEAST_RATINGS}"))
    if not 0 < left.sum() < len(left):
        return Absent(say("satisfaction.everybody" if left.any() else "satisfaction.nobody", n=f"{len(score):,}", when=when))
    step = _step(score)
    level = score if step is None else _rounded(score, step)
    rows = tuple(_row(value, left[level == value]) for value in np.unique(level))
    correlation = _correlation(score, left)
    notes = [] if step is None else [say("satisfaction.rounded", step=f"{step:g}")]
    return Dose(rows, correlation, _trend(score, left), " ".join((_sentence(rows, correlation, when), *notes)), "customers")


def first_ratings(facts: Facts, given: Ratings, horizon: int) -> tuple[Ratings, NDArray[np.bool_]]:
    """The first rating of each customer who can be followed, n of them on one scale, and whether the customer was lost after it, (n,)."""
    given = given.take(np.isfinite(given.score) & (given.month <= facts.last_month - horizon))
    if facts.is_services:
        due = terms.due_after(facts, given.customer, given.month, horizon)
        given, due = given.take(due >= 0), due[due >= 0]
        first = given.firsts
        return given.take(first), integers(facts.terms, "renewed")[due[first]] == 0
    rated = given.take(given.firsts)
    if facts.is_shop:
        return rated, orders.ordered_by(orders.orders_of(facts), rated.customer, rated.at, horizon)[:, -1] == 0
    ends = calendar.add_months(rated.at, rated.month, horizon)
    return rated, (follow.churn_seconds(facts)[rated.customer] <= ends) & follow.left_by_choice(facts, rated.customer)


def _step(score: NDArray[np.float64]) -> float | None:
    """What scores are rounded to so that a table can hold them: 1, 2, 5, 10, 20 and so on; None where there are few enough."""
    if len(np.unique(score)) <= MOST_SCORES:
        return None
    steps = (lead * 10.0**power for power in range(300) for lead in (1, 2, 5))
    return next(step for step in steps if len(np.unique(_rounded(score, step))) <= MOST_SCORES)


def _rounded(score: NDArray[np.float64], step: float) -> NDArray[np.float64]:
    """The nearest multiple, the upper one of two as near."""
    return np.floor(score / step + 0.5) * step


def _row(value: float, left: NDArray[np.bool_]) -> tuple[float, int, int, Result]:
    n, x = len(left), int(left.sum())
    if n < LEAST_AT_A_SCORE:
        return float(value), n, x, Absent(f"Only {n} customers have {value:g}.")
    found = proportion.wilson(x, n)
    return float(value), n, x, Estimate(found.value, found.low, found.high, n, "share of customers, Wilson interval", Unit.FRACTION)


def _correlation(score: NDArray[np.float64], left: NDArray[np.bool_]) -> Result:
    if np.ptp(score) == 0:
        return Absent("All ratings are equal.")
    found = trend.pearson(score, left.astype(np.float64))
    return Estimate(found.value, found.low, found.high, len(score), "correlation of score and leaving, Fisher interval", Unit.CORRELATION)


def _trend(score: NDArray[np.float64], left: NDArray[np.bool_]) -> Result:
    if np.ptp(score) == 0:
        return Absent("All ratings are equal.")
    levels, codes = np.unique(score, return_inverse=True)
    found = trend.cochran_armitage(np.bincount(codes, weights=left.astype(np.float64)), np.bincount(codes), levels)
    return Estimate(found.statistic, None, None, len(score), "Cochran-Armitage test for trend, z", Unit.RATIO)


def _sentence(rows: tuple[tuple[float, int, int, Result], ...], correlation: Result, when: str) -> str:
    """By the direction of the correlation's interval, so that a handful of low ratings decides nothing."""
    known = [(value, share) for value, _, _, share in rows if isinstance(share, Estimate)]
    if len(known) < 2:
        return say("satisfaction.one_score")
    (worst, low), (best, high) = known[0], known[-1]
    slots = {"lowest": number(low.value, Unit.FRACTION), "highest": number(high.value, Unit.FRACTION), "worst": f"{worst:g}", "best": f"{best:g}"}
    key = {"helped": "satisfaction.slope", "harm": "satisfaction.rising"}.get(words.direction(correlation), "satisfaction.flat_slope")
    return say(key, when=when, **slots)
