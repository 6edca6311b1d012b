"""The flat Telco file with its own proposals, end to end through the command line (figures: counted in the file)."""

import json
from pathlib import Path
from typing import Any

import pytest

from roi_core.charts import balance as drawn
from roi_core.cli import main
from roi_core.measurement import measure
from roi_core.show import number
from roi_core.units import Unit
from tests.shared import shared_path

pytestmark = pytest.mark.usefixtures("read_here")

LEAKS = ("Satisfaction Score", "Customer Status", "Churn Score", "Churn Category", "Churn Reason")


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    out: Path = tmp_path_factory.mktemp("telco") / "answer.json"
    assert main(["analyse", str(shared_path("data/flat/telco_customers.csv")), "--json", str(out)]) == 0
    found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return found


def rung(answer: dict[str, Any], key: str) -> dict[str, Any]:
    found: dict[str, Any] = next(r for r in answer["effects"]["supported.churn"]["ladder"] if r["key"] == key)
    return found


def test_every_customer_is_accounted_for(answer: dict[str, Any]) -> None:
    counts = {name: count for name, count in answer["intake"][0]["rows"].items() if name != "money"}
    assert counts == {"records": 7043, "loaded": 7043, "quarantined": 0, "not_data": 0, "unaccounted": 0}
    assert answer["intake"][0]["entity"] == "flat"


def test_the_raw_shares_are_struck_out_as_the_spreadsheets_way(answer: dict[str, Any]) -> None:
    raw = rung(answer, "spreadsheet")
    assert raw["struck_out"]
    assert raw["estimate"]["method"].startswith("15.2 % (310 of 2,044) against 31.2 % (1,559 of 4,999)")
    assert raw["estimate"]["value"] == pytest.approx(310 / 2044 - 1559 / 4999)


def test_customers_without_internet_cannot_own_the_add_on(answer: dict[str, Any]) -> None:
    assert "(310 of 2,044) against 41.6 % (1,446 of 3,473)" in rung(answer, "who_could")["estimate"]["method"]
    assert any(note.startswith("1,526 customers cannot have Premium Tech Support") for note in answer["notes"])


def test_columns_that_give_the_outcome_away_are_left_out(answer: dict[str, Any]) -> None:
    left_out = " ".join(note for note in answer["notes"] if "is left out" in note)
    assert all(f"{leak} is left out" in left_out for leak in LEAKS)


def test_the_picture_of_the_groups_and_the_check_have_one_limit() -> None:
    found = measure([str(shared_path("data/flat/telco_customers.csv"))])
    check = next(one for one in found.main_effect.checks if one.name == "groups alike")
    assert f"under {number(found.balance[0].limit, Unit.CORRELATION)} is wanted" in check.text
    assert f"alike enough below {number(found.balance[0].limit, Unit.CORRELATION)}" in str(drawn.figure(found.balance).references)


def test_the_answer_is_a_sign_and_says_why(answer: dict[str, Any]) -> None:
    effect = answer["effects"]["supported.churn"]
    assert (effect["grade"], effect["estimand"]) == ("C", "ATO")
    assert "recorded at the same time" in effect["sentence"]
    assert any("add-on paid for" in note for note in answer["notes"])
    assert "absent" in answer["roi"]["roi_percent"]


def test_the_answer_stands_with_and_without_the_time_as_a_customer_and_no_sum_of_revenue_is_adjusted_for(answer: dict[str, Any]) -> None:
    ours, other = (rung(answer, key)["estimate"]["value"] for key in ("closest", "other_clock"))
    assert other <= ours < 0
    assert any("Tenure in Months, Total Long Distance Charges" in note for note in answer["notes"])
    assert any("Monthly Charge, Total Charges, Total Revenue" in note for note in answer["notes"])
