"""The picture of who has stayed: both curves with their limits, as results."""

from dataclasses import replace

import numpy as np

from roi_core.effects.fit import Fit, Floats, Rows
from roi_core.effects.survival import augmented, weighted
from roi_core.measured import Curves
from roi_core.results import Estimate, Result
from roi_core.stats import weighting
from roi_core.units import Unit


def curves(rows: Rows, fitted: Fit, customers: int) -> Curves:
    """Shares that have not left after each month with pointwise 95 % limits, starting at 1 at month 0.

    By the outcome and the estimator of the answer, so that the curves end as far apart as it says.
    """
    stayed, x = np.where(rows.churned[:, None], rows.alive, 1.0), rows.covariates
    both = weighted(stayed, rows.treated, fitted.propensity) if fitted.thin else augmented(stayed, rows.treated, x.matrix, x.continuous, rows.cluster)
    found = drawn(weighting.curves(both, rows.cluster), customers, f"{fitted.weights}, limits on the logit scale, clustered")
    return replace(found, at_risk=tuple(zip(_there(rows.alive[rows.treated]), _there(rows.alive[~rows.treated]), strict=True)))


def _there(alive: Floats) -> tuple[int, ...]:
    """Rows (n, H) that are there at month 0 to H."""
    return (len(alive), *map(int, alive.sum(axis=0)))


def drawn(found: weighting.Curves, customers: int, method: str) -> Curves:
    """Standardised curves as results."""
    return Curves(
        months=tuple(range(len(found.treated) + 1)),
        supported=_results(found.treated, found.treated_low, found.treated_high, customers, method),
        control=_results(found.control, found.control_low, found.control_high, customers, method),
    )


def _results(survival: Floats, low: Floats, high: Floats, customers: int, method: str) -> tuple[Result, ...]:
    start = Estimate(1.0, 1.0, 1.0, customers, "by definition", Unit.FRACTION)
    points = zip(survival, low, high, strict=True)
    return (start, *(Estimate(float(s), float(a), float(b), customers, method, Unit.FRACTION) for s, a, b in points))
