"""What would have to be hidden: how strong an unseen cause must be to explain the answer away."""

import numpy as np

from roi_core.effects.comparison import Comparison
from roi_core.effects.fit import CHURN, Rows
from roi_core.results import Absent, Estimate, Result
from roi_core.sentences import say
from roi_core.stats import omitted, pairs, sensitivity
from roi_core.stats.weighting import Weighted
from roi_core.units import Unit


def hidden_causes(comparison: Comparison[Rows]) -> dict[str, Result]:
    """E-value at estimate and limit, Rosenbaum's bound, robustness value, and the bias of something unseen as strong as the strongest covariate."""
    weighted = comparison.fitted.overlap
    return {**_e_values(weighted, comparison), **_twins(comparison), **_robustness(comparison), **_strongest(comparison)}


def _e_values(weighted: Weighted, comparison: Comparison[Rows]) -> dict[str, Result]:
    """From the standardised risks of both groups (VanderWeele, Ding 2017)."""
    customers, (first, second) = comparison.customers, ("well", "rest") if comparison.inside_contacts else ("helped", "others")
    r1, r0 = float(np.atleast_1d(weighted.risk_treated)[CHURN]), float(np.atleast_1d(weighted.risk_control)[CHURN])
    low, high = (float(np.atleast_1d(x)[CHURN]) for x in (weighted.low, weighted.high))
    if r1 <= 0 or r0 <= 0:
        return {"e_value": Absent("One group has no leavers, so there is no ratio of risks.")}
    found = sensitivity.e_value(r1 / r0, max(r0 + low, 1e-9) / r0, (r0 + high) / r0)
    method = "E-value from standardised risks"
    return {
        "e_value": Estimate(found.value, None, None, customers, method, Unit.RATIO),
        "e_value_limit": Estimate(found.limit or 1.0, None, None, customers, method, Unit.RATIO),
        f"risk_{first}": Estimate(r1, None, None, customers, "standardised over the overlap", Unit.FRACTION),
        f"risk_{second}": Estimate(r0, None, None, customers, "standardised over the overlap", Unit.FRACTION),
    }


def _twins(comparison: Comparison[Rows]) -> dict[str, Result]:
    """How much likelier one of two twins may have been to be helped before their difference could be chance."""
    made = comparison.fitted.pairs
    helped, others = pairs.discordant(comparison.rows.churned, made)
    if helped + others == 0:
        return {"rosenbaum": Absent(say("detail.no_twins"))}
    customers = len(np.unique(comparison.rows.cluster[made.ravel()]))
    method = f"Rosenbaum bound at p = .05: of {len(made):,} pairs only the helped one left in {helped:,}, only the other in {others:,}"
    return {"rosenbaum": Estimate(sensitivity.rosenbaum(helped, others), None, None, customers, method, Unit.RATIO)}


def _robustness(comparison: Comparison[Rows]) -> dict[str, Result]:
    """Robustness value at the estimate and at the limit, of a linear model of leaving with errors by row (Cinelli, Hazlett 2020)."""
    rows = comparison.rows
    try:
        t, df = omitted.linear_t(rows.churned, rows.treated, rows.covariates.matrix)
    except ValueError:
        return {"robustness": Absent(say("detail.no_robustness"))}
    at = {"robustness": sensitivity.robustness_value(t, df), "robustness_limit": sensitivity.robustness_value(t, df, 0.95)}
    method = f"robustness value of a linear model of leaving, t = {t:.2f} on {df:,} degrees of freedom"
    return {name: Estimate(value, None, None, comparison.customers, method, Unit.FRACTION) for name, value in at.items()}


def _strongest(comparison: Comparison[Rows]) -> dict[str, Result]:
    """On the revenue that was lost, not on its level, which plan and size decide and nothing hidden need add to."""
    rows = comparison.rows
    treated = rows.treated.astype(np.float64)
    lost = rows.horizon * rows.revenue_now - rows.revenue.sum(axis=1) if rows.has_revenue else rows.churned.astype(np.float64)
    found = [b for b in omitted.benchmarks(lost, treated, rows.covariates.matrix, list(rows.covariates.groups)) if b.group != "month"]
    if not found:
        return {"strongest_covariate_bias": Absent("There is no measured covariate to compare an unseen one with.")}
    unit = Unit.MONEY_PER_EPISODE if rows.has_revenue else Unit.FRACTION
    method = f"bias of something unseen as strong as {found[0].group} (Cinelli, Hazlett 2020)"
    return {"strongest_covariate_bias": Estimate(found[0].bias, None, None, comparison.customers, method, unit)}
