"""One simulated company, and how far each way of asking is from the effect that was planted in that very company.

The scenarios are those of the design study: nothing (S0), a null with measured trouble (S1), an effect (S2), an effect and a null with half of
the trouble hidden (S3, S4), and snapshots that are a month old (S5). Facts are made without the detour through exports, and leaving alone is fitted.
"""

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from roi_core.cohorts.design import Design
from roi_core.companies import truth
from roi_core.companies.agency.knobs import AgencyKnobs
from roi_core.companies.knobs import SimulationKnobs
from roi_core.companies.shop.knobs import ShopKnobs
from roi_core.effects import inside, supported
from roi_core.effects.analysis import grade_of
from roi_core.effects.comparison import Comparison
from roi_core.effects.estimation import Plan, through_gates
from roi_core.effects.rungs import closest, same_start, those_helped
from roi_core.results import Estimate, Result
from roi_core.spine import Facts
from tests.nightly.kept import Row
from tests.simulated import simulated
from tests.simulated_agency import simulated_agency
from tests.simulated_shop import simulated_shop

SCENARIOS: Mapping[str, Mapping[str, Any]] = {
    "S0": {"effect": 0.0, "confounding": 0.0},
    "S1": {"effect": 0.0},
    "S2": {},
    "S3": {"confounding": 2.0, "hidden": 0.5},
    "S4": {"effect": 0.0, "confounding": 2.0, "hidden": 0.5},
    "S5": {"effect": 0.0, "confounding": 2.0, "stale_snapshots": True},
}
_NOTHING: frozenset[str] = frozenset()


def subscriptions(seed: int, scenario: str, customers: int) -> Row:
    """Helped against not, in three ways, and both contrasts inside contacts."""
    with tempfile.TemporaryDirectory() as folder:
        world = simulated(Path(folder), SimulationKnobs(customers=customers, seed=seed, **SCENARIOS[scenario]))
    fast = float(truth.fast_reply(world.panel).ato or 0.0)
    contrasts = {"resolution": ("first_contact_resolution", world.resolution_ato), "fast": ("fast_reply", fast)}
    return _helped(world.facts, world.ato, world.att) | _handled(world.facts, contrasts)


def without_health(seed: int, scenario: str, customers: int) -> Row:
    """The grade of helped against not where no file shows usage or health."""
    with tempfile.TemporaryDirectory() as folder:
        world = simulated(Path(folder), SimulationKnobs(customers=customers, seed=seed, **SCENARIOS[scenario]), usage=False)
    return _helped(world.facts, world.ato, world.att)


def shop(seed: int, effect: float, customers: int) -> Row:
    """The same of a shop, on not ordering again."""
    with tempfile.TemporaryDirectory() as folder:
        world = simulated_shop(Path(folder), ShopKnobs(customers=customers, seed=seed, effect=effect))
    return _helped(world.facts, world.ato, world.att) | _handled(world.facts, {"resolution": ("first_contact_resolution", world.resolution_ato)})


def agency(seed: int, effect: float, customers: int) -> Row:
    """The same of an agency, on not renewing."""
    with tempfile.TemporaryDirectory() as folder:
        world = simulated_agency(Path(folder), AgencyKnobs(customers=customers, seed=seed, effect=effect))
    return _helped(world.facts, world.ato, world.att) | _handled(world.facts, {"resolution": ("first_contact_resolution", world.resolution_ato)})


def _helped(facts: Facts, ato: float, att: float) -> Row:
    fitted, grade, hidden = _fitted(supported.compared(facts, Design(), 6), supported.PLANS[facts.outcome])
    if fitted is None:
        return {"grade": grade, "closest": None}
    return {
        "grade": grade,
        "closest": _off(closest.answer(fitted), ato),
        "those_helped": _off(those_helped.answer(fitted, hidden), att),
        "same_start": _off(same_start.answer(fitted, _NOTHING), ato),
    }


def _handled(facts: Facts, contrasts: Mapping[str, tuple[str, float]]) -> Row:
    found: Row = {}
    for name, (quality, planted) in contrasts.items():
        fitted, grade, _ = _fitted(inside.compared(facts, Design(), 6, quality), inside.plan(quality, facts.outcome))
        found |= {name: _off(closest.answer(fitted), planted) if fitted else None, f"{name}_grade": grade}
    return found


def _fitted(asked: Comparison[Any], plan: Plan) -> tuple[Comparison[Any] | None, str, frozenset[str]]:
    """The fit of leaving, its grade, and the estimands that the gates hide; None where a gate refuses."""
    alone = replace(asked, rows=replace(asked.rows, revenue=asked.rows.revenue[:, :0], has_revenue=False))
    fitted, verdicts = through_gates(alone, plan)
    return fitted if fitted.fit else None, str(grade_of(verdicts)), frozenset(v.hides for v in verdicts if v.hides)


def _off(result: Result, planted: float) -> list[float] | None:
    """Value and limits less what was planted; None without a number."""
    if not isinstance(result, Estimate) or result.low is None or result.high is None:
        return None
    return [result.value - planted, result.low - planted, result.high - planted]
