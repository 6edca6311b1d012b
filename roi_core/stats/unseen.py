"""How many there are at least of whom nothing was seen, told from how many were seen once and twice."""

from math import exp, log, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_Z = 1.959963984540054


class Unseen(NamedTuple):
    """The least number of those seen never (Chao1), its standard error, and its lower 95 % limit (the seen are known, so never below 0)."""

    least: float
    standard_error: float
    lower: float


def unseen(times: NDArray[np.int64]) -> Unseen:
    """From how often each of those seen was seen (n whole numbers of at least 1).

    A lower bound however different they are, as long as each is seen at random at a rate of its own; where sightings come in bursts it is lower still.
    Chao 1987, Biometrics 43, 783-791, for a sample of n sightings as in Chao et al. 2014, Ecological Monographs 84, 45-67: bias-corrected
    where nobody was seen twice, with log-normal limits. Raises ValueError where somebody was seen less than once.
    """
    if len(times) and times.min() < 1:
        raise ValueError(f"Seen means once or more, not {times.min()}.")
    sightings, once, twice = float(times.sum()), float((times == 1).sum()), float((times == 2).sum())
    if once < 2 or (once == sightings and not twice):
        return Unseen(0.0, 0.0, 0.0)
    k = (sightings - 1) / sightings
    if twice:
        ratio = once / twice
        least, variance = k * once**2 / (2 * twice), twice * (k / 2 * ratio**2 + k**2 * ratio**3 + k**2 / 4 * ratio**4)
    else:
        least = k * once * (once - 1) / 2
        everyone = len(times) + least
        variance = k * once * (once - 1) / 2 + k**2 * once * (2 * once - 1) ** 2 / 4 - k**2 * once**4 / (4 * everyone)
    return Unseen(least, sqrt(variance), least / exp(_Z * sqrt(log(1 + variance / least**2))))
