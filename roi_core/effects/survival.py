"""Who is still there month by month after time zero, in both groups made comparable as the answer is."""

import numpy as np
from numpy.typing import NDArray

from roi_core.stats import cluster, interval, nuisance, weighting
from roi_core.stats.contrast import Arms
from roi_core.stats.interval import Interval
from roi_core.stats.nuisance import Nuisances

Floats = NDArray[np.float64]


def weighted(outcome: Floats, treated: NDArray[np.bool_], propensity: Floats) -> Arms:
    """Means of `outcome` (n, k) in both groups by overlap weights alone, with the propensity (n,) taken as known."""
    nothing = np.zeros_like(outcome)
    return weighting.arms(Nuisances(outcome, treated, propensity, nothing, nothing, single=False), "ATO")


def augmented(outcome: Floats, treated: NDArray[np.bool_], covariates: Floats, continuous: NDArray[np.bool_], clusters: NDArray[np.int64]) -> Arms:
    """The same, mended by outcome models, as the default answer is; rows of a cluster (n,) belong together."""
    return weighting.arms(nuisance.fit(outcome, treated, covariates, continuous, cluster=clusters), "ATO")


def months_gained(alive: Floats, treated: NDArray[np.bool_], propensity: Floats, clusters: NDArray[np.int64]) -> Interval:
    """Difference of restricted mean survival over the months of `alive` (n, H), treated minus control, by overlap weights; errors by cluster (n,).

    Royston, Parmar 2013, BMC Med Res Methodol 13:152.
    """
    both, lived = weighted(alive, treated, propensity), _months_lived(alive.shape[1])
    gained = float((both.treated - both.control) @ lived)
    area = (both.influence_treated - both.influence_control) @ lived
    error = float(np.sqrt(cluster.covariance(area, clusters)[0, 0]))
    return interval.wald(gained, error)


def _months_lived(horizon: int) -> Floats:
    """Weight of each month's survival in the area under the curve; leavers count for half of the month in which they left."""
    weights = np.ones(horizon)
    weights[-1] = 0.5
    return weights
