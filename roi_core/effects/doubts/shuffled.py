"""Shuffle who was helped: how often chance alone comes as far from zero."""

import numpy as np
from numpy.typing import NDArray

from roi_core.effects.comparison import Comparison
from roi_core.effects.doubts.doubt import Column, Doubt, Tell
from roi_core.effects.fit import Rows
from roi_core.results import Estimate
from roi_core.sentences import say
from roi_core.stats import resampling
from roi_core.units import Unit

SHUFFLES, BINS, SEED = 200, 50, 20_250_101
"""With 5 bins of the propensity what is left of confounding stays in the difference; with 50 it does not (simulated)."""
LEAST_A_STRATUM = 20
"""Rows that bins within months hold on average at least; with fewer the bins alone are used, whose propensity knows the month too."""


def look(comparison: Comparison[Rows], tell: Tell) -> Doubt:
    """Contact dealt out anew 200 times among customers of one month who were as likely to be in contact."""
    rows, e = comparison.rows, comparison.fitted.propensity
    found = resampling.shuffled(rows.churned.astype(np.float64), rows.treated, strata_of(rows.month - rows.month.min(), e), SHUFFLES, SEED, tell)
    low, high = (float(x) for x in np.quantile(found.shuffles, (0.025, 0.975)))
    as_far = round(found.p * (SHUFFLES + 1)) - 1
    method = f"{SHUFFLES} shuffles within {BINS} bins of the propensity (and the month, where rows are many), Mantel-Haenszel weights"
    results = (
        ("doubt.shuffled_real", Estimate(found.observed, None, None, comparison.customers, method, Unit.FRACTION)),
        ("doubt.shuffled_chance", Estimate(float(found.shuffles.mean()), low, high, comparison.customers, method, Unit.FRACTION)),
    )
    sentence = say("doubt.shuffled_found", as_far=f"{as_far}", shuffles=f"{SHUFFLES}")
    return Doubt("shuffled", sentence, (Column(say("doubt.answer"), points=True),), tuple((say(name), (result,)) for name, result in results))


def strata_of(month: NDArray[np.int64], propensity: NDArray[np.float64]) -> NDArray[np.int64]:
    """Bins of the propensity (n,), within each month (n,) from 0 where there are rows enough."""
    bins = np.searchsorted(np.quantile(propensity, np.linspace(0, 1, BINS + 1)[1:-1]), propensity)
    strata = month * BINS + bins if len(month) >= LEAST_A_STRATUM * BINS * len(np.unique(month)) else bins
    return np.asarray(strata, dtype=np.int64)
