import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.stats.auc import roc_auc


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 6)), min_size=2, max_size=60))
def test_is_the_share_of_pairs_in_order_with_ties_half(rows):
    outcome, score = np.array([o for o, _ in rows]), np.array([s for _, s in rows])
    outcome[0], outcome[1] = True, False
    gap = score[outcome][:, None] - score[~outcome]
    assert roc_auc(outcome, score) == pytest.approx(np.mean((gap > 0) + 0.5 * (gap == 0)))
    assert roc_auc(outcome, -score) == pytest.approx(1 - roc_auc(outcome, score))


def test_a_leak_is_seen():
    """IBM Telco: everybody who rated 1 or 2 left, nobody who rated 4 or 5."""
    score = np.repeat([1, 2, 3, 4, 5], 20)
    left = (score < 3) | ((score == 3) & (np.arange(100) % 4 == 0))
    assert roc_auc(left, -score) > 0.95


@pytest.mark.parametrize(
    ("outcome", "score", "words"),
    [
        ([0, 0], [1, 2], "events == 0 of 2, must leave rows with and without the outcome"),
        ([1, 1, 1], [1, 2, 3], "events == 3 of 3, must leave rows with and without the outcome"),
        ([0, 2], [1, 2], "outcome holds values other than 0 and 1, must be 0 or 1"),
        ([0, 1], [1, np.nan], "score holds missing or infinite values, must be finite"),
    ],
)
def test_what_tells_no_two_groups_apart_is_refused(outcome: list[int], score: list[float], words: str) -> None:
    with pytest.raises(ValueError, match="must") as refused:
        roc_auc(outcome, score)
    assert str(refused.value) == words
