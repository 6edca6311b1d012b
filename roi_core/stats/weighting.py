"""Two groups made comparable by weights, with outcome models that mend what the weights leave."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from roi_core.stats import nuisance
from roi_core.stats.arrays import Floats, floats, two_arms
from roi_core.stats.blocks import linear, weighted_sums
from roi_core.stats.cluster import covariance
from roi_core.stats.contrast import Arms, Estimand, Standardised, Weighted, arms, contrast, differences, ess, summarised
from roi_core.stats.interval import z_of
from roi_core.stats.nuisance import ArmModel, Nuisances, OutcomeModels
from roi_core.stats.propensity import fit_logit

__all__ = [
    "Curves",
    "Estimand",
    "Standardised",
    "Weighted",
    "arms",
    "augmented",
    "contrast",
    "curves",
    "ess",
    "g_formula",
    "overlap",
    "standardised",
    "survival_curves",
    "weighted_means",
]


@dataclass(frozen=True, slots=True)
class Curves:
    """Standardised survival of both arms at k times with pointwise limits; every field has shape (k,)."""

    treated: Floats
    treated_low: Floats
    treated_high: Floats
    control: Floats
    control_low: Floats
    control_high: Floats


def augmented(
    outcome: ArrayLike,
    treated: ArrayLike,
    covariates: ArrayLike,
    cluster: ArrayLike | None = None,
    estimand: Estimand = "ATO",
    *,
    splines: bool = True,
    continuous: ArrayLike | None = None,
    level: float = 0.95,
) -> Weighted:
    """Doubly robust contrast over the overlap (ATO), the treated (ATT) or all rows (ATE), with logit nuisances.

    ATO: sum h(m1-m0)/sum h + sum w1(Y-m1)/sum w1 - sum w0(Y-m0)/sum w0, w1 = A(1-e), w0 = (1-A)e, h = e(1-e) (Li, Morgan,
    Zaslavsky 2018 JASA 113:390; Mao, Li, Greene 2019 SMMR 28:2439). ATT and ATE: AIPW (Robins, Rotnitzky, Zhao 1994 JASA 89:846).
    SE = sqrt(G/(G-1) sum over clusters of (sum phi)^2) / n, with residuals stretched (`leverage.stretch`). `outcome` (n,) or (n, k),
    0/1 or real; `covariates` (n, p) without missing values; `cluster` (n,) labels. Raises ValueError for an empty arm, missing values or shapes that do
    not match.
    """
    return contrast(nuisance.fit(outcome, treated, covariates, continuous, cluster=cluster, splines=splines), cluster, estimand, level)


def overlap(
    outcome: ArrayLike,
    treated: ArrayLike,
    covariates: ArrayLike,
    cluster: ArrayLike | None = None,
    *,
    splines: bool = True,
    continuous: ArrayLike | None = None,
    level: float = 0.95,
) -> Weighted:
    """Plain overlap weights: weighted means and nothing else, for 10 to 19 events in the smaller arm.

    The influence values take the propensity as known, slightly conservative. Arguments and errors as `augmented`.
    """
    arm, (y, single) = two_arms(treated), nuisance.columns(outcome)
    score = fit_logit(covariates, arm, continuous, splines=splines)
    nothing = np.zeros_like(y)
    separated = ("propensity",) if score.fit.separated else ()
    fitted = Nuisances(y, arm, score.probability, nothing, nothing, single, separated)
    return summarised(arms(fitted, "ATO"), fitted, cluster, "ATO", level)


def weighted_means(outcome: ArrayLike, treated: ArrayLike, weights: ArrayLike, cluster: ArrayLike | None = None, level: float = 0.95) -> Standardised:
    """Difference of weighted means, with weights such as 1/e and 1/(1-e) taken as known: slightly conservative.

    sum w A Y / sum w A - sum w (1-A) Y / sum w (1-A) (Hajek 1971; Hernan, Robins 2020, What If, 12.2-12.4). `outcome` (n,) or (n, k),
    `weights` (n,) not below 0. Raises ValueError as `augmented`, and where an arm has no weight.
    """
    arm, (y, single), w = two_arms(treated), nuisance.columns(outcome), floats(weights, "weights")
    if w.shape != arm.shape or (w < 0).any() or not (w[arm].any() and w[~arm].any()):
        raise ValueError(f"weights.shape == {w.shape}, must be {arm.shape}, not below 0, some above 0 in both arms")
    (one, phi1), (zero, phi0) = (_mean_of(y, w * side) for side in (arm, ~arm))
    return differences(one, zero, phi1 - phi0, cluster, level, single=single)


def _mean_of(y: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Weighted mean (k,) and its influence values (n, k)."""
    mean = weighted_sums(weights, y) / weights.sum()
    return mean, weights[:, None] * (y - mean) * (len(y) / weights.sum())


