"""The small part of the trials of the store; `make nightly PART=store` runs all of them."""

import pytest

from tests.store.apart import lost, tried
from tests.store.full import SAVES
from tests.store.possible import why_not

FEW = {"kills": 60, "failing": 6, "flips": 100, "truncations": 20, "writers": 20, "stale": 40, "power": 40, "full": SAVES, "migrating": 3}


@pytest.mark.timeout(600)
@pytest.mark.parametrize("trial", FEW)
def test_nothing_is_lost(trial, tmp_path):
    if why := why_not(trial):
        pytest.skip(why)
    assert lost(tried(tmp_path, trial, FEW[trial])) == []
