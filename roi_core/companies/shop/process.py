"""A shop as it happens: all months in order, on luck drawn beforehand, so that any part can be run again."""

from dataclasses import dataclass, fields

import numpy as np

from roi_core.companies.clock import Ints
from roi_core.companies.month import HISTORY
from roi_core.companies.process import latest, push
from roi_core.companies.shop.buyers import draw_buyers
from roi_core.companies.shop.knobs import ShopKnobs
from roi_core.companies.shop.luck import ShopLuck
from roi_core.companies.shop.month import ADVICE_MONTHS, ShopDo, ShopPath, ShopState, ShopWorld, live_month


@dataclass(frozen=True, slots=True)
class ShopPanel:
    """A shop as it happened: `path` by month, `start` what the first month inherits."""

    world: ShopWorld
    start: ShopState
    path: ShopPath

    @property
    def knobs(self) -> ShopKnobs:
        """The settings it was made with."""
        return self.world.knobs

    def state_at(self, month: int) -> ShopState:
        """What month number `month` (0 = the first) inherits."""
        if month == 0:
            return self.start
        path, before = self.path, month - 1
        return ShopState(
            path.order[before],
            path.order[:month].sum(axis=0),
            path.wrong[before],
            path.carried[before],
            latest(path.contact, self.start.contacts, month),
            latest(path.goodwill, self.start.goodwill, month),
            latest(path.advised, self.start.advised, month),
        )


def simulate(knobs: ShopKnobs) -> ShopPanel:
    """A shop as it happens. Deterministic: the same knobs give the same panel."""
    luck = ShopLuck.draw(knobs.seed, knobs.months, knobs.customers)
    world = ShopWorld(knobs, draw_buyers(knobs, luck), luck)
    start = _nothing_yet(knobs.customers)
    return ShopPanel(world, start, run(world, start))


def run(world: ShopWorld, start: ShopState, do: ShopDo | None = None) -> ShopPath:
    """All months of a world, from a state; contact and handling are forced in the first month alone."""
    asked = do or ShopDo()
    later = ShopDo(no_order_from=asked.no_order_from)
    months, state = [], start
    for step in range(len(world.luck.order)):
        month = live_month(world, step, state, later if step else asked)
        months.append(month)
        state = ShopState(
            month.order, state.orders + month.order, month.wrong, month.carried,
            push(month.contact, state.contacts), push(month.goodwill, state.goodwill), push(month.advised, state.advised),
        )  # fmt: skip
    return ShopPath(**{f.name: np.stack([getattr(m, f.name) for m in months]) for f in fields(ShopPath)})


def rerun(panel: ShopPanel, month: int, rows: Ints, do: ShopDo, months: int) -> tuple[ShopWorld, ShopPath]:
    """Some buyers once more from month `month` on, on the luck they had, with an intervention; to the end of the luck at most."""
    world = panel.world.of(rows, month, min(month + months, panel.knobs.months))
    return world, run(world, panel.state_at(month).of(rows), do)


def _nothing_yet(n: int) -> ShopState:
    no = np.zeros(n, dtype=np.bool_)
    return ShopState(
        no, np.zeros(n, dtype=np.int64), no, no, np.zeros((HISTORY, n), dtype=np.bool_), np.zeros((HISTORY, n)), np.zeros((ADVICE_MONTHS, n), dtype=np.bool_)
    )
