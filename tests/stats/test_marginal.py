"""Average marginal effects against statsmodels and by hand, and quotients of effects against a published example."""

import numpy as np
import pytest
import statsmodels.api as sm

from roi_core.errors import NumbersRefused
from roi_core.stats.marginal import average_marginal_effect
from roi_core.stats.quotient import fieller, quotient


@pytest.mark.parametrize("seed", [1, 2])
def test_equals_statsmodels_by_row_and_by_customer(seed):
    luck, n = np.random.default_rng(seed), 300
    x, more, of = luck.integers(1, 6, n).astype(float), luck.normal(size=(n, 2)), luck.integers(0, 90, n)
    y = luck.random(n) < 1 / (1 + np.exp(1.0 + 0.3 * x - more[:, 0]))
    model = sm.Logit(y.astype(float), np.column_stack([np.ones(n), x, more]))
    theirs = model.fit(disp=0, cov_type="cluster", cov_kwds={"groups": of}).get_margeff()
    ours = average_marginal_effect(y, x, more, of)
    assert ours.value == pytest.approx(theirs.margeff[0], rel=1e-6)
    assert ours.se == pytest.approx(theirs.margeff_se[0] / np.sqrt((n - 1) / (n - 4)), rel=1e-6), "which also allows for the number of columns"


def test_two_groups_are_the_difference_of_shares():
    """A logit of one 0/1 number with few leaving: 30 of 100 and 10 of 100 give log odds of -0.8473 and -2.1972, and spreads of .21 and .09."""
    x, y = np.repeat([0.0, 1.0], 100), np.concatenate([np.arange(100) < 30, np.arange(100) < 10])
    assert average_marginal_effect(y, x, np.empty((200, 0))).value == pytest.approx((-2.1972 + 0.8473) * 0.15, abs=1e-4)


@pytest.mark.parametrize(("y", "x"), [([0] * 9, range(9)), ([0, 1] * 5, [3] * 10), ([0] * 5 + [1] * 5, range(10))])
def test_what_has_no_answer_is_refused(y, x):
    with pytest.raises(NumbersRefused):
        average_marginal_effect(np.array(y), np.array(x, dtype=float), np.empty((len(y), 0)))


def test_far_from_nothing_the_delta_method_and_fieller_agree():
    near = quotient(-0.03, 0.01, 1.0, 0.01)
    assert near.value == pytest.approx(-0.03)
    assert (near.low, near.high) == pytest.approx(fieller(-0.03, 0.01, 1.0, 0.01), rel=1e-2)


def test_fieller_limits_are_where_the_difference_is_just_not_zero():
    top, top_se, bottom, bottom_se = 1.2, 0.4, 0.5, 0.2
    for limit in fieller(top, top_se, bottom, bottom_se):
        z = (top - limit * bottom) / np.sqrt(top_se**2 + limit**2 * bottom_se**2)
        assert abs(z) == pytest.approx(1.959964, rel=1e-6)
    found = quotient(top, top_se, bottom, bottom_se)
    assert (found.low, found.high) == pytest.approx(fieller(top, top_se, bottom, bottom_se)), "2.5 errors from nothing: not the delta method"


@pytest.mark.parametrize(("bottom", "se"), [(0.3, 0.2), (0.0, 0.1)])
def test_a_divisor_that_may_be_nothing_is_refused(bottom, se):
    with pytest.raises(NumbersRefused):
        quotient(1.0, 0.1, bottom, se)


def test_fieller_limits_hold_a_quotient_as_often_as_the_difference_it_makes_is_within_its_own():
    """So they cover what they say, wherever they end; the delta method does not (2,000 draws, divisor 2.7 errors from 0)."""
    luck = np.random.default_rng(5)
    made = delta = 0
    for top, bottom in zip(luck.normal(2, 0.3, 2_000), luck.normal(1, 0.37, 2_000), strict=True):
        try:
            low, high = fieller(top, 0.3, bottom, 0.37)
        except NumbersRefused:
            continue
        made += 1
        fits = abs(top - 2 * bottom) <= 1.959964 * np.sqrt(0.09 + 4 * 0.1369)
        assert (low <= 2 <= high) == fits
        delta += abs(top / bottom - 2) <= 1.959964 * np.sqrt(0.09 + (top / bottom) ** 2 * 0.1369) / abs(bottom)
    assert made > 1_400
    assert delta / made != pytest.approx(0.95, abs=0.01)
