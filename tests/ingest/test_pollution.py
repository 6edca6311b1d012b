"""The reader on one in eight of 2,290 polluted files of our own; `make nightly PART=fuzz` reads all of them."""

from itertools import islice
from pathlib import Path

import pytest

from tests.ingest.pollution import KINDS, score
from tests.ingest.well_read import LEAST, well_read

ONE_IN = 8


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_lost_or_shifted_and_the_score_holds(kind: str, tmp_path: Path) -> None:
    assert well_read(islice(KINDS[kind](), 0, None, ONE_IN), tmp_path) >= LEAST


def test_there_are_at_least_2000_files() -> None:
    assert sum(1 for make in KINDS.values() for _ in make()) >= 2_000


def test_the_score_is_full_for_the_truth_and_nothing_for_a_failure() -> None:
    file = next(KINDS["dialects"]())
    assert score(file, file.header, file.rows) == pytest.approx(10.0)
    assert score(file, None, []) == 0.0
    assert score(file, file.header, file.rows[:-1]) == pytest.approx(10.0 - 0.035, abs=0.01)
