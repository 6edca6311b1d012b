"""Arms as they are handed in, the variance of their difference, and each refusal in its words."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy.stats import ttest_ind

from roi_core.errors import NumbersRefused
from roi_core.stats.arrays import Floats
from roi_core.stats.groups import clusters, column, groups, independent_rows, yes_or_no
from roi_core.stats.linear import least_squares

WAIT = "Wait for more, or join groups."
SAME_ROWS = "All must come from the same rows."
ARM = np.arange(14) % 7 < 2
NOISE = np.random.default_rng(9).normal(size=14)


def about_means(values: Floats, arm: np.ndarray) -> Floats:
    return values - np.where(arm, values[arm].mean(), values[~arm].mean())


def test_rows_alone_have_the_variance_and_the_degrees_of_welch() -> None:
    found, theirs = independent_rows(about_means(NOISE, ARM), ARM), ttest_ind(NOISE[ARM], NOISE[~ARM], equal_var=False)
    assert np.sqrt(found.variance) == pytest.approx((NOISE[ARM].mean() - NOISE[~ARM].mean()) / theirs.statistic)
    assert found.df == pytest.approx(theirs.df)


def test_clusters_of_one_size_are_rows_of_their_means() -> None:
    """Seven clusters of two rows: the same as seven rows, whatever the clusters are called."""
    who = np.repeat([9, 3, -1, 4, 8, 2, 0], 2)
    arm = np.isin(who, [9, 4, 2])
    means = np.array([NOISE[who == name].mean() for name in (9, 3, -1, 4, 8, 2, 0)])
    of_rows = np.array([True, False, False, True, False, True, False])
    found, expected = clusters(about_means(NOISE, arm), arm, who), independent_rows(about_means(means, of_rows), of_rows)
    assert found == pytest.approx(expected)


def test_clusters_with_rows_of_both_arms_have_the_sandwich_of_least_squares() -> None:
    """Arms of different size in five clusters; one of them lies in one arm alone."""
    who = np.array([0, 0, 1, 1, 1, 2, 2, 3, 3, 3, 4, 4, 4, 0])
    found = clusters(about_means(NOISE, ARM), ARM, who)
    fitted = least_squares(np.column_stack([np.ones(14), ARM]), NOISE, who)
    assert (np.sqrt(found.variance), found.df) == pytest.approx((fitted.se[1], 4))


@pytest.mark.parametrize(
    ("spread", "units"),
    [
        (lambda spent: independent_rows(about_means(NOISE, ARM), ARM, spent), 14),
        (lambda spent: clusters(about_means(NOISE, ARM), ARM, np.arange(14) // 2, spent), 7),
        (lambda spent: clusters(about_means(NOISE, np.arange(14) < 6), np.arange(14) < 6, np.arange(14) // 2, spent), 7),
    ],
    ids=["rows", "clusters of both arms", "clusters of one arm"],
)
def test_columns_that_were_fitted_widen_the_error_and_cost_degrees(spread: Callable[..., tuple[float, float]], units: int) -> None:
    """Of n rows or clusters n - 2 are left beside the means, and one less for each column; one must stay."""
    variance, df = spread(0)
    for spent in (1, 3, units - 3):
        grown = (units - 2) / (units - 2 - spent)
        assert spread(spent) == pytest.approx((variance * grown, df / grown))
    with pytest.raises(NumbersRefused) as refused:
        spread(units - 2)
    assert str(refused.value) == f"rows or clusters == {units}, must be at least {units + 1}. {WAIT}"


def test_nothing_is_spent_where_nothing_is_said() -> None:
    who = np.arange(14) // 2
    assert independent_rows(NOISE, ARM) == independent_rows(NOISE, ARM, 0)
    assert clusters(NOISE, ARM, who) == clusters(NOISE, ARM, who, 0)


def test_as_many_rows_as_are_asked_for_are_enough_and_one_where_nothing_is_said() -> None:
    found = groups([1, 2, 3.5], [1, 0, 0])
    assert found.outcome.tolist() == [1, 2, 3.5]
    assert found.treated.tolist() == [True, False, False]
    assert len(groups([1, 2, 3, 4], [1, 0, 1, 0], 2).outcome) == 4


def test_columns_are_floats_and_answers_are_flags() -> None:
    assert column(["1.5", 2], "spend").tolist() == [1.5, 2.0]
    assert column([True, False], "left", 2).dtype == np.float64
    assert yes_or_no([1.0, 0.0, True], "treated").tolist() == [True, False, True]


ALONE = "is the same everywhere, so nothing can be compared. Choose another column or a longer period."
REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "text": (lambda: column(["none"], "spend"), 'spend == "text", must be numbers'),
    "ragged": (lambda: column([1, [2, 3]], "spend"), 'spend == "text", must be numbers'),
    "nothing": (lambda: column([{}], "spend"), 'spend == "text", must be numbers'),
    "table": (lambda: column([[1.0], [2.0]], "spend"), "dimensions of spend == 2, must be 1"),
    "fewer": (lambda: column([1.0], "spend", 2), f"spend has 1 rows, the others have 2. {SAME_ROWS}"),
    "missing": (
        lambda: column([1.0, np.nan], "spend"),
        "spend is missing or infinite in some rows. Leave those rows out of every arm by a rule made before the test, or fill them.",
    ),
    "a third answer": (lambda: yes_or_no([0, 1, 2.5, 3], "left"), 'left == "2.5", must be 0 or 1'),
    "too few answers": (lambda: yes_or_no([0, 1], "left", 3), f"left has 2 rows, the others have 3. {SAME_ROWS}"),
    "no outcome": (lambda: groups("none", [1, 0]), 'outcome == "text", must be numbers'),
    "outcome of other rows": (lambda: groups([1, 2, 3], [1, 0]), f"treated has 2 rows, the others have 3. {SAME_ROWS}"),
    "an arm between": (lambda: groups([1, 2], [1, -1]), 'treated == "-1", must be 0 or 1'),
    "nobody treated": (lambda: groups([1, 2], [0, 0]), f"treated rows == 0, must be at least 1. {WAIT}"),
    "no control": (lambda: groups([1, 2], [1, 1]), f"control rows == 0, must be at least 1. {WAIT}"),
    "one control of two": (lambda: groups([1, 2, 3], [1, 1, 0], 2), f"control rows == 1, must be at least 2. {WAIT}"),
    "labels of other rows": (lambda: clusters(NOISE, ARM, [1, 2]), f"cluster has 2 rows, the others have 14. {SAME_ROWS}"),
    "one label": (lambda: clusters(NOISE, ARM, 1), f"cluster has 0 rows, the others have 14. {SAME_ROWS}"),
    "one treated cluster": (lambda: clusters(NOISE, ARM, np.where(ARM, 0, np.arange(14))), f"treated clusters == 1, must be at least 2. {WAIT}"),
    "one control cluster": (lambda: clusters(NOISE, ARM, np.where(ARM, np.arange(14), 99)), f"control clusters == 1, must be at least 2. {WAIT}"),
    "rows without a residual": (lambda: independent_rows(np.zeros(14), ARM), f"outcome within both arms {ALONE}"),
    "clusters without a residual": (lambda: clusters(np.zeros(14), ARM, np.arange(14)), f"outcome within both arms {ALONE}"),
    "shared clusters without a residual": (lambda: clusters(np.zeros(14), ARM, np.arange(14) // 2), f"outcome within both arms {ALONE}"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_compared_is_refused_and_it_is_said_why(what: str) -> None:
    call, said = REFUSED[what]
    with pytest.raises(NumbersRefused) as refused:
        call()
    assert str(refused.value) == said


def test_two_clusters_in_each_arm_are_enough() -> None:
    who = np.array([0, 1, *[2] * 5, 0, 1, *[3] * 5])
    assert clusters(NOISE, ARM, who).df > 0
