"""Busy and quiet times: whether one customer's contact delays others, which would touch the comparison itself."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roi_core.cohorts.handled import Handled
from roi_core.effects.checks import enough_leavers
from roi_core.effects.comparison import Comparison
from roi_core.effects.doubts.doubt import Column, Doubt, Tell
from roi_core.effects.fit import Rows, as_estimate
from roi_core.results import Absent, Estimate, Result
from roi_core.sentences import say
from roi_core.show import show
from roi_core.spine import Facts
from roi_core.spine.facts import integers, numbers
from roi_core.stats import interval, weighting
from roi_core.stats.cluster import sums_by_cluster
from roi_core.stats.weighting import Weighted
from roi_core.units import Unit

THIRDS = ("quiet", "usual", "busy")


@dataclass(frozen=True, slots=True)
class _Third:
    """Rows of one third, and the contrast among them; None where too few left."""

    rows: NDArray[np.int64]
    weighted: Weighted | None


def look(comparison: Comparison[Rows], tell: Tell) -> Doubt | Absent:
    """The answer in thirds of the contacts by the team's load, and the busiest third less the quietest."""
    load = load_of(comparison.facts, comparison.rows)
    third = _thirds(load, comparison.rows.treated)
    if third is None:
        return Absent(say("doubt.busy_unknown"))
    found = []
    for place in range(len(THIRDS)):
        found.append(_within(comparison, np.flatnonzero(third == place)))
        tell((place + 1) / len(THIRDS))
    gap = _gap(comparison, found[0], found[-1])
    rows = tuple((say(f"doubt.busy_{name}"), (_result(comparison, part),)) for name, part in zip(THIRDS, found, strict=True))
    return Doubt("busy", _sentence(gap), (Column(say("doubt.answer"), points=True),), (*rows, (say("doubt.busy_gap"), (gap,))))


def load_of(facts: Facts, rows: Rows) -> NDArray[np.float64]:
    """Contacts of the team in the day before: of the contact itself, or on average over the contacts of the month of a trial, (n,)."""
    load = numbers(facts.contacts, "load")
    if isinstance(rows, Handled):
        return load[rows.ticket]
    month, known = integers(facts.contacts, "month"), np.isfinite(load)
    if not known.any():
        return np.full(rows.rows, np.nan)
    first = min(int(month.min()), int(rows.month.min()))
    size = max(int(month.max()), int(rows.month.max())) - first + 1
    count = np.bincount(month[known] - first, minlength=size)
    total = np.bincount(month[known] - first, weights=load[known], minlength=size)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)[rows.month - first]


def _thirds(load: NDArray[np.float64], treated: NDArray[np.bool_]) -> NDArray[np.int64] | None:
    """0, 1, 2 by thirds of the treated rows, -1 where the load is unknown; None where it is unknown or all but the same."""
    known = np.isfinite(load)
    if not (known & treated).any():
        return None
    edges = np.quantile(load[known & treated], (1 / 3, 2 / 3))
    third = np.where(known, np.searchsorted(edges, load), -1)
    return third if all((third[treated] == place).any() for place in range(len(THIRDS))) else None


def _within(comparison: Comparison[Rows], at: NDArray[np.int64]) -> _Third:
    rows = comparison.rows
    left, treated, known = rows.churned[at], rows.treated[at], rows.covariates.rows(at)
    fewest = min(int((left & treated).sum()), int((left & ~treated).sum()))
    if fewest < enough_leavers.TOO_FEW:
        return _Third(at, None)
    make = weighting.overlap if fewest < enough_leavers.ENOUGH else weighting.augmented
    return _Third(at, make(left.astype(np.float64), treated, known.matrix, rows.cluster[at], continuous=known.continuous))


def _result(comparison: Comparison[Rows], third: _Third) -> Result:
    if third.weighted is None:
        return Absent(say("doubt.busy_few", needed=f"{enough_leavers.TOO_FEW}"))
    customers = len(np.unique(comparison.rows.cluster[third.rows]))
    return as_estimate(third.weighted, 0, customers, "overlap weights within the third, clustered by customer")


def _gap(comparison: Comparison[Rows], quiet: _Third, busy: _Third) -> Result:
    """Busiest less quietest, with errors of customers who are in both."""
    if quiet.weighted is None or busy.weighted is None:
        return Absent(say("doubt.busy_few", needed=f"{enough_leavers.TOO_FEW}"))
    shares = [side.weighted.influence / len(side.rows) * sign for side, sign in ((busy, 1), (quiet, -1)) if side.weighted]
    who = comparison.rows.cluster[np.concatenate([busy.rows, quiet.rows])]
    sums = sums_by_cluster(np.concatenate(shares)[:, None], who)
    se = float(np.sqrt((sums**2).sum() * len(sums) / (len(sums) - 1)))
    found = interval.wald(float(busy.weighted.value) - float(quiet.weighted.value), se)
    return Estimate(found.value, found.low, found.high, len(sums), "difference of thirds, clustered by customer", Unit.FRACTION)


def _sentence(gap: Result) -> str:
    if isinstance(gap, Absent):
        return gap.reason
    key = "doubt.busy_same" if (gap.low or 0.0) <= 0 <= (gap.high or 0.0) else "doubt.busy_differs"
    return say(key, gap=show(gap, points=True))
