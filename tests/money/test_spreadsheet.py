import pytest

from roi_core.assumptions import Assumptions
from roi_core.money.spreadsheet import Inputs, customers_saved, support_influenced_clv, text_formulas
from roi_core.results import Absent, Estimate
from roi_core.units import Unit
from tests.money.hand_made import company, effect, measured, revenue

READ = Inputs(churn_supported=0.10, churn_unsupported=0.30, supported=500, revenue_per_customer_month=50.0, lifetime_value=2_000.0)
OURS = Estimate(20_000.0, 5_000.0, 35_000.0, 80, "", Unit.MONEY)


def facts(**changes):
    share = {name: Estimate(x, None, None, 500, "", Unit.FRACTION) for name, x in (("spreadsheet_supported", 0.10), ("spreadsheet_control", 0.30))}
    effects = {"supported.churn_2m": effect("supported.churn_2m", Estimate(-0.2, -0.25, -0.15, 800, "", Unit.FRACTION), **share)}
    churn = {"monthly_churn": Estimate(0.025, 0.02, 0.03, 300, "", Unit.FRACTION)}
    return measured(**({"effects": effects, "metrics": churn, "company": company(revenue(15_000))} | changes))


def test_printed_formulas_by_hand():
    assert customers_saved(READ) == pytest.approx(100)
    assert support_influenced_clv(READ) == pytest.approx(0.9 * 600 - 0.3 * 2_000)


def test_more_avoided_churn_makes_the_printed_formula_smaller():
    worse_without = Inputs(0.10, 0.40, 500, 50.0, 2_000.0)
    assert support_influenced_clv(worse_without) < support_influenced_clv(READ)


def test_formulas_stand_beside_our_answer_with_their_factor():
    formulas = {f.key: f for f in text_formulas(facts(), Assumptions(), OURS)}
    assert formulas["saved_times_clv"].amount.value == pytest.approx(100 * 50 / 0.025)
    assert formulas["saved_times_clv"].overstatement.value == pytest.approx(10)
    assert formulas["arr_protected"].overstatement.value == pytest.approx(100 * 600 / 20_000)
    assert isinstance(formulas["support_influenced_clv"].overstatement, Absent)
    assert all(f.printed and f.why for f in formulas.values())


def test_typed_lifetime_value_is_taken_as_it_is():
    formulas = text_formulas(facts(metrics={}), Assumptions.of({"customer_lifetime_value": 300}), OURS)
    assert formulas[0].amount.value == pytest.approx(30_000)


@pytest.mark.parametrize("ours", [Absent("nothing"), Estimate(20_000.0, -1.0, 41_000.0, 80, "", Unit.MONEY), Estimate(-1.0, None, None, 80, "", Unit.MONEY)])
def test_there_is_no_factor_over_an_answer_that_includes_nothing(ours):
    assert all(isinstance(f.overstatement, Absent) for f in text_formulas(facts(), Assumptions(), ours))


@pytest.mark.parametrize("missing", [{"effects": {}}, {"metrics": {}}, {"company": company()}, {"company": Absent("flat")}])
def test_no_formula_without_what_a_spreadsheet_needs(missing):
    assert text_formulas(facts(**missing), Assumptions(), OURS) == ()
