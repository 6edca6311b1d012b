"""Leaving by score: counted by hand, and a sentence that follows the interval and claims no cause."""

import numpy as np
import pytest

from roi_core.effects.satisfaction import dose
from roi_core.measured import Dose
from roi_core.results import Absent, Estimate


def ratings(left_by_score: dict[float, tuple[int, int]]) -> Dose | Absent:
    """{score: (left, customers)} as a dose."""
    score = np.concatenate([np.full(n, value) for value, (_, n) in left_by_score.items()])
    left = np.concatenate([np.arange(n) < x for x, n in left_by_score.values()])
    return dose(score, left, "within 6 months")


def test_shares_with_wilson_intervals_and_counts() -> None:
    found = ratings({1: (30, 100), 3: (20, 100), 5: (10, 100)})
    assert isinstance(found, Dose)
    assert [(value, n, x) for value, n, x, _ in found.rows] == [(1, 100, 30), (3, 100, 20), (5, 100, 10)]
    worst = found.rows[0][3]
    assert isinstance(worst, Estimate)
    assert (worst.value, worst.low, worst.high) == pytest.approx((0.3, 0.2189, 0.3958), abs=1e-4), "Wilson 1927"
    assert found.grade.value == "C"
    assert found.sentence.startswith("Customers who rate low leave more often: 30.0 % of those who gave 1")
    assert "does not show that raising scores keeps them" in found.sentence


def test_a_few_low_ratings_decide_nothing() -> None:
    found = ratings({1: (2, 12), 4: (40, 280), 5: (36, 300)})
    assert isinstance(found, Dose)
    assert found.sentence.startswith("Leaving does not go with the ratings clearly enough")


def test_high_raters_that_leave_are_said_too() -> None:
    found = ratings({1: (10, 200), 5: (60, 200)})
    assert isinstance(found, Dose)
    assert found.sentence.startswith("Customers who rate high left more often")


def test_a_score_with_few_customers_has_no_share() -> None:
    found = ratings({1: (3, 9), 5: (20, 100)})
    assert isinstance(found, Dose)
    assert isinstance(found.rows[0][3], Absent)
    assert "too few ratings" in found.sentence


def test_every_customer_is_in_the_table_however_fine_the_scores() -> None:
    """Half points from 1 to 10, 20 customers each of whom 4 left: 9.5 counts at 10, and 1 alone has no half below it."""
    found = ratings({half / 2: (4, 20) for half in range(2, 21)})
    assert isinstance(found, Dose)
    assert [(value, n, x) for value, n, x, _ in found.rows] == [(1, 20, 4), *((value, 40, 8) for value in range(2, 11))]
    assert found.sentence.endswith("each is counted at the nearest multiple of 1.")


def test_a_hundred_scores_are_counted_by_tens() -> None:
    """0 to 100, one customer each, of whom those of 0, 10, 20 and so on left: 0 to 4 go to 0, 5 to 14 to 10, 95 to 100 to 100."""
    found = ratings({value: (int(value % 10 == 0), 1) for value in range(101)})
    assert isinstance(found, Dose)
    assert [(value, n, x) for value, n, x, _ in found.rows] == [(0, 5, 1), *((value, 10, 1) for value in range(10, 100, 10)), (100, 6, 1)]
    assert found.sentence.endswith("each is counted at the nearest multiple of 10.")


@pytest.mark.parametrize("few", [{}, {5: (3, 29)}, {1: (0, 50), 5: (0, 50)}, {1: (50, 50), 5: (50, 50)}])
def test_nothing_to_show(few: dict[float, tuple[int, int]]) -> None:
    found = ratings(few) if few else dose(np.empty(0), np.empty(0, dtype=bool), "so far")
    assert isinstance(found, Absent)
    assert found.reason


def test_equal_ratings_have_no_correlation() -> None:
    found = ratings({5: (20, 100)})
    assert isinstance(found, Dose)
    assert isinstance(found.correlation, Absent)
