import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roi_core.stats.lifetime import BgNbd, ShiftedBetaGeometric, fit_bgnbd, fit_gamma_gamma, fit_sbg
from tests.references.published import columns

# Fader, Hardie 2007, JIM 21:76, figure 1: survivors of 1,000 customers through year 7
HIGH_END = [1000, 869, 743, 653, 593, 551, 517, 491]
REGULAR = [1000, 631, 468, 382, 326, 289, 262, 241]


@pytest.mark.parametrize(("active", "alpha", "beta"), [(HIGH_END, 0.668, 3.806), (REGULAR, 0.704, 1.182)])
def test_sbg_published(active, alpha, beta):
    found = fit_sbg(active)
    assert (found.alpha, found.beta) == pytest.approx((alpha, beta), abs=1e-3)


@given(st.floats(0.2, 4), st.floats(0.5, 8))
@settings(max_examples=20)
def test_sbg_finds_its_own_parameters(alpha, beta):
    model = ShiftedBetaGeometric(alpha, beta, 0.0)
    found = fit_sbg(1e5 * model.survival(range(12)))
    assert (found.alpha, found.beta) == pytest.approx((alpha, beta), rel=1e-3)


def test_sbg_parts_agree():
    model = fit_sbg(REGULAR)
    assert model.survival([0, 1, 2]) == pytest.approx([1, model.retention([1])[0], model.retention([1, 2]).prod()])
    far = np.arange(3000)
    assert model.discounted_lifetime(0.1) == pytest.approx((model.survival(far) / 1.1**far).sum())
    assert model.discounted_lifetime(0.1, alive_after=4) == pytest.approx((model.survival(far + 4) / 1.1**far).sum() / model.survival(4))
    assert (np.diff(model.retention(np.arange(1, 20))) > 0).all()


@pytest.mark.parametrize("active", [[100, 90, 80], [100, 100, 100, 100], [100, 90, 95, 80], [100, 0, 0, 0]])
def test_sbg_of_too_little_is_refused(active):
    with pytest.raises(ValueError, match=r"periods|active_by_period"):
        fit_sbg(active)


def test_bg_nbd_published_probabilities():
    """Fader, Hardie, Lee 2005, with the rounded parameters of table 2 (recorded by the package lifetimes)."""
    model = BgNbd(0.243, 4.414, 0.793, 2.426, 0.0)
    assert model.chance_of(0, 39) == pytest.approx(0.5737864, abs=1e-6)
    assert model.chance_of(11, 30) == pytest.approx(0.0019995214, abs=1e-9)


def test_bg_nbd_chances_sum_to_one_and_to_the_expectation():
    model = BgNbd(0.243, 4.414, 2.793, 2.426, 0.0)
    chances = np.array([model.chance_of(x, 20) for x in range(120)])
    assert chances.sum() == pytest.approx(1, abs=1e-6)
    assert chances @ np.arange(120) == pytest.approx(model.expected(20), abs=1e-4)


def test_bg_nbd_finds_what_made_the_data():
    rng = np.random.default_rng(3)
    n, r, alpha, a, b = 20_000, 0.8, 6.0, 1.2, 3.0
    rate, stop = rng.gamma(r, 1 / alpha, n), rng.beta(a, b, n)
    x, last = np.zeros(n), np.zeros(n)
    clock, alive = np.zeros(n), np.ones(n, dtype=bool)
    while alive.any():
        clock += rng.exponential(1 / rate)
        alive &= clock <= 52
        x += alive
        last = np.where(alive, clock, last)
        alive &= rng.random(n) >= stop
    found = fit_bgnbd(x, last, np.full(n, 52.0))
    assert (found.r, found.alpha) == pytest.approx((r, alpha), rel=0.08)
    assert found.a / (found.a + found.b) == pytest.approx(a / (a + b), rel=0.05)
    assert found.alive(0, 0, 52) == 1
    assert found.alive(5, 50, 52) > found.alive(5, 20, 52)


def test_bg_nbd_history_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match="recency <= age"):
        fit_bgnbd([1.0], [5.0], [4.0])
    with pytest.raises(ValueError, match="bought again"):
        fit_bgnbd([0.0], [0.0], [4.0])


def test_gamma_gamma_published():
    """Fader, Hardie 2013, note 025 (CDNOW, 946 customers): p 6.25, q 3.74, v 15.44; a customer at 35.34 would average about 35."""
    data = columns("cdnow_customers_summary_with_transactions.csv")
    x, z = data["x"].astype(float), data["zbar"].astype(float)
    found = fit_gamma_gamma(x[x > 0], z[x > 0])
    assert (x > 0).sum() == 946
    assert (found.p, found.q, found.v) == pytest.approx((6.25, 3.74, 15.44), abs=0.01)
    assert found.expected(0, 0) == pytest.approx(found.p * found.v / (found.q - 1))
    assert found.expected(1000, 50) == pytest.approx(50, rel=0.01)


def test_gamma_gamma_finds_what_made_the_data():
    rng = np.random.default_rng(4)
    x = rng.integers(1, 12, 20_000).astype(float)
    spent = rng.gamma(6.0 * x, 1 / rng.gamma(4.0, 1 / 15.0, len(x)))
    found = fit_gamma_gamma(x, spent / x)
    assert (found.p, found.q, found.v) == pytest.approx((6.0, 4.0, 15.0), rel=0.1)
    assert found.expected(0, 0) == pytest.approx(6.0 * 15.0 / 3.0, rel=0.01)


def test_gamma_gamma_wants_purchases():
    with pytest.raises(ValueError, match="above 0"):
        fit_gamma_gamma([0.0], [5.0])
