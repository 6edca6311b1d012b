"""Totals of a ledger, draw by draw, and the return on what was spent."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from roi_core.ledger.lines import Ledger, Line
from roi_core.money.costs import UNKNOWN
from roi_core.money.draws import Sample
from roi_core.money.interval import estimated, share_above
from roi_core.results import Absent, Estimate, Result, as_json
from roi_core.units import Unit

NO_BENEFIT = Absent("No benefit is measured well enough to count.", "See what is shown as a sign, and which file would settle it.")
_NOTHING_SPENT = Absent("The cost of support adds up to nothing, so there is no return on it to state.", "Check the cost sheet, or the answers on cost.")


@dataclass(frozen=True, slots=True)
class Roi:
    """The return on what support cost in the period. Both probabilities are shares of draws in which it pays back."""

    roi_percent: Result
    value_per_unit_spent: Result
    net_benefit: Result
    probability_positive: Result
    probability_positive_with_hidden: Result


@dataclass(frozen=True, slots=True)
class Total:
    """What counts: `benefit` after `later`, what kept customers will cost, and `spent` in the period, each draw by draw."""

    benefit: Result
    spent: Result
    later: Result
    benefit_sample: Sample | float | None = field(default=None, repr=False, compare=False)
    later_sample: Sample | float = field(default=0.0, repr=False, compare=False)
    spent_sample: Sample | float | None = field(default=None, repr=False, compare=False)


def total(ledger: Ledger, n: int) -> Total:
    """Benefits less what comes after them, and the costs of the period; `n` independent customers behind the benefits."""
    costs = [line for line in ledger.lines if line.kind == "cost" and line.follows is None and not line.sunk]
    spent = None if not costs or any(line.sample is None for line in costs) else _sum(costs)
    benefits, later = ledger.of("benefit"), _sum(line for line in ledger.of("cost") if line.follows is not None)
    benefit = _sum(benefits) - later if benefits else None
    return Total(
        NO_BENEFIT if benefit is None else estimated(benefit, n, "sum of the lines that count", Unit.MONEY),
        UNKNOWN if spent is None else estimated(spent, len(costs), "sum of the costs of the period", Unit.MONEY),
        estimated(later, n, "support that the kept customers will need", Unit.MONEY),
        benefit,
        later,
        spent,
    )


def roi(totals: Total, n: int, hidden: Sample | float | Absent) -> Roi:
    """ROI = (benefit - cost) / cost by joint draws; `hidden` is the money that an unseen factor would take off the benefit."""
    benefit, spent = totals.benefit_sample, totals.spent_sample
    refused = _refused(totals)
    if refused is not None or benefit is None or spent is None:
        return Roi(*[refused or UNKNOWN] * 5)
    net, ratio = benefit - spent, benefit / spent
    return Roi(
        estimated(100 * (ratio - 1), n, "(benefit - cost) / cost x 100", Unit.PERCENT),
        estimated(ratio, n, "benefit / cost", Unit.RATIO),
        estimated(net, n, "benefit - cost", Unit.MONEY),
        _odds(net, n, "share of draws in which the benefit is above the cost"),
        hidden if isinstance(hidden, Absent) else _odds(net - hidden, n, "the same, after an unseen factor as strong as the strongest covariate"),
    )


def roi_as_json(result: Roi) -> dict[str, Any]:
    """The return as the public JSON of `support-roi analyse`."""
    return {
        "roi_percent": as_json(result.roi_percent),
        "value_per_unit_spent": as_json(result.value_per_unit_spent),
        "net_benefit": as_json(result.net_benefit),
        "probability_positive": as_json(result.probability_positive),
        "probability_positive_with_hidden": as_json(result.probability_positive_with_hidden),
    }


def _refused(totals: Total) -> Absent | None:
    if isinstance(totals.benefit, Absent):
        return totals.benefit
    if isinstance(totals.spent, Absent):
        return totals.spent
    return _NOTHING_SPENT if bool(np.any(np.asarray(totals.spent_sample) <= 0)) else None


def _odds(sample: Sample | float, n: int, method: str) -> Estimate:
    return Estimate(share_above(sample), None, None, n, method, Unit.FRACTION)


def _sum(lines: Iterable[Line]) -> Sample | float:
    added: Sample | float = 0.0
    for line in lines:
        if line.sample is not None:
            added = added + line.sample
    return added
