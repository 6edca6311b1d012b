"""Periods without an event: told where they are a fault, and hardly ever where all of them are complete."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from roi_core.stats.silence import chance_of_silence

FAULT = 0.001


def test_a_run_at_the_beginning_is_counted_by_hand() -> None:
    """Two of four equal periods empty at the start, three events in the others: (1/2) ** 3, for three looks."""
    assert chance_of_silence(np.ones(4), np.array([0.0, 0, 2, 1])) == pytest.approx(3 / 8)


def test_a_run_at_the_end_is_the_same_from_behind() -> None:
    at_risk, events = np.array([4.0, 3, 2, 1]), np.array([9.0, 4, 0, 0])
    assert chance_of_silence(at_risk, events) == pytest.approx(3 * 0.7**13)
    assert chance_of_silence(at_risk[::-1], events[::-1]) == pytest.approx(chance_of_silence(at_risk, events))


@pytest.mark.parametrize("events", [np.zeros(3), np.array([1.0, 2, 3])])
def test_without_an_event_or_without_an_empty_period_there_is_nothing_to_tell(events: np.ndarray) -> None:
    assert chance_of_silence(np.ones(3), events) == 1.0


def test_a_period_with_nobody_at_risk_is_not_empty() -> None:
    assert chance_of_silence(np.array([0.0, 50, 50]), np.array([0.0, 20, 20])) == 1.0


@given(some.integers(2, 4), some.integers(1, 5))
def test_it_is_never_smaller_than_the_exact_chance_of_as_many_empty_periods(periods: int, events: int) -> None:
    """Over all ways in which the events can fall."""
    found = {}
    for way in product(range(periods), repeat=events):
        counts = np.bincount(way, minlength=periods).astype(float)
        found.setdefault(int((counts == 0).sum()), []).append(counts)
    for empty in (n for n in found if n):
        exact = sum(len(ways) for n, ways in found.items() if n >= empty) / periods**events
        assert max(chance_of_silence(np.ones(periods), counts) for counts in found[empty]) >= min(exact, 1.0) - 1e-12


@pytest.mark.parametrize("leavers", [10, 29, 42, 63, 84, 105, 300])
@pytest.mark.parametrize("growing", [False, True])
def test_complete_files_are_hardly_ever_called_incomplete(leavers: int, growing: bool) -> None:
    draw, at_risk = np.random.default_rng(leavers), np.linspace(30, 300, 21) if growing else np.full(21, 100.0)
    told = [chance_of_silence(at_risk, events) < FAULT for events in draw.multinomial(leavers, at_risk / at_risk.sum(), 4_000).astype(float)]
    assert np.mean(told) <= 0.001


@pytest.mark.parametrize("recorded", [slice(12, None), slice(None, 12), slice(None, None, 2)], ids=["late", "early", "every second"])
def test_files_in_which_half_of_the_months_is_missing_are_told(recorded: slice) -> None:
    draw, told = np.random.default_rng(5), []
    for events in draw.multinomial(120, np.full(24, 1 / 24), 500).astype(float):
        kept = np.zeros(24)
        kept[recorded] = events[recorded]
        told.append(chance_of_silence(np.full(24, 100.0), kept) < FAULT)
    assert np.mean(told) >= 0.95
