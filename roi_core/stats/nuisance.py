"""What a doubly robust contrast needs first: the propensity, and each row's expected outcome in either arm."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from roi_core.stats import leverage, logistic
from roi_core.stats.arrays import Booleans, Floats, floats, is_binary, matrix, two_arms
from roi_core.stats.blocks import cross, linear, weighted_sums
from roi_core.stats.cluster import codes_of
from roi_core.stats.splines import hinges


@dataclass(frozen=True, slots=True)
class Nuisances:
    """Fitted nuisances of n rows and k outcomes.

    `outcome`, `mean_treated` and `mean_control` are (n, k): observed, expected if treated, expected if not. `treated` and
    `propensity` are (n,). `single` is True where one outcome (n,) was given. `separated` names the models that needed a ridge.
    `stretch` (n, k), or 1 where nothing was fitted to the outcomes, is what residuals are multiplied by in errors (`leverage.stretch`).
    """

    outcome: Floats
    treated: Booleans
    propensity: Floats
    mean_treated: Floats
    mean_control: Floats
    single: bool
    separated: tuple[str, ...] = ()
    stretch: Floats | float = 1.0


@dataclass(frozen=True, slots=True)
class ArmModel:
    """Models of k outcomes in one arm: coefficients (p, k) on the design, whether each is a logit, which needed a ridge.

    `bread` holds for each outcome the inverse information (p, p), so that the influence of a row on the coefficients is
    bread @ x * residual.
    """

    coefficients: Floats
    logit: tuple[bool, ...]
    bread: tuple[Floats, ...]
    separated: tuple[int, ...]

    def only(self, column: int) -> "ArmModel":
        """The model of one of the outcomes."""
        held = (0,) if column in self.separated else ()
        return ArmModel(self.coefficients[:, [column]], (self.logit[column],), (self.bread[column],), held)

    def mean(self, design: Floats) -> Floats:
        """Expected outcomes (n, k)."""
        expected = np.empty((len(design), len(self.logit)))
        for j, logit in enumerate(self.logit):
            column = self.coefficients[:, j]
            expected[:, j] = logistic.probability(design, column) if logit else linear(design, column)
        return expected


@dataclass(frozen=True, slots=True)
class OutcomeModels:
    """Models of k outcomes in both arms on one `design` (n, p), whose first column is the constant; `outcome` (n, k), `treated` (n,)."""

    outcome: Floats
    treated: Booleans
    design: Floats
    one: ArmModel
    zero: ArmModel
    single: bool

    def only(self, column: int) -> "OutcomeModels":
        """The models of one of the outcomes, which is then a single one."""
        return OutcomeModels(self.outcome[:, [column]], self.treated, self.design, self.one.only(column), self.zero.only(column), single=True)


def fit(
    outcome: ArrayLike,
    treated: ArrayLike,
    covariates: ArrayLike,
    continuous: ArrayLike | None = None,
    *,
    cluster: ArrayLike | None = None,
    splines: bool = True,
) -> Nuisances:
    """Propensity by logit and outcome models per arm (logit for 0/1 outcomes, else linear) on one design.

    `outcome` (n,) or (n, k), `treated` (n,), `covariates` (n, p) without missing values; `cluster` (n,) labels of rows that belong together.
    Raises ValueError for an empty arm, missing values or shapes that do not match.
    """
    return with_propensity(outcome_models(outcome, treated, covariates, continuous, splines=splines), cluster)


def outcome_models(
    outcome: ArrayLike, treated: ArrayLike, covariates: ArrayLike, continuous: ArrayLike | None = None, *, splines: bool = True
) -> OutcomeModels:
    """The outcome models alone, so that standardising and weighting share them. Arguments and errors as `fit`."""
    arm, (y, single) = two_arms(treated), columns(outcome)
    if len(y) != len(arm):
        raise ValueError(f"outcome rows == {len(y)}, must be {len(arm)} as in treated")
    design = hinges(covariates, continuous, splines=splines).design(covariates)
    if len(design) != len(arm):
        raise ValueError(f"covariates rows == {len(design)}, must be {len(arm)} as in treated")
    return OutcomeModels(y, arm, design, fit_arm(design[arm], y[arm]), fit_arm(design[~arm], y[~arm]), single)


def with_propensity(models: OutcomeModels, cluster: ArrayLike | None = None) -> Nuisances:
    """Expectations of the outcome models beside a propensity fitted on their design, and how their residuals are to be stretched."""
    propensity = logistic.fit(models.design, models.treated)
    unbounded = (("propensity",) if propensity.separated else ()) + separated(models.one, models.zero)
    expected = models.one.mean(models.design), models.zero.mean(models.design)
    return Nuisances(models.outcome, models.treated, propensity.probability, *expected, models.single, unbounded, stretch(models, cluster))


def stretch(models: OutcomeModels, cluster: ArrayLike | None = None) -> Floats:
    """What residuals (n, k) are multiplied by in errors: `leverage.stretch`, each arm by its own models, rows of a `cluster` (n,) together."""
    factors, codes = np.empty_like(models.outcome), None if cluster is None else codes_of(cluster, len(models.outcome))
    for side, model in ((models.treated, models.one), (~models.treated, models.zero)):
        together = None if codes is None else codes[side]
        factors[side] = leverage.stretch(_leverages(model, models.design[side], together))
    return factors


def _leverages(model: ArmModel, design: Floats, cluster: ArrayLike | None) -> Floats:
    """Of each row of an arm and each outcome (n, k); linear models of one arm share theirs."""
    expected, found = model.mean(design), np.empty((len(design), len(model.logit)))
    linear_one = next((j for j, logit in enumerate(model.logit) if not logit), None)
    shared = None if linear_one is None else leverage.leverage(design, model.bread[linear_one], np.ones(len(design)), cluster)
    for j, logit in enumerate(model.logit):
        chance = expected[:, j]
        found[:, j] = leverage.leverage(design, model.bread[j], chance * (1 - chance), cluster) if logit else shared
    return found


def columns(outcome: ArrayLike) -> tuple[Floats, bool]:
    """Outcomes as (n, k), and whether one outcome (n,) was given. Raises ValueError for missing values."""
    y = floats(outcome, "outcome")
    return matrix(y, "outcome"), y.ndim == 1


def separated(one: ArmModel, zero: ArmModel) -> tuple[str, ...]:
    """Names of the outcome models that needed a ridge."""
    sides = ((one, "treated"), (zero, "control"))
    return tuple(f"outcome {j} {side}" for model, side in sides for j in model.separated)


def fit_arm(design: Floats, y: Floats) -> ArmModel:
    """Outcome models of one arm; an outcome that never varies there is its own expectation.

    The design's first column is the constant. Columns that this arm cannot tell apart are dropped.
    """
    products = cross(design, design)
    kept = logistic.independent_columns(products)
    x = design if len(kept) == design.shape[1] else np.ascontiguousarray(design[:, kept])
    inverse = floats(np.linalg.inv(products[np.ix_(kept, kept)]))
    coefficients = np.zeros((design.shape[1], y.shape[1]))
    logits, breads, ridged = [], [], []
    start: Floats | None = None
    for j, column in enumerate(y.T):
        bread, varies = inverse, column.min() != column.max()
        logits.append(bool(varies) and is_binary(column))
        if logits[-1]:
            found = logistic.newton(x, np.ascontiguousarray(column), start)
            start, bread = (None if found.ridge else found.coefficients), found.covariance
            coefficients[kept, j] = found.coefficients
            ridged += [j] if found.ridge else []
        elif varies:
            coefficients[kept, j] = inverse @ weighted_sums(column, x)
        else:
            coefficients[0, j] = column[0]
        full = np.zeros_like(products)
        full[np.ix_(kept, kept)] = bread
        breads.append(full)
    return ArmModel(coefficients, tuple(logits), tuple(breads), tuple(ridged))
