"""The path that every adjusted comparison takes: gates, fit, gates again, ladder, grade, sentence, money."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from roi_core.effects import words
from roi_core.effects.analysis import NOT_DRAWN, Analysis, episodes, grade_of, histogram, joint_columns
from roi_core.effects.balancing import balance_rows
from roi_core.effects.checks import Gate, enough_leavers
from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.curves import curves
from roi_core.effects.fit import Rows, fit
from roi_core.effects.hidden import hidden_causes
from roi_core.effects.revenue import revenue_effect
from roi_core.effects.rungs import closest
from roi_core.measured import Curves, FunnelStep, Stream
from roi_core.results import Absent, Check, Effect, Estimate, Grade, Result, Rung
from roi_core.sentences import say
from roi_core.show import show
from roi_core.stats.weighting import Weighted

RungOf = Callable[[Comparison[Any], frozenset[str]], Rung]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is particular to one contrast: its gates, its rungs, its words, and how its money is named."""

    before: Sequence[Gate]
    after: Sequence[Gate]
    ladder: Sequence[RungOf]
    refused_ladder: Sequence[RungOf]
    sentence: Callable[[Comparison[Any], Estimate, Grade, list[Verdict]], str]
    title: str
    population: str
    method: str
    part_of: str | None = None
    contacts: Callable[[Comparison[Any]], int] = lambda comparison: comparison.rows.rows
    notes: Callable[[Comparison[Any]], tuple[str, ...]] = lambda _: ()
    details: Callable[[Comparison[Any]], dict[str, Result]] = lambda _: {}


def analyse(comparison: Comparison[Rows], plan: Plan, funnel: tuple[FunnelStep, ...] = ()) -> Analysis:
    """Everything about one comparison, or its refusal with what can be said instead."""
    verdicts = _possible(comparison) or _without_echoes([gate(comparison) for gate in plan.before])
    if any(v.refuses for v in verdicts):
        return _refused(comparison, plan, verdicts, funnel)
    thin = any(v.check.name == enough_leavers.NAME and not v.check.passed for v in verdicts)
    fitted = Comparison(comparison.contrast, comparison.facts, comparison.design, comparison.rows, fit(comparison.rows, thin=thin))
    return _answered(fitted, plan, [*verdicts, *(gate(fitted) for gate in plan.after)], funnel)


def _possible(comparison: Comparison[Rows]) -> list[Verdict]:
    """A refusal where there is nothing to compare at all."""
    if comparison.facts.contacts.num_rows == 0 and comparison.facts.rows.get("tickets"):
        return [Verdict(Check("contacts of customers", passed=False, text=say("effect.nobody_linked")), cap=Grade.C, refuses=True, next_step=say("next.links"))]
    if comparison.rows.rows == 0:
        text = say("effect.no_follow_up", months=f"{comparison.rows.horizon}")
        return [Verdict(Check("followed long enough", passed=False, text=text), cap=Grade.C, refuses=True, next_step=say("next.months"))]
    if min(comparison.sizes) == 0:
        return [Verdict(Check("two groups", passed=False, text=say("effect.nobody_helped")), cap=Grade.C, refuses=True, next_step=say("next.links"))]
    return []


def _without_echoes(verdicts: list[Verdict]) -> list[Verdict]:
    """Where one refusal explains the others, it is the only one."""
    return [v for v in verdicts if v.alone or not v.refuses] if any(v.alone for v in verdicts) else verdicts


def _key(comparison: Comparison[Rows]) -> str:
    return f"{comparison.contrast}.churn_{comparison.rows.horizon}m"


def _refused(comparison: Comparison[Rows], plan: Plan, verdicts: list[Verdict], funnel: tuple[FunnelStep, ...]) -> Analysis:
    absent = words.refusal(comparison, verdicts)
    refused = Rung("closest", "Closest comparable customers", "augmented overlap weights (ATO)", absent, default=True)
    ladder = (*(rung(comparison, frozenset()) for rung in plan.refused_ladder), refused)
    effect = Effect(_key(comparison), absent, "ATO", Grade.C, f"{absent.reason} {absent.next_step}".strip(), tuple(v.check for v in verdicts), ladder)
    return Analysis({effect.key: effect}, funnel=funnel)


def _answered(comparison: Comparison[Rows], plan: Plan, verdicts: list[Verdict], funnel: tuple[FunnelStep, ...]) -> Analysis:
    hidden = frozenset(v.hides for v in verdicts if v.hides)
    ladder = tuple(rung(comparison, hidden) for rung in plan.ladder)
    effect = _effect(comparison, plan, verdicts, ladder)
    weighted = _for_money(comparison, hidden, plan)
    values, errors = joint_columns(comparison, weighted, comparison.facts.spine.num_rows)
    return Analysis(
        effects={effect.key: effect, **revenue_effect(comparison, effect.grade, effect, verdicts)},
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
    asked = plan.part_of is None and comparison.rows.horizon == comparison.design.horizon_months
    return curves(comparison.rows, comparison.fitted, comparison.customers) if asked else NOT_DRAWN


def _effect(comparison: Comparison[Rows], plan: Plan, verdicts: list[Verdict], ladder: tuple[Rung, ...]) -> Effect:
    grade = grade_of(verdicts)
    result = closest.estimate(comparison)
    return Effect(
        key=_key(comparison),
        result=result,
        estimand="ATO",
        grade=grade,
        sentence=plan.sentence(comparison, result, grade, verdicts),
        checks=tuple(v.check for v in verdicts),
        ladder=ladder,
        episodes=episodes(comparison, plan.contacts(comparison)),
        details={**hidden_causes(comparison), **plan.details(comparison)},
        notes=(*_depends(ladder), *plan.notes(comparison)),
    )


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
        method=plan.method,
        part_of=plan.part_of,
    )


def _depends(ladder: tuple[Rung, ...]) -> tuple[str, ...]:
    """Said where the unadjusted and the adjusted answer differ by more than 2 standard errors, or in sign."""
    raw, adjusted = (next(r.result for r in ladder if r.key == key) for key in ("same_start", "closest"))
    if isinstance(raw, Absent) or isinstance(adjusted, Absent):
        return ()
    se = adjusted.standard_error or 0.0
    if abs(raw.value - adjusted.value) <= 2 * se and raw.value * adjusted.value >= 0:
        return ()
    return (say("effect.depends", raw=show(raw, points=True), adjusted=show(adjusted, points=True)),)
