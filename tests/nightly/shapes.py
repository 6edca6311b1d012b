"""Data of six shapes in which nothing was done to anybody, and what each method calls a difference in them.

Blocks of 100 draws, so that a run of 10,000 is 100 blocks; a seed gives the same draw to every method.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from roi_core.effects.checks import enough_leavers
from roi_core.errors import NumbersRefused
from roi_core.stats import multiplicity, proportion, randomised, sequential, survival, weighting
from roi_core.stats.exact import boschloo, fisher
from roi_core.stats.interval import Interval, two_sided_p
from tests.nightly.kept import Row

BLOCK = 100
SEGMENTS, SEGMENT_BLOCK = 24, 20
LOOKS = 10
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Rows of two arms that differ by chance alone, (n,): an amount, what it was before, whether and after how many months somebody left, whose row it is.

    `cluster` is None where every row is a customer of its own.
    """

    treated: Bools
    amount: Floats
    before: Floats
    left: Bools
    months: Floats
    cluster: NDArray[np.int64] | None = None


def _arms(luck: np.random.Generator, n: int) -> Bools:
    return luck.permutation(n) < n // 2


def _plain(luck: np.random.Generator, n: int, share: float = 0.2) -> Drawn:
    """Normal amounts with a before that goes with them, a share that leaves, exponential months."""
    before = luck.normal(size=n)
    months = luck.exponential(6.0, n)
    return Drawn(_arms(luck, n), 0.6 * before + 0.8 * luck.normal(size=n), before, luck.random(n) < share, months)


def iid(luck: np.random.Generator) -> Drawn:
    """200 customers of whom nothing is odd."""
    return _plain(luck, 200)


def clustered(luck: np.random.Generator) -> Drawn:
    """80 accounts with 1 to 8 rows that go together; accounts are drawn whole."""
    cluster = np.repeat(np.arange(80), luck.integers(1, 9, 80))
    own = luck.normal(size=80)[cluster]
    n = len(cluster)
    before = 0.7 * own + 0.7 * luck.normal(size=n)
    left = luck.random(n) < 1 / (1 + np.exp(1.5 - 1.2 * own))
    return Drawn(_arms(luck, 80)[cluster], own + luck.normal(size=n), before, left, luck.exponential(6.0, n), cluster)


def heavy_tail(luck: np.random.Generator) -> Drawn:
    """Amounts of which a few are most of the sum (lognormal, sigma 2); leaving is rare."""
    plain, before = _plain(luck, 400, 0.05), luck.normal(size=400)
    return Drawn(plain.treated, np.exp(1.2 * before + 1.6 * luck.normal(size=400)), np.exp(1.2 * before), plain.left, 6 * luck.weibull(0.5, 400))


def seasonal(luck: np.random.Generator) -> Drawn:
    """Amounts and leaving swing over the year in both arms."""
    n = 300
    season = np.sin(2 * np.pi * luck.integers(0, 12, n) / 12)
    before = luck.normal(size=n) + season
    return Drawn(
        _arms(luck, n), 2 * season + luck.normal(size=n) + 0.5 * before, before, luck.random(n) < 0.2 + 0.15 * season, luck.exponential(6 - 3 * season)
    )


def zero_inflated(luck: np.random.Generator) -> Drawn:
    """Four of five amounts are 0; four of five never leave."""
    n = 400
    spends, before = luck.random(n) < 0.2, luck.normal(size=n)
    months = np.where(luck.random(n) < 0.2, luck.exponential(6.0, n), 100.0)
    return Drawn(_arms(luck, n), spends * np.exp(0.5 * before + 0.5 * luck.normal(size=n)), before, luck.random(n) < 0.1, months)


def tiny(luck: np.random.Generator) -> Drawn:
    """12 customers in each arm."""
    return _plain(luck, 24, 0.4)


SHAPES: Mapping[str, Callable[[np.random.Generator], Drawn]] = {
    "iid": iid, "clustered": clustered, "heavy tail": heavy_tail, "seasonal": seasonal, "zero-inflated": zero_inflated, "tiny": tiny,
}  # fmt: skip


def _counts(drawn: Drawn) -> tuple[int, int, int, int]:
    treated, left = drawn.treated, drawn.left
    return int(left[treated].sum()), int(treated.sum()), int(left[~treated].sum()), int((~treated).sum())


