"""Every way of asking and every doubt about the answer, of 100,000 customers by 19 columns of what is known; matching and drawing again beside them."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.timing import Figure, seconds
from roi_core.cohorts.design import Design
from roi_core.companies.knobs import SimulationKnobs
from roi_core.effects import supported
from roi_core.effects.comparison import Comparison
from roi_core.effects.doubts import DOUBTS
from roi_core.effects.estimation import through_gates
from roi_core.effects.fit import Rows, logit
from roi_core.effects.rungs import LADDERS, climb
from roi_core.stats import matching, resampling
from roi_core.stats.cluster import sums_by_cluster
from tests.simulated import simulated

CUSTOMERS = 100_000
NOTHING: frozenset[str] = frozenset()


def figures() -> Iterator[Figure]:
    """One run each, on facts of a simulated company."""
    with tempfile.TemporaryDirectory() as folder:
        facts = simulated(Path(folder), SimulationKnobs(customers=CUSTOMERS, seed=1)).facts
    yield Figure(
        f"{CUSTOMERS:,} customers: effect, whole ladder, gates, curves", seconds(lambda: supported.analyse_supported(facts, Design(), 6), 1), "s", limit=15
    )
    asked = supported.compared(facts, Design(), 6)
    yield Figure(f"of it, all fits and gates of {asked.rows.rows:,} rows", seconds(lambda: through_gates(asked, supported.PLANS["churn"]), 1), "s")
    fitted, _ = through_gates(asked, supported.PLANS["churn"])
    yield Figure("of it, the rungs", seconds(lambda: climb(LADDERS["churn"], fitted, NOTHING), 1), "s")
    yield from _kernels(fitted)
    for doubt in DOUBTS:
        yield Figure(f"on request: {doubt.title.lower()}", seconds(lambda look=doubt.look: look(fitted, _silent), 1), "s")  # type: ignore[misc]


def _kernels(fitted: Comparison[Rows]) -> Iterator[Figure]:
    odds, rows = logit(fitted.fitted.propensity), fitted.rows
    pairs = seconds(lambda: matching.nearest(odds, rows.treated, 0.2), 3)
    yield Figure(f"1:1 matching of {int(rows.treated.sum()):,} of {rows.rows:,} rows, caliper 0.2", pairs, "s", limit=3)
    sums = sums_by_cluster(np.random.default_rng(1).random((rows.rows, 6)), rows.cluster)
    yield Figure("1,000 draws of all customers", seconds(lambda: resampling.clusters_drawn_again(sums), 3), "s", limit=2)


def _silent(_: float) -> None:
    return None
