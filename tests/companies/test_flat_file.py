"""The flat file of a manager: what it holds, and what it holds that it should not."""

import csv
import io
from pathlib import Path

import pytest

from roi_core.companies.flat import FlatGenerated, generate_flat, write_flat


@pytest.fixture(scope="module")
def flat() -> FlatGenerated:
    return generate_flat()


@pytest.fixture(scope="module")
def rows(flat: FlatGenerated) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(flat.table.text())))


def test_one_row_a_customer(rows: list[dict[str, str]]):
    assert len({row["Customer"] for row in rows}) == len(rows) == 1_500


def test_the_reason_is_a_leak(rows: list[dict[str, str]]):
    assert all((row["Reason for leaving"] != "") == (row["Left"] == "Yes") for row in rows)


def test_the_raw_difference_flatters(flat: FlatGenerated, rows: list[dict[str, str]]):
    shares = {arm: [row["Left"] == "Yes" for row in rows if row["Premium support"] == arm] for arm in ("Yes", "No")}
    raw = sum(shares["Yes"]) / len(shares["Yes"]) - sum(shares["No"]) / len(shares["No"])
    assert raw == pytest.approx(flat.truth["raw"])
    assert raw < 1.3 * float(flat.truth["effect_ato"]) < 0


def test_without_effect_the_truth_is_nothing():
    assert generate_flat(effect=0).truth["effect_ate"] == 0


def test_shipped_file_is_what_the_generator_writes(flat: FlatGenerated, tmp_path: Path):
    sample_data = Path(__file__).resolve().parents[2] / "sample_data"
    for path in write_flat(flat, tmp_path):
        assert (sample_data / path.name).read_bytes() == path.read_bytes()
