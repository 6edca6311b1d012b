"""A company as it happens: all months in order, on luck drawn beforehand, so that any part can be run again."""

from dataclasses import dataclass, fields
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from roi_core.companies.clock import Bools, Floats
from roi_core.companies.customers import draw_customers
from roi_core.companies.knobs import SimulationKnobs
from roi_core.companies.luck import Luck, stream
from roi_core.companies.month import HISTORY, Do, Path, State, World, live_month

Cell = TypeVar("Cell", np.bool_, np.float64)


@dataclass(frozen=True, slots=True)
class Panel:
    """A company as it happened.

    `alive` (months + 1, n) at the start of each month; `usage` and `health` (months, n) as the
    snapshots before each month show them; `contact` (months, n) by those who were customers then; `leaves` (months, n) on the
    last day of the month; `cancels` (months, n) leavers who write to cancel, which is no contact of the process.
    """

    world: World
    start: State
    path: Path
    alive: Bools
    usage: Floats
    health: Floats
    contact: Bools
    leaves: Bools
    cancels: Bools

    @property
    def knobs(self) -> SimulationKnobs:
        """The settings it was made with."""
        return self.world.knobs

    def state_at(self, month: int) -> State:
        """What month number `month` (0 = the first) inherits."""
        if month == 0:
            return self.start
        return State(
            self.path.problem_after[month - 1],
            self.path.usage[month - 1],
            latest(self.path.contact, self.start.contacts, month),
            latest(self.path.goodwill, self.start.goodwill, month),
        )


def simulate(knobs: SimulationKnobs) -> Panel:
    """A company as it happens. Deterministic: the same knobs give the same panel."""
    luck = Luck.draw(knobs.seed, knobs.months, knobs.customers)
    world = World(
        knobs,
        draw_customers(knobs, luck),
        luck,
        skill=0.7 * stream(knobs.seed, "skill").standard_normal(knobs.agents),
        load=_load(knobs),
    )
    start = _first_state(world)
    path = run(world, start)
    alive = _alive(world, path)
    usage, health = _snapshots(world, start, path)
    contact, leaves = path.contact & alive[:-1], alive[:-1] & ~alive[1:]
    cancels = leaves & ~contact & (luck.cancels < knobs.cancel_tickets)
    return Panel(world, start, path, alive, usage, health, contact, leaves, cancels)


def run(world: World, start: State, do: Do | None = None) -> Path:
    """All months of a world, from a state, with or without an intervention in the first of them."""
    months, state = [], start
    for step in range(len(world.luck.churn)):
        month = live_month(world, step, state, do if do and step < do.months else Do())
        months.append(month)
        state = State(month.problem_after, month.usage, push(month.contact, state.contacts), push(month.goodwill, state.goodwill))
    return Path(**{f.name: np.stack([getattr(m, f.name) for m in months]) for f in fields(Path)})


def _first_state(world: World) -> State:
    n = len(world.customers.plan)
    there = world.customers.active_from == 0
    problem = np.searchsorted((0.87, 0.955), world.luck.first_problem, side="right") * there
    usage = 0.9 * world.luck.first_usage - 0.4 * world.knobs.confounding * problem
    return State(problem, usage, np.zeros((HISTORY, n), dtype=np.bool_), np.zeros((HISTORY, n)))


def _load(knobs: SimulationKnobs) -> Floats:
    load = 0.5 * stream(knobs.seed, "load").standard_normal(knobs.months)
    if knobs.spike and knobs.first_month <= knobs.spike.month <= knobs.last_month:
        load[knobs.spike.month - knobs.first_month] = 1.2
    return load


def _alive(world: World, path: Path) -> Bools:
    month = np.arange(world.knobs.months + 1)[:, None]
    left = np.maximum.accumulate(world.luck.churn < path.churn_chance, axis=0)
    stays = np.concatenate([np.ones((1, left.shape[1]), dtype=np.bool_), ~left])
    return np.asarray(stays & (month >= world.customers.active_from))


def _snapshots(world: World, start: State, path: Path) -> tuple[Floats, Floats]:
    problem, usage = path.problem, path.usage
    if world.knobs.stale_snapshots:
        problem = np.concatenate([start.problem[None], path.problem_after[:-1]])
        usage = np.concatenate([start.usage[None], path.usage[:-1]])
    seen = 1 - world.knobs.hidden
    return usage, seen * problem + np.sqrt(1 - seen**2) * 0.75 * world.luck.health


def latest(rows: NDArray[Cell], before: NDArray[Cell], month: int) -> NDArray[Cell]:
    """The months before `month` out of `rows` (months, n), the latest first, then those `before` the first of them; as many as `before` (k, n)."""
    return np.concatenate([rows[max(month - len(before), 0) : month][::-1], before])[: len(before)]


def push(newest: NDArray[Cell], history: NDArray[Cell]) -> NDArray[Cell]:
    """History (k, n) with a newer month (n,) in front and the oldest gone."""
    return np.concatenate([newest[None], history[:-1]])
