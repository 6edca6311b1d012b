"""Average marginal effects against statsmodels and by hand."""

import numpy as np
import pytest
import statsmodels.api as sm

from roi_core.errors import NumbersRefused
from roi_core.stats.marginal import average_marginal_effect


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


def world() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    luck = np.random.default_rng(3)
    x, more = luck.normal(size=200), luck.normal(size=200)
    return luck.random(200) < 1 / (1 + np.exp(-x - more)), x, more


@pytest.mark.parametrize(("level", "z"), [(None, 1.959964), (0.9, 1.644854)])
def test_limits_are_as_many_errors_away_as_the_level_says(level: float | None, z: float) -> None:
    found = average_marginal_effect(*world()) if level is None else average_marginal_effect(*world(), level=level)
    assert found.se is not None
    assert (found.low, found.high) == pytest.approx((found.value - z * found.se, found.value + z * found.se), rel=1e-5)


def test_rows_that_each_are_a_customer_need_no_customer() -> None:
    alone, named = average_marginal_effect(*world()), average_marginal_effect(*world(), np.arange(200))
    assert (named.value, named.se) == pytest.approx((alone.value, alone.se))


def test_a_covariate_that_repeats_the_number_changes_nothing() -> None:
    y, x, more = world()
    plain, repeated = average_marginal_effect(y, x, more), average_marginal_effect(y, x, np.column_stack([x, more]))
    assert (repeated.value, repeated.se) == pytest.approx((plain.value, plain.se))


ALIKE = "such that some with the outcome and some without are alike"


@pytest.mark.parametrize(
    ("y", "x", "covariate", "words"),
    [
        ([0] * 9, range(9), 1.0, "outcome is the same everywhere, so nothing can be compared. Choose another column or a longer period."),
        ([1] * 9, range(9), 1.0, "outcome is the same everywhere, so nothing can be compared. Choose another column or a longer period."),
        ([0, 1] * 5, [3] * 10, 1.0, "number is the same everywhere, so nothing can be compared. Choose another column or a longer period."),
        ([0] * 5 + [1] * 5, range(10), 1.0, f'columns == "separating", must be {ALIKE}'),
        ([0, 1] * 5, [1e6 + i for i in range(10)], 1.0, f'columns == "separating", must be {ALIKE}'),
        ([0, 2] * 5, range(10), 1.0, 'outcome == "2", must be 0 or 1'),
        (
            [0, 1] * 5,
            [np.inf, *range(9)],
            1.0,
            "number is missing or infinite in some rows. Leave those rows out of every arm by a rule made before the test, or fill them.",
        ),
        ([0, 1] * 5, range(10), np.nan, "covariates holds missing or infinite values, must be finite"),
    ],
)
def test_what_has_no_answer_is_refused(y: list[int], x: list[float], covariate: float, words: str) -> None:
    with pytest.raises(NumbersRefused) as refused:
        average_marginal_effect(y, x, np.full(len(y), covariate))
    assert str(refused.value) == words
