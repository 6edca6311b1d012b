"""The path that every adjusted comparison takes: gates, fit, gates again, ladder, grade, sentence, money."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from roi_core.effects import words
from roi_core.effects.agreement import depends
from roi_core.effects.analysis import NOBODY_LEAVES, NOT_DRAWN, Analysis, episodes, grade_of, histogram, joint_columns
from roi_core.effects.balancing import balance_rows
from roi_core.effects.checks import Gate, clocks
from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.curves import curves
from roi_core.effects.fit import HelpRows, Plain, Rows, fit
from roi_core.effects.hidden import hidden_causes
from roi_core.effects.revenue import revenue_effect
from roi_core.effects.rungs import Way, climb, closest, refused
from roi_core.measured import Curves, FunnelStep, Stream
from roi_core.results import Absent, Check, Effect, Estimate, Grade, Result, Rung
from roi_core.sentences import say
from roi_core.stats.weighting import Weighted


@dataclass(frozen=True, slots=True)
class Plan:
    """What is particular to one contrast: its gates, its rungs, its words, and how its money is named; `method` has a slot for the weights."""

    before: Sequence[Gate]
    after: Sequence[Gate]
    ladder: Sequence[Way]
    sentence: Callable[[Comparison[Any], Estimate, Grade, list[Verdict]], str]
    title: str
    population: str
    method: str
    part_of: str | None = None
    notes: Callable[[Comparison[Any]], tuple[str, ...]] = lambda _: ()
    details: Callable[[Comparison[Any]], dict[str, Result]] = lambda _: {}


def analyse(comparison: Comparison[HelpRows], plan: Plan, funnel: tuple[FunnelStep, ...] = ()) -> Analysis:
    """Everything about one comparison, or its refusal with what can be said instead."""
    fitted, verdicts = through_gates(comparison, plan)
    if fitted.fit is None:
        return _refused(comparison, plan, verdicts, funnel)
    return _answered(fitted, plan, verdicts, funnel)


def through_gates(comparison: Comparison[HelpRows], plan: Plan) -> tuple[Comparison[HelpRows], list[Verdict]]:
    """The comparison, fitted unless a gate refuses it, and what all gates say."""
    verdicts = _possible(comparison, plan) or _without_echoes([gate(comparison) for gate in plan.before])
    if any(v.refuses for v in verdicts):
        return comparison, verdicts
    fitted = replace(comparison, fit=fit(comparison.rows, thin=any(v.thin for v in verdicts)))
    return fitted, [*verdicts, *(gate(fitted) for gate in plan.after)]


def _possible(comparison: Comparison[Rows], plan: Plan) -> list[Verdict]:
    """A refusal where there is nothing to compare at all; where clocks that do not agree explain it, that is the reason."""
    if comparison.rows.rows == 0 and clocks.check in plan.before and (disagreeing := clocks.check(comparison)).refuses:
        return [disagreeing]
    if comparison.facts.contacts.num_rows == 0 and comparison.facts.rows.get("tickets"):
        return _refusal("contacts of customers", say("effect.nobody_linked"), "links", "owners")
    if comparison.facts.contacts.num_rows == 0 and comparison.rows.rows == 0:
        return _refusal("contacts of customers", say("effect.no_tickets"), "tickets", "contacts")
    if comparison.rows.rows == 0:
        return _refusal("followed long enough", say("effect.no_follow_up", months=f"{comparison.rows.horizon}"), "months", "contacts")
    if min(comparison.sizes) == 0:
        return _refusal("two groups", say("effect.nobody_helped"), "links", "owners", "contacts")
    return []


def _refusal(name: str, text: str, next_step: str, *about: str) -> list[Verdict]:
    return [Verdict(Check(name, passed=False, text=text), cap=Grade.C, refuses=True, next_step=say(f"next.{next_step}"), about=about)]


def _without_echoes(verdicts: list[Verdict]) -> list[Verdict]:
    """Where one refusal explains the others, it is the only one; of several that do, the first."""
    alone = next((v for v in verdicts if v.alone), None)
    return [v for v in verdicts if v is alone or not v.refuses] if alone else verdicts


def _key(comparison: Comparison[Rows]) -> str:
    return f"{comparison.contrast}.{comparison.facts.outcome}_{comparison.rows.horizon}m"


def _refused(comparison: Comparison[Rows], plan: Plan, verdicts: list[Verdict], funnel: tuple[FunnelStep, ...]) -> Analysis:
    absent = words.refusal(comparison, verdicts)
    ladder = refused(plan.ladder, comparison, absent)
    sentence, checks = f"{absent.reason} {absent.next_step}".strip(), tuple(v.check for v in verdicts)
    effect = Effect(_key(comparison), absent, "ATO", Grade.C, sentence, checks, ladder, origins=words.origins(comparison, verdicts))
    return Analysis({effect.key: effect}, funnel=funnel)


def _answered(comparison: Comparison[HelpRows], plan: Plan, verdicts: list[Verdict], funnel: tuple[FunnelStep, ...]) -> Analysis:
    hidden = frozenset(v.hides for v in verdicts if v.hides)
    ladder = climb(plan.ladder, comparison, hidden)
    effect = _effect(comparison, plan, verdicts, ladder)
    weighted = _for_money(comparison, hidden, plan)
    values, errors = joint_columns(comparison, weighted, comparison.facts.spine.num_rows)
    return Analysis(
        effects={effect.key: effect, **revenue_effect(comparison, weighted, effect, verdicts)},
        values=values,
        errors=errors,
        stream=_stream(comparison, plan, weighted.estimand, effect),
        curves=_curves(comparison, plan),
        balance=balance_rows(comparison.rows.covariates, comparison.rows.treated, comparison.fitted.propensity),
        propensity=histogram(comparison),
        funnel=funnel,
    )


def _curves(comparison: Comparison[Rows], plan: Plan) -> Curves | Absent:
    """Those of the comparison that a reader asks for first; the others are drawn nowhere, and each month of a curve is a fit."""
    if comparison.facts.is_shop:
        return NOBODY_LEAVES
    asked = plan.part_of is None and comparison.rows.horizon == comparison.design.horizon_months
    return curves(comparison.rows, comparison.fitted, comparison.customers) if asked else NOT_DRAWN


def _effect(comparison: Comparison[HelpRows], plan: Plan, verdicts: list[Verdict], ladder: tuple[Rung, ...]) -> Effect:
    grade = grade_of(verdicts)
    result = closest.answer(comparison)
    return Effect(
        key=_key(comparison),
        result=result,
        estimand="ATO",
        grade=grade,
        sentence=plan.sentence(comparison, result, grade, verdicts),
        checks=tuple(v.check for v in verdicts),
        ladder=ladder,
        episodes=episodes(comparison),
        details={**hidden_causes(comparison), **plan.details(comparison)},
        notes=(*_undetermined(comparison), *depends(ladder), *plan.notes(comparison)),
    )


def _undetermined(comparison: Comparison[Rows]) -> tuple[str, ...]:
    """Why leaving has plain weights, where not few leavers are the reason: those have a check of their own."""
    plain = comparison.fitted.plain
    return () if plain is None or plain is Plain.FEW else (say(f"check.{plain}_note"),)


def _for_money(comparison: Comparison[Rows], hidden: frozenset[str], plan: Plan) -> Weighted:
    """Contacts as they happened are valued among the treated where that can be shown; a contrast inside contacts over the overlap."""
    treated = comparison.fitted.treated
    return treated if treated is not None and "ATT" not in hidden and plan.part_of is None else comparison.fitted.overlap


def _stream(comparison: Comparison[Rows], plan: Plan, estimand: str, effect: Effect) -> Stream | None:
    if not comparison.rows.has_revenue or effect.episodes is None:
        return None
    return Stream(
        contrast=comparison.contrast,
        title=plan.title,
        horizon_months=comparison.rows.horizon,
        estimand=estimand,
        grade=effect.grade,
        episodes=effect.episodes,
        population=plan.population,
        method=plan.method.format(weights=comparison.fitted.weights_of_revenue(estimand)),
        part_of=plan.part_of,
        outcome=comparison.facts.outcome,
    )
