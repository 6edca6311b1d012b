"""From nuisances to a contrast: standardised means of two arms, their influence values and their clustered error."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from roi_core.stats.arrays import FloatOrFloats, Floats, floats
from roi_core.stats.blocks import weighted_sums
from roi_core.stats.cluster import covariance
from roi_core.stats.interval import z_of
from roi_core.stats.nuisance import Nuisances

Estimand = Literal["ATO", "ATT", "ATE"]


@dataclass(frozen=True, slots=True)
class Standardised:
    """A contrast of standardised means, treated minus control.

    For one outcome `value`, `se`, `low`, `high`, `risk_treated` and `risk_control` are floats and `influence` is (n,); for k
    outcomes they are (k,) and (n, k). theta_hat = theta + mean(influence).
    """

    value: FloatOrFloats
    se: FloatOrFloats
    low: FloatOrFloats
    high: FloatOrFloats
    risk_treated: FloatOrFloats
    risk_control: FloatOrFloats
    influence: Floats
    separated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Weighted:
    """A weighted contrast: what `Standardised` holds, and the weights behind it.

    `weights` and `propensity` are (n,); `ess_treated` and `ess_control` are effective sample sizes (Kish). `separated` names the
    models that needed a ridge.
    """

    value: FloatOrFloats
    se: FloatOrFloats
    low: FloatOrFloats
    high: FloatOrFloats
    risk_treated: FloatOrFloats
    risk_control: FloatOrFloats
    ess_treated: float
    ess_control: float
    estimand: str
    influence: Floats
    propensity: Floats
    weights: Floats
    separated: tuple[str, ...] = ()


class Arms(NamedTuple):
    """Standardised means (k,) of both arms, their influence values (n, k), and the weights (n,) behind them."""

    treated: Floats
    control: Floats
    influence_treated: Floats
    influence_control: Floats
    weights: Floats


def contrast(fitted: Nuisances, cluster: ArrayLike | None = None, estimand: Estimand = "ATO", level: float = 0.95) -> Weighted:
    """The contrast of `weighting.augmented` from nuisances fitted once, so that several estimands share them."""
    return summarised(arms(fitted, estimand), fitted, cluster, estimand, level)


def arms(fitted: Nuisances, estimand: Estimand = "ATO") -> Arms:
    """Both arms' standardised means with their influence values, in which residuals are stretched."""
    a, e = floats(fitted.treated), fitted.propensity
    target, one, zero = _weights(estimand, a, e)
    of_weights = estimand == "ATO"
    mean1, phi1 = _standardised(fitted.outcome, fitted.mean_treated, target, one, fitted.stretch, of_weights=of_weights)
    mean0, phi0 = _standardised(fitted.outcome, fitted.mean_control, target, zero, fitted.stretch, of_weights=of_weights)
    return Arms(mean1, mean0, phi1, phi0, one + zero)


def summarised(both: Arms, fitted: Nuisances, cluster: ArrayLike | None, estimand: str, level: float) -> Weighted:
    """The contrast of two arms with its clustered standard error."""
    gap = differences(both.treated, both.control, both.influence_treated - both.influence_control, cluster, level, single=fitted.single)
    return Weighted(
        gap.value,
        gap.se,
        gap.low,
        gap.high,
        gap.risk_treated,
        gap.risk_control,
        ess_treated=ess(both.weights[fitted.treated]),
        ess_control=ess(both.weights[~fitted.treated]),
        estimand=estimand,
        influence=gap.influence,
        propensity=fitted.propensity,
        weights=both.weights,
        separated=fitted.separated,
    )


def differences(treated: Floats, control: Floats, influence: Floats, cluster: ArrayLike | None, level: float, *, single: bool) -> Standardised:
    """Means (k,) of both arms and the influence values (n, k) of their gaps, as a contrast with clustered errors."""
    se = np.sqrt(np.diag(covariance(influence, cluster)))
    value, reach = treated - control, z_of(level) * se

    def shaped(values: Floats) -> FloatOrFloats:
        return float(values[0]) if single else values

    return Standardised(
        shaped(value),
        shaped(se),
        shaped(value - reach),
        shaped(value + reach),
        shaped(treated),
        shaped(control),
        influence[:, 0] if single else influence,
    )


def ess(weights: Floats) -> float:
    """Effective sample size (sum w)^2 / sum w^2 (Kish 1965)."""
    return float(weights.sum() ** 2 / np.square(weights).sum())


def _weights(estimand: Estimand, a: Floats, e: Floats) -> tuple[Floats, Floats, Floats]:
    if estimand == "ATO":
        return e * (1 - e), a * (1 - e), (1 - a) * e
    away = np.clip(e, 1e-12, 1 - 1e-12)
    if estimand == "ATT":
        return a, a, (1 - a) * away / (1 - away)
    if estimand == "ATE":
        return np.ones_like(a), a / away, (1 - a) / (1 - away)
    raise ValueError(f'estimand == "{estimand}", must be "ATO", "ATT" or "ATE"')


def _standardised(y: Floats, expected: Floats, target: Floats, weights: Floats, stretched: Floats | float, *, of_weights: bool) -> tuple[Floats, Floats]:
    """Mean (k,) of one arm over the target, and its influence values (n, k).

    The mending term is divided by the sum of its weights (overlap) or by the size of the target (AIPW).
    """
    size, residual = target.sum(), y - expected
    mass = weights.sum() if of_weights else size
    base, mend, noise = weighted_sums(target, expected) / size, weighted_sums(weights, residual) / mass, stretched * residual
    left = weighted_sums(weights, noise) / mass
    centred, noise = (expected - base, noise - left) if of_weights else (expected - base - left, noise)
    influence = target[:, None] * centred / size + weights[:, None] * noise / mass
    return base + mend, len(y) * influence
