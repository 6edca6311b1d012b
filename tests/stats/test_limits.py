"""Limits of a curve on each scale, by hand and at its two ends."""

from math import exp, log, sqrt

import numpy as np
import pytest

from roi_core.errors import NumbersRefused
from roi_core.stats.limits import survival_limits

Z = {0.95: 1.959964, 0.9: 1.644854}
SCALES = ("log-log", "log", "logit")


@pytest.mark.parametrize("level", Z)
@pytest.mark.parametrize(("s", "error"), [(0.2, 0.05), (0.5, 0.1), (0.9, 0.03)])
def test_limits_are_z_errors_away_on_their_own_scale(s: float, error: float, level: float) -> None:
    """By the slope of each scale: 1 / (s log s), 1 / s and 1 / (s (1 - s))."""
    scales = {"log-log": (lambda p: log(-log(p)), 1 / (s * log(s))), "log": (log, 1 / s), "logit": (lambda p: log(p / (1 - p)), 1 / (s * (1 - s)))}
    for scale, (there, slope) in scales.items():
        low, high = survival_limits(np.array([s]), np.array([error]), level, scale)
        reach = Z[level] * abs(slope) * error
        assert [abs(there(float(limit[0])) - there(s)) for limit in (low, high)] == pytest.approx([reach, reach], abs=1e-6)
        assert low[0] < s < high[0]


def test_the_upper_limit_on_the_log_scale_stops_at_one() -> None:
    low, high = survival_limits(np.array([0.9]), np.array([0.2]), 0.95, "log")
    assert (low[0], high[0]) == (pytest.approx(0.9 * exp(-1.959964 * 0.2 / 0.9), abs=1e-6), 1)


@pytest.mark.parametrize("scale", SCALES)
def test_where_all_are_there_limits_are_one_and_where_none_is_the_upper_one_stays(scale: str) -> None:
    s, error = np.array([1.0, 0.6, 0.3, 0.0, 0.0]), np.array([0.0, 0.1, 0.1, 0.0, 0.0])
    low, high = survival_limits(s, error, 0.95, scale)
    assert (low[0], high[0]) == (1, 1)
    assert low[3:].tolist() == [0, 0]
    assert high[3:].tolist() == [high[2], high[2]]
    assert 0.3 < high[2] < high[1] < 1


@pytest.mark.parametrize("scale", SCALES)
def test_a_curve_that_falls_to_none_at_once_has_no_width(scale: str) -> None:
    for curve in ([0.0, 0.0], [1.0, 1.0]):
        low, high = survival_limits(np.array(curve), np.zeros(2), 0.95, scale)
        assert (low.tolist(), high.tolist()) == (curve, curve)


@pytest.mark.parametrize("scale", SCALES)
def test_limits_leave_the_curve_itself_as_it_was(scale: str) -> None:
    s, error = np.array([1.0, 0.5, 0.0]), np.array([0.0, 0.1, 0.0])
    survival_limits(s, error, 0.95, scale)
    assert (s.tolist(), error.tolist()) == ([1, 0.5, 0], [0, 0.1, 0])


@pytest.mark.parametrize("scale", SCALES)
def test_no_error_is_no_width(scale: str) -> None:
    low, high = survival_limits(np.array([0.3, sqrt(0.5)]), np.zeros(2), 0.95, scale)
    assert (low, high) == (pytest.approx([0.3, sqrt(0.5)]), pytest.approx([0.3, sqrt(0.5)]))


def test_an_unknown_scale_is_refused_by_name() -> None:
    with pytest.raises(NumbersRefused) as refused:
        survival_limits(np.array([0.5]), np.array([0.1]), 0.95, "plain")
    assert str(refused.value) == 'scale == "plain", must be "log-log", "log" or "logit"'
