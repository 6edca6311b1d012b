"""Money over the months to come: the middle 50 and 95 % of the draws, month by month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roi_core.assumptions import Assumptions, Value
from roi_core.ledger import words
from roi_core.ledger.total import NO_BENEFIT
from roi_core.measured import Measured, Stream
from roi_core.money.basis import Basis
from roi_core.money.costs import total_cost
from roi_core.money.discount import factors
from roi_core.money.draws import Draws, Sample
from roi_core.money.kept import margin_share, revenue_names, valued_episodes
from roi_core.money.typed_ranges import point
from roi_core.results import Absent, Grade
from roi_core.scenarios.answers import agents_change
from roi_core.scenarios.counted import is_found
from roi_core.scenarios.part import Part
from roi_core.scenarios.run import bases, moved_parts
from roi_core.scenarios.scenario import Scenario
from roi_core.scenarios.spending import spent_a_year
from roi_core.sentences import say

MONTHS = 24


@dataclass(frozen=True, slots=True)
class FanRow:
    """Discounted money from now to the end of a month: the estimate, the middle 50 % and 95 % of draws, and today's estimate."""

    month: int
    value: float
    low: float
    low_half: float
    high_half: float
    high: float
    today: float


@dataclass(frozen=True, slots=True)
class Fan:
    """Rows for months 0..24. `net` is False where it is what is kept, before cost: the cost is not known, or is not that of a way of working.

    `found` and `found_today` say whether what is kept is clear of nothing, then and today; where it is not, nobody should take its middle for a finding.
    """

    rows: tuple[FanRow, ...]
    net: bool
    grade: Grade
    found: bool = True
    found_today: bool = True


def fan(measured: Measured, scenario: Scenario | None = None, assumptions: Mapping[str, Value] | None = None, months: int = MONTHS) -> Fan | Absent:
    """Benefit less cost, added up month by month, if contacts go on as in the period and the scenario starts now.

    A contact of month m brings its gap of month t after it at the end of month m + t, so the first months show cost first.
    Absent where no benefit counts: the cost alone would be drawn as a certain loss.
    """
    plan, answers = scenario or Scenario(), Assumptions.of(assumptions)
    today, then = bases(measured, plan, answers, Draws.of(measured.joint))
    if then.lead is None:
        return _no_amount(measured)
    if not then.goes_on:
        return Absent(say("scenario.of_a_test"))
    if then.lead.stream.grade > Grade.B:
        return NO_BENEFIT
    parts = moved_parts(plan, today, then, words.style_of(measured))
    path = _path(then, parts, months) - _spent(today, then, parts, months)
    alone, _ = bases(measured, Scenario(), answers, Draws.none(measured.joint))
    reference = (_path(alone, (), months) - _spent(alone, alone, (), months))[:, 0]
    rows = tuple(_row(month, path[month], float(reference[month])) for month in range(months + 1))
    grades = [part.grade for part in parts if part.grade is not None and part.counts]
    return Fan(rows, _cost(then) is not None, max([then.lead.stream.grade, *grades]), is_found(then, parts), is_found(today, ()))


def _no_amount(measured: Measured) -> Absent:
    """What would bring an amount: where the comparison was refused, what that needs; a billing export where it found an answer without money."""
    asked = [effect.result for key, effect in measured.effects.items() if key.startswith(f"supported.{measured.outcome}")]
    refused = next((result.next_step for result in asked if isinstance(result, Absent) and result.next_step), "")
    return Absent("There is no amount of money to follow over the months.", refused or "Add a billing export with the same customers.")


def discounted_gaps(rate_annual: float, months: int, horizon: int) -> NDArray[np.float64]:
    """(months + 1, horizon): how often, discounted, the gap of month t after a contact has arrived by the end of month T.

    One contact at the start of each month from month 0 on: sum of d_k for k = t..T, and 0 while T < t.
    """
    until, after = added_up(rate_annual, max(months, horizon)), np.arange(1, horizon + 1)
    arrived = until[: months + 1, None] - until[after - 1]
    gaps: NDArray[np.float64] = np.where(np.arange(months + 1)[:, None] >= after, arrived, 0.0)
    return gaps


def added_up(rate_annual: float, months: int) -> NDArray[np.float64]:
    """(months + 1,): sum of d_k for k = 1..T, T = 0..months."""
    return np.concatenate(([0.0], np.cumsum(factors(rate_annual, months))))


def _path(basis: Basis, parts: Sequence[Part], months: int) -> Sample:
    lead = basis.lead
    path: Sample = np.zeros((months + 1, basis.draws.size + 1))
    if lead is not None and basis.period is not None:
        path = _kept(basis, lead.stream, valued_episodes(lead.stream) / basis.period.months, months)
    for part in (p for p in parts if p.counts):
        if part.stream is not None:
            path = path + _kept(basis, part.stream, part.contacts_a_year / 12, months)
        elif part.priced and part.priced[0].kind == "benefit" and basis.period is not None:
            path = path + np.multiply.outer(added_up(_rate(basis), months), np.atleast_1d(part.sample)) / basis.period.months
    return path


def _kept(basis: Basis, stream: Stream, contacts_a_month: float, months: int) -> Sample:
    gaps, factor = basis.draws.block(revenue_names(stream)), margin_share(basis.assumptions, basis.draws.size)
    if not isinstance(basis.per_revenue, Absent) and not basis.assumptions.switch("margin_contains_support"):
        factor = factor - basis.per_revenue
    weights = discounted_gaps(_rate(basis), months, stream.horizon_months) * contacts_a_month
    return np.stack([(row @ gaps) * factor for row in weights])


def _spent(today: Basis, then: Basis, parts: Sequence[Part], months: int) -> Sample:
    cost, period = _cost(then), then.period
    if cost is None or period is None:
        return np.zeros((months + 1, 1))
    a_month = (cost / period.years + _not_in_costs(today, then, parts) + spent_a_year(parts, then)) / 12
    spent: Sample = np.multiply.outer(added_up(_rate(then), months), np.atleast_1d(a_month))
    return spent


def _cost(basis: Basis) -> float | Sample | None:
    """The cost of support, where it is known and support itself is what is followed."""
    return total_cost(basis.costs) if basis.lead is not None and basis.lead.stream.part_of is None else None


def _not_in_costs(today: Basis, then: Basis, parts: Sequence[Part]) -> float | Sample:
    """The change in agents where the cost sheet, not the answers, says what support costs."""
    change = agents_change(today, then)
    listed = any(priced.stream == "cost.agents_change" for part in parts for priced in part.priced)
    return change if listed and not isinstance(change, Absent) else 0.0


def _rate(basis: Basis) -> float:
    return point(basis.assumptions, "discount_rate_annual")


def _row(month: int, path: Sample, today: float) -> FanRow:
    ordered = np.sort(path[1:])
    tail, quarter = (max(1, ordered.size // part) for part in (40, 4))
    low, low_half, high_half, high = (float(ordered[k]) for k in (tail - 1, quarter - 1, -quarter, -tail))
    return FanRow(month, float(path[0]), low, low_half, high_half, high, today)
