"""The chance of being treated, given what was known before."""

from dataclasses import dataclass

from numpy.typing import ArrayLike

from roi_core.stats import logistic
from roi_core.stats.arrays import Floats, two_arms
from roi_core.stats.blocks import linear
from roi_core.stats.splines import Basis, hinges


@dataclass(frozen=True, slots=True)
class Propensity:
    """A fitted propensity: `probability` (n,), its `logit` (n,), the basis of its terms and the fit itself."""

    probability: Floats
    logit: Floats
    basis: Basis
    fit: logistic.Logit


def fit_logit(x: ArrayLike, treated: ArrayLike, continuous: ArrayLike | None = None, *, splines: bool = False) -> Propensity:
    """Propensity score by logit (Rosenbaum, Rubin 1983 Biometrika 70:41) of `treated` (n,) on `x` (n, p); a constant is added.

    With `splines`, continuous columns may bend (`splines.hinges`). Raises ValueError for an empty arm or missing values.
    """
    arm = two_arms(treated)
    basis = hinges(x, continuous, splines=splines)
    design = basis.design(x)
    found = logistic.fit(design, arm)
    return Propensity(found.probability, linear(design, found.coefficients), basis, found)
