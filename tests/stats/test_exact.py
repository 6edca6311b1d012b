import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from roi_core.errors import NumbersRefused
from roi_core.stats.exact import boschloo, fisher

arms = st.integers(1, 25).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_fisher_published():
    """R fisher.test, the lady tasting tea: 3 of 4 against 1 of 4."""
    found = fisher(3, 4, 1, 4)
    assert (found.p, found.p_greater) == pytest.approx((0.4857, 0.2429), abs=1e-4)


@given(arms, arms)
@settings(max_examples=15, deadline=None)
def test_boschloo_is_never_weaker_than_fisher(one, zero):
    exact, given_margins = boschloo(*one, *zero), fisher(*one, *zero)
    assert exact.p_greater <= given_margins.p_greater + 1e-9
    assert exact.p_less <= given_margins.p_less + 1e-9


@given(arms, arms)
@settings(max_examples=40, deadline=None)
def test_naming_the_other_arm_treated_swaps_the_sides(one, zero):
    there, back = fisher(*one, *zero), fisher(*zero, *one)
    assert (there.p, there.p_greater, there.p_less) == pytest.approx((back.p, back.p_less, back.p_greater))


def test_one_share_higher_is_greater():
    assert fisher(9, 10, 1, 10).p_greater < 0.01 < fisher(9, 10, 1, 10).p_less
    assert boschloo(9, 10, 1, 10).p_greater < 0.01 < boschloo(9, 10, 1, 10).p_less


def test_boschloo_never_rejects_too_often():
    """All tables of 5 against 8 at a true share of .3: rejected with a chance of at most 5 %."""
    size = sum(binom.pmf(a, 5, 0.3) * binom.pmf(b, 8, 0.3) for a in range(6) for b in range(9) if boschloo(a, 5, b, 8).p <= 0.05)
    assert 0.01 < size <= 0.05 + 1e-9


@pytest.mark.parametrize("test", [fisher, boschloo])
@pytest.mark.parametrize(("table", "said"), [((0, 0, 1, 2), "treated rows == 0"), ((3, 2, 1, 2), "treated events"), ((1, 2, -1, 2), "control events")])
def test_impossible_tables_are_refused(test, table, said):
    with pytest.raises(NumbersRefused, match=said):
        test(*table)
