"""Which figures a reader can move, over which span: a share over all shares, a typed figure up to twice what it is today."""

from dataclasses import dataclass

from roi_core.assumptions import DECLARED, Assumptions
from roi_core.measured import Measured
from roi_core.results import Estimate
from roi_core.scenarios.scenario import SHARES, TYPED
from roi_core.units import Unit

_LEAST_COUNT, _LEAST_MONEY = 10.0, 10_000.0


@dataclass(frozen=True, slots=True)
class Offer:
    """One figure that can be moved: from `low` to `high` in steps, today's figure on a step; `seen` is the observed range of a share."""

    key: str
    unit: Unit
    today: float
    low: float
    high: float
    step: float
    seen: tuple[float, float] | None = None


def offered(measured: Measured, assumptions: Assumptions) -> tuple[Offer, ...]:
    """Shares that the files show and figures that are known, in the order of a scenario."""
    shares = (_share(measured, key) for key in SHARES)
    typed = (_typed(key, assumptions.number(key)) for key in TYPED)
    return tuple(offer for offer in (*shares, *typed) if offer is not None)


def _share(measured: Measured, key: str) -> Offer | None:
    lever = measured.levers.get(key)
    if lever is None or not isinstance(lever.today, Estimate):
        return None
    return Offer(key, Unit.FRACTION, round(lever.today.value, 2), 0.0, 1.0, 0.01, (lever.lowest, lever.highest))


def _typed(key: str, today: float | None) -> Offer | None:
    if today is None:
        return None
    unit = DECLARED[key].unit
    if unit is Unit.FRACTION:
        return Offer(key, unit, round(today, 2), 0.0, 1.0, 0.01)
    least, step = (_LEAST_COUNT, 1.0) if unit is Unit.COUNT else (_LEAST_MONEY, 1_000.0)
    return Offer(key, unit, today, 0.0, max(2 * today, least), step)