def _without_zero(found: Interval) -> bool:
    return found.low > 0 or found.high < 0


def _always_valid(drawn: Drawn) -> bool:
    """Ten looks at more and more rows, the first at 30; stopped at the first that shows something."""
    n = len(drawn.left)
    looks = np.unique(np.linspace(min(n, 30), n, LOOKS).astype(int))
    found = (sequential.always_valid_difference(drawn.left[:k].astype(float), drawn.treated[:k], n, _first(drawn.cluster, k)) for k in looks)
    return any(one.low > 0 or one.high < 0 for one in found)


def _first(cluster: NDArray[np.int64] | None, rows: int) -> NDArray[np.int64] | None:
    return None if cluster is None else cluster[:rows]


def _months(drawn: Drawn) -> tuple[Floats, Bools]:
    """Followed for 12 months."""
    return np.minimum(drawn.months, 12.0), drawn.months <= 12


def _rmst(drawn: Drawn) -> bool:
    (time, left), t = _months(drawn), drawn.treated
    return _without_zero(survival.rmst_difference(time[t], left[t], time[~t], left[~t], 6.0))


@cache
def _by_boschloo(counts: tuple[int, int, int, int]) -> float:
    """Of the same counts the same: many draws of one shape share them, and each takes up to half a second."""
    return boschloo(*counts).p


EXACT: Mapping[str, Callable[[Drawn], bool]] = {
    "Fisher": lambda d: fisher(*_counts(d)).p <= 0.05,
    "Boschloo": lambda d: _by_boschloo(_counts(d)) <= 0.05,
    "Newcombe": lambda d: _without_zero(proportion.newcombe(*_counts(d))),
    "always valid, ten looks": _always_valid,
}
"""Never call more than 5 % a difference (and 0.6 for chance)."""
ASYMPTOTIC: Mapping[str, Callable[[Drawn], bool]] = {
    "Miettinen-Nurminen": lambda d: _without_zero(proportion.miettinen_nurminen(*_counts(d))),
    "difference of means": lambda d: randomised.mean_difference(d.amount, d.treated, d.cluster).p <= 0.05,
    "CUPED": lambda d: randomised.cuped(d.amount, d.treated, d.before, d.cluster).adjusted.p <= 0.05,
    "log-rank": lambda d: survival.logrank(*_months(d), d.treated).p <= 0.05,
    "restricted mean survival": _rmst,
}
"""Call about 5 % a difference."""
METHODS = EXACT | ASYMPTOTIC
REFUSED = "refused as too few"
"""Draws of which the product says that too few left, or stayed, for an interval to be believed."""
OF_CLUSTERS = ("always valid, ten looks", "difference of means", "CUPED")
"""Those that know which rows belong together; the others take customers as they were drawn."""


def alarms(block: int, shape: str) -> Row:
    """How many of 100 draws each method calls a difference; where it refuses, the draw is not counted."""
    called, tried = Counter[str](), Counter[str]()
    for draw in range(BLOCK):
        drawn = SHAPES[shape](np.random.default_rng([block, draw]))
        called[REFUSED] += _refused(drawn)
        tried[REFUSED] += 1
        for name in METHODS if drawn.cluster is None else OF_CLUSTERS:
            try:
                called[name] += METHODS[name](drawn)
                tried[name] += 1
            except NumbersRefused:
                continue
    return {name: [called[name], tried[name]] for name in tried}


def _refused(drawn: Drawn) -> bool:
    left, treated, left_alone, alone = _counts(drawn)
    return enough_leavers.judge((left, left_alone), (treated, alone)).refuses


