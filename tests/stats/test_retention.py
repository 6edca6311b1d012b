import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.errors import NumbersRefused
from roi_core.stats.proportion import wilson
from roi_core.stats.retention import retention

seeds = st.integers(0, 10_000)


def draw(seed, n=200):
    rng = np.random.default_rng(seed)
    started = rng.integers(100, 112, n)
    return started, started + rng.geometric(0.1, n) - 1, rng.random(n) < 0.8


def test_counted_by_hand():
    """Months 10 to 12. Four started in 10 and left in 10, 12, later than was seen, never; two in 12, one of whom left at once."""
    found = retention([10, 10, 10, 10, 12, 12], [10, 12, 15, 0, 12, 0], [1, 1, 1, 0, 1, 0], last_month=12)
    assert [(cohort.month, cohort.customers, cohort.there.tolist()) for cohort in found.cohorts] == [(10, 4, [3, 3, 2]), (12, 2, [1])]
    first = found.cohorts[0]
    assert [(share, low, high) for share, low, high in zip(first.share, first.low, first.high, strict=True)] == [
        pytest.approx((wilson(n, 4).value, wilson(n, 4).low, wilson(n, 4).high)) for n in (3, 3, 2)
    ]


def test_a_cohort_of_1000_of_a_published_table():
    """Fader, Hardie 2007 JIM 21:76, table 1, high end: of 1000 customers 869, 743, 653, 593 are active after 1 to 4 renewals."""
    active = [1000, 869, 743, 653, 593]
    left = np.repeat([1, 2, 3, 4, 0], [131, 126, 90, 60, 593])
    found = retention(np.zeros(1000), left, np.repeat([1, 0], [407, 593]), last_month=4)
    assert found.cohorts[0].there.tolist() == active


@given(seeds, st.integers(100, 115))
def test_no_cell_lies_after_the_last_whole_month(seed, last):
    found = retention(*draw(seed), last_month=last)
    assert all(len(cohort.share) == last - cohort.month + 1 for cohort in found.cohorts)
    assert sum(cohort.customers for cohort in found.cohorts) + found.after == 200


@given(seeds)
def test_a_further_month_changes_no_cell_that_was_there(seed):
    before, after = (retention(*draw(seed), last_month=last) for last in (108, 109))
    for old, new in zip(before.cohorts, after.cohorts, strict=False):
        assert (old.month, old.customers) == (new.month, new.customers)
        assert np.array_equal(old.there, new.there[:-1])


@given(seeds)
def test_shares_fall_and_their_limits_hold_them(seed):
    for cohort in retention(*draw(seed), last_month=120).cohorts:
        assert (np.diff(cohort.there) <= 0).all()
        assert (cohort.low <= cohort.share).all()
        assert (cohort.share <= cohort.high).all()


def test_cohorts_from_before_leaving_was_recorded_are_counted_and_left_out():
    """Of those who started before, only who stayed is in the files: their share would be 1."""
    found = retention([3, 8, 10, 10, 13], [0, 0, 11, 0, 0], [0, 0, 1, 0, 0], last_month=12, first_month=10)
    assert [cohort.month for cohort in found.cohorts] == [10]
    assert (found.before, found.after) == (2, 1)


def test_limits_hold_the_true_share():
    """A tenth leaves each month: after month 3 there are 0.9 ** 4."""
    rng, held = np.random.default_rng(3), []
    for _ in range(400):
        cohort = retention(np.zeros(60), rng.geometric(0.1, 60) - 1, np.ones(60), last_month=3).cohorts[0]
        held.append(cohort.low[3] <= 0.9**4 <= cohort.high[3])
    assert 0.92 <= np.mean(held) <= 0.985


_START = "left holds months before the start in 1 of 2 rows, must be the month of the start or later"


@pytest.mark.parametrize(
    ("started", "left", "gone", "words"),
    [
        ([], [], [], "started.shape == (0,), left.shape == (0,), gone.shape == (0,): must be one row each, at least one"),
        ([1, 2], [1], [1, 1], "started.shape == (2,), left.shape == (1,), gone.shape == (2,): must be one row each, at least one"),
        ([1, 2], [1, 2], [1], "started.shape == (2,), left.shape == (2,), gone.shape == (1,): must be one row each, at least one"),
        ([[1, 2]], [[1, 2]], [[1, 1]], "started.shape == (1, 2), left.shape == (1, 2), gone.shape == (1, 2): must be one row each, at least one"),
        ([1, 2], [0, 2], [1, 1], _START),
        ([1.5], [2], [1], "started and left holds parts of a month, must be month numbers"),
        ([1], [2.5], [1], "started and left holds parts of a month, must be month numbers"),
        ([1], [np.nan], [1], "left holds missing or infinite values, must be finite"),
        ([np.nan], [2], [1], "started holds missing or infinite values, must be finite"),
        ([1], [2], [3], "gone holds values other than 0 and 1, must be 0 or 1"),
    ],
)
def test_what_cannot_be_is_refused_by_name(started: list[float], left: list[float], gone: list[int], words: str) -> None:
    with pytest.raises(NumbersRefused) as refused:
        retention(started, left, gone, last_month=5)
    assert str(refused.value) == words


def test_limits_have_the_level_that_was_asked() -> None:
    cohort = retention([1] * 10, [2] * 10, [1] * 4 + [0] * 6, last_month=2, level=0.8).cohorts[0]
    assert (cohort.low[1], cohort.share[1], cohort.high[1]) == pytest.approx((wilson(6, 10, 0.8).low, 0.6, wilson(6, 10, 0.8).high))


def test_the_month_of_leaving_may_be_unknown_where_nobody_left():
    assert retention([1], [np.nan], [0], last_month=2).cohorts[0].there.tolist() == [1, 1]
    assert retention([1], [None], [0], last_month=2).cohorts[0].there.tolist() == [1, 1]
