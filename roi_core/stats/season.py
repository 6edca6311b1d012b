"""The calendar month's own part in a monthly series, shrunk to none where years do not agree on one."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from roi_core.stats.arrays import Floats, Integers

YEAR = 12
_FEWEST_YEARS, _FEWEST_MONTHS = 2, 9


@dataclass(frozen=True, slots=True)
class Season:
    """`effects` (12,) by calendar month, on the scale they were found on; `weight` 0 to 1 is how much of the years' mean was believed, of `years` years."""

    effects: Floats
    weight: float
    years: int

    @classmethod
    def none(cls) -> Self:
        """No season: too few years, or periods that are no months."""
        return cls(np.zeros(YEAR), 0.0, 0)

    def of(self, month: Integers) -> Floats:
        """The effects (k,) of month numbers (k,)."""
        found: Floats = self.effects[month % YEAR]
        return found


def season_of(values: Floats, month: Integers, noise: float) -> Season:
    """From the last whole years of `values` (k,) with month numbers (k,), two at least; `noise` is the variance of one value without a season.

    The mean over years of what a month lies above its own year, times the share of the variance between months that chance does not explain
    (Miller, Williams 2003 Int J Forecast 19:669, after James, Stein). Years are counted back from the last month; one with under nine months does
    not count.
    """
    place = month - month[-1] - 1
    years = int(-(place[0] // YEAR))
    grid = np.full((years, YEAR), np.nan)
    grid[place // YEAR, place % YEAR] = values
    grid = grid[(~np.isnan(grid)).sum(axis=1) >= _FEWEST_MONTHS]
    if len(grid) < _FEWEST_YEARS or np.isnan(grid).all(axis=0).any():
        return Season.none()
    effects = np.nanmean(grid - np.nanmean(grid, axis=1, keepdims=True), axis=0)
    weight = max(0.0, 1 - noise / len(grid) * (YEAR - 3) / max(float(effects @ effects), 1e-300))
    placed = np.empty(YEAR)
    placed[(np.arange(YEAR) + month[-1] + 1) % YEAR] = effects * weight
    return Season(placed, weight, len(grid))
