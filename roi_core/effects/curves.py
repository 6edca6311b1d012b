"""Who is still a customer, month by month after time zero, in groups made comparable by overlap weights."""

from dataclasses import dataclass

import numpy as np

from roi_core.effects.fit import Floats, Rows
from roi_core.measured import Curves
from roi_core.results import Estimate, Result
from roi_core.stats import cluster, interval, weighting
from roi_core.stats.interval import Interval
from roi_core.stats.nuisance import Nuisances
from roi_core.units import Unit


@dataclass(frozen=True, slots=True)
class WeightedCurves:
    """Survival of both groups after months 1..H with standard errors (H,), and the months gained (treated minus control)."""

    treated: Floats
    control: Floats
    se_treated: Floats
    se_control: Floats
    months_gained: Interval


def weighted_curves(rows: Rows, propensity: Floats) -> WeightedCurves:
    """Weighted shares still there, influence values with the propensity taken as known."""
    nothing = np.zeros_like(rows.alive)
    both = weighting.arms(Nuisances(rows.alive, rows.treated, propensity, nothing, nothing, single=False), "ATO")
    se1, se0 = (np.sqrt(np.diag(cluster.covariance(phi, rows.cluster))) for phi in (both.influence_treated, both.influence_control))
    lived = _months_lived(rows.horizon)
    area = (both.influence_treated - both.influence_control) @ lived
    gained = float((both.treated - both.control) @ lived)
    return WeightedCurves(both.treated, both.control, se1, se0, interval.wald(gained, float(np.sqrt(cluster.covariance(area, rows.cluster)[0, 0]))))


def _months_lived(horizon: int) -> Floats:
    """Weight of each month's survival in the area under the curve; leavers count for half of the month in which they left."""
    weights = np.ones(horizon)
    weights[-1] = 0.5
    return weights


def curves(rows: Rows, propensity: Floats, customers: int) -> Curves:
    """The curves with pointwise 95 % limits, starting at 1 at month 0."""
    found = weighted_curves(rows, propensity)
    return Curves(
        months=tuple(range(rows.horizon + 1)),
        supported=_with_limits(found.treated, found.se_treated, customers),
        control=_with_limits(found.control, found.se_control, customers),
    )


def _with_limits(survival: Floats, se: Floats, customers: int) -> tuple[Result, ...]:
    start = Estimate(1.0, 1.0, 1.0, customers, "by definition", Unit.FRACTION)
    reach = interval.z_of(0.95) * se
    points = zip(survival, np.maximum(survival - reach, 0), np.minimum(survival + reach, 1), strict=True)
    return (start, *(Estimate(float(s), float(a), float(b), customers, "overlap weights, clustered", Unit.FRACTION) for s, a, b in points))
