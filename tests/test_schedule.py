"""The queue of the tests: what it names is there, and a worker alone at the end is nobody's plan."""

import pytest

from tests.longest import ROOT
from tests.schedule import LONG, UNITS, turn_of, unit_of


@pytest.mark.parametrize("place", [place for places in UNITS.values() for place in places] + [unit for unit in LONG if unit not in UNITS])
def test_a_named_place_is_there(place: str):
    assert (ROOT / place).exists()


def test_what_starts_the_app_is_one_unit_and_comes_first():
    tests = [
        "tests/charts/test_rows.py::test_a",
        "tests/browser/test_paper.py::test_b[light]",
        "tests/test_server.py::test_c",
        "tests/pages/test_data.py::test_d",
    ]
    assert [unit_of(test) for test in tests] == ["tests/charts/test_rows.py", "app", "app", "pages"]
    assert sorted(tests, key=turn_of) == [tests[1], tests[2], tests[3], tests[0]]
