"""Periods without an event: told where they are a fault, and hardly ever where all of them are complete."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from scipy.stats import binom

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


def test_where_nobody_was_ever_at_risk_there_is_nothing_to_tell() -> None:
    assert chance_of_silence(np.zeros(3), np.zeros(3)) == 1.0


def test_a_single_event_can_leave_an_end_empty() -> None:
    """One event, nine in ten of those at risk before it: 0.1 for the run."""
    assert chance_of_silence(np.array([9.0, 1]), np.array([0.0, 1])) == pytest.approx(3 * 0.1)


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


def test_empty_periods_in_the_middle_are_counted_by_hand() -> None:
    """Six periods at risk of which 1, 2 and 4 are empty, 4 events: each is empty with exp(-4 / 6); three looks, none of them at an end."""
    found = chance_of_silence(np.array([5.0, 5, 5, 5, 5, 5]), np.array([1.0, 0, 0, 2, 0, 1]))
    assert found == pytest.approx(min(1, 3 * binom.sf(2, 6, np.exp(-4 / 6))))
    found = chance_of_silence(np.full(20, 5.0), np.r_[np.tile([3.0, 0], 9), 2, 1])
    assert found == pytest.approx(3 * binom.sf(8, 20, np.exp(-30 / 20)))


def test_periods_of_unlike_size_are_counted_by_every_way_they_can_be_empty() -> None:
    """3 events among 10, 20, 30 and 0 at risk; the first and the third have them."""
    empty = np.exp(-3 * np.array([10, 20, 30]) / 60)
    at_least_one = 1 - np.prod(1 - empty)
    found = chance_of_silence(np.array([10.0, 20, 30, 0]), np.array([1.0, 0, 2, 0]))
    assert found == pytest.approx(min(1, 3 * at_least_one))
    many = chance_of_silence(np.array([10.0, 20, 30, 0]), np.array([10.0, 0, 20, 0]))
    chances = np.exp(-30 * np.array([10, 20, 30]) / 60)
    assert many == pytest.approx(3 * (1 - np.prod(1 - chances)))


def test_the_rarest_of_the_three_looks_is_told() -> None:
    """An end of nine in ten with one event: 0.1 for the run, more for the number; the middle of a long row: the number alone."""
    at_the_end = chance_of_silence(np.array([1.0, 9]), np.array([5.0, 0]))
    assert at_the_end == pytest.approx(3 * 0.1**5)
    at_the_start = chance_of_silence(np.array([9.0, 1]), np.array([0.0, 5]))
    assert at_the_start == pytest.approx(3 * 0.1**5)


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
