"""What the intervals and alarms of metrics promise, at full counts: coverage, false alarms between halves, false alarms and catches of control charts."""

import pytest

from tests.metrics.chance import a_a_false_alarms, covered
from tests.nightly.scoreboard import append
from tests.nightly.share import SHARE, part_of
from tests.stats.charted import alarms_in_ten_years, caught, counts, shares, singles
from tests.store.scores import Score

COVERAGE, HALVES, SERIES = 2_000, 10_000, 400
STABLE = {
    "150 a month": counts(150),
    "5 a month": counts(5),
    "1 a month": counts(1),
    "batches of customers": counts(150, 1.5),
    "150 of 600": shares(600, 0.25),
    "3 of 30": shares(30, 0.1),
    "waiting times": singles(0.1),
}
SEASONAL = {"150 a month": counts(150, season=0.15), "150 of 600": shares(600, 0.25, season=0.15), "waiting times": singles(0.1, season=0.2)}


def told(case: str, tried: int, ok: bool, measured: str) -> None:
    append([Score(case, tried, 0 if ok else 1, (), measured)])
    print(f"{case}: {tried} tried, {measured}")


def between(share: float, low: float, high: float, n: int) -> bool:
    """Within limits that a share must keep at full counts; of a smaller share of them three standard errors further."""
    slack = 0.0 if SHARE == 1 else 3 * (high * (1 - low) / n) ** 0.5
    return low - slack <= share <= high + slack


@pytest.mark.parametrize("kind", ["share", "ratio"])
def test_the_clustered_interval_covers_95_percent_with_1_to_50_tickets_a_customer(kind: str) -> None:
    n = part_of(COVERAGE)
    found = covered(kind, n, 20261129)
    ok = between(found, 0.93, 0.97, n)
    told(f"coverage of the clustered interval, {kind}", n, ok, f"{found:.1%}")
    assert ok, found


def test_two_halves_of_the_same_customers_differ_in_5_percent() -> None:
    n = part_of(HALVES)
    found = a_a_false_alarms(n, 20261129)
    ok = between(found, 0.042, 0.058, n)
    told("A/A of a clustered share", n, ok, f"{found:.2%}")
    assert ok, found


@pytest.mark.parametrize("name", STABLE)
def test_stable_years_alarm_at_most_once_in_ten(name: str) -> None:
    n = part_of(SERIES)
    found = alarms_in_ten_years(STABLE[name], n, 1)
    ok = found <= 1.0 + (0 if SHARE == 1 else 1.0)
    told(f"stable years on a control chart, {name}", n, ok, f"{found:.2f} alarms in 10 years")
    assert ok, found


@pytest.mark.parametrize("name", SEASONAL)
def test_stable_years_with_a_season_alarm_at_most_once_in_ten_once_two_years_are_known(name: str) -> None:
    n = part_of(SERIES)
    found = alarms_in_ten_years(SEASONAL[name], n, 2, since=24)
    ok = found <= 1.0 + (0 if SHARE == 1 else 2.0)
    told(f"stable years on a control chart with a season, {name}", n, ok, f"{found:.2f} alarms in 10 years")
    assert ok, found


@pytest.mark.parametrize("name", ["150 a month", "150 of 600"])
def test_a_jump_of_30_percent_is_caught_within_three_months(name: str) -> None:
    n = part_of(SERIES)
    found = caught(STABLE[name], n, 3)
    ok = found >= 0.9 - (0 if SHARE == 1 else 0.3)
    told(f"jump on a control chart, {name}", n, ok, f"{found:.1%} caught")
    assert ok, found
