from math import inf, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.errors import NumbersRefused
from roi_core.stats.margin import non_inferior
from roi_core.stats.randomised import mean_difference

finite = st.floats(-10, 10)


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (0.1, 0.9, "better"),
        (-0.5, 0.5, "not worse"),
        (-0.8, -0.2, "not worse"),
        (-1.5, 0.5, "undecided"),
        (-1.0, 0.5, "undecided"),
        (0.0, 0.5, "not worse"),
        (-2.0, -1.0, "undecided"),
        (-1.5, -0.5, "undecided"),
        (-2.5, -1.5, "worse"),
    ],
)
def test_the_intervals_of_the_guideline(low, high, verdict):
    """The cases of Piaggio et al. 2012, JAMA 308:2594, figure 1, with a margin of 1."""
    found = non_inferior(low, high, 1.0, higher_is_better=True)
    assert (found.verdict, found.worse_limit) == (verdict, low)
    assert (found.room > 0) == (verdict in ("better", "not worse"))


@given(finite, finite, st.floats(0.01, 5))
def test_what_is_good_may_point_either_way(one, other, margin):
    low, high = min(one, other), max(one, other)
    there, back = non_inferior(low, high, margin, higher_is_better=True), non_inferior(-high, -low, margin, higher_is_better=False)
    assert (there.verdict, there.room, there.margin) == (back.verdict, back.room, margin)
    assert (there.worse_limit, back.worse_limit) == (low, -low)


@given(finite, finite, st.floats(0.01, 5), st.floats(0.01, 5))
def test_a_wider_margin_never_takes_a_pass_back(one, other, margin, more):
    low, high = min(one, other), max(one, other)
    if non_inferior(low, high, margin, higher_is_better=True).room > 0:
        assert non_inferior(low, high, margin + more, higher_is_better=True).verdict in ("better", "not worse")


def test_something_worse_by_the_margin_passes_in_at_most_one_of_forty():
    """80 rows, truth exactly at the margin, 1,500 runs: 2.5 % and 2.6 Monte Carlo errors."""
    passed = 0
    for seed in range(1_500):
        rng = np.random.default_rng(seed)
        arm = rng.permutation(80) < 40
        found = mean_difference(rng.normal(size=80) - 0.3 * arm, arm)
        passed += non_inferior(found.low, found.high, 0.3, higher_is_better=True).room > 0
    assert 0.014 <= passed / 1_500 <= 0.036


@pytest.mark.parametrize(
    ("low", "high", "margin", "words"),
    [
        (0, 1, 0, "margin == 0, must be a number above 0"),
        (0, 1, -1, "margin == -1, must be a number above 0"),
        (0, 1, inf, "margin == inf, must be a number above 0"),
        (0, 1, nan, "margin == nan, must be a number above 0"),
        (1, 0.25, 1, 'interval == "1 to 0.25", must be two numbers in ascending order'),
        (nan, 1, 1, 'interval == "nan to 1", must be two numbers in ascending order'),
    ],
)
def test_no_margin_and_no_interval_are_refused(low: float, high: float, margin: float, words: str) -> None:
    with pytest.raises(NumbersRefused) as refused:
        non_inferior(low, high, margin, higher_is_better=True)
    assert str(refused.value) == words


def test_an_estimate_without_doubt_is_an_interval_too() -> None:
    assert non_inferior(0.5, 0.5, 1, higher_is_better=True).verdict == "better"
