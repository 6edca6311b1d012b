from dataclasses import astuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, boschloo_exact, fisher_exact

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


SIDES = ("two-sided", "greater", "less")


@pytest.mark.parametrize("table", [(3, 9, 1, 8), (1, 1, 0, 1), (0, 12, 4, 9), (7, 7, 2, 5)])
def test_every_side_is_that_of_scipy_for_that_table(table: tuple[int, int, int, int]) -> None:
    x1, n1, x0, n0 = table
    arms = [[x1, n1 - x1], [x0, n0 - x0]]
    assert astuple(fisher(*table)) == pytest.approx([fisher_exact(arms, alternative=side).pvalue for side in SIDES])
    events = [[x1, x0], [n1 - x1, n0 - x0]]
    assert astuple(boschloo(*table)) == pytest.approx([boschloo_exact(events, alternative=side).pvalue for side in SIDES])


@pytest.mark.parametrize("table", [(0, 3, 0, 5), (3, 3, 5, 5), (0, 1, 0, 1)])
def test_all_or_none_with_the_event_say_nothing(table: tuple[int, int, int, int]) -> None:
    assert astuple(boschloo(*table)) == (1, 1, 1)


@pytest.mark.parametrize("table", [(1, 1, 0, 1), (1, 3, 2, 3), (2, 4, 2, 4)])
def test_a_chance_is_never_more_than_one(table: tuple[int, int, int, int]) -> None:
    assert max(astuple(boschloo(*table))) <= 1


MORE = "Wait for more, or join groups."


@pytest.mark.parametrize("test", [fisher, boschloo])
@pytest.mark.parametrize(
    ("table", "said"),
    [
        ((0, 0, 1, 2), f"treated rows == 0, must be at least 1. {MORE}"),
        ((1, 2, 0, 0), f"control rows == 0, must be at least 1. {MORE}"),
        ((3, 2, 1, 2), "treated events == 3, must be from 0 to 2"),
        ((1, 2, -1, 2), "control events == -1, must be from 0 to 2"),
    ],
)
def test_impossible_tables_are_refused(test, table: tuple[int, int, int, int], said: str) -> None:
    with pytest.raises(NumbersRefused) as refused:
        test(*table)
    assert str(refused.value) == said
