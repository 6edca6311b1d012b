"""Helped against not helped: the default comparison of monthly trials."""

from dataclasses import replace

from roi_core.cohorts.choices import choices
from roi_core.cohorts.design import Design
from roi_core.cohorts.trials import Trials, build_trials
from roi_core.effects import checks, words
from roi_core.effects.analysis import Analysis
from roi_core.effects.checks.health import TROUBLE
from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.estimation import Plan, analyse
from roi_core.effects.rungs import LADDERS, closest, spreadsheet
from roi_core.results import Estimate, Grade
from roi_core.sentences import say
from roi_core.spine import Facts

CONTRAST = "supported"


def analyse_supported(facts: Facts, design: Design, horizon: int) -> Analysis:
    """The effect of a contact on leaving and on revenue kept within `horizon` months."""
    asked = compared(facts, design, horizon)
    return analyse(asked, PLANS[facts.outcome], asked.rows.funnel)


def compared(facts: Facts, design: Design, horizon: int) -> Comparison[Trials]:
    """The comparison before it is estimated."""
    return Comparison(CONTRAST, facts, design, build_trials(facts, design, horizon))


def _sentence(comparison: Comparison[Trials], result: Estimate, grade: Grade, verdicts: list[Verdict]) -> str:
    months = f"{comparison.rows.horizon}"
    match words.direction(result):
        case "helped":
            return say("effect.helped", points=words.points(result.value), months=months, how=words.how(grade, verdicts), **words.bounds(result))
        case "harm":
            return say("effect.harm", points=words.points(result.value), months=months, separates=_separates(comparison, verdicts), **words.limits(result))
    return say("effect.none", months=months, settle=words.settle(result, words.trial_months(comparison)), **words.limits(result))


def _separates(comparison: Comparison[Trials], verdicts: list[Verdict]) -> str:
    unseen = any(v.check.name == TROUBLE and not v.check.passed for v in verdicts)
    return words.separates(recorded=not unseen, told=bool(choices(comparison.facts).get("priorities")))


_PLAN = Plan(
    before=checks.BEFORE_SUPPORTED,
    after=checks.AFTER_SUPPORTED,
    ladder=LADDERS["churn"],
    sentence=_sentence,
    title="Customers kept by being helped",
    population="contacts of customers without one in the months before",
    method=closest.METHOD,
    details=spreadsheet.shares,
)

PLANS = {
    "churn": _PLAN,
    "no_order": replace(_PLAN, before=checks.BEFORE_SUPPORTED_SHOP, ladder=LADDERS["no_order"], title="Orders brought by being helped"),
    "not_renewed": replace(_PLAN, before=checks.BEFORE_SUPPORTED_SERVICES, ladder=LADDERS["not_renewed"], title="Contracts kept by being helped"),
}
"""By what is followed."""
