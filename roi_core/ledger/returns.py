"""Two returns of one comparison: on the cost that moves with the contacts covered, and shown so far on the full cost."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from roi_core.assumptions import Assumptions
from roi_core.ledger.total import NO_BENEFIT, Total
from roi_core.money.costs import UNKNOWN, total_cost, variable_share
from roi_core.money.interval import estimated
from roi_core.money.priced import Priced
from roi_core.results import Absent, Result
from roi_core.units import Unit


@dataclass(frozen=True, slots=True)
class Returns:
    """Benefit for each unit of money spent. `marginal` leaves out contacts that the comparison does not cover, and fixed cost."""

    marginal: Result
    shown: Result


def returns(totals: Total, shown: Result, costs: Sequence[Priced], covered: Result, assumptions: Assumptions, size: int) -> Returns:
    """Marginal return = benefit / (variable cost x share of contacts covered); `shown` is the ratio on the full cost."""
    if isinstance(shown, Absent):
        return Returns(shown, shown)
    return Returns(_marginal(totals, costs, covered, assumptions, size), shown)


def _marginal(totals: Total, costs: Sequence[Priced], covered: Result, assumptions: Assumptions, size: int) -> Result:
    spent, share, benefit = total_cost(costs), variable_share(costs, assumptions, size), totals.sums.benefit
    if benefit is None or isinstance(totals.benefit, Absent):
        return NO_BENEFIT
    if isinstance(covered, Absent):
        return covered
    if spent is None:
        return UNKNOWN
    if isinstance(share, Absent):
        return share
    moving = spent * share * covered.value
    if np.any(np.asarray(moving) <= 0):
        return Absent("No part of the cost moves with contacts, so there is no marginal return.", "Look at the share of the cost that moves with contacts.")
    return estimated(benefit / moving, totals.benefit.n, "benefit / (cost that moves with contacts x share covered)", Unit.RATIO)
