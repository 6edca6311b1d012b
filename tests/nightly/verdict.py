"""How a part that goes on where it stopped ends."""

import pytest

from tests.nightly.scoreboard import append
from tests.store.apart import lost
from tests.store.scores import Score


def none_lost(scores: list[Score]) -> None:
    """All are on the scoreboard, and none is lost."""
    if not scores:
        pytest.skip("no time was left for it; the next run begins here")
    for one in scores:
        print(f"{one.case}: {one.measured}; {one.tried:,} of them")
    append(scores)
    assert lost(scores) == []
