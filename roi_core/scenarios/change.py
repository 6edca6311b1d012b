"""What a scenario changes in a year, by the same draws."""

from collections.abc import Sequence

from roi_core.ledger import Sums, add_up, build_ledger
from roi_core.money.basis import Basis
from roi_core.money.draws import Sample
from roi_core.money.interval import estimated, share_above
from roi_core.results import Absent, Estimate, Grade, Result
from roi_core.scenarios.answers import agents_change
from roi_core.scenarios.levers import years_of
from roi_core.scenarios.part import Part
from roi_core.scenarios.spending import spent_a_year
from roi_core.scenarios.wording import notes, scenario_finding
from roi_core.show import Style
from roi_core.units import Unit
from roi_core.valuation import Change, Valued

_TODAY = Absent("No lever is moved, so nothing changes.")


def change_of(parts: Sequence[Part], today: Basis, valued: Valued, style: Style) -> Change:
    """The yearly difference to today of everything that can be said, with its finding and notes.

    The grade is that of the weakest benefit that moves; typed costs alone are Assumed. Odds are compared only where every
    benefit that moves is in the total, and the total can be set against the cost of support.
    """
    then, known = valued.basis, [part for part in parts if part.unknown is None]
    before = add_up(build_ledger(today.priced()))
    benefit, cost = yearly_benefit(known, before, today, then), yearly_cost(known, today, then)
    net = benefit - cost
    n, method = _customers(then), "this scenario less today, by the same draws"
    a_year = estimated(net, n, method, Unit.MONEY_PER_YEAR) if known else _TODAY if not parts else _reason(parts)
    grades = [part.grade for part in known if part.grade is not None and part.counts]
    grade = max(grades, default=Grade.D)
    told = max(grades, default=Grade.B) <= Grade.B and isinstance(valued.roi.probability_positive, Estimate)
    odds = (odds_of(before), odds_of(valued.total.sums)) if told else (None, None)
    return Change(
        a_year=a_year,
        benefit_a_year=estimated(benefit, n, method, Unit.MONEY_PER_YEAR) if known else a_year,
        cost_a_year=estimated(cost, n, method, Unit.MONEY_PER_YEAR) if known else a_year,
        probability_better=_better(net, n) if isinstance(a_year, Estimate) else a_year,
        grade=grade,
        finding=scenario_finding(parts, a_year, odds, grade, style),
        notes=notes(parts, a_year, odds, then),
        sample=net if known else None,
    )


def yearly_benefit(known: Sequence[Part], before: Sums, today: Basis, then: Basis) -> Sample | float:
    """What the parts gain, and what today's benefit is worth more under the moved margin, rate and cost."""
    gains = sum((part.sample for part in known if part.counts), start=0.0)
    if then is today or before.benefit is None or not then.goes_on:
        return gains / years_of(then)
    after = add_up(build_ledger(then.priced())).benefit
    return (gains + (0.0 if after is None else after - before.benefit)) / years_of(then)


def yearly_cost(known: Sequence[Part], today: Basis, then: Basis) -> Sample | float:
    """What agents, and whatever else the change takes, cost more a year."""
    typed = spent_a_year(known, then)
    if not any(part.key in ("agents", "cost_per_agent_year") for part in known):
        return typed
    change = agents_change(today, then)
    return typed if isinstance(change, Absent) else change + typed


def odds_of(sums: Sums) -> float | None:
    """Share of draws that pay back; None where benefit or cost is not known."""
    if sums.benefit is None or sums.spent is None:
        return None
    return share_above(sums.benefit - sums.spent)


def _better(net: Sample | float, n: int) -> Result:
    return Estimate(share_above(net), None, None, n, "share of draws in which the scenario is worth more than today", Unit.FRACTION)


def _customers(basis: Basis) -> int:
    return basis.lead.stream.episodes.customers if basis.lead is not None else 0


def _reason(parts: Sequence[Part]) -> Absent:
    return next(part.unknown for part in parts if part.unknown is not None)
