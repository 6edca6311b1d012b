"""Whether periods without an event are more than chance brings: in a run at the beginning or the end, or in all."""

import numpy as np
from numpy.typing import NDArray

_WAYS = 3


def chance_of_silence(at_risk: NDArray[np.float64], events: NDArray[np.float64]) -> float:
    """How likely so many periods without an event are, or a run of them as long at either end, where everyone at risk is equally likely to have it.

    `at_risk` and `events` (counts, m periods). The three looks are paid for (Bonferroni). Given n events, the first k periods are all
    empty with (1 - their share of those at risk) ** n. The number of empty periods is taken as a sum of independent ones that are empty
    with exp(-expected), whose tail is no lighter than that of the multinomial: the empty cells of one are negatively associated
    (Dubhashi and Ranjan 1998, Balls and bins, Random Structures & Algorithms 13, 99-124). 1 where nobody had an event or none is empty.
    """
    total, empty = events.sum(), (events == 0) & (at_risk > 0)
    if not empty.any():
        return 1.0
    share = at_risk / at_risk.sum()
    first, last = np.argmax(events > 0), np.argmax(events[::-1] > 0)
    ends = [float((1 - share[:first].sum()) ** total), float((1 - share[len(share) - last :].sum()) ** total)]
    return min(1.0, _WAYS * min(*ends, _at_least(int(empty.sum()), np.exp(-total * share[at_risk > 0]))))


def _at_least(count: int, chances: NDArray[np.float64]) -> float:
    """Probability of at least so many of independent things with these chances (Poisson binomial)."""
    of_count = np.zeros(len(chances) + 1)
    of_count[0] = 1.0
    for chance in chances:
        of_count[1:] = of_count[1:] * (1 - chance) + of_count[:-1] * chance
        of_count[0] *= 1 - chance
    return float(of_count[count:].sum())
