"""An amount on a card opens to what it means, the numbers in its formula, and what it rests on."""

import re
from pathlib import Path

import pytest

from roi_core.assumptions import Assumptions
from roi_core.measurement import measure
from roi_core.report.kept import FIGURES
from roi_core.report.opened import opened
from roi_core.results import Estimate
from roi_core.show import DEFAULT, show
from roi_core.valuation import Valued, value

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data" / "harbour_desk.zip"


@pytest.fixture(scope="module")
def valued() -> Valued:
    return value(measure([SAMPLE]), Assumptions.of({}))


@pytest.mark.parametrize("figure", FIGURES)
def test_every_amount_opens(valued: Valued, figure: str) -> None:
    result, behind = FIGURES[figure](valued), opened(valued, figure)
    assert behind
    assert behind.meaning
    assert bool(behind.rests_on) == isinstance(result, Estimate)
    if isinstance(result, Estimate):
        assert result.method in behind.rests_on
        assert f"n = {result.n:,}" in behind.rests_on


def test_the_parts_of_what_was_kept_and_spent_add_up(valued: Valued) -> None:
    """Read as they are shown, in thousands: the rounding of each part is half of one."""
    for figure, total in (("overview.kept", valued.total.benefit), ("overview.spent", valued.total.spent)):
        behind = opened(valued, figure)
        assert behind
        assert isinstance(total, Estimate)
        amounts = [(-1 if label.startswith("less: ") else 1) * _amount(text) for label, text in behind.parts]
        assert sum(amounts) == pytest.approx(total.value, abs=500 * len(amounts))


def _amount(text: str) -> float:
    found = re.match(r"[^\d-]*(-?[\d,.]+)(k?)", text)
    assert found
    return float(found[1].replace(",", "")) * (1_000 if found[2] else 1)


def test_a_return_shows_both_sides_of_its_fraction(valued: Valued) -> None:
    behind = opened(valued, "overview.returned")
    assert behind
    assert [text for _, text in behind.parts] == [show(valued.total.benefit, DEFAULT, compact=True), show(valued.total.spent, DEFAULT, compact=True)]


def test_what_is_no_amount_of_a_card_does_not_open(valued: Valued) -> None:
    assert opened(valued, "overview.effect") is None
