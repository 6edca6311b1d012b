"""The ladder: every way answers or says why, ways agree where the truth is one, and their agreement is said in words."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from roi_core.charts import ladder
from roi_core.cohorts.covariates import Covariates
from roi_core.cohorts.design import Design, Filters
from roi_core.cohorts.handled import Handled, build_handled
from roi_core.cohorts.quality import QUALITIES
from roi_core.cohorts.trials import Trials, build_trials
from roi_core.companies.knobs import SimulationKnobs
from roi_core.effects.agreement import agreement, depends
from roi_core.effects.checks import control_size, treated_size
from roi_core.effects.comparison import Comparison
from roi_core.effects.fit import CHURN, Plain, fit
from roi_core.effects.hidden import hidden_causes
from roi_core.effects.rungs import LADDERS, LADDERS_INSIDE, WAYS, agents, climb, closest, first_days, month_by_month, predicted, refused, twins, well_handled
from roi_core.results import Absent, Effect, Estimate, Grade, Result, Rung
from roi_core.sentences import say
from roi_core.stats import weighting
from roi_core.units import Unit
from tests.simulated import Simulated, simulated

NOTHING: frozenset[str] = frozenset()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Simulated:
    return simulated(tmp_path_factory.mktemp("ladder"), SimulationKnobs(customers=6_000, seed=4))


@pytest.fixture(scope="module")
def comparison(world: Simulated) -> Comparison[Trials]:
    rows = build_trials(world.facts, Design(), 6)
    return Comparison("supported", world.facts, Design(), rows, fit(rows))


@pytest.fixture(scope="module")
def handled(world: Simulated) -> Comparison[Handled]:
    rows = build_handled(world.facts, QUALITIES["first_contact_resolution"](world.facts), 6)
    return Comparison("first_contact_resolution", world.facts, Design(), rows, fit(rows))


def number(result: Result | None) -> Estimate:
    assert isinstance(result, Estimate), result
    return result


def why(result: Result | None) -> str:
    assert isinstance(result, Absent), result
    return result.reason


def test_one_way_is_ours_and_one_is_struck_out() -> None:
    assert [way.key for way in WAYS if way.default] == ["closest"]
    assert [way.key for way in WAYS if way.struck_out] == ["spreadsheet"]
    assert {way.key for way in LADDERS["churn"]} | {way.key for way in LADDERS_INSIDE["churn"]} == {way.key for way in WAYS}


def test_every_way_has_an_answer_with_interval_and_method_in_a_company_in_order(comparison: Comparison[Trials]) -> None:
    rungs = {rung.key: rung for rung in climb(LADDERS["churn"], comparison, NOTHING)}
    assert list(rungs) == [way.key for way in LADDERS["churn"]]
    answers = {key: number(rung.result) for key, rung in rungs.items() if key != "well_handled"}
    assert all(answer.low is not None and answer.low < answer.value < float(answer.high or 0) for answer in answers.values())
    assert all(answer.n > 1_000 and answer.method for answer in answers.values())
    assert {key: answer.unit for key, answer in answers.items() if answer.unit is not Unit.FRACTION} == {
        "months_gained": Unit.MONTHS,
        "month_by_month": Unit.RATIO,
    }
    assert all(rung.title != rung.term for rung in rungs.values())


def test_predicted_and_everybody_are_the_g_formula_and_the_aipw_of_all(comparison: Comparison[Trials]) -> None:
    rows, fitted = comparison.rows, comparison.fitted
    x, y = rows.covariates, rows.churned.astype(float)
    g_formula = weighting.g_formula(y, rows.treated, x.matrix, rows.cluster, continuous=x.continuous)
    everybody = weighting.augmented(y, rows.treated, x.matrix, rows.cluster, "ATE", continuous=x.continuous)
    assert number(predicted.answer(comparison, NOTHING)).value == pytest.approx(g_formula.value, abs=1e-9)
    assert fitted.predicted is not None
    assert fitted.predicted.se == pytest.approx(g_formula.se, rel=1e-6)
    assert fitted.everyone is not None
    assert fitted.everyone.value[0] == pytest.approx(everybody.value, abs=1e-9)


def test_twins_are_pairs_that_were_as_likely_to_be_helped(comparison: Comparison[Trials]) -> None:
    made, e = comparison.fitted.pairs, comparison.fitted.propensity
    odds = np.log(e / (1 - e))
    assert comparison.rows.treated[made[:, 0]].all()
    assert not comparison.rows.treated[made[:, 1]].any()
    assert np.abs(odds[made[:, 0]] - odds[made[:, 1]]).max() <= 0.2 * odds.std(ddof=1) + 1e-12
    found = number(twins.answer(comparison, NOTHING))
    left = comparison.rows.churned.astype(float)
    assert found.value == pytest.approx(left[made[:, 0]].mean() - left[made[:, 1]].mean())
    assert f"{len(made):,} of {int(comparison.rows.treated.sum()):,}" in found.method
    few = replace(comparison, fit=replace(comparison.fitted, pairs=made[:19]))
    assert why(twins.answer(few, NOTHING)).startswith("Only 19 of")


def test_with_few_leavers_plain_weights_stand_alone_and_twins_still_answer(comparison: Comparison[Trials]) -> None:
    thin = replace(comparison, fit=fit(comparison.rows, thin=True))
    climbed = climb(LADDERS["churn"], thin, NOTHING)
    rungs = {rung.key: rung.result for rung in climbed}
    assert {rung.term for rung in climbed if rung.default} == {say("rung.closest_plain_term")}
    assert {rung.term for rung in climb(LADDERS["churn"], comparison, NOTHING) if rung.default} == {say("rung.closest_term")}
    assert {why(rungs[key]) for key in ("those_helped", "everybody", "predicted")} == {say("rung.thin")}
    assert number(rungs["twins"]).value == number(twins.answer(comparison, NOTHING)).value


def told_apart(rows: Trials, who: NDArray[np.bool_]) -> Trials:
    """The rows with one more known column, which marks `who`."""
    x = rows.covariates
    return replace(rows, covariates=Covariates(np.column_stack([x.matrix, who]), (*x.names, "mark"), np.append(x.continuous, np.False_)))


def test_a_model_of_leaving_that_is_not_determined_leaves_revenue_its_own(comparison: Comparison[Trials]) -> None:
    few = [np.flatnonzero(group & ~comparison.rows.churned)[:n] for group, n in ((comparison.rows.treated, 40), (~comparison.rows.treated, 15))]
    rows = told_apart(comparison.rows, np.isin(np.arange(comparison.rows.rows), np.concatenate(few)))
    held, plain = fit(rows), fit(rows, thin=True)
    assert (held.plain, plain.plain, comparison.fitted.plain) == (Plain.OUTCOME, Plain.FEW, None)
    ours, simple, before = (np.asarray(f.overlap.value) for f in (held, plain, comparison.fitted))
    assert ours[CHURN] == pytest.approx(simple[CHURN])
    assert np.abs(ours[1:] - before[1:]).max() < np.abs(simple[1:] - before[1:]).max()
    error, wide = (np.asarray(f.overlap.se)[1:] for f in (held, plain))
    assert (error < wide / 2).all()
    assert "augmented" not in held.weights
    assert "augmented" in held.weights_of_revenue("ATO")
    assert "augmented" not in plain.weights_of_revenue("ATO")
    rungs = {rung.key: rung.result for rung in climb(LADDERS["churn"], replace(comparison, rows=rows, fit=held), NOTHING)}
    assert {why(rungs[key]) for key in ("those_helped", "everybody", "predicted")} == {say("rung.separated")}
    assert "augmented" not in number(rungs["closest"]).method


def test_where_who_was_helped_is_not_determined_all_is_plain_and_said_so(comparison: Comparison[Trials]) -> None:
    few = np.flatnonzero(comparison.rows.treated)[:30]
    rows = told_apart(comparison.rows, np.isin(np.arange(comparison.rows.rows), few))
    held = replace(comparison, rows=rows, fit=fit(rows))
    assert held.fitted.plain is Plain.PROPENSITY
    assert control_size.check(held).check.text == say("check.separated_help")
    assert treated_size.check(held).check.text == say("check.separated_help_everybody")
    assert "augmented" not in held.fitted.weights_of_revenue("ATO")


def test_what_a_gate_hides_says_so(comparison: Comparison[Trials]) -> None:
    rungs = {rung.key: rung.result for rung in climb(LADDERS["churn"], comparison, frozenset({"ATT", "ATE"}))}
    assert why(rungs["those_helped"]) == say("rung.few_controls")
    assert why(rungs["everybody"]) == say("rung.few_treated")


@pytest.mark.parametrize(("share", "passed"), [(0.29, False), (0.31, True)])
def test_few_of_those_helped_hide_the_effect_among_everybody(comparison: Comparison[Trials], share: float, passed: bool) -> None:
    assert comparison.fitted.everyone is not None
    everyone = replace(comparison.fitted.everyone, ess_treated=share * comparison.rows.treated.sum())
    verdict = treated_size.check(replace(comparison, fit=replace(comparison.fitted, everyone=everyone)))
    assert (verdict.check.passed, verdict.hides) == (passed, "" if passed else "ATE")
    assert treated_size.check(replace(comparison, fit=replace(comparison.fitted, everyone=None))).hides == "ATE"


def test_other_months_leave_out_what_knows_no_months(world: Simulated) -> None:
    rows = build_trials(world.facts, Design(), 3)
    three = climb(LADDERS["churn"], Comparison("supported", world.facts, Design(), rows, fit(rows)), NOTHING)
    assert {way.key for way in LADDERS["churn"]} - {rung.key for rung in three} == {"month_by_month", "well_handled"}


def test_the_first_30_days_and_the_months_say_what_they_lack(comparison: Comparison[Trials]) -> None:
    late = replace(comparison.facts, first_contact_month=comparison.facts.last_month - 5)
    assert why(first_days.answer(replace(comparison, facts=late), NOTHING)) == say("rung.first_days_unseen", months="6")
    some = replace(comparison, design=Design(filters=Filters(categories=("billing",))))
    assert why(month_by_month.answer(some, NOTHING)) == say("rung.months_unseen")


def test_few_leavers_refuse_one_window_and_the_months(tmp_path: Path) -> None:
    small = simulated(tmp_path, SimulationKnobs(customers=150, seed=2))
    rows = build_trials(small.facts, Design(), 6)
    asked = Comparison("supported", small.facts, Design(), rows, fit(rows, thin=True))
    assert "left after one window of 30 days" in why(first_days.answer(asked, NOTHING))
    tiny = simulated(tmp_path / "tiny", SimulationKnobs(customers=60, seed=2))
    rows = build_trials(tiny.facts, Design(), 6)
    assert why(month_by_month.answer(Comparison("supported", tiny.facts, Design(), rows), NOTHING)) == say("rung.months_few", needed="20")


def test_a_refusal_keeps_what_is_struck_out_and_our_answer(comparison: Comparison[Trials]) -> None:
    too_few = Absent("Too few.")
    rungs = refused(LADDERS["churn"], comparison, too_few)
    assert [rung.key for rung in rungs] == ["spreadsheet", "closest"]
    assert rungs[1].result is too_few
    assert number(rungs[0].result).value < 0
    assert [rung.key for rung in refused(LADDERS_INSIDE["churn"], comparison, too_few)] == ["closest"]


def test_well_handled_stands_beside_once_it_is_known(comparison: Comparison[Trials]) -> None:
    ladder = climb(LADDERS["churn"], comparison, NOTHING)
    effect = Effect("supported.churn_6m", number(ladder[4].result), "ATO", Grade.B, "", ladder=ladder)
    assert why(next(r for r in ladder if r.key == "well_handled").result) == say("rung.well_handled_apart")
    resolved = replace(effect, key="first_contact_resolution.churn_6m")
    filled = well_handled.beside(effect, {resolved.key: resolved}).ladder[-1]
    assert filled.result == effect.result
    assert filled.other_question
    assert well_handled.beside(effect, {}) is effect


def test_agents_are_asked_only_where_there_are_enough_who_differ(handled: Comparison[Handled]) -> None:
    """6,000 customers are served by 10 agents."""
    assert why(agents.answer(handled, NOTHING)).startswith("10 agents took")


def test_agents_find_the_planted_effect_of_resolving_and_alike_ones_are_refused(tmp_path: Path) -> None:
    large = simulated(tmp_path, SimulationKnobs(customers=14_000, seed=3))
    rows = build_handled(large.facts, QUALITIES["first_contact_resolution"](large.facts), 6)
    asked = Comparison("first_contact_resolution", large.facts, Design(), rows)
    found = number(agents.answer(asked, NOTHING))
    assert "by 23 agents" in found.method
    assert abs(found.value - large.resolution_ato) <= 2.5 * (found.standard_error or 0)
    by_lot = np.random.default_rng(1).random(rows.rows) < 0.6
    assert why(agents.answer(replace(asked, rows=replace(rows, treated=by_lot)), NOTHING)).startswith("Agents are too much alike")


def rungs(**values: float) -> tuple[Rung, ...]:
    """Answers in points with an interval of 1 point to both sides; `odds` is that of leaving month by month."""
    odds = values.pop("odds", None)
    told = tuple(Rung(key, key, "", Estimate(v / 100, (v - 1) / 100, (v + 1) / 100, 900, "", Unit.FRACTION)) for key, v in values.items())
    return told if odds is None else (*told, Rung("month_by_month", "", "", Estimate(odds, odds / 2, odds * 2, 900, "", Unit.RATIO)))


def test_ways_that_agree_are_said_to_with_their_range() -> None:
    assert agreement(rungs(twins=-3.2, closest=-2.7, predicted=-2.3)) == say("ladder.agree", n="3", low="-3.2 points", high="-2.3 points")
    assert agreement(rungs(twins=-3.2, closest=-0.7)) == say("ladder.agree_open", n="2", low="-3.2 points", high="-0.7 points", open="1")


def test_ways_that_do_not_agree_depend_on_adjustment() -> None:
    apart = rungs(same_start=-0.2, twins=0.4, closest=-0.3)
    assert agreement(apart) == say("ladder.apart", n="2", low="-0.3 points", high="0.4 points")
    assert depends(apart) == (say("effect.depends_how"),)
    raw = depends(rungs(same_start=2.0, closest=-2.0, twins=-1.0))
    assert raw == (say("effect.depends", raw="2.0 points (1.0 to 3.0)", adjusted="-2.0 points (-3.0 to -1.0)"),)
    assert depends(rungs(same_start=-2.1, closest=-2.0)) == ()
    assert depends(rungs(closest=-2.0)) == ()


@pytest.mark.parametrize(("odds", "key"), [(0.8, "ladder.months_same"), (1.2, "ladder.months_other")])
def test_months_are_a_check_of_the_sign(odds: float, key: str) -> None:
    said = agreement(rungs(twins=-3.0, closest=-2.0, odds=odds))
    assert said.startswith(say("ladder.agree", n="2", low="-3.0 points", high="-2.0 points"))
    assert catalogue_start(key) in said


def catalogue_start(key: str) -> str:
    return say(key, odds="x").partition("x")[0]


def test_what_does_not_adjust_does_not_count_among_those_that_agree() -> None:
    assert agreement(rungs(first_days=5.0, same_start=4.0, closest=-2.0)) == ""
    assert agreement(rungs(first_days=5.0, closest=-2.0, twins=-3.0)).startswith("The 2 ways")


def test_groups_inside_contacts_are_called_by_how_they_were_handled(comparison: Comparison[Trials], handled: Comparison[Handled]) -> None:
    """Both groups asked for help, so none of them is called not helped."""
    assert (comparison.who, handled.who) == (say("check.who_helped"), say("check.who_handled"))
    helped, well = (hidden_causes(asked) for asked in (comparison, handled))
    assert {"risk_helped", "risk_others"} <= set(helped)
    assert {"risk_well", "risk_rest"} <= set(well)
    assert not {"risk_helped", "risk_others"} & set(well)


def test_what_is_no_way_of_asking_the_same_is_not_counted_among_them(comparison: Comparison[Trials]) -> None:
    effect = Effect("supported.churn_6m", closest.answer(comparison), "ATO", Grade.B, "", (), climb(LADDERS["churn"], comparison, NOTHING))
    others = [rung for rung in effect.ladder if rung.struck_out or rung.other_question]
    assert others
    assert ladder.describe(effect).startswith(say("charts.ladder", ways=str(len(effect.ladder) - len(others))))
