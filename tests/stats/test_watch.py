"""The rules by which months alarm, on series whose months are told how far out they are."""

from dataclasses import dataclass, field

import numpy as np
import pytest
from scipy.stats import norm

from roi_core.stats.watch import Alarm, alarms

YEAR, KNOWN = 12, 26
"""The first month that is judged, and the first whose season is: 24 months lie before it, without the latest two."""
UP = 0.5


@dataclass
class Told:
    """Months that lie so many sigmas from what was expected, whatever came before; `held` is what each was held against."""

    sigmas: list[float]
    rising: bool = False
    held: dict[int, list[int]] = field(default_factory=dict)
    _before: list[int] = field(default_factory=list)

    @property
    def month(self) -> np.ndarray:
        return np.arange(len(self.sigmas))

    def start(self, at: np.ndarray) -> np.ndarray:
        self._before = at.tolist()
        return np.zeros(len(at))

    def step(self, at: np.ndarray, line: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return at * float(self.rising), np.ones(len(line))

    def limits(self, at: int, line: float, doubt: float, spread: float, sigmas: float) -> tuple[float, float, float, float]:  # noqa: ARG002 - of a series
        self.held[at] = self._before
        return self.sigmas[at], 0.0, -sigmas, sigmas

    def spread(self, z: np.ndarray, free: int) -> tuple[float, float]:  # noqa: ARG002 - of a series
        return 1.0, np.inf


def quiet(months: int) -> list[float]:
    """A month above what was expected, the next below."""
    return [0.1 * (-1) ** month for month in range(months)]


def told(*values: float, after: int = YEAR, watched: int = 1) -> list[tuple[int, int, int, str, bool]]:
    """Alarms as months counted from the first of `values`, which come after so many quiet ones."""
    return [shape(alarm, after) for alarm in alarms(Told([*quiet(after), *values]), watched)]


def shape(alarm: Alarm, after: int = 0) -> tuple[int, int, int, str, bool]:
    return alarm.first - after, alarm.last - after, alarm.at - after, alarm.how, alarm.usual_since


def test_a_month_alarms_beyond_three_sigmas_and_not_at_them() -> None:
    assert told(3.0, 0.0, -3.0) == []
    assert told(3.001) == told(-3.001) == [(0, 0, 0, "beyond", False)]
    (alarm,) = alarms(Told([*quiet(YEAR), 3.5]))
    assert (alarm.expected.value, alarm.expected.centre, alarm.expected.low, alarm.expected.high) == pytest.approx((3.5, 0, -3, 3))


def test_months_of_the_first_year_are_judged_by_none() -> None:
    assert alarms(Told([9.0] * YEAR)) == ()
    assert told(9.0, after=YEAR - 1) == []


def test_a_month_is_held_against_those_up_to_three_before_it_that_were_not_out_of_the_ordinary() -> None:
    series = Told([*quiet(YEAR), 0.1, 5.0, -0.1, 0.1, -0.1, 0.1])
    alarms(series)
    assert series.held[12] == [*range(10)]
    assert series.held[13] == [*range(11)]
    assert series.held[16] == [*range(13)]
    assert series.held[17] == [*range(13), 14]


def test_months_beyond_one_after_another_on_one_side_are_one_alarm_at_the_furthest() -> None:
    assert told(4.0, 6.0, 5.0) == [(0, 2, 1, "beyond", False)]
    assert told(4.0, -6.0) == [(0, 0, 0, "beyond", False), (1, 1, 1, "beyond", False)]
    assert told(4.0, 0.1, 5.0) == [(0, 0, 0, "beyond", False), (2, 2, 2, "beyond", False)]
    assert told(5.0, 5.0) == [(0, 1, 0, "beyond", False)]


def test_three_months_alarm_together_beyond_1_9_sigmas_in_the_mean() -> None:
    assert told(1.8, 2.1, 1.9) == told(-1.8, -2.1, -1.9) == [(0, 2, 1, "together", False)]
    assert told(1.8, 2.0, 1.89) == []
    assert told(2.9, 2.9) == []
    assert told(2.9, 2.9, -2.9) == []
    assert told(2.9, 2.9, 0.0, 2.9) == []


def test_four_months_together_are_one_alarm_and_so_are_those_beside_one_beyond() -> None:
    assert told(2.0, 2.1, 2.0, 2.2) == [(0, 3, 3, "together", False)]
    assert told(2.0, 2.3, 2.0, 2.2) == [(0, 3, 1, "together", False)]
    assert told(2.0, 2.1, 2.0, 3.5) == [(0, 3, 3, "beyond", False)]
    assert told(3.5, 2.0, 2.1, 2.0) == [(0, 3, 0, "beyond", False)]
    assert told(3.5, 2.0, 2.1) == [(0, 0, 0, "beyond", False)]


def test_months_that_may_be_on_a_line_alarm_alone_and_not_together() -> None:
    assert alarms(Told([*quiet(YEAR), 2.0, 2.1, 2.0], rising=True)) == ()
    assert [shape(alarm, YEAR) for alarm in alarms(Told([*quiet(YEAR), 3.5], rising=True))] == [(0, 0, 0, "beyond", False)]


def test_nine_months_on_one_side_are_an_alarm_at_the_last_of_them() -> None:
    assert told(*[UP] * 8, after=KNOWN) == []
    assert told(*[UP] * 9, after=KNOWN) == [(0, 8, 8, "run", True)]
    assert told(*[-UP] * 9, after=KNOWN + 1) == [(0, 8, 8, "run", True)]
    assert told(*[UP] * 4, 0.0, *[UP] * 5, after=KNOWN) == []
    assert told(*[UP] * 4, -UP, *[UP] * 5, after=KNOWN) == []


def test_a_run_is_told_of_months_whose_season_is_known_or_that_are_all_beyond() -> None:
    assert told(*[UP] * 13) == []
    assert told(*[UP] * 15, after=KNOWN - 6) == [(6, 14, 14, "run", True)]
    assert told(*[4.0] * 4, 6.0, *[4.0] * 4) == [(0, 8, 4, "beyond", True)]
    assert told(*[4.0] * 4, UP, *[4.0] * 4) == [(0, 3, 0, "beyond", False), (5, 8, 5, "beyond", False)]


def test_a_run_with_a_month_beyond_tells_that_month_in_place_of_its_own_alarm() -> None:
    assert told(*[UP] * 3, 4.0, 3.5, *[UP] * 4, after=KNOWN) == [(0, 8, 3, "beyond", True)]
    assert told(4.0, *[UP] * 8, after=KNOWN) == [(0, 8, 0, "beyond", True)]
    assert told(-4.0, *[UP] * 9, after=KNOWN) == [(0, 0, 0, "beyond", False), (1, 9, 9, "run", True)]


def test_after_a_run_its_months_are_the_usual_ones_and_a_year_of_them_is_seen_before_another_is_judged() -> None:
    series = Told([*quiet(KNOWN), *[UP] * 9, 9.0, 9.0, 9.0, 9.0])
    assert [shape(alarm, KNOWN) for alarm in alarms(series)] == [(0, 8, 8, "run", True), (12, 12, 12, "beyond", False)]
    assert series.held[KNOWN + 12] == [*range(KNOWN, KNOWN + 10)]
    assert KNOWN + 11 not in series.held


@pytest.mark.parametrize(("watched", "run"), [(1, 9), (2, 10), (3, 11), (4, 11), (5, 12), (20, 14)])
def test_series_that_are_looked_at_together_have_wider_limits_and_longer_runs(watched: int, run: int) -> None:
    limit = norm.isf(norm.sf(3) / watched)
    assert told(limit - 1e-6, watched=watched) == []
    assert told(limit + 1e-6, watched=watched) == [(0, 0, 0, "beyond", False)]
    assert told(*[UP] * (run - 1), after=KNOWN, watched=watched) == []
    assert told(*[UP] * run, after=KNOWN, watched=watched) == [(0, run - 1, run - 1, "run", True)]


@pytest.mark.parametrize("level", [UP, 5.0])
def test_a_month_beyond_the_new_level_is_no_part_of_the_run_that_made_it(level: float) -> None:
    """Of five series a run is a year long, so that the month after it is judged at once."""
    first, second = told(*[level] * 12, 6.0, after=KNOWN, watched=5)
    assert (first[:2], first[4]) == ((0, 11), True)
    assert second == (12, 12, 12, "beyond", False)
