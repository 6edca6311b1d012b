"""The facts of the last few small companies, in memory: what is asked of them next need not work them out again."""

from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

from roi_core.spine.facts import Facts
from roi_core.spine.saved import Saved

_MOST = 4


class Place(NamedTuple):
    """Whose facts they are, and all that they follow from."""

    work: str
    digest: str
    decisions: str
    exclusions: str
    until_s: float | None

    @classmethod
    def of(cls, saved: Saved) -> "Place":
        """That of one version of saved work."""
        return cls(saved.workspace.id, saved.digest, saved.decisions.digest, saved.exclusions.digest, saved.until_s)


_kept: OrderedDict[Place, Facts] = OrderedDict()
_lock = Lock()


def recalled(place: Place) -> Facts | None:
    """The facts kept there, if they still are."""
    with _lock:
        if place in _kept:
            _kept.move_to_end(place)
        return _kept.get(place)


def remember(place: Place, facts: Facts) -> None:
    """Keeps them, and lets go of the ones that were asked longest ago."""
    with _lock:
        _kept[place] = facts
        while len(_kept) > _MOST:
            _kept.popitem(last=False)


def forget(work: str) -> None:
    """Lets go of the facts of deleted work."""
    with _lock:
        for place in [place for place in _kept if place.work == work]:
            del _kept[place]
