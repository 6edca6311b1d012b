"""How well one column alone tells two groups apart."""

import numpy as np
from numpy.typing import ArrayLike

from roi_core.stats.arrays import flags, floats


def roc_auc(outcome: ArrayLike, score: ArrayLike) -> float:
    """Area under the ROC curve: the chance that a row with the outcome scores higher, ties counting half.

    `outcome` (n,) 0 or 1, `score` (n,). Equals the Mann-Whitney U over n1 * n0 (Hanley, McNeil 1982 Radiology 143:29).
    Raises ValueError where only one outcome occurs.
    """
    event, value = flags(outcome, "outcome"), floats(score, "score")
    events, others = int(event.sum()), int((~event).sum())
    if events == 0 or others == 0:
        raise ValueError(f"events == {events} of {event.size}, must leave rows with and without the outcome")
    _, codes, counts = np.unique(value, return_inverse=True, return_counts=True)
    mid_rank = np.cumsum(counts) - (counts - 1) / 2
    return float((mid_rank[codes[event]].sum() - events * (events + 1) / 2) / (events * others))
