"""One comparison, estimated: leaving and monthly revenue under the same propensity.

Augmented overlap weights (Li, Morgan, Zaslavsky 2018, JASA 113:390; Mao, Li, Greene 2019, SMMR 28:2439), and AIPW for the
treated and for all; variance from influence functions summed per customer.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from roi_core.cohorts.covariates import Covariates
from roi_core.effects.survival import months_gained
from roi_core.results import Estimate
from roi_core.stats import matching, nuisance, weighting
from roi_core.stats.interval import Interval
from roi_core.stats.nuisance import Nuisances
from roi_core.stats.weighting import Standardised, Weighted
from roi_core.units import Unit

Floats = NDArray[np.float64]
CALIPER = 0.2
"""Standard deviations of the logit of the propensity (Austin 2011)."""
CHURN = 0
"""Column of the outcomes that says who left; the columns after it are monthly revenue, where it is known."""


class Rows(Protocol):
    """What an estimate needs of its rows; `Trials` and `Handled` are of this shape."""

    @property
    def horizon(self) -> int:
        """Months followed."""
        ...

    @property
    def customer(self) -> NDArray[np.int64]:
        """Customer number (n,)."""
        ...

    @property
    def cluster(self) -> NDArray[np.int64]:
        """Number of the independent unit (n,)."""
        ...

    @property
    def month(self) -> NDArray[np.int64]:
        """Month number (n,)."""
        ...

    @property
    def treated(self) -> NDArray[np.bool_]:
        """Treated rows (n,)."""
        ...

    @property
    def churned(self) -> NDArray[np.bool_]:
        """Left within the horizon (n,)."""
        ...

    @property
    def alive(self) -> Floats:
        """Still there after each month (n, horizon)."""
        ...

    @property
    def revenue(self) -> Floats:
        """Monthly revenue after each month (n, horizon), or (n, 0)."""
        ...

    @property
    def revenue_now(self) -> Floats:
        """Monthly revenue in the month of time zero (n,)."""
        ...

    @property
    def has_revenue(self) -> bool:
        """Whether revenue is known."""
        ...

    @property
    def covariates(self) -> Covariates:
        """What was known before time zero."""
        ...

    @property
    def rows(self) -> int:
        """Number of rows."""
        ...


class HelpRows(Rows, Protocol):
    """Rows of which the treated are made of contacts."""

    @property
    def contacts(self) -> NDArray[np.int64]:
        """Contacts that each row is made of (n,)."""
        ...

    @property
    def contacts_in_period(self) -> int:
        """All contacts of the months of the rows."""
        ...


AMONG_HELPED = "augmented inverse probability weights"
"""What the weights of the effect among those helped are called."""


class Plain(StrEnum):
    """Why leaving gets plain overlap weights; the value ends the keys of the sentences that say so."""

    FEW = "thin"
    OUTCOME = "separated"
    PROPENSITY = "separated_help"


@dataclass(frozen=True, slots=True)
class Fit:
    """Contrasts over the overlap, the treated and all; outcome column 0 is leaving, then one per month of revenue.

    `plain` says why leaving has plain overlap weights: 10 to 19 leavers in the smaller group, or models that the data do not determine.
    `treated` and `everyone` are then None, unless only the model of leaving is not determined: revenue keeps its models, and leaving is
    not read from them. `predicted` (leaving alone, by the outcome models) is None wherever leaving is plain. `months_gained` is that of
    the overlap; `pairs` (m, 2) are rows of treated and of their nearest control by the propensity.
    """

    overlap: Weighted
    treated: Weighted | None
    everyone: Weighted | None
    predicted: Standardised | None
    months_gained: Interval
    pairs: NDArray[np.int64]
    plain: Plain | None

    @property
    def thin(self) -> bool:
        """Whether leaving has plain overlap weights."""
        return self.plain is not None

    @property
    def weights(self) -> str:
        """What the weights of leaving are called."""
        return _named(plain=self.thin)

    def weights_of_revenue(self, estimand: str) -> str:
        """What the weights of revenue are called: over those helped (ATT), or over the overlap."""
        return AMONG_HELPED if estimand == "ATT" else _named(plain=self.treated is None)

    @property
    def propensity(self) -> Floats:
        """Probability of treatment of each row, (n,)."""
        return self.overlap.propensity


def fit(rows: Rows, *, thin: bool = False) -> Fit:
    """All contrasts of one comparison from nuisances fitted once. Needs rows in both groups."""
    outcome = np.column_stack([rows.churned.astype(np.float64), rows.revenue])
    x, continuous = rows.covariates.matrix, rows.covariates.continuous
    if thin:
        return _plain(rows, outcome, Plain.FEW)
    models = nuisance.outcome_models(outcome, rows.treated, x, continuous)
    nuisances = nuisance.with_propensity(models, rows.cluster)
    held = frozenset(models.one.separated) | frozenset(models.zero.separated)
    if "propensity" in nuisances.separated:
        return _plain(rows, outcome, Plain.PROPENSITY)
    if held and (held != {CHURN} or outcome.shape[1] == 1):
        return _plain(rows, outcome, Plain.OUTCOME)
    used = _without_model(nuisances, CHURN) if held else nuisances
    overlap, treated, everyone = (weighting.contrast(used, rows.cluster, estimand) for estimand in ("ATO", "ATT", "ATE"))
    predicted = None if held else weighting.standardised(models.only(CHURN), rows.cluster)
    return Fit(overlap, treated, everyone, predicted, _gained(rows, overlap), _pairs(rows, overlap), Plain.OUTCOME if held else None)


def _plain(rows: Rows, outcome: Floats, why: Plain) -> Fit:
    """Plain overlap weights for every outcome."""
    x = rows.covariates
    plain = weighting.overlap(outcome, rows.treated, x.matrix, rows.cluster, continuous=x.continuous)
    return Fit(plain, None, None, None, _gained(rows, plain), _pairs(rows, plain), why)


def _without_model(nuisances: Nuisances, column: int) -> Nuisances:
    """Expectations of 0 for one outcome: over the overlap it then has plain weights, and the others keep their models."""
    one, zero, stretch = nuisances.mean_treated.copy(), nuisances.mean_control.copy(), nuisances.stretch * np.ones_like(nuisances.outcome)
    one[:, column] = zero[:, column] = 0.0
    stretch[:, column] = 1.0
    return replace(nuisances, mean_treated=one, mean_control=zero, stretch=stretch)


def _named(*, plain: bool) -> str:
    return "overlap weights" if plain else "augmented overlap weights"


def _gained(rows: Rows, overlap: Weighted) -> Interval:
    return months_gained(rows.alive, rows.treated, overlap.propensity, rows.cluster)


def _pairs(rows: Rows, overlap: Weighted) -> NDArray[np.int64]:
    return matching.nearest(logit(overlap.propensity), rows.treated, CALIPER)


def logit(propensity: Floats) -> Floats:
    """Log-odds (n,), finite also where a chance is 0 or 1."""
    e = np.clip(propensity, 1e-9, 1 - 1e-9)
    return np.asarray(np.log(e / (1 - e)), dtype=np.float64)


def as_estimate(weighted: Weighted | Standardised, column: int, customers: int, method: str, unit: Unit = Unit.FRACTION) -> Estimate:
    """One outcome of a contrast as an estimate over so many independent customers."""
    value, low, high = (float(np.atleast_1d(x)[column]) for x in (weighted.value, weighted.low, weighted.high))
    return Estimate(value, low, high, customers, method, unit)


def contributions(influence: Floats, cluster: NDArray[np.int64], clusters: int) -> Floats:
    """Each cluster's share in the error of the estimates: influence values summed over its rows, over n; (clusters, k)."""
    columns = influence.reshape(len(cluster), -1)
    return np.column_stack([np.bincount(cluster, weights=c, minlength=clusters) for c in columns.T]) / len(cluster)
