"""Facts of a simulated company without the detour through exports, with the truth that was planted in it."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from roi_core.companies import process, truth
from roi_core.companies.knobs import CATEGORIES, PLANS, SimulationKnobs
from roi_core.companies.month import agent
from roi_core.companies.process import Panel
from roi_core.spine import Facts, build_facts
from roi_core.spine.calendar import start_of
from tests.typed_tables import write_part

_DAY = 86_400
_MONTH_SECONDS = 2_629_800


@dataclass(frozen=True, slots=True)
class Simulated:
    """Facts with the planted effects on 6-month churn (treated minus control) and on revenue per episode, and the company as it happened."""

    facts: Facts
    ato: float
    att: float
    revenue_att: float
    episodes: int
    resolution_ato: float
    panel: Panel


def simulated(folder: Path, knobs: SimulationKnobs, *, usage: bool = True, priority: bool = True, any_day: bool = False) -> Simulated:
    """The typed tables of one simulated company under `folder`, and their facts. `any_day`: customers leave on any day, not on the last of a month."""
    panel = process.simulate(knobs)
    episodes = truth.episodes(panel)
    treated = episodes.treated
    return Simulated(
        facts=build_facts(_tables(folder, panel, usage=usage, priority=priority, any_day=any_day)),
        ato=float(np.average(episodes.churn, weights=episodes.overlap)),
        att=float(episodes.churn[treated].mean()),
        revenue_att=float(episodes.revenue[treated].mean()),
        episodes=int(treated.sum()),
        resolution_ato=truth.first_contact_resolution(panel).ato,
        panel=panel,
    )


def _times(seconds: NDArray[np.int64] | NDArray[np.float64], missing: NDArray[np.bool_] | None = None) -> pa.Array:
    micros = (np.asarray(seconds, dtype=np.float64) * 1_000_000).astype(np.int64)
    return pa.array(micros, pa.int64(), mask=missing).cast(pa.timestamp("us"))


def _tables(folder: Path, panel: Panel, *, usage: bool, priority: bool, any_day: bool) -> dict[str, tuple[Path, ...]]:
    knobs, customers = panel.knobs, panel.world.customers
    starts = np.array([start_of(knobs.first_month + m) for m in range(knobs.months + 1)])
    ids = np.array([f"c{i}" for i in range(knobs.customers)])
    seen = panel.alive.any(axis=0)
    last_alive = knobs.months - np.argmax(panel.alive[::-1], axis=0)
    stayed = panel.alive[-1]
    ended = _ends(starts, np.minimum(last_alive, knobs.months - 1), knobs.seed, any_day=any_day)
    subscriptions = {
        "subscription_id": ids[seen],
        "customer_id": ids[seen],
        "started_at": _times((starts[0] + customers.started * _MONTH_SECONDS)[seen]),
        "ended_at": _times(ended[seen], stayed[seen]),
        "mrr": customers.mrr[seen],
        "currency": ["usd"] * int(seen.sum()),
        "interval": ["month"] * int(seen.sum()),
    }
    people = {
        "customer_id": ids[seen],
        "plan": np.array(PLANS)[customers.plan][seen],
        "industry": customers.industry[seen].astype(str),
        "started_at": subscriptions["started_at"],
    }
    written = {
        "customers": people,
        "subscriptions": subscriptions,
        "tickets": _tickets(panel, ids, starts, np.where(stayed, starts[-1], ended), priority=priority),
    }
    if usage:
        written["usage"] = {
            "customer_id": np.tile(ids, knobs.months),
            "as_of": _times(np.repeat(starts[:-1] - _DAY, knobs.customers)),
            "usage": panel.usage.ravel(),
            "health": panel.health.ravel(),
        }
    return {name: write_part(folder, name, columns) for name, columns in written.items()}


def _ends(starts: NDArray[np.int64], month: NDArray[np.int64], seed: int, *, any_day: bool) -> NDArray[np.int64]:
    """When those who leave in a month do: a minute before its end, or at any time of it."""
    share = np.random.default_rng(seed + 1).random(len(month)) if any_day else 1.0
    return np.asarray(starts[month] + share * (starts[month + 1] - 60 - starts[month]), dtype=np.int64)


def _tickets(panel: Panel, ids: NDArray[np.str_], starts: NDArray[np.int64], until: NDArray[np.int64], *, priority: bool) -> dict[str, object]:
    month, customer = np.nonzero(panel.contact)
    luck = np.random.default_rng(panel.knobs.seed)
    created = starts[month] + (luck.uniform(0.03, 0.95, len(month)) * np.diff(starts)[month]).astype(np.int64)
    back = ~panel.path.resolved[month, customer]
    month, customer = np.concatenate([month, month[back]]), np.concatenate([customer, customer[back]])
    created = np.concatenate([created, created[back] + _DAY])
    there = created < until[customer]
    month, customer, created = month[there], customer[there], created[there]
    of = (month, customer)
    tickets: dict[str, object] = {
        "ticket_id": np.arange(len(month)).astype(str),
        "customer_id": ids[customer],
        "created_at": _times(created),
        "first_response_at": _times(created + np.where(panel.path.fast[of], 3_600, 36_000)),
        "category": np.array(CATEGORIES)[panel.path.category[of]],
        "agent": np.stack([agent(panel.world, m) for m in range(panel.knobs.months)])[of].astype(str),
        "status": ["Closed"] * len(month),
    }
    return tickets | ({"priority": np.array(["Low", "Medium", "High"])[panel.path.problem[of]]} if priority else {})
