"""The store at full counts; every line goes to the scoreboard, lost or not."""

import sys

import pytest

from tests.nightly.scoreboard import append
from tests.store.apart import lost, tried

FULL = {"kills": 1000, "failing": 1, "flips": 2000, "truncations": 200, "writers": 200, "stale": 200, "migrating": 50}


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
@pytest.mark.parametrize("trial", FULL)
def test_nothing_is_lost(trial, tmp_path):
    scores = tried(tmp_path, trial, FULL[trial])
    append(scores)
    assert lost(scores) == []
