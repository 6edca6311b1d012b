import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from roi_core.stats.multiplicity import benjamini_hochberg, shrink

# Benjamini, Hochberg 1995, JRSSB 57:289, the example of section 3.2
P_1995 = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]


def test_published_example_rejects_four():
    q = benjamini_hochberg(P_1995)
    assert (q <= 0.05).sum() == 4
    assert q[3] == pytest.approx(0.0095 * 15 / 4)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_equals_statsmodels(p):
    assert benjamini_hochberg(p) == pytest.approx(multipletests(p, method="fdr_bh")[1], abs=1e-12)


def test_p_values_outside_0_to_1_are_refused():
    with pytest.raises(ValueError, match="from 0 to 1"):
        benjamini_hochberg([0.5, 1.5])


@given(st.integers(0, 1000), st.floats(-2, 2))
@settings(max_examples=25)
def test_shrunk_values_lie_between_the_estimate_and_the_average(seed, shift):
    rng = np.random.default_rng(seed)
    y, se = rng.normal(0, 0.05, 12), rng.uniform(0.01, 0.06, 12)
    found, moved = shrink(y, se), shrink(y + shift, se)
    assert moved.values == pytest.approx(found.values + shift, abs=1e-8)
    assert moved.lows == pytest.approx(found.lows + shift, abs=1e-8)
    assert (found.lows < found.values).all()
    assert (found.values < found.highs).all()
    assert found.values.std() < y.std()
    assert y.min() <= found.values.min() <= found.values.max() <= y.max()


def test_precise_estimates_stay_and_vague_ones_are_pulled():
    y, se = np.array([-0.1, 0.1, -0.1, 0.1]), np.array([0.001, 0.001, 0.3, 0.3])
    found = shrink(y, se)
    assert found.values[:2] == pytest.approx(y[:2], abs=1e-3)
    assert np.abs(found.values[2:]).max() < 0.02


def test_shrunk_intervals_cover_and_raw_maxima_mislead():
    """24 segments, spread 2 points, errors 4 points: as in method-evidence section 5."""
    rng = np.random.default_rng(1)
    hits, raw_error, pulled_error = [], [], []
    for _ in range(100):
        truth = rng.normal(-0.03, 0.02, 24)
        y = truth + rng.normal(0, 0.04, 24)
        found = shrink(y, np.full(24, 0.04))
        hits.append(np.mean((found.lows <= truth) & (truth <= found.highs)))
        raw_error.append(np.mean((y - truth) ** 2))
        pulled_error.append(np.mean((found.values - truth) ** 2))
    assert 0.93 <= np.mean(hits) <= 0.98
    assert np.sqrt(np.mean(pulled_error)) < 0.6 * np.sqrt(np.mean(raw_error))


def test_too_few_to_pull_are_refused():
    with pytest.raises(ValueError, match="at least 2"):
        shrink([0.1], [0.1])
    with pytest.raises(ValueError, match="above 0"):
        shrink([0.1, 0.2], [0.1, 0.0])
