import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.duration.survfunc import CumIncidenceRight

from roi_core.errors import NumbersRefused
from roi_core.stats.incidence import cumulative_incidence
from roi_core.stats.interval import Interval
from roi_core.stats.survival import kaplan_meier

seeds = st.integers(0, 10_000)


def draw(seed, n=60):
    rng = np.random.default_rng(seed)
    ends = np.round(np.column_stack([rng.exponential(scale, n) for scale in (15, 12, 25)]), 1) + 0.1
    return ends.min(axis=1), ends.argmin(axis=1)


def test_counted_by_hand():
    """4 rows: one leaves by kind 1 at 1, one by kind 2 and one unseen at 2, the last by kind 1 at 3."""
    found = cumulative_incidence([1, 2, 2, 3], [1, 2, 0, 1])
    assert found.kinds == (1, 2)
    assert found.at_risk.tolist() == [4, 3, 1]
    assert found.incidence[0] == pytest.approx([1 / 4, 1 / 4, 3 / 4])
    assert found.incidence[1] == pytest.approx([0, 1 / 4, 1 / 4])
    assert found.survival == pytest.approx([3 / 4, 1 / 2, 0])
    assert found.se[0, 0] == pytest.approx(np.sqrt(0.25 * 0.75 / 4))


@given(seeds)
def test_one_kind_is_one_minus_kaplan_meier(seed):
    time, kind = draw(seed)
    found, curve = cumulative_incidence(time, kind > 0), kaplan_meier(time, kind > 0)
    for ours, theirs in ((found.incidence, 1 - curve.survival), (found.low, 1 - curve.high), (found.high, 1 - curve.low), (found.se, curve.se)):
        assert ours[0] == pytest.approx(theirs, abs=1e-7)


@given(seeds)
def test_kinds_and_those_still_there_are_everybody(seed):
    time, kind = draw(seed)
    found = cumulative_incidence(time, kind)
    assert found.incidence.sum(axis=0) + found.survival == pytest.approx(1)
    assert found.survival == pytest.approx(kaplan_meier(time, kind > 0).survival)
    assert (np.diff(found.incidence, axis=1) >= 0).all()
    assert (found.low <= found.incidence + 1e-12).all()
    assert (found.incidence <= found.high + 1e-12).all()


@given(seeds)
def test_one_minus_kaplan_meier_is_too_high(seed):
    time, kind = draw(seed)
    found = cumulative_incidence(time, kind)
    for row, one in enumerate(found.kinds):
        assert (found.incidence[row] <= 1 - kaplan_meier(time, kind == one).survival + 1e-12).all()


@given(seeds)
def test_without_censoring_it_is_the_plain_share_with_its_binomial_error(seed):
    time, kind = draw(seed)
    found = cumulative_incidence(time, kind + 1)
    for row, one in enumerate(found.kinds):
        share = np.array([((time <= t) & (kind + 1 == one)).mean() for t in found.times])
        assert found.incidence[row] == pytest.approx(share)
        assert found.se[row] == pytest.approx(np.sqrt(share * (1 - share) / len(time)), abs=1e-7)


@given(seeds)
@settings(max_examples=15)
def test_error_is_that_of_the_delta_method_on_multinomial_counts(seed):
    """At each time the kinds that leave are multinomial among those at risk; their covariance through the numerical gradient."""
    time, kind = draw(seed, 25)
    found, step = cumulative_incidence(time, kind), 1e-6
    hazards = found.events / found.at_risk

    def incidence(rates):
        before = np.concatenate(([1.0], np.cumprod(1 - rates.sum(axis=0))[:-1]))
        return float((before * rates[0]).sum())

    variance = 0.0
    for j, n in enumerate(found.at_risk):
        gradient = np.zeros(len(hazards))
        for k in range(len(hazards)):
            nudge = np.zeros_like(hazards)
            nudge[k, j] = step
            gradient[k] = (incidence(hazards + nudge) - incidence(hazards - nudge)) / (2 * step)
        variance += gradient @ ((np.diag(hazards[:, j]) - np.outer(hazards[:, j], hazards[:, j])) / n) @ gradient
    assert found.se[0, -1] == pytest.approx(np.sqrt(variance), abs=1e-6)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("seed", range(5))
def test_error_is_that_of_statsmodels(seed):
    time, kind = draw(seed, 200)
    theirs, ours = CumIncidenceRight(time, kind), cumulative_incidence(time, kind)
    for row in range(2):
        known = np.isfinite(theirs.cinc_se[row])
        assert ours.incidence[row] == pytest.approx(theirs.cinc[row])
        assert ours.se[row][known] == pytest.approx(theirs.cinc_se[row][known], abs=1e-7)


