"""Leave one thing out: what the answer would be had one of the things it knows not been known."""

from dataclasses import dataclass

import numpy as np

from roi_core.cohorts.covariate_names import spoken
from roi_core.cohorts.covariates import Covariates
from roi_core.effects.balancing import MONTH
from roi_core.effects.comparison import Comparison
from roi_core.effects.doubts.doubt import Column, Doubt, Tell
from roi_core.effects.fit import Rows, as_estimate
from roi_core.effects.rungs import closest
from roi_core.results import Absent, Estimate, Result
from roi_core.sentences import say
from roi_core.show import number, show
from roi_core.stats import omitted, sensitivity, weighting
from roi_core.stats.weighting import Weighted
from roi_core.units import Unit


@dataclass(frozen=True, slots=True)
class _Without:
    """One thing left out: the answer, the E-value that it had, and its shares in who is helped and who leaves."""

    name: str
    answer: Estimate
    e_value: float
    of_helped: float
    of_leaving: float


def look(comparison: Comparison[Rows], tell: Tell) -> Doubt | Absent:
    """The answer without each measured thing but the month, that which moves it most first (McGowan, Greevy 2020; Cinelli, Hazlett 2020)."""
    known = comparison.rows.covariates
    names = [name for name in dict.fromkeys(known.groups) if name != MONTH]
    if not names:
        return Absent(say("doubt.left_out_nothing"))
    answer = closest.answer(comparison)
    shares = {b.group: b for b in omitted.benchmarks(comparison.rows.churned, comparison.rows.treated, known.matrix, list(known.groups))}
    found = []
    for place, name in enumerate(names):
        weighted = _refitted(comparison, _leaving(known, name))
        own = sensitivity.observed_e_value(_ratio(comparison.fitted.overlap), _ratio(weighted))
        found.append(_Without(name, as_estimate(weighted, 0, comparison.customers, answer.method), own, shares[name].r2_treatment, shares[name].r2_outcome))
        tell((place + 1) / len(names))
    found.sort(key=lambda one: -abs(one.answer.value - answer.value))
    columns = tuple(Column(say(f"doubt.left_out_{column}"), points=column == "answer") for column in ("answer", "e_value", "helped", "leaving"))
    everything = _Without(say("doubt.left_out_none"), answer, 1.0, 0.0, 0.0)
    return Doubt("left_out", _sentence(comparison, found), columns, tuple(_row(one) for one in (everything, *found)))


def _leaving(known: Covariates, name: str) -> Covariates:
    kept = np.array([group != name for group in known.groups], dtype=np.bool_)
    return Covariates(known.matrix[:, kept], tuple(n for n, k in zip(known.names, kept, strict=True) if k), known.continuous[kept])


def _refitted(comparison: Comparison[Rows], known: Covariates) -> Weighted:
    """The answer again, of the same make, on fewer columns."""
    rows, left = comparison.rows, comparison.rows.churned.astype(np.float64)
    make = weighting.overlap if comparison.fitted.thin else weighting.augmented
    return make(left, rows.treated, known.matrix, rows.cluster, continuous=known.continuous)


def _ratio(weighted: Weighted) -> float:
    """Standardised risk of those helped over that of the others; kept off 0."""
    one, zero = (max(float(np.atleast_1d(risk)[0]), 1e-9) for risk in (weighted.risk_treated, weighted.risk_control))
    return one / zero


def _row(one: _Without) -> tuple[str, tuple[Result, ...]]:
    n, method = one.answer.n, f"with and without {one.name}"
    own = Estimate(one.e_value, None, None, n, f"E-value observed {method}", Unit.RATIO)
    of_helped, of_leaving = (
        Estimate(share, None, None, n, f"partial R squared {method}, linear model", Unit.FRACTION) for share in (one.of_helped, one.of_leaving)
    )
    return spoken(one.name), (one.answer, own, of_helped, of_leaving)


def _sentence(comparison: Comparison[Rows], found: list[_Without]) -> str:
    """What the answer leans on most, and whether something unseen as strong would take the nearer end of its range to nothing."""
    answer, most = closest.answer(comparison), found[0]
    slots = {"name": spoken(most.name), "answer": show(answer, points=True), "without": number(most.answer.value, Unit.FRACTION, points=True)}
    leans = say("doubt.left_out_leans", **slots)
    weighted = comparison.fitted.overlap
    low, high, zero = (float(np.atleast_1d(x)[0]) for x in (weighted.low, weighted.high, weighted.risk_control))
    if low <= 0 <= high or zero <= 0:
        return leans
    limit = sensitivity.e_value(_ratio(weighted), max(zero + low, 1e-9) / zero, max(zero + high, 1e-9) / zero).limit or 1.0
    key = "doubt.left_out_enough" if most.e_value >= limit else "doubt.left_out_not_enough"
    return f"{leans} {say(key, name=spoken(most.name), own=number(most.e_value, Unit.RATIO), limit=number(limit, Unit.RATIO))}"
