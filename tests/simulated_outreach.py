"""A company that reaches out to customers whose usage falls, with the truth that was planted in it."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from roi_core.spine import Facts, build_facts
from roi_core.spine.calendar import start_of
from tests.typed_tables import write_part

_DAY, _MONTHS, _FIRST, _LASTS, _HORIZON, _WASHOUT = 86_400, 15, 2024 * 12, 6, 6, 3
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Outreach:
    """Facts, and the change of 6-month churn by reaching out in a month in which nobody had for three, over the overlap."""

    facts: Facts
    ato: float


def simulated_outreach(folder: Path, customers: int, seed: int, effect: float) -> Outreach:
    """Low usage makes the team write and the customer leave; having been written to takes `effect` off the log-odds for 6 months.

    All luck is drawn first, so that the truth is that of this very company: the chance to leave with and without
    the first message, all later ones as they came.
    """
    luck = np.random.default_rng(seed)
    usage = np.empty((_MONTHS, customers))
    usage[0] = luck.normal(size=customers)
    for m in range(1, _MONTHS):
        usage[m] = 0.8 * usage[m - 1] + 0.6 * luck.normal(size=customers)
    chance = _logistic(-2.6 - 0.9 * usage)
    written = luck.random(chance.shape) < chance
    churn = _logistic(-3.1 - 0.8 * usage - effect * _on(written))
    alive = np.vstack([np.ones(customers, dtype=bool), np.logical_and.accumulate(luck.random(chance.shape) >= churn)])
    truth, weight = zip(*(_trial(m, usage, written, alive, chance, effect) for m in range(_WASHOUT, _MONTHS - _HORIZON)), strict=True)
    ato = float(np.average(np.concatenate(truth), weights=np.concatenate(weight)))
    return Outreach(build_facts(_tables(folder, usage, written, alive, luck)), ato)


def _on(written: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Written to in the month or one of the five before."""
    return np.stack([written[max(0, m - _LASTS + 1) : m + 1].any(axis=0) for m in range(_MONTHS)])


def _trial(month: int, usage: Floats, written: NDArray[np.bool_], alive: NDArray[np.bool_], chance: Floats, effect: float) -> tuple[Floats, Floats]:
    rows = np.flatnonzero(alive[month] & ~written[month - _WASHOUT : month].any(axis=0))
    window, left = slice(month, month + _HORIZON), []
    for made in (True, False):
        path = written[:, rows].copy()
        path[month] = made
        left.append(1 - (1 - _logistic(-3.1 - 0.8 * usage[window, rows] - effect * _on(path)[window])).prod(axis=0))
    e = chance[month, rows]
    return left[0] - left[1], e * (1 - e)


def _logistic(x: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-x)))


def _times(seconds: NDArray[np.int64], missing: NDArray[np.bool_] | None = None) -> pa.Array:
    return pa.array(seconds * 1_000_000, pa.int64(), mask=missing).cast(pa.timestamp("us"))


def _tables(folder: Path, usage: Floats, written: NDArray[np.bool_], alive: NDArray[np.bool_], luck: np.random.Generator) -> dict[str, tuple[Path, ...]]:
    starts = np.array([start_of(_FIRST + m) for m in range(_MONTHS + 1)])
    ids = np.array([f"c{i}" for i in range(usage.shape[1])])
    ends = starts[1:][np.minimum(alive.sum(axis=0) - 1, _MONTHS - 1)] - 60
    month, who = np.nonzero(written & alive[:-1])
    at = starts[month] + (luck.uniform(0.05, 0.9, len(month)) * np.diff(starts)[month]).astype(np.int64)
    tables = {
        "subscriptions": {
            "subscription_id": ids, "customer_id": ids, "started_at": _times(np.full(len(ids), starts[0] - 90 * _DAY)), "ended_at": _times(ends, alive[-1]),
            "mrr": np.full(len(ids), 50.0), "currency": ["usd"] * len(ids), "interval": ["month"] * len(ids),
        },
        "outreach": {"customer_id": ids[who], "at": _times(at)},
        "usage": {"customer_id": np.tile(ids, _MONTHS), "as_of": _times(np.repeat(starts[:-1] - _DAY, len(ids))), "usage": usage.ravel()},
        "invoices": {"invoice_id": ["last"], "customer_id": ["c0"], "issued_at": _times(starts[-1:] - 1), "amount": [50.0], "currency": ["usd"]},
    }  # fmt: skip
    return {name: write_part(folder, name, columns) for name, columns in tables.items()}