def trial(seed: int, shape: str) -> Row:
    """Monthly trials of one company in which support does nothing: 1 where the default estimator calls that an effect."""
    luck = np.random.default_rng([seed, 7])
    customers = {"tiny": 90}.get(shape, 700)
    customer = np.arange(customers) if shape == "iid" else np.repeat(np.arange(customers), luck.integers(1, 5, customers))
    own, month = luck.normal(size=customers)[customer], luck.integers(0, 6, len(customer))
    season = np.sin(np.pi * month / 3) * (shape == "seasonal")
    known = np.column_stack([0.6 * own + 0.8 * luck.normal(size=len(customer)), luck.normal(size=len(customer)), *(month == m for m in range(1, 6))])
    trouble = np.maximum(known[:, 1], 0.0)
    treated = luck.random(len(customer)) < _chance(-1.2 + 0.9 * trouble - 0.3 * known[:, 0] + season)
    own_luck = np.where(luck.random(len(customer)) < 0.5, luck.random(customers)[customer], luck.random(len(customer)))
    left = own_luck < _chance(-1.4 + 0.8 * trouble - 0.5 * known[:, 0] + season)
    outcome = left.astype(float)
    if shape == "heavy tail":
        outcome = ~left * np.exp(3 + 2 * luck.normal(size=customers)[customer])
    if shape == "zero-inflated":
        outcome = ~left * (luck.random(customers) < 0.2)[customer] * np.exp(3 + 0.5 * known[:, 0])
    few = min(len(np.unique(customer[left & arm])) for arm in (treated, ~treated))
    if few < 10:
        return {"called": None}
    estimate = weighting.overlap if few < 20 else weighting.augmented
    found = estimate(outcome, treated, known, customer)
    return {"called": bool(float(np.atleast_1d(found.low)[0]) > 0 or float(np.atleast_1d(found.high)[0]) < 0)}


def separated(seed: int, held: str) -> Row:
    """Customers of whom one mark tells everything: nobody with it leaves, or everybody with it is helped; value and limits less what was planted.

    As the product does, plain overlap weights where a model is not determined, whose limits take the propensity as known. An effect of
    half a unit of the log-odds for all others; the truth is that of this very company, over its own chances.
    """
    luck = np.random.default_rng([seed, 11])
    customer = np.repeat(np.arange(900), luck.integers(1, 4, 900))
    n = len(customer)
    marked, trouble = luck.random(n) < 0.06, np.maximum(luck.normal(size=n), 0.0)
    known = np.column_stack([trouble, luck.normal(size=n), marked])
    chance = np.where(marked & (held == "help"), 1.0, _chance(-1.0 + 0.9 * trouble - 0.4 * known[:, 1]))
    treated = luck.random(n) < chance
    leaves = [np.where(marked & (held == "leaving"), 0.0, _chance(-1.2 + 0.8 * trouble - 0.5 * known[:, 1] - gain)) for gain in (0.5, 0.0)]
    outcome = (luck.random(n) < np.where(treated, *leaves)).astype(float)
    planted = float(np.average(leaves[0] - leaves[1], weights=chance * (1 - chance)))
    found = weighting.augmented(outcome, treated, known, customer)
    if not found.separated:
        return {"plain": None}
    plain = weighting.overlap(outcome, treated, known, customer)
    return {"plain": [float(np.atleast_1d(x)[0]) - planted for x in (plain.value, plain.low, plain.high)]}


def _chance(logit: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-logit)))


def segments(block: int) -> Row:
    """In how many of 20 companies with 24 segments and no effect at least one segment is called one: raw, by q, and shrunk."""
    called = Counter[str]()
    for draw in range(SEGMENT_BLOCK):
        luck = np.random.default_rng([block, draw, 24])
        sizes, shares = luck.integers(60, 400, (SEGMENTS, 2)), luck.uniform(0.05, 0.3, SEGMENTS)
        left = luck.binomial(sizes, shares[:, None])
        found = [proportion.agresti_caffo(x1, n1, x0, n0) for (x1, x0), (n1, n0) in zip(left.tolist(), sizes.tolist(), strict=True)]
        errors = [(one.high - one.low) / (2 * 1.959964) for one in found]
        values = [(one.high + one.low) / 2 for one in found]
        p = [two_sided_p(value / error) for value, error in zip(values, errors, strict=True)]
        pulled = multiplicity.shrink(values, errors)
        called["each by itself"] += min(p) <= 0.05
        called["Benjamini-Hochberg"] += bool((multiplicity.benjamini_hochberg(p) <= 0.05).any())
        called["pulled toward the average"] += bool(((pulled.lows > 0) | (pulled.highs < 0)).any())
    return {name: [count, SEGMENT_BLOCK] for name, count in called.items()} | {"of": SEGMENT_BLOCK}
