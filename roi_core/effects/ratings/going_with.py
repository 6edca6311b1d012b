"""How ratings go with leaving, and what those who did not answer could change."""

import numpy as np

from roi_core.cohorts.design import Design
from roi_core.cohorts.rated import Ratings, on_one_scale, ratings_of
from roi_core.effects.ratings.finding import LEAST, Finding, as_created, few
from roi_core.effects.satisfaction import first_ratings
from roi_core.errors import NumbersRefused
from roi_core.results import Absent, Estimate, Result
from roi_core.sentences import say
from roi_core.spine import Facts
from roi_core.spine.facts import booleans, integers, numbers
from roi_core.stats import trend
from roi_core.stats.marginal import average_marginal_effect
from roi_core.units import Unit

_ENDS = (0.10, 0.90)


def slopes(facts: Facts, design: Design) -> tuple[Finding, ...]:
    """Kendall's tau-b of score and leaving, and how much less likely to leave each further point goes with."""
    rated, left = first_ratings(facts, ratings_of(facts), design.horizon_months)
    n = len(left)
    if n < LEAST or np.ptp(rated.score) == 0 or not 0 < left.sum() < n:
        alone = few(n) if n < LEAST else Absent(say("ratings.all_alike"))
        return Finding("tau_b", alone), Finding("per_point", alone, points=True)
    tau = trend.kendall_tau_b(rated.score, left.astype(np.float64))
    ranked = Estimate(tau.value, tau.low, tau.high, n, f"Kendall's tau-b, p = {tau.p:.2g}", Unit.CORRELATION)
    return Finding("tau_b", ranked), Finding("per_point", _per_point(facts, rated, left), points=True)


def _per_point(facts: Facts, rated: Ratings, left: np.ndarray) -> Result:
    cluster = integers(facts.spine, "cluster_no")[rated.customer]
    try:
        found = average_marginal_effect(left, rated.score, as_created(facts, rated.ticket).matrix, cluster)
    except NumbersRefused:
        return Absent(say("ratings.no_slope"))
    method = "average marginal effect of a logit with priority, category and channel, clustered by customer"
    return Estimate(found.value, found.low, found.high, len(np.unique(cluster)), method, Unit.FRACTION)


def unanswered(facts: Facts, design: Design) -> tuple[Finding, ...]:  # noqa: ARG001 - every subject has the same shape
    """The mean score, had those who did not answer rated as the lowest or as the highest tenth of those who did: never one corrected number."""
    asked = ~booleans(facts.contacts, "asks_to_cancel") & booleans(facts.contacts, "replied")
    score = on_one_scale(facts).score
    score = score[asked & (np.isfinite(score) | np.isnan(numbers(facts.contacts, "csat_raw")))]
    known = score[np.isfinite(score)]
    if len(known) < LEAST:
        return tuple(Finding(f"everybody_{end}", few(len(known))) for end in ("low", "high"))
    share = len(known) / len(score)
    found = [share * known.mean() + (1 - share) * np.quantile(known, end) for end in _ENDS]
    method = f"{len(known):,} of {len(score):,} answered contacts are rated"
    return tuple(
        Finding(f"everybody_{end}", Estimate(float(v), None, None, len(known), method, Unit.SCORE)) for end, v in zip(("low", "high"), found, strict=True)
    )
