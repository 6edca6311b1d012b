"""A column that counts contacts as who got help: its own words, and leaving by every count."""

from pathlib import Path

import numpy as np
import pytest

from roi_core.cohorts.design import FlatColumns
from roi_core.effects.flat import analyse_flat, read_flat
from roi_core.effects.flat.offer import offered_counts
from roi_core.effects.titles import effect_title
from tests.effects.flat_file import flat_part

N = 2_000
CALLS = "customer_service_calls"
CHOSEN = FlatColumns(supported=CALLS)


@pytest.fixture
def parts(tmp_path: Path) -> tuple[Path, ...]:
    luck = np.random.default_rng(3)
    calls = luck.choice([0, 1, 2, 5], N, p=[0.3, 0.3, 0.25, 0.15])
    left = luck.random(N) < np.where(calls == 5, 0.5, 0.1)
    columns = {"customer_id": [f"k{i}" for i in range(N)], "churned": left}
    covariates = {CALLS: calls.astype(float), "Age": luck.normal(45, 10, N), "night_calls": luck.integers(0, 9, N).astype(float)}
    return flat_part(tmp_path, columns, covariates, {"supported": None})


def test_the_groups_are_named_by_the_count(parts: tuple[Path, ...]) -> None:
    found = analyse_flat(read_flat(parts, CHOSEN))
    assert f"whose {CALLS} is above 0 left" in found.effect.sentence
    assert f"similar customers whose {CALLS} is 0" in found.effect.sentence
    assert not any("add-on" in note for note in found.notes)
    assert effect_title(found.effect).endswith("(a sign, not a measurement)")


def test_leaving_is_shown_for_every_count(parts: tuple[Path, ...]) -> None:
    found = analyse_flat(read_flat(parts, CHOSEN)).by_contacts
    assert found is not None
    assert [row[0] for row in found.rows] == [0, 1, 2, 5]
    assert found.what == CALLS
    assert "of those with 5" in found.sentence


def test_a_column_of_yes_and_no_has_no_counts(tmp_path: Path) -> None:
    columns = {"customer_id": ["a", "b", "c", "d"], "supported": [True, False] * 2, "churned": [True, True, False, False]}
    assert analyse_flat(read_flat(flat_part(tmp_path, columns, {}))).by_contacts is None


def test_the_count_of_contacts_is_offered_and_not_any_count(parts: tuple[Path, ...]) -> None:
    assert offered_counts(parts) == (CALLS,)
