from pathlib import Path

import pytest

from roi_core.charts import ladder
from roi_core.cohorts import customers
from roi_core.cohorts.covariate_names import spoken
from tests.charts.examples import effect


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("log tenure", "time as a customer"),
        ("month = 2024-07", "compared in Jul 2024"),
        ("plan = Growth", "plan: Growth"),
        ("plan = missing", "plan not known"),
        ("health (missing)", "health not known"),
        ("log contacts in the team's last day", "how busy the team was"),
        ("Total Day Minutes", "Total Day Minutes"),
        ("unknown", "unknown"),
        ("level", "level"),
    ],
)
def test_a_covariate_is_named_as_a_reader_says_it(name, words):
    assert spoken(name) == words


def test_no_name_of_ours_is_a_logarithm_on_screen():
    ours = [line.split('"')[1] for line in Path(customers.__file__).read_text(encoding="utf-8").splitlines() if "covariates.number(" in line]
    assert ours
    assert not any("log" in spoken(name) for name in ours)


def test_a_rung_in_another_unit_is_told_and_not_drawn():
    found = effect()
    assert "Months gained" not in [row.title for row in ladder.figure(found).rows]
    assert "Months gained: 0.1 months" in ladder.describe(found)
    assert "Months gained" in str(ladder.table(found).to_pylist())
