"""How many were never seen: published figures, and a bound that holds."""

import numpy as np
import pytest

from roi_core.stats.unseen import unseen


def seen(once: int, twice: int, others: int, sightings: int) -> np.ndarray:
    """Counts with so many seen once and twice; what is left over is spread over the others, three or more each."""
    left = sightings - once - 2 * twice - 3 * (others - 1)
    return np.array([1] * once + [2] * twice + [3] * (others - 1) + [left])


@pytest.mark.parametrize(
    ("kinds", "once", "twice", "spiders", "richness", "error", "lower"),
    [(26, 12, 4, 168, 43.893, 14.306, 30.511), (37, 14, 4, 252, 61.403, 18.532, 43.502)],
)
def test_spiders_of_harvard_forest(kinds: int, once: int, twice: int, spiders: int, richness: float, error: float, lower: float) -> None:
    """Girdled and logged sites, Chao et al. 2014 (Ecological Monographs 84), as iNEXT prints them."""
    found = unseen(seen(once, twice, kinds - once - twice, spiders))
    assert (kinds + found.least, found.standard_error, kinds + found.lower) == (
        pytest.approx(richness, abs=5e-4),
        pytest.approx(error, abs=1e-3),
        pytest.approx(lower, abs=2e-3),
    )


def test_nobody_seen_twice_is_counted_by_hand() -> None:
    """Three seen once and one five times: 7/8 * 3 * 2 / 2."""
    assert unseen(np.array([1, 1, 1, 5])).least == pytest.approx(7 / 8 * 3)


@pytest.mark.parametrize("times", [[1, 1, 1, 5], [1, 1, 4, 9], [1] * 12 + [3, 3, 7], [1, 1, 2, 2, 6], [1] * 9 + [2, 2, 2, 3, 8]])
def test_the_error_is_that_of_the_delta_method_on_the_counts_of_counts(times: list[int]) -> None:
    """How many were seen once, twice, ...: multinomial among all there are (Chao 1987), through the numerical gradient of the estimate."""
    counts, shrink = np.bincount(times)[1:].astype(float), (sum(times) - 1) / sum(times)

    def everyone(f: np.ndarray) -> float:
        return float(f.sum() + shrink * (f[0] ** 2 / (2 * f[1]) if counts[1] else f[0] * (f[0] - 1) / 2))

    steps = 1e-5 * np.eye(len(counts))
    gradient = np.array([(everyone(counts + step) - everyone(counts - step)) / 2e-5 for step in steps])
    covariance = np.diag(counts) - np.outer(counts, counts) / everyone(counts)
    found = unseen(np.array(times))
    assert len(times) + found.least == pytest.approx(everyone(counts))
    assert found.standard_error == pytest.approx(np.sqrt(gradient @ covariance @ gradient), rel=1e-6)


@pytest.mark.parametrize("times", [np.array([], dtype=int), np.array([1]), np.array([1, 2, 2]), np.array([4, 9]), np.ones(5, dtype=int)])
def test_where_nothing_can_be_told_it_is_none(times: np.ndarray) -> None:
    assert unseen(times) == (0, 0, 0)


def test_two_seen_once_are_enough_to_tell() -> None:
    """Two seen once and one five times: 6/7 * 2 * 1 / 2."""
    assert unseen(np.array([1, 1, 5])).least == pytest.approx(6 / 7)


def test_nobody_is_seen_less_than_once() -> None:
    with pytest.raises(ValueError, match=r"^Seen means once or more, not 0\.$"):
        unseen(np.array([0, 1]))


def test_the_lower_limit_is_below_the_truth_however_different_they_are() -> None:
    """Rates drawn from a gamma distribution: at most 1 of 40 limits above those truly unseen, and most of them told."""
    random = np.random.default_rng(5)
    above = told = 0
    for _ in range(200):
        times = random.poisson(random.gamma(0.8, 1.5, 1_000))
        above += unseen(times[times > 0]).lower > (times == 0).sum()
        told += unseen(times[times > 0]).lower > 0.2 * (times == 0).sum()
    assert above <= 5
    assert told >= 190
