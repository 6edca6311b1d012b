"""Doubts from files: the digits of the answer, and refusals in words."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from roi_core.companies import write_sample
from roi_core.effects.doubts import Doubt
from roi_core.effects.segments import Segments
from roi_core.errors import DesignRefused
from roi_core.examination import compare_segments, compare_segments_workspace, examine, examine_workspace
from roi_core.ingest import take_in
from roi_core.measurement import measure_workspace
from roi_core.results import Absent
from roi_core.sentences import say
from roi_core.workspace import Workspace

FLAT = Path(__file__).resolve().parents[1] / "sample_data" / "flat_customers.csv"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    files = [file for file in write_sample(tmp_path_factory.mktemp("files"), customers=1_500, seed=3) if file.suffix == ".csv"]
    with Workspace.temporary() as read:
        take_in(files, read)
        yield read


def test_a_doubt_holds_the_answer_that_was_measured_and_tells_how_far_it_is(workspace: Workspace) -> None:
    told: list[float] = []
    found = examine_workspace(workspace, "supported.churn_6m", "left_out", progress=lambda text, done: told.append(done) or text)
    assert isinstance(found, Doubt)
    assert found.rows[0][1][0] == measure_workspace(workspace).main_effect.result
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1)


def test_an_unknown_doubt_names_those_that_there_are(workspace: Workspace) -> None:
    with pytest.raises(DesignRefused, match="left_out or negative_control"):
        examine_workspace(workspace, "supported.churn_6m", "everything")


def test_one_flat_file_has_no_months_to_look_into() -> None:
    assert examine([FLAT], "supported.churn", "left_out") == Absent(say("doubt.flat"))


def test_groups_are_compared_from_the_same_files_and_tell_how_far_they_are(workspace: Workspace) -> None:
    told: list[float] = []
    found = compare_segments_workspace(workspace, "plan", progress=lambda text, done: told.append(done) or text)
    assert isinstance(found, Segments)
    assert {level.name for level in found.levels} == {value for value, _ in measure_workspace(workspace).choices["plans"]}
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1)


def test_an_unknown_dimension_names_those_that_there_are(workspace: Workspace) -> None:
    with pytest.raises(DesignRefused, match="plan or segment"):
        compare_segments_workspace(workspace, "agent")


def test_one_flat_file_has_no_groups_to_look_into() -> None:
    assert compare_segments([FLAT], "plan") == Absent(say("beside.flat"))
