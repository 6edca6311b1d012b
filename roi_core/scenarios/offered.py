"""Which figures a reader can move, over which span: a share a little beyond what was seen, a typed figure up to twice what it is today."""

import math
from dataclasses import dataclass

from roi_core.assumptions import DECLARED, Assumptions
from roi_core.measured import Measured
from roi_core.money.costs import THREE_QUESTIONS
from roi_core.results import Estimate
from roi_core.scenarios.scenario import SHARES, TYPED
from roi_core.units import Unit

_LEAST_COUNT, _LEAST_MONEY = 10.0, 10_000.0
_UNSEEN = 0.5
"""How far a share without an estimate can be moved: beyond that nobody would call it the same company."""
_MOST_RATE = 0.5
_COST_UNKNOWN = 100_000.0


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
    shares = [_share(measured, key) for key in SHARES]
    typed = (_typed(key, assumptions.number(key)) for key in TYPED)
    spending = _spending(measured, assumptions) if any(share is not None for share in shares) else None
    return tuple(offer for offer in (*shares, *typed, spending) if offer is not None)


def _share(measured: Measured, key: str) -> Offer | None:
    lever = measured.levers.get(key)
    if lever is None or not isinstance(lever.today, Estimate):
        return None
    today, beyond = round(lever.today.value, 2), lever.highest - lever.lowest
    if lever.contrast is None:
        return Offer(key, Unit.FRACTION, today, 0.0, _ceiling(today + _UNSEEN), 0.01)
    low, high = _floor(min(today, lever.lowest - beyond)), _ceiling(max(today, lever.highest + beyond))
    return Offer(key, Unit.FRACTION, today, low, high, 0.01, (lever.lowest, lever.highest))


def _typed(key: str, today: float | None) -> Offer | None:
    if today is None:
        return None
    unit = DECLARED[key].unit
    if unit is Unit.FRACTION:
        most = max(_MOST_RATE, _ceiling(2 * today)) if key == "discount_rate_annual" else 1.0
        return Offer(key, unit, round(today, 2), 0.0, most, 0.01)
    least, step = (_LEAST_COUNT, 1.0) if unit is Unit.COUNT else (_LEAST_MONEY, 1_000.0)
    return Offer(key, unit, today, 0.0, max(2 * today, least), step)


def _spending(measured: Measured, assumptions: Assumptions) -> Offer:
    """Up to half of today's cost more or less; where that is not known, only more."""
    agents, each, tools = (assumptions.number(key) for key in THREE_QUESTIONS)
    months = len({row.month for row in measured.costs})
    answered = None if agents is None or each is None or tools is None else agents * each + tools
    known = 12 * sum(row.amount for row in measured.costs) / months if months else answered
    half = 1_000.0 * max(1, round((known or 0.0) / 2_000))
    low, high = (0.0, _COST_UNKNOWN) if known is None else (-half, half)
    return Offer("spend_more", Unit.MONEY_PER_YEAR, 0.0, low, high, 1_000.0)


def _floor(share: float) -> float:
    return max(0.0, math.floor(round(100 * share, 6)) / 100)


def _ceiling(share: float) -> float:
    return min(1.0, math.ceil(round(100 * share, 6)) / 100)
