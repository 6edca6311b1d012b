"""From sums over customers to a result with its interval, one function a family of shapes."""

from roi_core.engine import Middle, Sums
from roi_core.metrics.shapes import Metric, Shape
from roi_core.results import Absent, Estimate, Result
from roi_core.sentences import say
from roi_core.stats import cluster, proportion
from roi_core.units import Unit

_FEWEST = 2
_NEVER_BELOW_0 = frozenset({Unit.COUNT, Unit.MINUTES, Unit.HOURS, Unit.RATIO})


def summed(metric: Metric, sums: Sums) -> Result:
    """A share, mean, ratio, count or sum. Totals carry no interval: they are what the files hold; the sum of no row is none, not 0.

    Neither does one month, which is a total: nothing says how much months differ.
    """
    if metric.shape is Shape.SUM and sums.y == 0:
        return Absent(say("metric_missing.nothing_counts"), say("metric_next.nothing_counts"))
    if metric.shape in (Shape.COUNT, Shape.SUM):
        return Estimate(sums.x, None, None, sums.n, "total", metric.unit)
    if metric.counts == "surveys":
        return _answered(metric, sums)
    if sums.n < _FEWEST or sums.y == 0:
        return Estimate(sums.x, None, None, 1, "total of one month", metric.unit) if metric.counts == "months" and sums.y == 1 else few_customers(sums.n)
    if metric.bounds is not None:
        return _bounded(metric, sums, metric.bounds)
    found = cluster.ratio(sums.n, sums.x, sums.y, sums.xx, sums.yy, sums.xy)
    low = max(found.low, 0.0) if found.value >= 0 and (metric.from_0 or metric.unit in _NEVER_BELOW_0) else found.low
    return Estimate(found.value, low, found.high, sums.n, f"delta method over {metric.counts}", metric.unit)


def _answered(metric: Metric, sums: Sums) -> Result:
    """Files say how many surveys were sent and not to whom, so each survey is taken once."""
    found = proportion.wilson(int(sums.x), int(sums.y))
    return Estimate(found.value, found.low, found.high, int(sums.y), "Wilson over surveys, each counted once", metric.unit)


def woodruff_levels(middle: Middle, level: float) -> tuple[float, float] | None:
    """The levels whose quantiles are the limits of a quantile (Woodruff 1952, JASA 47:635), or None with fewer than 2 customers.

    An order-statistic interval takes rows for independent; contacts of one customer are not. So the share of rows at or
    below the quantile gets its customer-clustered interval, and its limits are read back through the observed values
    (Francisco, Fuller 1991, Ann Stat 19:454).
    """
    if middle.below.n < _FEWEST:
        return None
    b = middle.below
    found = cluster.ratio(b.n, b.x, b.y, b.xx, b.yy, b.xy)
    reach = (found.high - found.low) / 2
    return max(level - reach, 0.0), min(level + reach, 1.0)


def few_customers(n: int) -> Absent:
    """The answer where one customer or none stands behind a number."""
    return Absent(say("metric_missing.few_customers", n=str(n)), say("metric_next.few_customers"))


def _bounded(metric: Metric, sums: Sums, bounds: tuple[float, float]) -> Estimate:
    """Limits stay inside what the number can be."""
    found = cluster.bounded_ratio(sums.n, sums.x, sums.y, sums.xx, sums.yy, sums.xy, bounds)
    over = f"Wilson over {metric.counts}, each counted once" if found.se is None else f"delta method over {metric.counts}"
    return Estimate(found.value, found.low, found.high, sums.n, over, metric.unit)
