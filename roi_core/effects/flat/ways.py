"""The other ways of asking that one flat file allows: matched twins, those helped, everybody, predicted. No month is known, so none follows anybody."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roi_core.effects.checks import control_size, treated_size
from roi_core.effects.fit import CALIPER, CHURN, as_estimate, logit
from roi_core.effects.flat.adjust import Adjusted
from roi_core.effects.flat.rows import FlatRows
from roi_core.effects.rungs import WAYS, twins
from roi_core.results import Absent, Estimate, Result, Rung
from roi_core.sentences import say
from roi_core.show import number
from roi_core.stats import matching, nuisance, pairs, weighting
from roi_core.units import Unit

_WAYS = {way.key: way for way in WAYS}


@dataclass(frozen=True, slots=True)
class _Among:
    """Those who could have had it: `churned` (n,) as 0 and 1 and `treated` (n,)."""

    churned: NDArray[np.float64]
    treated: NDArray[np.bool_]


def other_ways(rows: FlatRows, could: NDArray[np.bool_], adjusted: Adjusted) -> tuple[Rung, ...]:
    """On the columns of the answer; none where there is no answer."""
    if isinstance(adjusted.weighted, Absent):
        return ()
    among = _Among(rows.churned[could].astype(np.float64), rows.supported[could])
    results = {"twins": _twins(among, adjusted.weighted.propensity), **_by_models(among, adjusted)}
    return tuple(_WAYS[key].rung(result) for key, result in results.items())


def _twins(among: _Among, propensity: NDArray[np.float64]) -> Result:
    made = matching.nearest(logit(propensity), among.treated, CALIPER)
    helped = number(int(among.treated.sum()), Unit.COUNT)
    if len(made) < twins.LEAST_PAIRS:
        return Absent(say("rung.few_pairs", pairs=number(len(made), Unit.COUNT), helped=helped))
    found = pairs.mean_difference(among.churned, made)
    method = f"pairs, {number(len(made), Unit.COUNT)} of {helped} helped matched"
    return Estimate(found.value, found.low, found.high, made.size, method, Unit.FRACTION)


def _by_models(among: _Among, adjusted: Adjusted) -> dict[str, Result]:
    """AIPW and g-formula, hidden as those of the trials are."""
    if adjusted.plain is not None:
        return dict.fromkeys(("those_helped", "everybody", "predicted"), Absent(say(f"rung.{adjusted.plain}")))
    known, n, helped = adjusted.covariates, len(among.treated), int(among.treated.sum())
    models = nuisance.outcome_models(among.churned, among.treated, known.matrix, known.continuous)
    nuisances = nuisance.with_propensity(models)
    treated, everyone = (weighting.contrast(nuisances, None, estimand) for estimand in ("ATT", "ATE"))
    few_controls, few_treated = treated.ess_control / helped < control_size.LEAST, everyone.ess_treated / helped < treated_size.LEAST
    return {
        "those_helped": Absent(say("rung.few_controls")) if few_controls else as_estimate(treated, CHURN, n, "augmented inverse probability weights"),
        "everybody": Absent(say("rung.few_treated")) if few_treated else as_estimate(everyone, CHURN, n, "augmented inverse probability weights, all rows"),
        "predicted": as_estimate(weighting.standardised(models, None), CHURN, n, "logit of leaving in each group, standardised over all rows"),
    }
