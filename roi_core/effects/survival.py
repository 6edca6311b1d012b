"""Who is still a customer month by month after time zero, in both groups made comparable by overlap weights."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roi_core.stats import cluster, interval, weighting
from roi_core.stats.interval import Interval
from roi_core.stats.nuisance import Nuisances

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Survival:
    """Survival of both groups after months 1..H with pointwise 95 % limits, and the months gained (treated minus control)."""

    curves: weighting.Curves
    months_gained: Interval


def survival(alive: Floats, treated: NDArray[np.bool_], propensity: Floats, clusters: NDArray[np.int64]) -> Survival:
    """Weighted shares of `alive` (n, H), influence values with the propensity (n,) taken as known, errors by cluster (n,).

    Months gained is the difference of restricted mean survival (Royston, Parmar 2013, BMC Med Res Methodol 13:152).
    """
    nothing = np.zeros_like(alive)
    both = weighting.arms(Nuisances(alive, treated, propensity, nothing, nothing, single=False), "ATO")
    lived = _months_lived(alive.shape[1])
    gained = float((both.treated - both.control) @ lived)
    area = (both.influence_treated - both.influence_control) @ lived
    error = float(np.sqrt(cluster.covariance(area, clusters)[0, 0]))
    return Survival(weighting.curves(both, clusters), interval.wald(gained, error))


def _months_lived(horizon: int) -> Floats:
    """Weight of each month's survival in the area under the curve; leavers count for half of the month in which they left."""
    weights = np.ones(horizon)
    weights[-1] = 0.5
    return weights
