"""A randomised test from its list to its sentence: counted by hand, a published figure through the whole way, and every word that can be said."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from roi_core.cohorts.assigned import Assigned, build_assigned
from roi_core.cohorts.design import Design, Planned
from roi_core.cohorts.drawn import listed_tests
from roi_core.effects.analysis import Analysis
from roi_core.effects.comparison import Comparison
from roi_core.effects.tested import analyse_tests, difference, words
from roi_core.effects.tested.gates import Tested
from roi_core.effects.titles import effect_title
from roi_core.results import Absent, Effect, Estimate, Grade
from roi_core.spine import Facts
from roi_core.stats import proportion
from roi_core.units import Unit
from tests.drawn_by_hand import arms, facts_of


def answered(facts: Facts, planned: Planned | None = None) -> Analysis:
    (found,) = analyse_tests(facts, Design(planned=planned or Planned()))
    return found


def leaving(found: Analysis) -> Effect:
    return next(effect for key, effect in found.effects.items() if ".churn_" in key)


def paid(found: Analysis) -> Effect:
    return next(effect for key, effect in found.effects.items() if ".revenue_" in key)


@pytest.fixture(scope="module")
def helped(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """24 of 100 left where customers were helped, 48 of 100 where not; both arms pay the same at the start."""
    return facts_of(tmp_path_factory.mktemp("helped"), arms((24, 100), (48, 100), mrr=10.0))


@pytest.fixture(scope="module")
def tested(helped: Facts) -> Tested:
    (test,) = listed_tests(helped)
    return Comparison("randomised", helped, Design(), build_assigned(helped, test))


def with_margin(tested: Tested, margin: float | None) -> Tested:
    return replace(tested, design=Design(planned=Planned(margin=margin)))


def found_of(value: float, low: float, high: float) -> Estimate:
    return Estimate(value, low, high, 200, "by hand", Unit.FRACTION)


def test_the_difference_is_counted_as_drawn_and_is_tested(helped: Facts) -> None:
    effect = leaving(answered(helped))
    assert effect.key == "randomised.churn_6m"
    assert (effect.grade, effect.grade.word, effect.estimand) == (Grade.A, "Tested", "ATE")
    limits = proportion.newcombe(24, 100, 48, 100)
    assert effect.result == Estimate(-0.24, limits.low, limits.high, 200, difference.METHOD, Unit.FRACTION)
    assert {name: share.value for name, share in effect.details.items() if isinstance(share, Estimate)} == {"arm_helped": 0.24, "arm_others": 0.48}
    assert all(check.passed for check in effect.checks)
    assert effect.sentence.startswith("In the test, customers drawn to be helped were 24.0 points less likely to leave within 6 months")
    assert effect.sentence.endswith("A random half was helped differently.")
    assert effect_title(effect) == "Customers drawn to be helped stayed longer"


def test_a_published_difference_comes_out_of_the_list(tmp_path: Path) -> None:
    """56 of 70 against 48 of 80: 0.2000 (0.0524 to 0.3339), Newcombe 1998 Stat Med 17:873, table II, case a, method 10."""
    effect = leaving(answered(facts_of(tmp_path, arms((56, 70), (48, 80)))))
    assert isinstance(effect.result, Estimate)
    assert (effect.result.value, effect.result.low, effect.result.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)
    assert "left more often within 6 months, by 20.0 points (5.2 to 33.4)" in effect.sentence
    assert effect_title(effect) == "Customers drawn to be helped left more often"


def test_ways_of_asking_stand_beside_the_answer(helped: Facts) -> None:
    plain, sharper, watched = (rung.result for rung in leaving(answered(helped)).ladder)
    assert isinstance(plain, Estimate)
    assert isinstance(sharper, Estimate)
    assert isinstance(watched, Estimate)
    assert sharper.value == pytest.approx(plain.value, abs=0.01)
    assert (watched.value, watched.low < plain.low, watched.high > plain.high) == (pytest.approx(plain.value), True, True)


def test_revenue_is_adjusted_by_what_was_paid_before(helped: Facts, tested: Tested) -> None:
    effect = paid(answered(helped))
    assert isinstance(effect.result, Estimate)
    rows = tested.rows
    total = rows.revenue.sum(axis=1)
    assert rows.revenue_before.tolist() == [10.0 + n % 5 for n in [*range(100), *range(100)]]
    assert effect.result.value == pytest.approx(total[rows.treated].mean() - total[~rows.treated].mean()), "both arms paid the same before"
    assert (effect.grade, effect.result.method, effect.result.unit) == (Grade.A, difference.REVENUE, Unit.MONEY)
    assert effect.sentence.startswith("In the test, each customer drawn to be helped paid $")


def test_money_is_drawn_with_the_errors_of_the_customers(helped: Facts) -> None:
    found = answered(helped)
    churn, revenue = leaving(found).result, paid(found).result
    assert isinstance(churn, Estimate)
    assert isinstance(revenue, Estimate)
    assert found.errors is not None
    covariance = found.errors.T @ found.errors
    assert list(found.values) == ["randomised.churn_6m", *(f"randomised.revenue_6m.{month}" for month in range(1, 7))]
    assert found.values["randomised.churn_6m"] == churn.value
    assert sum(list(found.values.values())[1:]) == pytest.approx(revenue.value)
    assert np.sqrt(covariance[1:, 1:].sum()) == pytest.approx(revenue.standard_error, rel=0.03)
    assert np.sqrt(covariance[0, 0]) == pytest.approx(np.sqrt(0.24 * 0.76 / 100 + 0.48 * 0.52 / 100))
    stream = found.stream
    assert stream is not None
    assert (stream.grade, stream.part_of, stream.episodes.treated, stream.episodes.overlap_mass) == (Grade.A, "supported", 100, 100.0)
    assert stream.title == "What was tested"


def test_without_revenue_there_is_the_difference_in_leaving_alone(tmp_path: Path) -> None:
    found = answered(facts_of(tmp_path, arms((24, 100), (48, 100))))
    assert isinstance(leaving(found).result, Estimate)
    assert isinstance(paid(found).result, Absent)
    assert "no monthly revenue" in paid(found).sentence
    assert found.stream is None


def test_no_difference_is_not_proof_of_nothing_and_says_what_would_settle_it(tmp_path: Path) -> None:
    effect = leaving(answered(facts_of(tmp_path, arms((40, 100), (46, 100), mrr=10.0, test="Fast lane"))))
    assert effect_title(effect) == "The test found no difference in leaving"
    assert 'The test "Fast lane" found no difference in leaving within 6 months' in effect.sentence
    assert "which includes zero. That is not the same as 'it does nothing'." in effect.sentence
    assert "About 1,068 customers helped and 1,068 not, followed as long, would show a difference of this size." in effect.sentence


def test_what_would_settle_a_test_is_kept_beside_it_where_nothing_was_found(tmp_path: Path, helped: Facts) -> None:
    open_, clear = answered(facts_of(tmp_path, arms((40, 100), (46, 100), mrr=10.0))), answered(helped)
    assert open_.test is not None
    assert clear.test is not None
    assert open_.test.settle == "About 1,068 customers helped and 1,068 not, followed as long, would show a difference of this size."
    assert clear.test.settle == ""


def test_persons_of_accounts_who_leave_together_take_twice_as_many(tmp_path: Path) -> None:
    """40 and 46 of 100 leave, in pairs that leave or stay as one, so 1,068 customers in each arm become twice as many.

    With 50 accounts an arm that is 2 times 50 / 49, and limits of Student at 98 degrees of freedom, which are 1.984 errors wide and not 1.960.
    """
    facts = facts_of(tmp_path, arms((40, 100), (46, 100), mrr=10.0))
    (test,) = listed_tests(facts)
    rows = build_assigned(facts, test)
    names = facts.spine.column("customer_key").to_pylist()
    account = {(names[who][0], int(names[who][1:]) // 2) for who in rows.customer}
    numbers = {one: place for place, one in enumerate(sorted(account))}
    cluster = np.array([numbers[names[who][0], int(names[who][1:]) // 2] for who in rows.customer])
    pairs = Comparison("randomised", facts, Design(), replace(rows, cluster=cluster))
    assert difference.design_effect(rows) == 1.0
    assert difference.design_effect(pairs.rows) == pytest.approx(2 * (50 / 49) * (1.98447 / 1.95996) ** 2, rel=1e-3)
    said = words.settle(pairs, -0.06)
    treated = int(said.split()[1].replace(",", ""))
    assert treated == pytest.approx(2.092 * 1_068, rel=0.001)


def test_one_customer_is_not_one_customers(tmp_path: Path) -> None:
    effect = leaving(answered(facts_of(tmp_path, arms((24, 100), (48, 100), mrr=10.0), extra=[("t1", "control", "2025-01-12")])))
    assert "in both arms 1, left before the draw 0" in effect.notes[0]
    assert any(check.text == "Customers in both arms: 1; they are set aside." for check in effect.checks)


def test_the_margin_is_said_in_each_of_its_ways(tested: Tested) -> None:
    said = {
        words.margin(with_margin(tested, 0.02), found_of(*x)).partition(":")[0].partition(",")[0]
        for x in ((-0.05, -0.08, -0.02), (0.0, -0.01, 0.01), (0.05, 0.03, 0.07), (0.0, -0.05, 0.05))
    }
    assert said == {
        "All of the range lies below zero",
        "Not worse by more than the margin of 2.0 points",
        "Worse by more than the margin of 2.0 points",
        "Whether it is at most 2.0 points worse cannot be told",
    }
    assert words.margin(with_margin(tested, None), found_of(0.0, -0.01, 0.01)) == ""


def test_a_margin_stands_in_the_sentence_of_the_test(helped: Facts) -> None:
    assert leaving(answered(helped, Planned(margin=0.02))).sentence.endswith("so the margin of 2.0 points is kept as well.")


def test_revenue_is_said_in_each_of_its_ways(tested: Tested) -> None:
    said = {words.revenue_sentence(tested, replace(found_of(*x), unit=Unit.MONEY), Grade.A, []) for x in ((9, 3, 15), (-9, -15, -3), (1, -5, 7), (-2, -8, 4))}
    assert any("paid $9.00 more within 6 months ($3.00 to $15.00), before margin" in text for text in said)
    assert any("did not clearly differ: $2.00 less in the helped arm, with a range from -$8.00 to $4.00 that includes zero" in text for text in said)
    assert any("paid $9.00 less within 6 months ($3.00 to $15.00)" in text for text in said)
    assert any("did not clearly differ: $1.00 more in the helped arm, with a range from -$5.00 to $7.00 that includes zero" in text for text in said)


def test_revenue_is_said_in_the_currency_of_the_company(tested: Tested) -> None:
    euros = replace(tested, facts=replace(tested.facts, currency="EUR"))
    assert "paid €9.00 more within 6 months (€3.00 to €15.00)" in words.revenue_sentence(euros, replace(found_of(9, 3, 15), unit=Unit.MONEY), Grade.A, [])
    assert "€1.00 more in the helped arm, with a range from -€5.00 to €7.00" in words.revenue_sentence(
        euros, replace(found_of(1, -5, 7), unit=Unit.MONEY), Grade.A, []
    )


def test_what_would_settle_nothing_says_so(tested: Tested) -> None:
    rows = replace(tested.rows, churned=np.arange(tested.rows.rows) % 2 == 0)
    assert "not be settled" in words.settle(replace(tested, rows=rows), 0.0)
    few = replace(tested.rows, churned=np.isin(np.arange(200), [*range(40), *range(100, 140)]))
    assert "not be settled" in words.settle(replace(tested, rows=few), 1e-9), "the shares are the same"


def test_a_small_holdout_is_no_half(tmp_path: Path) -> None:
    effect = leaving(answered(facts_of(tmp_path, arms((60, 400), (30, 100))), Planned(treated_share=0.8)))
    assert (effect.grade, effect.sentence.endswith("A random 80.0 % of the customers was helped differently.")) == (Grade.A, True)


def test_persons_of_one_account_are_drawn_together(tested: Tested) -> None:
    rows = tested.rows
    pairs = replace(rows, cluster=np.arange(rows.rows) // 2)
    one, both = difference.leaving(rows), difference.leaving(pairs)
    assert both.method == difference.METHOD_BY_ACCOUNT
    assert (both.value, both.n) == (pytest.approx(one.value), 100)
    assert both.standard_error > one.standard_error


def test_every_n_of_persons_of_accounts_counts_accounts_and_says_so(tmp_path: Path) -> None:
    """200 customers drawn whole by accounts of two: 100 accounts, 50 in each arm, of which 24 and 48 of 100 customers leave."""
    facts = facts_of(tmp_path, arms((24, 100), (48, 100), mrr=10.0))
    customers = facts.spine.column("customer_key").to_pylist()
    account = {name: f"{name[0]}{int(name[1:]) // 2}" if name[1:].isdigit() else name for name in customers}
    numbers = {name: place for place, name in enumerate(sorted(set(account.values())))}
    column = facts.spine.schema.get_field_index("cluster_no")
    spine = facts.spine.set_column(column, "cluster_no", pa.array([numbers[account[name]] for name in customers]))
    found = answered(replace(facts, spine=spine))
    effect = leaving(found)
    results = [effect.result, paid(found).result, *(rung.result for rung in effect.ladder)]
    assert [result.n for result in results if isinstance(result, Estimate)] == [100] * 5
    shares = {name: share for name, share in effect.details.items() if isinstance(share, Estimate)}
    assert {name: (share.value, share.n) for name, share in shares.items()} == {
        "arm_helped": (pytest.approx(0.24), 50),
        "arm_others": (pytest.approx(0.48), 50),
    }
    assert any("200 customers of 100 accounts are compared" in note and "every n counts accounts" in note for note in effect.notes)


def test_a_gate_that_failed_takes_the_grade_and_the_money(tmp_path: Path) -> None:
    people = arms((40, 120), (60, 120), mrr=10.0)
    late = [replace(one, started="2025-01-20") if one.left is None and place % 20 == 0 else one for place, one in enumerate(people)]
    found = answered(facts_of(tmp_path, late))
    assert sum(one.started == "2025-01-20" for one in late) in range(5, 20)
    assert leaving(found).grade is Grade.B
    assert "Drawn at random, but: Customers who had left before the day of the draw: 0; who came after it: " in leaving(found).sentence
    assert found.stream is None


def shuffled(rows: Assigned, seed: int) -> Assigned:
    order = np.random.default_rng(seed).permutation(rows.rows)
    arrays = ("customer", "cluster", "month", "treated", "time_zero_s", "churned", "alive", "revenue", "revenue_now", "revenue_before")
    return replace(rows, covariates=rows.covariates.rows(order), **{name: getattr(rows, name)[order] for name in arrays})


@pytest.mark.parametrize("seed", range(3))
def test_order_names_of_arms_and_the_unit_of_money_change_nothing_else(tested: Tested, seed: int) -> None:
    rows = shuffled(tested.rows, seed)
    rows = replace(rows, revenue_before=rows.revenue_before * np.random.default_rng(seed).uniform(0.5, 2, rows.rows))
    turned = replace(rows, treated=~rows.treated)
    cents = replace(rows, revenue=rows.revenue * 100, revenue_before=rows.revenue_before * 100)
    for numbers in (difference.leaving, difference.sharper, difference.watched, difference.revenue):
        one, other = numbers(rows), numbers(turned)
        again = numbers(shuffled(rows, seed + 9))
        assert isinstance(one, Estimate)
        assert isinstance(other, Estimate)
        assert isinstance(again, Estimate)
        assert (other.value, other.low, other.high) == pytest.approx((-one.value, -float(one.high or 0), -float(one.low or 0)))
        assert (again.value, again.low, again.high) == pytest.approx((one.value, one.low, one.high))
    paid, in_cents = difference.revenue(rows), difference.revenue(cents)
    assert isinstance(paid, Estimate)
    assert isinstance(in_cents, Estimate)
    assert (in_cents.value, in_cents.low, in_cents.high) == pytest.approx(tuple(100 * float(x or 0) for x in (paid.value, paid.low, paid.high)))
