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


def test_one_outcome_only_is_refused():
    with pytest.raises(ValueError, match="events == 0"):
        roc_auc([0, 0], [1, 2])
