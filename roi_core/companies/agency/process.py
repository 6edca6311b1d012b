"""An agency as it happens: all months in order, on luck drawn beforehand, so that any part can be run again."""

from dataclasses import dataclass, fields

import numpy as np

from roi_core.companies.agency.clients import draw_clients
from roi_core.companies.agency.knobs import AgencyKnobs
from roi_core.companies.agency.luck import AgencyLuck
from roi_core.companies.agency.month import AgencyDo, AgencyPath, AgencyState, AgencyWorld, live_month
from roi_core.companies.clock import Bools, Floats, Ints
from roi_core.companies.month import HISTORY
from roi_core.companies.process import latest, push


@dataclass(frozen=True, slots=True)
class AgencyPanel:
    """An agency as it happened.

    `alive` (months + 1, n) at the start of each month; `contact` (months, n) by those who were clients then; `health` (months, n)
    as the delivery report before each month shows it.
    """

    world: AgencyWorld
    start: AgencyState
    path: AgencyPath
    alive: Bools
    contact: Bools
    health: Floats

    @property
    def knobs(self) -> AgencyKnobs:
        """The settings it was made with."""
        return self.world.knobs

    @property
    def leaves(self) -> Bools:
        """Clients whose contract ends with a month and is not renewed, (months, n)."""
        return np.asarray(self.alive[:-1] & self.path.due & (self.world.luck.leaves >= self.path.renew_chance))

    def state_at(self, month: int) -> AgencyState:
        """What month number `month` (0 = the first) inherits."""
        if month == 0:
            return self.start
        path = self.path
        return AgencyState(
            path.problem_after[month - 1],
            path.hours[month - 1],
            latest(path.contact, self.start.contacts, month),
            latest(path.goodwill, self.start.goodwill, month),
        )


def simulate(knobs: AgencyKnobs) -> AgencyPanel:
    """An agency as it happens. Deterministic: the same knobs give the same panel."""
    n = knobs.customers
    luck = AgencyLuck.draw(knobs.seed, knobs.months, n)
    world = AgencyWorld(knobs, draw_clients(knobs, luck), luck)
    start = AgencyState(np.zeros(n, dtype=np.int64), np.zeros(n), np.zeros((HISTORY, n), dtype=np.bool_), np.zeros((HISTORY, n)))
    path = run(world, start)
    left = np.maximum.accumulate(luck.leaves >= path.renew_chance, axis=0)
    stays = np.concatenate([np.ones((1, n), dtype=np.bool_), ~left])
    alive = np.asarray(stays & (np.arange(knobs.months + 1)[:, None] >= world.clients.joined))
    seen = 1 - knobs.hidden
    health = seen * path.problem + np.sqrt(1 - seen**2) * 0.75 * luck.report
    return AgencyPanel(world, start, path, alive, path.contact & alive[:-1], health)


def run(world: AgencyWorld, start: AgencyState, do: AgencyDo | None = None) -> AgencyPath:
    """All months of a world, from a state, with or without an intervention in the first of them."""
    months, state = [], start
    for step in range(len(world.luck.leaves)):
        month = live_month(world, step, state, do if do and step == 0 else AgencyDo())
        months.append(month)
        state = AgencyState(month.problem_after, month.hours, push(month.contact, state.contacts), push(month.goodwill, state.goodwill))
    return AgencyPath(**{f.name: np.stack([getattr(m, f.name) for m in months]) for f in fields(AgencyPath)})


def rerun(panel: AgencyPanel, month: int, rows: Ints, do: AgencyDo, months: int) -> AgencyPath:
    """Some clients once more from month `month` on, on the luck they had, with an intervention."""
    return run(panel.world.of(rows, month, month + months), panel.state_at(month).of(rows), do)
