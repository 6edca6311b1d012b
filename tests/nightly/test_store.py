"""The store at full counts; every line goes to the scoreboard, lost or not."""

import sys

import pytest

from roi_core.bundle import export_work, import_work
from roi_core.ingest import take_in
from roi_core.ingest.limits import FROM_DISK
from roi_core.workspace import Workspace
from tests.bundle.test_round_trip import SAMPLES, numbers
from tests.nightly.scoreboard import append
from tests.store.apart import lost, tried

FULL = {"kills": 1000, "failing": 1, "flips": 2000, "truncations": 200, "writers": 200, "stale": 200, "migrating": 50}


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
@pytest.mark.parametrize("trial", FULL)
def test_nothing_is_lost(trial, tmp_path):
    scores = tried(tmp_path, trial, FULL[trial])
    append(scores)
    assert lost(scores) == []


@pytest.mark.parametrize("sample", ["still_water.zip", "fogbank.zip"])
def test_the_other_samples_give_the_same_numbers_after_export_and_import(sample, tmp_path):
    """tests/bundle has the numbers of two samples, and the tables of all."""
    workspace = Workspace.create(tmp_path / "home")
    take_in([SAMPLES / sample], workspace, limits=FROM_DISK)
    export_work(workspace, tmp_path / "work.zip")
    assert numbers(import_work(tmp_path / "work.zip", tmp_path / "other")) == numbers(workspace)
