"""Months as numbers: the same day later, clipped to the length of the month."""

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.spine import calendar


def seconds(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def later(text: str, months: int) -> int:
    at = np.array([seconds(text)])
    return int(calendar.add_months(at, np.array([calendar.month_of(at[0])]), months)[0])


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2025-01-15 10:30", 6, "2025-07-15 10:30"),
        ("2025-08-31 10:00", 6, "2026-02-28 10:00"),
        ("2024-01-31 00:00", 1, "2024-02-29 00:00"),
        ("2025-12-01 00:00", 1, "2026-01-01 00:00"),
    ],
)
def test_months_later(start: str, months: int, expected: str) -> None:
    assert later(start, months) == seconds(expected)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2025-01-15 10:30", "2025-07-15 10:30", 6),
        ("2025-07-10 00:00", "2026-01-10 00:00", 6),
        ("2025-01-31 00:00", "2025-02-28 00:00", 1),
        ("2025-01-31 00:00", "2025-02-14 00:00", 0.5),
        ("2025-04-01 00:00", "2025-06-16 00:00", 2.5),
        ("2025-04-01 08:00", "2025-04-01 08:00", 0),
    ],
)
def test_months_between(start: str, end: str, months: float) -> None:
    assert calendar.months_between(np.array([seconds(start)]), np.array([seconds(end)])).tolist() == [pytest.approx(months)]


@given(st.integers(seconds("2019-01-01"), seconds("2024-12-31")), st.integers(0, 1500 * 86_400), st.integers(0, 48))
def test_an_instant_lies_within_so_many_months_where_the_months_between_are_no_more(start: int, after: int, months: int) -> None:
    at = np.array([start])
    between = calendar.months_between(at, at + after)[0]
    assert (between <= months) == bool(start + after <= calendar.add_months(at, calendar.months_of(at), months)[0])


@pytest.mark.parametrize(("until", "whole"), [("2025-06-30 09:00", "2025-06"), ("2025-06-28 00:00", "2025-06"), ("2025-06-20", "2025-05")])
def test_a_month_is_whole_to_within_three_days(until: str, whole: str) -> None:
    year, month = map(int, whole.split("-"))
    assert calendar.last_whole_month(seconds(until)) == year * 12 + month - 1


@given(st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1)), st.integers(0, 24))
def test_later_is_in_the_right_month_and_never_beyond_the_same_day(moment: datetime, months: int) -> None:
    at = int(moment.replace(tzinfo=UTC, microsecond=0).timestamp())
    month = calendar.month_of(at)
    moved = int(calendar.add_months(np.array([at]), np.array([month]), months)[0])
    assert calendar.month_of(moved) == month + months
    assert datetime.fromtimestamp(moved, UTC).day <= datetime.fromtimestamp(at, UTC).day
