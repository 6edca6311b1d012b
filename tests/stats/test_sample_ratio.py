import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, chisquare

from roi_core.errors import NumbersRefused
from roi_core.stats.sample_ratio import sample_ratio


def test_the_book_s_example():
    """Kohavi, Tang, Xu 2020, Trustworthy Online Controlled Experiments, 3: 821,588 against 815,482 users, p 1.8e-6."""
    found = sample_ratio([821_588, 815_482])
    assert found.mismatch
    assert found.p == pytest.approx(1.8e-6, abs=0.1e-6)
    assert found.expected.tolist() == [818_535, 818_535]


@given(st.integers(0, 300), st.integers(1, 300), st.floats(0.05, 0.95))
def test_two_arms_are_exact(one, other, share):
    assert sample_ratio([one, other], [share, 1 - share]).p == pytest.approx(binomtest(one, one + other, share).pvalue)


@given(st.lists(st.integers(5, 500), min_size=3, max_size=6))
def test_more_arms_are_chi_square(counts):
    found = sample_ratio(counts)
    assert (found.test, found.p) == ("chi-square", pytest.approx(chisquare(counts).pvalue))


@given(st.integers(0, 300), st.integers(1, 300), st.floats(0.05, 0.95))
def test_the_order_of_the_arms_does_not_matter(one, other, share):
    assert sample_ratio([one, other], [share, 1 - share]).p == pytest.approx(sample_ratio([other, one], [1 - share, share]).p)


def test_shares_need_not_add_up_to_one():
    assert sample_ratio([90, 10], [9, 1]).p == pytest.approx(1.0)
    assert not sample_ratio([90, 10], [9, 1]).mismatch
    assert sample_ratio([90, 10]).mismatch


def test_fair_draws_are_hardly_ever_called_unfair():
    rng = np.random.default_rng(1)
    counts = rng.binomial(5_000, 0.5, 500)
    assert sum(sample_ratio([c, 5_000 - c]).mismatch for c in counts) <= 3  # 0.5 expected


def test_two_arms_name_their_test_and_their_threshold() -> None:
    found = sample_ratio([30, 50], threshold=0.05)
    assert (found.test, found.threshold, found.mismatch) == ("exact binomial", 0.05, True)
    assert (sample_ratio([30, 50]).threshold, sample_ratio([30, 50]).mismatch) == (0.001, False)


def test_a_p_at_the_threshold_is_no_mismatch() -> None:
    p = sample_ratio([30, 50]).p
    assert not sample_ratio([30, 50], threshold=p).mismatch
    assert sample_ratio([30, 50], threshold=p * 1.0001).mismatch


def test_shares_of_three_arms_are_what_they_were_to_get() -> None:
    found = sample_ratio([60, 25, 15], [2, 1, 1])
    assert found.expected.tolist() == [50, 25, 25]
    assert found.p == pytest.approx(chisquare([60, 25, 15], [50, 25, 25]).pvalue)


def test_an_arm_without_a_row_is_counted() -> None:
    """One row: either arm is as likely to be empty."""
    assert sample_ratio([0, 1]).p == 1


MORE = "Wait for more, or join groups."
LACKS = "is missing or infinite in some rows. Leave those rows out of every arm by a rule made before the test, or fill them."


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: sample_ratio([5]), f"arms == 1, must be at least 2. {MORE}"),
        (lambda: sample_ratio([5, -1]), 'rows per arm == "-1", must be whole numbers of at least 0'),
        (lambda: sample_ratio([5, 1.5]), 'rows per arm == "1.5", must be whole numbers of at least 0'),
        (lambda: sample_ratio([5, np.nan]), f"rows per arm {LACKS}"),
        (lambda: sample_ratio([0, 0]), f"rows == 0, must be at least 1. {MORE}"),
        (lambda: sample_ratio([5, 5], [1, 0]), 'shares == "0", must be above 0'),
        (lambda: sample_ratio([5, 5], [1, np.inf]), f"shares {LACKS}"),
        (lambda: sample_ratio([5, 5], [1, 1, 1]), "shares has 3 rows, the others have 2. All must come from the same rows."),
        (lambda: sample_ratio([5, 5], threshold=0), "threshold == 0, must be between 0 and 1"),
        (lambda: sample_ratio([5, 5], threshold=1), "threshold == 1, must be between 0 and 1"),
    ],
)
def test_counts_that_are_none_are_refused(call, said: str) -> None:
    with pytest.raises(NumbersRefused) as refused:
        call()
    assert str(refused.value) == said
