"""The outcome's own clock in a flat file: time as a customer, and what is summed up over it."""

from pathlib import Path

import numpy as np
import pytest

from roi_core.effects.flat import analyse_flat, read_flat
from roi_core.effects.flat.clock import clock
from roi_core.effects.flat.timed import both_ways
from roi_core.results import Estimate
from roi_core.sentences import say
from tests.effects.flat_file import flat_part

N = 3_000
ROLES = {"tenure_months": "Tenure", "revenue": "Monthly fee"}


def world(seed: int = 11) -> tuple[dict[str, object], dict[str, object]]:
    """Customers since 1 to 48 months; help falls by lot and makes leaving rarer; of those who left, tenure is the time to leaving."""
    luck = np.random.default_rng(seed)
    helped = luck.random(N) < 0.5
    since, leaves_after = luck.integers(1, 49, N), luck.exponential(np.where(helped, 60.0, 40.0))
    left = leaves_after < since
    tenure = np.where(left, np.ceil(leaves_after), since).astype(float)
    fee, calls = luck.uniform(10, 90, N), luck.uniform(0, 30, N)
    columns = {"customer_id": [f"k{i}" for i in range(N)], "supported": helped, "churned": left, "tenure_months": tenure, "revenue": fee}
    covariates = {"Paid so far": tenure * fee * luck.normal(1, 0.02, N), "All calls": tenure * calls, "Calls a month": calls, "Age": luck.normal(45, 10, N)}
    return columns, covariates


def test_columns_that_grow_with_time_are_found_and_sums_of_revenue_told_apart(tmp_path: Path) -> None:
    found = clock(read_flat(flat_part(tmp_path, *world(), ROLES)), frozenset())
    assert found is not None
    assert found.tenure == "Tenure"
    assert set(found.grown) == {"Paid so far", "All calls"}
    assert found.of_revenue == {"Paid so far"}
    assert found.headers == ("Tenure", "All calls")


def test_without_a_column_for_time_there_is_no_clock(tmp_path: Path) -> None:
    columns, covariates = world()
    del columns["tenure_months"]
    rows = read_flat(flat_part(tmp_path, columns, covariates, {"revenue": "Monthly fee"}))
    assert clock(rows, frozenset()) is None
    assert [rung.key for rung in analyse_flat(rows).effect.ladder] == ["spreadsheet", "closest", "twins", "those_helped", "everybody", "predicted"]


def test_the_answer_stands_with_and_without_the_clock_and_speaks_less_for_support(tmp_path: Path) -> None:
    found = analyse_flat(read_flat(flat_part(tmp_path, *world(), ROLES)))
    answers = {rung.key: rung.result for rung in found.effect.ladder}
    ours, other, by_lot = (answers[key] for key in ("closest", "other_clock", "spreadsheet"))
    assert isinstance(ours, Estimate)
    assert isinstance(other, Estimate)
    assert isinstance(by_lot, Estimate)
    assert ours.value > other.value
    dropped = other if any(rung.title == say("flat.closest_without_time") for rung in found.effect.ladder) else ours
    assert dropped.value == pytest.approx(by_lot.value, abs=0.02), "help fell by lot, so nothing need be adjusted"
    assert any("Tenure, All calls" in note and "speaks less for support" in note for note in found.notes)
    assert any(check.name == "outcome's clock" for check in found.effect.checks)


def test_sums_of_revenue_are_not_adjusted_for_as_revenue_is_not(tmp_path: Path) -> None:
    notes = analyse_flat(read_flat(flat_part(tmp_path, *world(), ROLES))).notes
    assert any("Monthly fee, Paid so far" in note for note in notes)


def test_neither_way_of_asking_adjusts_for_a_sum_of_revenue(tmp_path: Path) -> None:
    timed = both_ways(read_flat(flat_part(tmp_path, *world(), ROLES)), np.ones(N, dtype=bool), frozenset())
    assert timed.other is not None
    with_time, without = (timed.answer, timed.other) if timed.kept_time else (timed.other, timed.answer)
    assert set(with_time.covariates.groups) == {"Tenure", "All calls", "Calls a month", "Age"}
    assert set(without.covariates.groups) == {"Calls a month", "Age"}
