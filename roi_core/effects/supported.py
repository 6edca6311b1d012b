"""Helped against not helped: the default comparison of monthly trials."""

from dataclasses import replace

from roi_core.cohorts.design import Design
from roi_core.cohorts.trials import Trials, build_trials
from roi_core.effects import checks, words
from roi_core.effects.analysis import Analysis
from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.estimation import Plan, analyse
from roi_core.effects.rungs import LADDER, closest, same_start, spreadsheet, those_helped
from roi_core.results import Estimate, Grade
from roi_core.sentences import say
from roi_core.spine import Facts

CONTRAST = "supported"


def analyse_supported(facts: Facts, design: Design, horizon: int) -> Analysis:
    """The effect of a contact on leaving and on revenue kept within `horizon` months."""
    rows = build_trials(facts, design, horizon)
    return analyse(Comparison(CONTRAST, facts, design, rows), _PLANS[facts.outcome], rows.funnel)


def _sentence(comparison: Comparison[Trials], result: Estimate, grade: Grade, verdicts: list[Verdict]) -> str:
    months = f"{comparison.rows.horizon}"
    match words.direction(result):
        case "helped":
            return say("effect.helped", points=words.points(result.value), months=months, how=words.how(grade, verdicts), **words.bounds(result))
        case "harm":
            return say("effect.harm", points=words.points(result.value), months=months, **words.limits(result))
    return say("effect.none", months=months, settle=words.settle(result, words.trial_months(comparison)), **words.limits(result))


def _contacts(comparison: Comparison[Trials]) -> int:
    return comparison.rows.contacts_in_period


_PLAN = Plan(
    before=checks.BEFORE_SUPPORTED,
    after=checks.AFTER_SUPPORTED,
    ladder=LADDER,
    refused_ladder=(spreadsheet.rung,),
    sentence=_sentence,
    title="Customers kept by being helped",
    population="contacts of customers without one in the months before",
    method=closest.METHOD,
    contacts=_contacts,
    details=spreadsheet.shares,
)

_SHOP = replace(
    _PLAN,
    before=checks.BEFORE_SUPPORTED_SHOP,
    ladder=(spreadsheet.rung, same_start.rung, closest.rung, those_helped.rung),
    title="Orders brought by being helped",
)
"""Nobody leaves a shop, so no months are gained."""

_SERVICES = replace(_PLAN, before=checks.BEFORE_SUPPORTED_SERVICES, title="Contracts kept by being helped")
_PLANS = {"churn": _PLAN, "no_order": _SHOP, "not_renewed": _SERVICES}
"""By what is followed."""