def g_formula(
    outcome: ArrayLike,
    treated: ArrayLike,
    covariates: ArrayLike,
    cluster: ArrayLike | None = None,
    *,
    splines: bool = True,
    continuous: ArrayLike | None = None,
    level: float = 0.95,
) -> Standardised:
    """Parametric g-formula over all rows: an outcome model in each arm, both averaged over everybody (Hernan, Robins 2020, What If, 13).

    The error is the sandwich of means and models together. Arguments and errors as `augmented`. No protection where the
    outcome model is wrong.
    """
    return standardised(nuisance.outcome_models(outcome, treated, covariates, continuous, splines=splines), cluster, level)


def standardised(models: OutcomeModels, cluster: ArrayLike | None = None, level: float = 0.95) -> Standardised:
    """The g-formula from outcome models that were fitted once."""
    arm, stretched = models.treated[:, None], nuisance.stretch(models, cluster)
    mean1, phi1 = _averaged(models, models.one, stretched * arm)
    mean0, phi0 = _averaged(models, models.zero, stretched * ~arm)
    found = differences(mean1, mean0, phi1 - phi0, cluster, level, single=models.single)
    return replace(found, separated=nuisance.separated(models.one, models.zero))


def _averaged(models: OutcomeModels, model: ArmModel, stretched: Floats) -> tuple[Floats, Floats]:
    """Mean (k,) of one arm's expectations over all rows, and its influence values (n, k); `stretched` (n, k) is 0 outside the arm."""
    expected = model.mean(models.design)
    mean = expected.mean(axis=0)
    influence, noise = expected - mean, stretched * (models.outcome - expected)
    for j, logit in enumerate(model.logit):
        slope = expected[:, j] * (1 - expected[:, j]) if logit else np.ones(len(expected))
        lever = model.bread[j] @ weighted_sums(slope, models.design)
        influence[:, j] += noise[:, j] * linear(models.design, lever)
    return mean, influence - influence.mean(axis=0)


def survival_curves(
    alive: ArrayLike,
    treated: ArrayLike,
    covariates: ArrayLike,
    cluster: ArrayLike | None = None,
    estimand: Estimand = "ATO",
    *,
    splines: bool = True,
    continuous: ArrayLike | None = None,
    level: float = 0.95,
) -> Curves:
    """Standardised chance to be alive at k times, in both arms: `augmented` for the k columns of `alive` (n, k), 0 or 1.

    Limits are pointwise, on the logit scale. Arguments and errors as `augmented`.
    """
    return curves(arms(nuisance.fit(alive, treated, covariates, continuous, cluster=cluster, splines=splines), estimand), cluster, level)


def curves(both: Arms, cluster: ArrayLike | None = None, level: float = 0.95) -> Curves:
    """The curves of `survival_curves` from arms standardised once."""
    one = _limits(both.treated, both.influence_treated, cluster, level)
    zero = _limits(both.control, both.influence_control, cluster, level)
    return Curves(*one, *zero)


def _limits(survival: Floats, influence: Floats, cluster: ArrayLike | None, level: float) -> tuple[Floats, Floats, Floats]:
    held = np.clip(np.round(survival, 12), 0.0, 1.0)
    inner = (held > 0) & (held < 1)
    s = np.where(inner, held, 0.5)
    reach = z_of(level) * np.sqrt(np.diag(covariance(influence, cluster))) / (s * (1 - s))
    odds = np.log(s / (1 - s))
    low, high = 1 / (1 + np.exp(reach - odds)), 1 / (1 + np.exp(-reach - odds))
    return held, np.where(inner, low, held), np.where(inner, high, held)
