"""The picture of who is still a customer: both curves with their limits, as results."""

from roi_core.effects.fit import Floats
from roi_core.effects.survival import Survival
from roi_core.measured import Curves
from roi_core.results import Estimate, Result
from roi_core.units import Unit


def curves(survival: Survival, customers: int) -> Curves:
    """The curves with pointwise 95 % limits, starting at 1 at month 0."""
    found = survival.curves
    return Curves(
        months=tuple(range(len(found.treated) + 1)),
        supported=_results(found.treated, found.treated_low, found.treated_high, customers),
        control=_results(found.control, found.control_low, found.control_high, customers),
    )


def _results(survival: Floats, low: Floats, high: Floats, customers: int) -> tuple[Result, ...]:
    start = Estimate(1.0, 1.0, 1.0, customers, "by definition", Unit.FRACTION)
    method = "overlap weights, limits on the logit scale, clustered"
    points = zip(survival, low, high, strict=True)
    return (start, *(Estimate(float(s), float(a), float(b), customers, method, Unit.FRACTION) for s, a, b in points))
