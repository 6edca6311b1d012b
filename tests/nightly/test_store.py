"""The store at full counts; every line goes to the scoreboard, lost or not."""

import pyarrow.parquet as pq
import pytest

from roi_core.bundle import export_work, import_work
from roi_core.ingest import take_in
from roi_core.ingest.limits import FROM_DISK
from roi_core.workspace import Workspace
from tests.bundle.test_round_trip import SAMPLES, numbers
from tests.nightly.scoreboard import append
from tests.nightly.share import EVERY, part_of
from tests.store.apart import lost, tried
from tests.store.full import SAVES
from tests.store.possible import why_not
from tests.store.scores import Score
from tests.workspace.test_machine import EXAMPLES, STEPS, Machine

FULL = {"kills": 1000, "failing": 1, "flips": 2000, "truncations": 200, "writers": 200, "stale": 200, "power": 500, "full": SAVES, "migrating": 50}


@pytest.mark.parametrize("trial", FULL)
def test_nothing_is_lost(trial, tmp_path):
    if why := why_not(trial):
        pytest.skip(why)
    scores = tried(tmp_path, trial, {"failing": EVERY, "full": SAVES}.get(trial, part_of(FULL[trial])))
    append(scores)
    assert lost(scores) == []


def test_any_sequence_of_steps_gives_what_it_gives_on_a_plain_model():
    """An error is shrunk by Hypothesis to the shortest sequence that shows it."""
    case = f"{STEPS} steps on saved work and on a plain model of it"
    try:
        Machine.TestCase("runTest").runTest()
    except BaseException:
        append([Score(case, EXAMPLES, 1)])
        raise
    append([Score(case, EXAMPLES, 0)])


@pytest.mark.parametrize("sample", ["still_water.zip", "fogbank.zip"])
def test_the_other_samples_give_the_same_numbers_after_export_and_import(sample, tmp_path):
    """Cell by cell and to the digit; tests/bundle has two samples."""
    workspace = Workspace.create(tmp_path / "home")
    take_in([SAMPLES / sample], workspace, limits=FROM_DISK)
    export_work(workspace, tmp_path / "work.zip")
    again = import_work(tmp_path / "work.zip", tmp_path / "other")
    for part, copy in zip(workspace.manifest(), again.manifest(), strict=True):
        assert pq.read_table(workspace.path(part)).equals(pq.read_table(again.path(copy)))
    assert numbers(again) == numbers(workspace)
