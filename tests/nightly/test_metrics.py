"""What intervals and alarms of key figures promise: coverage and A/A with customers as clusters, false alarms and catches of control charts.

Stops after 50 minutes (MINUTES=) and goes on from there the next time.
"""

from functools import partial

import pytest

from tests.metrics import chance
from tests.nightly.kept import STATS, Row, replications
from tests.nightly.share import SHARE, part_of
from tests.nightly.verdict import none_lost
from tests.stats import charted
from tests.store.scores import Score

SERIES, BLOCK = part_of(1_000), 100
COVERAGE, HALVES = part_of(20_000 // BLOCK), part_of(10_000 // BLOCK)
CHARTS, INTERVALS = (*STATS, "tests/stats/charted.py"), ("roi_core/stats", "roi_core/metrics", "tests/metrics/chance.py")
MOST_ALARMS, LEAST_TOLD, COVERED, CALLED = 1.0, 0.9, (0.93, 0.97), (0.042, 0.058)


def _slack(value: float, tried: int) -> float:
    """At full counts none; of a share of them three standard errors."""
    return 0.0 if SHARE == 1 else 3 * (max(value, 0.05) / tried) ** 0.5


@pytest.mark.parametrize("customers", [150, 300, 600])
@pytest.mark.parametrize("kind", ["share", "ratio"])
def test_the_clustered_interval_covers_95_percent_with_1_to_50_tickets_a_customer(kind: str, customers: int) -> None:
    rows = replications(f"clustered-{kind}-{customers}", COVERAGE, partial(chance.covered, kind=kind, count=BLOCK, customers=customers), INTERVALS)
    none_lost([_within(f"clustered interval: covers a {kind}, {customers} customers, 1 to 50 tickets each", rows, *COVERED)] if rows else [])


def test_two_draws_of_the_same_customers_differ_in_5_percent() -> None:
    rows = replications("clustered-aa", HALVES, partial(chance.called, count=BLOCK), INTERVALS)
    none_lost([_within("clustered interval: A/A of a share, 1 to 50 tickets a customer", rows, *CALLED)] if rows else [])


def _within(case: str, rows: list[Row], least: float, most: float) -> Score:
    tried = BLOCK * len(rows)
    share = sum(row["found"] for row in rows) / tried
    slack = _slack(share * (1 - share), tried)
    return Score(case, tried, int(not least - slack <= share <= most + slack), measured=f"{100 * share:.2f} %")


@pytest.mark.parametrize("kind", [*charted.STABLE, *charted.BOTH])
def test_stable_years_alarm_at_most_once_in_ten_and_a_jump_of_30_percent_is_told(kind: str) -> None:
    rows = replications(f"chart-{''.join(c for c in kind if c.isalnum())}", SERIES, partial(charted.one, kind=kind), CHARTS)
    none_lost(_scores(kind, rows) if rows else [])


def _scores(kind: str, rows: list[Row]) -> list[Score]:
    """A jump that is not among those that must be told is measured and not judged."""
    tried, alarms = len(rows), charted.in_ten_years(rows)
    told, third = sum(row["told"] for row in rows) / tried, [row["told"] for row in rows if row["third_year"]]
    late = f", {100 * sum(third) / len(third):.1f} % in the third year" if third else ""
    many = kind in charted.STABLE and alarms > MOST_ALARMS + 10 * _slack(0.1, tried)
    missed = kind in charted.TOLD and told < LEAST_TOLD - _slack(1.0, tried)
    return [
        Score(f"control chart, stable: {kind}", tried, int(many), measured=f"{alarms:.2f} alarms in 10 years"),
        Score(f"control chart, jump of 30 %: {kind}", tried, int(missed), measured=f"{100 * told:.1f} % told within 3 months{late}"),
    ]
