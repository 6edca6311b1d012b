import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.results import Absent
from roi_core.scenarios import Scenario, run_scenario, share_that_pays
from tests.money.hand_made import ANSWERS, PLAIN, lever, measured, stream

FCR = "first_contact_resolution"


def facts(gap=5.0, variance=1.0, **more):
    levers = {FCR: lever(FCR, **({"contrast": FCR} | more))}
    return measured((stream(), stream(FCR)), gaps={"supported": (10.0, 30.0), FCR: (gap, gap)}, levers=levers, variances=(variance,))


def test_by_hand():
    found = share_that_pays(facts(), FCR, 500, PLAIN)
    assert found.value == pytest.approx(0.7)
    assert found.low < 0.7 < found.high


@given(st.floats(10, 900))
def test_at_that_share_the_scenario_pays_for_the_cost(cost):
    share = share_that_pays(facts(), FCR, cost, PLAIN).value
    found = run_scenario(facts(), Scenario(first_contact_resolution=share), PLAIN | ANSWERS).change
    assert found.a_year.value == pytest.approx(cost)


def test_from_the_top_it_is_probed_downwards():
    assert isinstance(share_that_pays(facts(today=1.0), FCR, 500, PLAIN), Absent)
    assert share_that_pays(facts(today=1.0), FCR, -500, PLAIN).value == pytest.approx(0.9)


def test_where_the_range_reaches_nothing_even_all_contacts_may_not_be_enough():
    assert share_that_pays(facts(variance=50.0), FCR, 500, PLAIN).high == 1.0


def test_no_doubt_gives_no_interval_of_its_own():
    found = share_that_pays(facts(variance=0.0), FCR, 500, PLAIN)
    assert found.low == found.value == found.high


@pytest.mark.parametrize(
    ("example", "cost"),
    [(facts(), 1e6), (facts(gap=-5.0), 500), (facts(contrast=None), 500), (facts(today=Absent("No tickets.")), 500), (measured(), 500)],
    ids=["too dear", "no gain", "no estimate", "not known today", "no lever"],
)
def test_what_cannot_pay_says_why(example, cost):
    assert isinstance(share_that_pays(example, FCR, cost, PLAIN), Absent)
