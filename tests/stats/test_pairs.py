"""Matched pairs: the difference, its error along pairs and customers, and the pairs in which only one left."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roi_core.errors import NumbersRefused
from roi_core.stats import pairs, randomised
from roi_core.stats.cluster import crossed_variance


def test_four_pairs_by_hand():
    """Differences 1, 0, -1, 1: mean 0.25, squares about it 2.75, variance of the mean 2.75 / 3 / 4."""
    outcome, made = [1, 0, 1, 1, 0, 1, 1, 0], [[0, 1], [2, 3], [4, 5], [6, 7]]
    found = pairs.mean_difference(outcome, made)
    assert (found.value, found.se) == pytest.approx((0.25, np.sqrt(2.75 / 3 / 4)))
    assert pairs.discordant(outcome, made) == (2, 1)


@given(st.integers(0, 10_000))
@settings(max_examples=50)
def test_without_customers_the_error_is_that_of_paired_differences(seed):
    outcome = np.random.default_rng(seed).normal(size=40)
    made = np.random.default_rng(seed + 1).permutation(40).reshape(20, 2)
    found = pairs.mean_difference(outcome, made)
    paired = randomised.paired_difference(outcome[made[:, 0]], outcome[made[:, 1]])
    assert (found.value, found.se) == pytest.approx((paired.value, paired.se))


def test_two_ways_of_belonging_together_by_hand():
    """Shares 1, 2, 3, 4. By one: (1 + 2)^2 + (3 + 4)^2 = 58, times 2. By other: (1 + 4)^2 + 2^2 + 3^2 = 38, times 3/2. Together: 30, times 4/3."""
    assert crossed_variance([1, 2, 3, 4], [0, 0, 1, 1], [0, 1, 2, 0]) == pytest.approx(116 + 57 - 40)


def test_where_the_crossed_variance_is_none_the_larger_of_both_stands():
    """Sums by one and by other all but cancel: 2 * 0.2^2 either way, and less 4/3 * 4.44 that would be no variance."""
    assert crossed_variance([1, -1, -1, 1], [0, 0, 1, 1], [0, 1, 0, 1]) == 0
    assert crossed_variance([1, -1, -1.2, 1], [0, 0, 1, 1], [0, 1, 0, 1]) == pytest.approx(0.08)
    with pytest.raises(ValueError, match="clusters == 1"):
        crossed_variance([1, 2], [0, 0], [0, 1])


def test_the_interval_holds_nothing_as_often_as_it_says_where_customers_are_in_many_pairs():
    """600 worlds without an effect, customers whose leaving goes together in four rows each: 92.5 to 97.3 % is the range of 95 % +- 2.5 errors."""
    luck, held, ignoring = np.random.default_rng(5), 0, 0
    worlds = 600
    for _ in range(worlds):
        own = np.repeat(luck.normal(size=60), 4)
        outcome = (own + luck.normal(size=240) > 0.8).astype(float)
        cluster = np.repeat(np.arange(60), 4)
        arms = np.where(np.arange(60) % 2, 1, 0)[cluster]
        made = np.column_stack([luck.permutation(np.flatnonzero(arms)), luck.permutation(np.flatnonzero(1 - arms))])
        found, apart = pairs.mean_difference(outcome, made, cluster), pairs.mean_difference(outcome, made)
        held += found.low <= 0 <= found.high
        ignoring += apart.low <= 0 <= apart.high
    assert 0.92 <= held / worlds <= 0.975
    assert ignoring / worlds < 0.90, "errors by pair alone must fail the same line"


def test_pairs_in_which_one_alone_has_the_outcome_are_told_apart_from_those_with_both_and_neither() -> None:
    outcome = [1, 0]
    made = [[0, 1]] * 4 + [[1, 0]] * 2 + [[0, 0]] * 3 + [[1, 1]] * 5
    assert pairs.discordant(outcome, made) == (4, 2)


@pytest.mark.parametrize(("made", "found"), [([], (0, 0)), ([[0, 1]], (1, 0)), ([[1, 1]], (0, 0))])
def test_no_pair_and_one_pair_can_be_counted(made: list[list[int]], found: tuple[int, int]) -> None:
    assert pairs.discordant([1, 0], made) == found


@pytest.mark.parametrize(("level", "z"), [(None, 1.959964), (0.9, 1.644854)])
def test_two_pairs_are_enough_and_limits_go_with_the_level(level: float | None, z: float) -> None:
    """Differences 1 and 3: mean 2, variance 2, of the mean 1. Row numbers may come as floats."""
    outcome, made = [2.0, 1.0, 5.0, 2.0], np.array([[0.0, 1.0], [2.0, 3.0]])
    found = pairs.mean_difference(outcome, made) if level is None else pairs.mean_difference(outcome, made, level=level)
    assert (found.value, found.se, found.low, found.high) == pytest.approx((2, 1, 2 - z, 2 + z), rel=1e-5)


@pytest.mark.parametrize(
    ("outcome", "made", "words"),
    [
        ([1, 0, 1, 0], [[0, 1]], "pairs == 1, must be at least 2. Wait for more, or join groups."),
        ([1, 0, 1, 0], [[0, 1], [2, 4]], 'rows of the pairs == "0 to 4", must be from 0 to 3'),
        ([1, 0, 1, 0], [[-1, 1], [2, 3]], 'rows of the pairs == "-1 to 3", must be from 0 to 3'),
        (
            [1, 0, np.nan, 0],
            [[0, 1], [2, 3]],
            "outcome is missing or infinite in some rows. Leave those rows out of every arm by a rule made before the test, or fill them.",
        ),
    ],
)
def test_too_few_pairs_and_rows_that_are_not_there_are_refused(outcome: list[float], made: list[list[int]], words: str) -> None:
    with pytest.raises(NumbersRefused) as refused:
        pairs.mean_difference(outcome, made)
    assert str(refused.value) == words


def test_an_outcome_that_is_neither_yes_nor_no_cannot_be_counted() -> None:
    with pytest.raises(NumbersRefused) as refused:
        pairs.discordant([1, 2], [[0, 1]])
    assert str(refused.value) == "outcome holds values other than 0 and 1, must be 0 or 1"
