"""What many replications say of an interval: how often it holds what was planted, and how far it is off on average, each with its Monte Carlo limits."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from roi_core.stats.proportion import wilson
from tests.nightly.kept import Row
from tests.store.scores import Score

COVERED = (0.93, 0.97)
BIAS = 0.001
_FEWEST = 10
"""Replications from which their spread is known; fewer are no evidence of a bias."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Coverage with its 95 % limits and mean error with its Monte Carlo error, of so many replications of those asked for; `refused` gave no number."""

    runs: int
    asked: int
    refused: int
    covered: float
    low: float
    high: float
    bias: float
    error: float

    @property
    def full(self) -> bool:
        """Whether all that were asked for were run."""
        return self.runs + self.refused >= self.asked

    @property
    def as_it_says(self) -> bool:
        """Coverage of 93 to 97 % and bias of at most 0.1 points and 2 errors; before all were run, no evidence against either."""
        at_least, at_most = COVERED
        held = at_least <= self.covered <= at_most if self.full else self.high >= at_least and self.low <= at_most
        return held and abs(self.bias) <= BIAS + 2 * self.error

    def __str__(self) -> str:
        counted = f"{100 * self.covered:.1f} % covered ({100 * self.low:.1f} to {100 * self.high:.1f})"
        asked = "" if self.full else f", {self.asked:,} asked for"
        refused = f", {self.refused:,} refused" if self.refused else ""
        return f"{counted}, bias {100 * self.bias:+.2f} points (error {100 * self.error:.2f}){refused}{asked}"


def judged(rows: Sequence[Row], way: str, asked: int) -> Judged | None:
    """One way of asking over replications; None where none gave a number."""
    found = np.array([row[way] for row in rows if row.get(way) is not None], dtype=np.float64)
    if not len(found):
        return None
    held = int(((found[:, 1] <= 0) & (found[:, 2] >= 0)).sum())
    limits = wilson(held, len(found))
    error = float(found[:, 0].std(ddof=1) / np.sqrt(len(found))) if len(found) >= _FEWEST else inf
    return Judged(len(found), asked, len(rows) - len(found), limits.value, limits.low, limits.high, float(found[:, 0].mean()), error)


def score(case: str, found: Judged, *, kept: bool) -> Score:
    """A line of the scoreboard; `kept` says whether what must hold does."""
    return Score(case, found.runs, int(not kept), measured=str(found))