@given(seeds)
def test_order_and_unit_of_time_do_not_matter(seed):
    time, kind = draw(seed)
    shuffled = np.random.default_rng(seed).permutation(len(time))
    one, two = cumulative_incidence(time, kind), cumulative_incidence(30 * time[shuffled], kind[shuffled])
    assert np.array_equal(one.incidence, two.incidence)
    assert np.array_equal(one.se, two.se)


def test_entry_counts_only_those_already_there():
    found = cumulative_incidence([3, 5, 6], [1, 2, 1], entry=[0, 1, 4])
    assert found.at_risk.tolist() == [2, 2, 1]
    assert found.incidence.tolist() == [[0.5, 0.5, 0.75], [0, 0.25, 0.25]]


def test_limits_hold_the_true_share():
    """Two ways out at rates 0.06 and 0.04, watching ends at rate 0.05: by 8 months 0.6 (1 - exp(-0.8)) have left the first way."""
    rng, true = np.random.default_rng(9), 0.6 * (1 - np.exp(-0.8))
    shares = []
    for _ in range(400):
        ends = np.column_stack([rng.exponential(1 / rate, 80) for rate in (0.05, 0.06, 0.04)])
        shares.append(cumulative_incidence(ends.min(axis=1), ends.argmin(axis=1)).share(1, 8.0))
    assert 0.92 <= np.mean([share.low <= true <= share.high for share in shares]) <= 0.98
    assert np.mean([share.value for share in shares]) == pytest.approx(true, abs=0.01)


def test_a_share_is_known_to_the_last_observed_time_and_no_further() -> None:
    found = cumulative_incidence([2, 3, 5], [1, 2, 0])
    assert (found.share(1, 5).value, found.share(2, 5).value) == pytest.approx((1 / 3, 1 / 3))
    assert found.share(1, 1) == Interval(0, 0, 0, 0), "before anybody left"
    assert found.share(2, 3).se == pytest.approx(np.sqrt(1 / 3 * 2 / 3 / 3))


def test_where_nobody_is_left_the_shares_stay() -> None:
    ended = cumulative_incidence([1, 2, 3], [1, 2, 1])
    assert (ended.share(1, 9), ended.share(2, 9)) == (ended.share(1, 3), ended.share(2, 3))
    assert (ended.share(1, 9).value, ended.share(2, 9).value) == pytest.approx((2 / 3, 1 / 3))


def test_limits_have_the_level_and_the_scale_that_were_asked() -> None:
    """By the scale of 1 - incidence: log-log at the level 0.9, then log."""
    for level, z in ((0.95, 1.959964), (0.9, 1.644854)):
        share = cumulative_incidence([1, 2, 2, 3, 4], [1, 2, 0, 1, 0], level=level).share(1, 1)
        assert np.log(np.log(1 - share.low) / np.log(1 - share.value)) == pytest.approx(-z * share.se / (0.8 * -np.log(0.8)), abs=1e-6)
    share = cumulative_incidence([1, 2, 2, 3, 4], [1, 2, 0, 1, 0], scale="log").share(1, 1)
    assert np.log((1 - share.high) / 0.8) == pytest.approx(-1.959964 * share.se / 0.8, abs=1e-6)


_WHOLE = "kinds holds values other than whole numbers from 0, must be 0 where nobody left, else the number of a kind"


@pytest.mark.parametrize(
    ("durations", "kinds", "words"),
    [
        ([1, 2], [0, 0], "rows that left == 0, must be at least 1. Follow for longer."),
        ([1, 2], [1, -1], _WHOLE),
        ([1, 2], [1, 0.5], _WHOLE),
        ([1, 2], [1, np.nan], _WHOLE),
        ([1, 2], [1, np.inf], _WHOLE),
        ([1, 2], ["churn", ""], _WHOLE),
        ([1, 2], [1], "durations.shape == (2,), events.shape == (1,), entry.shape == (2,): must be one row each, at least one"),
        ([1, -2], [1, 2], "durations holds negative times in 1 of 2 rows, must be 0 or more: the end comes after the start"),
        ([], [], "durations.shape == (0,), events.shape == (0,), entry.shape == (0,): must be one row each, at least one"),
    ],
)
def test_what_cannot_be_is_refused_by_name(durations: list[float], kinds: list[object], words: str) -> None:
    with pytest.raises(NumbersRefused) as refused:
        cumulative_incidence(durations, kinds)
    assert str(refused.value) == words


def test_a_share_that_nobody_knows_is_refused_by_name() -> None:
    found = cumulative_incidence([2, 3, 5], [1, 2, 0])
    with pytest.raises(NumbersRefused) as refused:
        found.share(1, 6)
    assert str(refused.value) == "time == 6, must be at most the last observed time 5.0"
    with pytest.raises(NumbersRefused) as refused:
        found.share(3, 2)
    assert str(refused.value) == "kind == 3, must be one of 1, 2"
