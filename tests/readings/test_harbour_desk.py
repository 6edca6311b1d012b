"""A real size: the first nine months of Harbour Desk, then all of its files, then one cancellation that was booked late."""

import pytest

from roi_core.ingest import take_in
from roi_core.ingest.arriving import last_load
from roi_core.readings import words
from roi_core.readings.steps import Cause
from roi_core.results import Estimate
from roi_core.show import DEFAULT
from roi_core.workspace import Workspace
from tests.quarters import late_cancellation, stayed, until, whole
from tests.readings.company import since, told

pytestmark = pytest.mark.usefixtures("read_here")

SPLIT = "2024-10-01"
SEPTEMBER, MAY_2025 = 2024 * 12 + 8, 2025 * 12 + 4


@pytest.fixture(scope="module")
def told_thrice(tmp_path_factory):
    """The work, and for each of the three loads what was brought and what was told."""
    workspace = Workspace.create(tmp_path_factory.mktemp("quarters") / "home")
    loads = []
    for files in (until(SPLIT), whole(), [late_cancellation(stayed("2024-06-01"), "2025-05-20 12:00")]):
        take_in(files, workspace)
        loads.append((last_load(workspace), told(workspace)))
    return workspace, loads


def test_every_row_of_the_whole_file_is_new_changed_or_there(told_thrice):
    _, loads = told_thrice
    early, later = ({name.removeprefix("early_"): content.count(b"\n") for name, content in files} for files in (until(SPLIT), whole()))
    brought = loads[1][0]
    assert loads[0][0] == {}
    for table, name in (("surveys", "surveys.csv"), ("usage", "usage.csv")):
        assert (brought[table].new, brought[table].there) == (later[name] - early[name], early[name] - 1)
    assert brought["subscriptions"].changed > 0
    assert brought["subscriptions"].there > 0


def test_the_whole_file_brings_months_and_restates_none_of_leaving_before_its_last(told_thrice):
    workspace, loads = told_thrice
    changes = since(workspace, loads[0][1], loads[1][1])
    assert changes.months[0] == SEPTEMBER + 1
    assert [step.cause for step in changes.steps] == [Cause.RESTATED, Cause.MONTHS]
    assert {one.month for one in changes.restated if one.what == "left"} <= {SEPTEMBER}
    assert {figure.key for figure in changes.moved} >= {"leaving", "monthly_churn", "monthly_revenue"}
    for figure in changes.moved:
        assert words.sentence(figure, DEFAULT)


def test_a_late_cancellation_is_named_with_its_month(told_thrice):
    workspace, loads = told_thrice
    assert loads[2][0]["subscriptions"].changed == 1
    changes = since(workspace, loads[1][1], loads[2][1])
    assert changes.months == ()
    left = [one for one in changes.restated if one.what == "left"]
    assert [(one.month, one.now - one.before) for one in left] == [(MAY_2025, 1)]
    leaving = next(figure for figure in changes.figures if figure.key == "leaving")
    assert isinstance(leaving.before, Estimate)
    assert not leaving.is_another or leaving.within_chance
    assert {part.step.cause for figure in changes.moved for part in figure.parts} == {Cause.RESTATED}
