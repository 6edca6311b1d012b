from math import log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.errors import NumbersRefused
from roi_core.stats.randomised import mean_difference
from roi_core.stats.sequential import always_valid, always_valid_difference

LOOKS = range(100, 2_001, 100)


def test_the_formula_of_the_paper():
    """Waudby-Smith et al. 2024, Ann Stat 52:2613, theorem 2.2: sd sqrt(2 (t rho^2 + 1) / (t^2 rho^2) log(sqrt(t rho^2 + 1) / a))."""
    rho2 = (-2 * log(0.05) + log(1 - 2 * log(0.05))) / 1_000
    boundary = sqrt(2 * (400 * rho2 + 1) / (400**2 * rho2) * log(sqrt(400 * rho2 + 1) / 0.05))
    found = always_valid(0.0, 1 / sqrt(400), 400, 1_000)
    assert (found.low, found.high) == pytest.approx((-boundary, boundary))


@given(st.floats(-0.5, 0.5), st.integers(30, 10_000), st.integers(30, 10_000))
def test_p_and_limits_say_the_same(value, rows, planned):
    found = always_valid(value, 1 / sqrt(rows), rows, planned)
    assert found.wider > 1
    assert 0 <= found.p <= 1
    if abs(found.p - 0.05) > 1e-9:
        assert (found.p < 0.05) == (not found.low <= 0 <= found.high)


def test_it_is_narrowest_where_planned():
    wide = [always_valid(0.0, 1 / sqrt(1_000), 1_000, planned).high for planned in (100, 1_000, 10_000)]
    assert min(wide) == wide[1]


@pytest.mark.parametrize("shape", ["normal", "share", "skewed"])
def test_looking_every_day_still_alarms_at_most_as_often_as_said(shape):
    """A/A, 20 looks at up to 2,000 rows, 400 runs; the usual interval alarms in about one of four."""
    always, usual = 0, 0
    for seed in range(400):
        rng = np.random.default_rng(seed)
        y = {"normal": rng.normal(size=2_000), "share": (rng.random(2_000) < 0.1).astype(float), "skewed": rng.exponential(size=2_000)}[shape]
        arm = rng.random(2_000) < 0.5
        found = [mean_difference(y[:n], arm[:n]) for n in LOOKS]
        usual += any(not f.low <= 0 <= f.high for f in found)
        always += any(always_valid(f.value, f.se, n, 2_000).p < 0.05 for f, n in zip(found, LOOKS, strict=True))
    assert always / 400 <= 0.056
    assert usual / 400 > 0.15


def test_from_rows():
    rng = np.random.default_rng(1)
    arm = rng.random(500) < 0.5
    y = rng.normal(size=500) + arm
    found, plain = always_valid_difference(y, arm, 1_000), mean_difference(y, arm)
    assert found.value == plain.value
    assert found.low < plain.low < plain.high < found.high
    assert (found.rows, found.planned) == (500, 1_000)
    assert found.p < 0.001


@pytest.mark.parametrize("level", [0.8, 0.95])
@pytest.mark.parametrize("who", [None, np.arange(60) // 3])
def test_rows_of_clusters_and_another_level_reach_the_limits(who: np.ndarray | None, level: float) -> None:
    y, arm = np.arange(60.0) ** 2 % 13, np.arange(60) // 3 % 2 == 0
    error = mean_difference(y, arm, who)
    found = always_valid_difference(y, arm, 90, who, level)
    assert found == always_valid(error.value, error.se, 60, 90, level)
    assert (found == always_valid_difference(y, arm, 90, who)) == (level == 0.95)


@pytest.mark.parametrize(("level", "z"), [(0.8, 1.281552), (0.95, 1.959964)])
def test_the_formula_of_the_paper_at_another_level_and_beside_the_usual_interval(level: float, z: float) -> None:
    rest = 1 - level
    rho2 = (-2 * log(rest) + log(1 - 2 * log(rest))) / 1_000
    boundary = 3 * sqrt(400) * sqrt(2 * (400 * rho2 + 1) / (400**2 * rho2) * log(sqrt(400 * rho2 + 1) / rest))
    found = always_valid(5.0, 3.0, 400, 1_000, level)
    assert (found.value, found.low, found.high) == pytest.approx((5, 5 - boundary, 5 + boundary))
    assert found.wider == pytest.approx(boundary / (3 * z), rel=1e-6)
    assert (found.rows, found.planned) == (400, 1_000)


@pytest.mark.parametrize("level", [0.5, 0.8, 0.99])
def test_a_value_on_its_limit_has_the_p_of_the_level_that_tuned_it(level: float) -> None:
    reach = always_valid(0.0, 2.0, 50, 80, level).high
    assert always_valid(reach, 2.0, 50, 80, level).p == pytest.approx(1 - level)
    assert always_valid(-reach, 2.0, 50, 80, level).p == pytest.approx(1 - level)


def test_thirty_rows_are_enough_and_no_value_at_all_has_a_p_of_one() -> None:
    assert always_valid(0.0, 1.0, 30, 30).p == 1


MORE = "Wait for more, or join groups."


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: always_valid(0, 0, 100, 100), "standard error == 0, must be above 0"),
        (lambda: always_valid(0, float("inf"), 100, 100), "standard error == inf, must be above 0"),
        (lambda: always_valid(0, float("nan"), 100, 100), "standard error == nan, must be above 0"),
        (lambda: always_valid(0, 1, 29, 100), f"rows == 29, must be at least 30. {MORE}"),
        (lambda: always_valid(0, 1, 100, 29), f"planned rows == 29, must be at least 30. {MORE}"),
        (lambda: always_valid(0, 1, 100, 100, level=0), "level == 0, must be between 0 and 1"),
        (lambda: always_valid(0, 1, 100, 100, level=1), "level == 1, must be between 0 and 1"),
        (lambda: always_valid_difference([1, 2, 3, 5], [1, 1, 0, 0], 50, level=2), "level == 2, must be between 0 and 1"),
        (lambda: always_valid_difference([1, 2, 3, 5], [1, 1, 0, 0], 50), f"rows == 4, must be at least 30. {MORE}"),
    ],
)
def test_what_cannot_be_watched_is_refused(call, said: str) -> None:
    with pytest.raises(NumbersRefused) as refused:
        call()
    assert str(refused.value) == said
