"""A total against its parts: whether they add up, and if not, why."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from roi_core.engine import Group
from roi_core.metrics.grouping import PERIODS
from roi_core.metrics.shapes import Metric, Shape
from roi_core.results import Estimate, Result
from roi_core.sentences import say
from roi_core.show import number
from roi_core.units import Unit

_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Parts:
    """`adds_up` is None where parts of such a number never do; `text` says what is to be known."""

    adds_up: bool | None
    text: str


def against_parts(metric: Metric, by: tuple[str, ...], whole: Result, groups: Mapping[Group, Result]) -> Parts:
    """Whether the groups of a metric add up to the whole, in words that stand under the table."""
    known = [one for one in groups.values() if isinstance(one, Estimate)]
    if not isinstance(whole, Estimate) or not known:
        return Parts(None, say("parts.nothing"))
    if metric.shape not in (Shape.COUNT, Shape.SUM):
        return Parts(None, say("parts.ranked" if metric.shape in (Shape.MEDIAN, Shape.QUANTILE) else "parts.rate"))
    if metric.stock and set(by) & set(PERIODS):
        return Parts(None, say("parts.level"))
    adds = math.isclose(sum(one.value for one in known), whole.value, rel_tol=_SAME, abs_tol=_SAME)
    several = sum(one.n for one in known)
    counted = {"n": number(whole.n, Unit.COUNT), "several": number(several, Unit.COUNT), "counts": metric.counts}
    again = say("parts.again", **counted) if several > whole.n else ""
    return Parts(adds, f"{say('parts.adds' if adds else 'parts.differs')} {again}".strip())
