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
class Sums:
    """What counts, draw by draw: `benefit` after `later`, what kept customers will cost, and `spent` in the period.

    None where no benefit counts, or where a cost is not known.
    """

    benefit: Sample | float | None
    later: Sample | float
    spent: Sample | float | None


@dataclass(frozen=True, slots=True)
class Total:
    """The sums as results."""

    benefit: Result
    spent: Result
    later: Result
    sums: Sums = field(repr=False, compare=False)


def add_up(ledger: Ledger) -> Sums:
    """Benefits less what comes after them, and the costs of the period."""
    costs = _of_the_period(ledger)
    benefits, later = ledger.of("benefit"), _sum(line for line in ledger.of("cost") if line.follows is not None)
    known = costs and all(line.sample is not None for line in costs)
    return Sums(_sum(benefits) - later if benefits else None, later, _sum(costs) if known else None)


def total(ledger: Ledger, n: int) -> Total:
    """The sums of a ledger; `n` independent customers behind the benefits."""
    sums = add_up(ledger)
    return Total(
        NO_BENEFIT if sums.benefit is None else estimated(sums.benefit, n, "sum of the lines that count", Unit.MONEY),
        UNKNOWN if sums.spent is None else estimated(sums.spent, len(_of_the_period(ledger)), "sum of the costs of the period", Unit.MONEY),
        estimated(sums.later, n, "support that the kept customers will need", Unit.MONEY),
        sums,
    )


def roi(totals: Total, n: int, hidden: Sample | float | Absent) -> Roi:
    """ROI = (benefit - cost) / cost by joint draws; `hidden` is the money that an unseen factor would take off the benefit."""
    benefit, spent = totals.sums.benefit, totals.sums.spent
    refused = _refused(totals)
    if refused is not None or benefit is None or spent is None:
        return no_return(refused or UNKNOWN)
    net, ratio = benefit - spent, benefit / spent
    return Roi(
        estimated(100 * (ratio - 1), n, "(benefit - cost) / cost x 100", Unit.PERCENT),
        estimated(ratio, n, "benefit / cost", Unit.RATIO),
        estimated(net, n, "benefit - cost", Unit.MONEY),
        _odds(net, n, "share of draws in which the benefit is above the cost"),
        hidden if isinstance(hidden, Absent) else _odds(net - hidden, n, "the same, after an unseen factor as strong as the strongest covariate"),
    )


def no_return(reason: Absent) -> Roi:
    """A return that cannot be stated, for one reason."""
    return Roi(reason, reason, reason, reason, reason)


def roi_as_json(result: Roi) -> dict[str, Any]:
    """The return as the public JSON of `support-roi analyse`."""
    return {
        "roi_percent": as_json(result.roi_percent),
        "value_per_unit_spent": as_json(result.value_per_unit_spent),
        "net_benefit": as_json(result.net_benefit),
        "probability_positive": as_json(result.probability_positive),
        "probability_positive_with_hidden": as_json(result.probability_positive_with_hidden),
    }


def _of_the_period(ledger: Ledger) -> list[Line]:
    """Costs of the period, known or not: without what comes later and what is sunk."""
    return [line for line in ledger if line.kind == "cost" and line.follows is None and not line.sunk]


def _refused(totals: Total) -> Absent | None:
    if isinstance(totals.benefit, Absent):
        return totals.benefit
    if isinstance(totals.spent, Absent):
        return totals.spent
    return _NOTHING_SPENT if bool(np.any(np.asarray(totals.sums.spent) <= 0)) else None


def _odds(sample: Sample | float, n: int, method: str) -> Estimate:
    return Estimate(share_above(sample), None, None, n, method, Unit.FRACTION)


def _sum(lines: Iterable[Line]) -> Sample | float:
    added: Sample | float = 0.0
    for line in lines:
        if line.sample is not None:
            added = added + line.sample
    return added
