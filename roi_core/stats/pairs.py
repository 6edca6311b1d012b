"""What matched pairs say: the mean difference within them with its error, and how often only one of a pair had the outcome."""

import numpy as np
from numpy.typing import ArrayLike

from roi_core.errors import NumbersRefused
from roi_core.stats.arrays import Integers, flags
from roi_core.stats.cluster import crossed_variance
from roi_core.stats.groups import column
from roi_core.stats.interval import Interval, wald


def mean_difference(outcome: ArrayLike, pairs: ArrayLike, cluster: ArrayLike | None = None, level: float = 0.95) -> Interval:
    """Mean of treated less control over pairs (m, 2) of row numbers into `outcome` (n,), as `matching.nearest` makes them.

    Matched without replacement the pair is the unit of independence (Abadie, Spiess 2022 JASA 117:983); where one `cluster` (n,), a
    customer, has rows in several pairs, errors go along both (`cluster.crossed_variance`). Raises NumbersRefused with fewer than 2
    pairs, missing values or row numbers out of range.
    """
    y = column(outcome, "outcome")
    rows = _rows(pairs, len(y))
    one, zero = y[rows[:, 0]], y[rows[:, 1]]
    value = float(one.mean() - zero.mean())
    shares = np.concatenate([one - one.mean(), zero.mean() - zero])
    place = np.tile(np.arange(len(rows)), 2)
    owner = np.arange(2 * len(rows)) if cluster is None else np.asarray(cluster)[rows.T.ravel()]
    variance = crossed_variance(shares, place, owner) / len(rows) ** 2
    return wald(value, float(np.sqrt(variance)), level)


def discordant(outcome: ArrayLike, pairs: ArrayLike) -> tuple[int, int]:
    """Pairs in which only the treated row, and in which only the control row, has the outcome (n,) of 0 and 1: what `sensitivity.rosenbaum` takes."""
    y = flags(outcome, "outcome")
    rows = _rows(pairs, len(y), least=0)
    one, zero = y[rows[:, 0]], y[rows[:, 1]]
    return int((one & ~zero).sum()), int((zero & ~one).sum())


def _rows(pairs: ArrayLike, n: int, least: int = 2) -> Integers:
    rows = np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
    if len(rows) < least:
        raise NumbersRefused.too_few("pairs", len(rows), least)
    if rows.size and (rows.min() < 0 or rows.max() >= n):
        raise NumbersRefused.value("rows of the pairs", f"{rows.min()} to {rows.max()}", f"from 0 to {n - 1}")
    return rows
