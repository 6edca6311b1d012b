"""Numbers of months that both files cover and that are others now: late cancellations, late tickets, corrected bills."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from roi_core.sentences import say
from roi_core.show import Style, month, number
from roi_core.spine.months import MonthCount
from roi_core.units import Unit

_UNITS = {"left": Unit.COUNT, "contacts": Unit.COUNT, "customers": Unit.COUNT, "revenue": Unit.MONEY}
_CENT = 0.005


@dataclass(frozen=True, slots=True)
class Restated:
    """One number of one month: `what` is left, contacts, customers or revenue; `before` or `now` is None where the files do not say."""

    month: int
    what: str
    before: float | None
    now: float | None

    def sentence(self, style: Style) -> str:
        """Month, old and new."""
        old, new = (say("changes.unknown") if value is None else number(value, _UNITS[self.what], style) for value in (self.before, self.now))
        return say(f"changes.restated_{self.what}", month=month(self.month, style), before=old, now=new)


def restated(before: Sequence[MonthCount], now: Sequence[MonthCount]) -> tuple[Restated, ...]:
    """In the order of the months."""
    known = {count.month: count for count in now}
    pairs = ((count, known[count.month]) for count in before if count.month in known)
    found = (Restated(old.month, what, getattr(old, what), getattr(new, what)) for old, new in pairs for what in _UNITS)
    return tuple(one for one in found if not _alike(one.before, one.now))


def new_months(before: Sequence[MonthCount], now: Sequence[MonthCount]) -> tuple[int, ...]:
    """Months that only the files of now cover, after those of before."""
    last = max((count.month for count in before), default=None)
    return tuple(count.month for count in now if last is not None and count.month > last)


def _alike(one: float | None, other: float | None) -> bool:
    return one == other if one is None or other is None else math.isclose(one, other, abs_tol=_CENT)
