"""Run a scenario: value the moved figures, and say what changed against today."""

from collections.abc import Mapping
from dataclasses import replace

from roi_core.assumptions import Assumptions, Value
from roi_core.ledger import words
from roi_core.measured import Measured
from roi_core.money.basis import Basis
from roi_core.money.draws import Draws
from roi_core.results import Absent
from roi_core.scenarios.answers import moved_answers
from roi_core.scenarios.change import change_of
from roi_core.scenarios.levers import moved_share, once
from roi_core.scenarios.part import Part
from roi_core.scenarios.scenario import Scenario
from roi_core.scenarios.spending import moved_spending
from roi_core.show import Style
from roi_core.valuation import Valued, appraise, with_change


def run_scenario(measured: Measured, scenario: Scenario | None = None, assumptions: Mapping[str, Value] | None = None, *, style: Style | None = None) -> Valued:
    """The value of support with some figures moved, and `.change` against today by the same draws. Raises AssumptionRefused.

    Estimates are not made again: a share moved is valued by the estimate of its own contrast, in the months of the ledger.
    """
    plan, written = scenario or Scenario(), words.style_of(measured) if style is None else style
    before, after = bases(measured, plan, Assumptions.of(assumptions), Draws.of(measured.joint))
    parts = moved_parts(plan, before, after, written)
    valued = appraise(after, tuple(priced for part in parts for priced in part.priced), style=written)
    return with_change(valued, change_of(parts, before, valued, written))


def bases(measured: Measured, plan: Scenario, assumptions: Assumptions, draws: Draws) -> tuple[Basis, Basis]:
    """Today and then, on the same draws. The work that kept customers will bring costs what it costs today."""
    today, moved = Basis.of(measured, assumptions, draws), plan.over(assumptions)
    if moved == assumptions:
        return today, today
    then = Basis.of(measured, moved, draws)
    return today, then if isinstance(today.per_revenue, Absent) else replace(then, per_revenue=today.per_revenue)


def moved_parts(plan: Scenario, today: Basis, then: Basis, style: Style) -> tuple[Part, ...]:
    """Everything that the scenario moves, shares first."""
    shares = once([moved_share(then, key, share, style) for key, share in plan.shares.items()])
    return (*shares, *moved_answers(plan, today, then, style), *moved_spending(plan.spend_more, then, style))
