"""Simulated customers who are drawn into two arms, with the effect of being helped known: facts, not files, so that many can be made.

Leaving within six months depends on usage before the draw; helping adds `effect` to its chance. The truth of a run is the difference that
both potential outcomes of its own customers have on average, so that only the draw and not the world varies.
"""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from roi_core.cohorts.assigned import build_assigned
from roi_core.cohorts.design import Design
from roi_core.cohorts.drawn import listed_tests
from roi_core.effects.tested import analyse_tests, difference
from roi_core.results import Estimate, Grade
from roi_core.spine import Facts, build_facts
from roi_core.spine.calendar import start_of
from roi_core.stats.randomised import mean_difference
from roi_core.units import Unit
from tests.typed_tables import write_part

_DAY = 86_400
JANUARY = 2025 * 12
MONTHS = 6
_PLAIN_RUNS = 5
"""Runs in which revenue is also compared without what was paid before."""


@dataclass
class Runs:
    """By rung: (value, low, high, truth) of each run; and the share of runs whose grade was A."""

    rows: dict[str, list[tuple[float, float, float, float]]] = field(default_factory=dict)
    grades: list[Grade] = field(default_factory=list)

    def covered(self, rung: str) -> float:
        """Share of intervals that hold the truth."""
        return float(np.mean([low <= truth <= high for _, low, high, truth in self.rows[rung]]))

    def found(self, rung: str) -> float:
        """Share of intervals without zero."""
        return float(np.mean([low > 0 or high < 0 for _, low, high, _ in self.rows[rung]]))

    def bias(self, rung: str) -> float:
        """Mean error."""
        return float(np.mean([value - truth for value, _, _, truth in self.rows[rung]]))

    def monte_carlo_error(self, rung: str) -> float:
        """Standard error of the bias."""
        return float(np.std([value - truth for value, _, _, truth in self.rows[rung]], ddof=1) / np.sqrt(len(self.rows[rung])))

    def width(self, rung: str) -> float:
        """Mean width."""
        return float(np.mean([high - low for _, low, high, _ in self.rows[rung]]))

    @property
    def graded_a(self) -> float:
        """Share of runs that are called Tested."""
        return float(np.mean([grade is Grade.A for grade in self.grades]))

    def add(self, rung: str, found: Any, truth: float) -> None:
        """One interval of one run."""
        if not isinstance(found, Estimate):
            raise TypeError(found)
        self.rows.setdefault(rung, []).append((found.value, float(found.low or 0), float(found.high or 0), truth))


@dataclass(frozen=True)
class World:
    """Customers (n,): usage before, monthly price, and the month (1..6, 7 for none) in which each leaves without and with help."""

    usage: NDArray[np.float64]
    price: NDArray[np.float64]
    alone: NDArray[np.int64]
    helped: NDArray[np.int64]

    @property
    def truth(self) -> tuple[float, float]:
        """What helping does to leaving and to six months of revenue, on average over these customers."""
        left = np.mean((self.helped <= MONTHS).astype(float) - (self.alone <= MONTHS))
        return float(left), float(np.mean(self.price * (self.helped - self.alone)))


def world(seed: int, customers: int, effect: float) -> World:
    """Skewed prices, and trouble that shows in usage; one random number decides when a customer leaves, with and without help."""
    luck = np.random.default_rng(seed)
    usage, price = luck.normal(size=customers), np.round(np.exp(luck.normal(3.5, 0.8, customers)), 2)
    chance = np.clip(0.30 - 0.08 * usage, 0.12, 0.9)
    u, month = luck.random(customers), 1 + luck.integers(0, MONTHS, customers)
    alone, helped = (np.where(u < np.clip(p, 0.0, 1.0), month, MONTHS + 1) for p in (chance, chance + effect))
    return World(usage, price, alone, helped)


def runs(folder: Path, effect: float, replications: int, customers: int, *, chosen: bool = False) -> Runs:
    """One company, drawn anew in each run; `chosen` instead gives help to those with the lowest usage."""
    found = Runs()
    made = world(20_250_110, customers, effect)
    base = _facts(folder, made)
    for run in range(replications):
        luck = np.random.default_rng(run)
        arm = luck.permutation(customers) < customers // 2
        if chosen:
            arm = np.argsort(np.argsort(made.usage + 0.5 * luck.normal(size=customers))) < customers // 2
        _add(found, drawn := _drawn(base, made, arm), made)
        if run < _PLAIN_RUNS:
            found.add("revenue_plain", _plain(drawn), made.truth[1])
    return found


def _add(found: Runs, facts: Facts, made: World) -> None:
    (analysis,) = analyse_tests(facts, Design())
    churn, paid = analysis.effects[f"randomised.churn_{MONTHS}m"], analysis.effects[f"randomised.revenue_{MONTHS}m"]
    left, revenue = made.truth
    found.grades.append(churn.grade)
    for rung in churn.ladder:
        found.add(rung.key, rung.result, left)
    found.add("revenue", paid.result, revenue)


def _plain(facts: Facts) -> Estimate:
    rows = build_assigned(facts, listed_tests(facts)[0])
    raw = mean_difference(rows.revenue.sum(axis=1), rows.treated)
    return Estimate(raw.value, raw.low, raw.high, rows.rows, difference.REVENUE_PLAIN, Unit.MONEY)


def _facts(folder: Path, made: World) -> Facts:
    """Facts in which nobody leaves and nobody is drawn; who leaves by the arm is put in by `_drawn`."""
    n = len(made.usage)
    ids = [f"c{k}" for k in range(n)]
    started = np.full(n + 1, start_of(JANUARY - 12), dtype=np.int64) + np.arange(n + 1) % 200 * _DAY
    started[-1] = start_of(JANUARY + 7) - _DAY
    times = pa.array(started * 1_000_000, pa.int64()).cast(pa.timestamp("us"))
    customers = {"customer_id": [*ids, "last"], "started_at": times, "mrr": [*made.price, 1.0], "currency": ["usd"] * (n + 1)}
    seen = pa.array(np.full(n, start_of(JANUARY - 1) - _DAY) * 1_000_000, pa.int64()).cast(pa.timestamp("us"))
    usage = {"customer_id": ids, "as_of": seen, "usage": made.usage}
    return build_facts({"customers": write_part(folder, "customers", customers), "usage": write_part(folder, "usage", usage)})


def _drawn(base: Facts, made: World, arm: NDArray[np.bool_]) -> Facts:
    """The same facts with a list of everybody, drawn on 10 January, and with who left by the arm, on a day of the month that follows."""
    n, keys = len(arm), base.spine.column("customer_key").to_pylist()
    number = {key: place for place, key in enumerate(keys)}
    who = np.array([number[f"c{k}"] for k in range(n)])
    month = np.where(arm, made.helped, made.alone)
    left = np.full(len(keys), -1, dtype=np.int64)
    gone = month <= MONTHS
    left[who[gone]] = start_of(JANUARY) + ((month[gone] - 1) * 30 + 12 + np.arange(n)[gone] % 27) * _DAY
    left[who[~gone][::7]] = start_of(JANUARY + 6) + 15 * _DAY
    assigned = pa.table({"test": [""] * n, "treated": arm.astype(np.int32), "assigned_s": np.full(n, start_of(JANUARY) + 9 * _DAY), "customer_no": who})
    spine = base.spine.set_column(base.spine.schema.get_field_index("churned_s"), "churned_s", pa.array(left, pa.int64(), mask=left < 0))
    return replace(base, spine=spine, assigned=assigned)
