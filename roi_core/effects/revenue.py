"""Revenue kept per contact within the horizon: the money outcome, before any opinion on margin."""

from dataclasses import replace

import numpy as np

from roi_core.effects import words
from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.fit import Rows
from roi_core.results import Absent, Effect, Estimate, Grade
from roi_core.sentences import say
from roi_core.show import DEFAULT, number
from roi_core.stats.cluster import covariance
from roi_core.stats.interval import wald
from roi_core.stats.weighting import Weighted
from roi_core.units import Unit

METHOD = "monthly revenue kept, {weights}, clustered by customer"


def revenue_effect(comparison: Comparison[Rows], weighted: Weighted, churn: Effect, verdicts: list[Verdict]) -> dict[str, Effect]:
    """`<contrast>.revenue_<H>m`: the sum over months 1..H of the gap in monthly revenue; Absent where no revenue is known.

    `weighted` is what money is made of, so that the amounts of a ledger come from the number that it names.
    """
    key = f"{comparison.contrast}.revenue_{comparison.rows.horizon}m"
    if not comparison.rows.has_revenue:
        absent = Absent(say("revenue.missing"))
        return {key: Effect(key, absent, weighted.estimand, Grade.C, absent.reason)}
    result = _summed(weighted, comparison)
    sentence = _sentence(comparison, result, churn.grade, verdicts)
    return {key: Effect(key, result, weighted.estimand, churn.grade, sentence, churn.checks, (), churn.episodes, {}, churn.notes)}


def _summed(weighted: Weighted, comparison: Comparison[Rows]) -> Estimate:
    months = np.atleast_1d(weighted.value)[1:]
    influence = weighted.influence[:, 1:].sum(axis=1)
    found = wald(float(months.sum()), float(np.sqrt(covariance(influence, comparison.rows.cluster)[0, 0])))
    method = METHOD.format(weights=comparison.fitted.weights_of_revenue(weighted.estimand))
    return Estimate(found.value, found.low, found.high, comparison.customers, method, Unit.MONEY_PER_EPISODE)


def _sentence(comparison: Comparison[Rows], result: Estimate, grade: Grade, verdicts: list[Verdict]) -> str:
    months, style = f"{comparison.rows.horizon}", replace(DEFAULT, currency=comparison.facts.currency or "")
    slots = {"value": number(abs(result.value), Unit.MONEY, style), "months": months}
    slots |= {name: number(float(x or 0.0), Unit.MONEY, style) for name, x in (("low", result.low), ("high", result.high))}
    if (result.low or 0.0) > 0:
        return say("revenue.kept", how=words.how(grade, verdicts), **slots)
    if (result.high or 0.0) < 0:
        return say("revenue.lost", **slots)
    slots["value"] = number(result.value, Unit.MONEY, style)
    trial_months = int(comparison.rows.month.max() - comparison.rows.month.min()) + 1
    return say("revenue.none", settle=words.settle(result, trial_months), **slots)
