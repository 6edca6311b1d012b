"""Numbers from rows that belong together: one customer has many rows, and only customers are independent."""

from math import log, sqrt, tanh

import numpy as np
from numpy.typing import ArrayLike, NDArray

from roi_core.stats import proportion
from roi_core.stats.arrays import Floats, floats
from roi_core.stats.blocks import cross
from roi_core.stats.interval import Interval


def ratio(n: float, sx: float, sy: float, sxx: float, syy: float, sxy: float, level: float = 0.95) -> Interval:
    """The ratio sx / sy of sums over n independent clusters, with its delta-method interval.

    x is the numerator and y the denominator of one cluster (y = 1 for a mean over clusters); `sxx`, `syy` and `sxy` are
    sums over clusters of x*x, y*y and x*y. Variance n/(n-1) * sum (x - r y)^2 / sy^2 (Cochran 1977, Sampling Techniques, 6.3), limits by Student's t
    with one degree of freedom less than `effective` clusters: where few clusters hold most, those of the normal hold the truth too seldom.
    Raises ValueError where n < 2 or sy == 0.
    """
    if n < 2:
        raise ValueError(f"n == {n}, must be at least 2 clusters")
    if sy == 0:
        raise ValueError("sy == 0, must be other than 0")
    value = sx / sy
    residual = max(sxx - 2 * value * sxy + value * value * syy, 0.0)
    se = sqrt(residual * n / (n - 1)) / abs(sy)
    reach = quantile(level, n, sy, syy) * se
    return Interval(value, value - reach, value + reach, se)


def effective(sy: float, syy: float) -> float:
    """As how many clusters of one size those of sizes y count, from their sum and the sum of their squares.

    (sum y)^2 / sum y^2 (Kish 1965; Carter, Schnepel, Steigerwald 2017 Rev Econ Stat 99:698, for errors that clusters share).
    """
    return sy * sy / syy


def quantile(level: float, n: float, sy: float, syy: float) -> float:
    """Student's t of a two-sided level for a ratio over n clusters, of one degree at least; amounts below 0 count as n clusters."""
    from scipy.special import stdtrit

    like = effective(sy, syy)
    return float(stdtrit(max((like if 1 <= like <= n else n) - 1, 1.0), (1 + level) / 2))


def bounded_ratio(
    n: float, sx: float, sy: float, sxx: float, syy: float, sxy: float, bounds: tuple[float, float] = (0.0, 1.0), level: float = 0.95
) -> Interval:
    """`ratio` of rows that each lie within `bounds`: a share, or the mean of a scale. Its limits do too.

    They are those of the log odds of the value's place between the bounds, by the delta method (Korn, Graubard 1998, Survey Methodology 24:193; Brown,
    Cai, DasGupta 2001, Stat Sci 16:101): near a bound, limits at equal distance reach beyond it, and cut there they hold the truth too seldom (simulated,
    20 clusters of a scale with mean 0.96: 82 %, these 94 %). At a bound the delta method is blind: every cluster is taken once, by Wilson, and there is
    no `se`. A value beyond them, which amounts below 0 can give, keeps limits at equal distance.
    """
    found, (least, most) = ratio(n, sx, sy, sxx, syy, sxy, level), bounds
    width = most - least
    at = (found.value - least) / width
    if not 0 <= at <= 1:
        return found
    if at in (0, 1):
        edge = proportion.wilson(round(at * n), round(n), level)
        return Interval(found.value, least + edge.low * width, least + edge.high * width)
    reach, odds = (found.high - found.value) / width / (at * (1 - at)), log(at / (1 - at))
    low, high = ((1 + tanh((odds + side * reach) / 2)) / 2 for side in (-1, 1))
    return Interval(found.value, least + low * width, least + high * width, found.se)


def covariance(influence: ArrayLike, cluster: ArrayLike | None = None) -> Floats:
    """Covariance (k, k) of k estimates from their influence values (n, k), where theta_hat = theta + mean(influence).

    G/(G-1) * sum over the G clusters of the outer product of cluster sums, over n^2. Without `cluster` (n,) every row is
    its own. Raises ValueError with fewer than 2 clusters.
    """
    values = floats(influence, "influence")
    values = values[:, None] if values.ndim == 1 else values
    sums = values if cluster is None else sums_by_cluster(values, cluster)
    groups = len(sums)
    if groups < 2:
        raise ValueError(f"clusters == {groups}, must be at least 2")
    return cross(sums, sums) * (groups / (groups - 1) / len(values) ** 2)


def crossed_variance(shares: ArrayLike, one: ArrayLike, other: ArrayLike) -> float:
    """Variance of the sum of `shares` (n,) whose rows belong together in two ways at once, by labels `one` (n,) and `other` (n,).

    V(one) + V(other) - V(both), each G/(G-1) times the sum of squared sums; the larger of the first two where that is not above 0
    (Cameron, Gelbach, Miller 2011 J Bus Econ Stat 29:238). Raises ValueError with fewer than 2 clusters either way.
    """
    values = floats(shares, "shares")[:, None]
    codes = [np.unique(np.asarray(labels), return_inverse=True)[1] for labels in (one, other)]
    both = codes[0] * (codes[1].max() + 1) + codes[1]
    first, second, joint = (_squared(values, labels) for labels in (*codes, both))
    crossed = first + second - joint
    return crossed if crossed > 0 else max(first, second)


def _squared(values: Floats, labels: ArrayLike) -> float:
    sums = sums_by_cluster(values, labels)
    if len(sums) < 2:
        raise ValueError(f"clusters == {len(sums)}, must be at least 2")
    return float((sums**2).sum()) * len(sums) / (len(sums) - 1)


def sums_by_cluster(values: Floats, cluster: ArrayLike) -> Floats:
    """Sums (G, k) of the rows (n, k) of each of the G distinct clusters, in ascending order of their label."""
    codes = codes_of(cluster, len(values))
    return np.column_stack([np.bincount(codes, weights=column) for column in values.T])


def codes_of(cluster: ArrayLike, rows: int) -> NDArray[np.intp]:
    """Number of the cluster of each row (n,), from 0 in ascending order of labels. Raises ValueError where there are not as many labels as rows."""
    labels = np.asarray(cluster)
    if labels.shape != (rows,):
        raise ValueError(f"cluster.shape == {labels.shape}, must be ({rows},)")
    return np.unique(labels, return_inverse=True)[1]
