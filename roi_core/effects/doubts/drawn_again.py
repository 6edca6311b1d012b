"""Draw the customers again: the range of the answer without a formula."""

import numpy as np

from roi_core.effects.comparison import Comparison
from roi_core.effects.doubts.doubt import Column, Doubt, Tell
from roi_core.effects.fit import Rows
from roi_core.effects.rungs import closest
from roi_core.results import Estimate
from roi_core.sentences import say
from roi_core.show import interval
from roi_core.stats import nuisance, resampling
from roi_core.stats.cluster import sums_by_cluster
from roi_core.stats.nuisance import Nuisances
from roi_core.units import Unit

DRAWS, SEED = 1_000, 20_250_101


def look(comparison: Comparison[Rows], tell: Tell) -> Doubt:
    """Customers with all their months drawn 1,000 times; the models of the answer are held, their residuals stretched as in its formula."""
    sums = sums_by_cluster(resampling.overlap_sums(_nuisances(comparison)), comparison.rows.cluster)
    drawn = resampling.overlap_contrast(resampling.clusters_drawn_again(sums, DRAWS, SEED, tell))
    low, high = (float(x) for x in np.quantile(drawn, (0.025, 0.975)))
    answer = closest.answer(comparison)
    again = Estimate(answer.value, low, high, comparison.customers, f"percentiles of {DRAWS:,} draws of customers", Unit.FRACTION)
    sentence = say("doubt.drawn_again_found", drawn=interval(again, points=True), formula=interval(answer, points=True))
    return Doubt(
        "drawn_again",
        sentence,
        (Column(say("doubt.answer"), points=True),),
        ((say("doubt.drawn_again_drawn"), (again,)), (say("doubt.drawn_again_formula"), (answer,))),
    )


def _nuisances(comparison: Comparison[Rows]) -> Nuisances:
    rows, left = comparison.rows, comparison.rows.churned.astype(np.float64)
    if comparison.fitted.thin:
        nothing = np.zeros((len(left), 1))
        return Nuisances(left[:, None], rows.treated, comparison.fitted.propensity, nothing, nothing, single=True)
    return nuisance.fit(left, rows.treated, rows.covariates.matrix, rows.covariates.continuous, cluster=rows.cluster)
