"""The small part of the trials of the store; `make nightly PART=store` runs all of them."""

import sys

import pytest

from tests.store.apart import lost, tried

FEW = {"kills": 60, "failing": 6, "flips": 100, "truncations": 20, "writers": 20, "stale": 40, "migrating": 3}


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
@pytest.mark.timeout(600)
@pytest.mark.parametrize("trial", FEW)
def test_nothing_is_lost(trial, tmp_path):
    assert lost(tried(tmp_path, trial, FEW[trial])) == []
