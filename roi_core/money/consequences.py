"""Amounts that come with a benefit or stand beside it: the support that kept customers will need, and money already spent."""

from collections.abc import Sequence

import numpy as np

from roi_core.assumptions import Assumptions
from roi_core.measured import Measured
from roi_core.money.costs import total_cost, variable_share
from roi_core.money.draws import Sample
from roi_core.money.interval import estimated
from roi_core.money.period import Period
from roi_core.money.priced import Priced
from roi_core.money.typed_ranges import typed
from roi_core.results import Absent, Estimate, Grade
from roi_core.units import Unit

_NO_RATIO = Absent("What kept customers will cost to support is not known: it needs the cost of support and the revenue of the same months.")
_METHOD = "revenue kept x variable support cost / revenue of the same months"


def support_per_revenue(measured: Measured, period: Period, costs: Sequence[Priced], assumptions: Assumptions, size: int) -> float | Sample | Absent:
    """Variable support cost per unit of revenue in the period."""
    spent, revenue = total_cost(costs), period_revenue(measured, period)
    share = variable_share(costs, assumptions, size)
    if spent is None or revenue is None or isinstance(share, Absent):
        return _NO_RATIO
    return spent * share / revenue


def load(measured: Measured, period: Period, revenue: Sample, costs: Sequence[Priced], assumptions: Assumptions, size: int) -> float | Sample:
    """What kept customers will need from support, per unit of the period's cost; `revenue` is what they pay within the horizon.

    Needs no cost, so a break-even can be stated before one is known: the whole cost is then taken to move with contacts.
    0 where the margin is after support costs already, or where the revenue of the period is not known.
    """
    whole = period_revenue(measured, period)
    if whole is None or assumptions.switch("margin_contains_support"):
        return 0.0
    share = variable_share(costs, assumptions, size)
    return revenue * (1.0 if isinstance(share, Absent) else share) / whole


def later_support(benefit: Priced, revenue: Sample | None, per_revenue: float | Sample | Absent) -> Priced:
    """What the customers kept will need from support; `revenue` is what they pay within the horizon, discounted."""
    if revenue is None or isinstance(per_revenue, Absent):
        return _later(benefit, _NO_RATIO, None)
    sample = np.asarray(revenue * per_revenue)
    amount = estimated(sample, benefit.amount.n if isinstance(benefit.amount, Estimate) else 0, _METHOD, Unit.MONEY)
    return _later(benefit, amount, None if isinstance(amount, Absent) else sample)


def setup(assumptions: Assumptions, size: int) -> tuple[Priced, ...]:
    """Set-up that is already paid, where one was typed."""
    sample = typed(assumptions, "setup_cost", size)
    if sample is None:
        return ()
    amount = estimated(sample, 1, "typed in", Unit.MONEY)
    return (Priced("cost.setup", "Set-up, already paid", "cost", amount, Grade.D, "typed in", "once", "assumptions", sample=sample, sunk=True),)


def period_revenue(measured: Measured, period: Period) -> float | None:
    """What customers paid in the months of a period, or None where it is not known of each of them."""
    known = [count.revenue for count in measured.months if period.holds(count.month) and count.revenue is not None]
    return sum(known) if len(known) == period.months and sum(known) > 0 else None


def _later(benefit: Priced, amount: Estimate | Absent, sample: Sample | None) -> Priced:
    return Priced(
        stream=f"cost.later_support.{benefit.stream}",
        title="Support that the kept customers will need",
        kind="cost",
        amount=amount,
        grade=Grade.D,
        method=_METHOD,
        population=benefit.population,
        comes_from=benefit.comes_from,
        sample=sample,
        follows=benefit.stream,
    )
