"""What was read or measured, kept for the next rerun, the next page and the next tab on the same work."""

import atexit
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from threading import Lock
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import streamlit as st

from pages._parts.drawing import turns
from roi_core.effects.doubts.doubt import Doubt
from roi_core.effects.ratings import Finding
from roi_core.effects.segments import Segments
from roi_core.effects.staying import Staying
from roi_core.measured import Measured
from roi_core.readings import Changes
from roi_core.results import Absent, Effect
from roi_core.scenarios import Fan
from roi_core.spine import forget as forget_facts
from roi_core.valuation import Valued
from roi_core.workspace import Workspace

if TYPE_CHECKING:
    from roi_core.kpis import Books

_MOST = 8
_MOST_BOOKS = 3
_MOST_COUNTS = 200
_MOST_SCENARIOS = 64
Kept = TypeVar("Kept")


class Shelf(Generic[Kept]):
    """The last few results by key, of which the first part says whose they are; the same key is made by one visitor while the others wait.

    Not st.cache_resource around the making itself: a cached function cannot report progress to the page.
    """

    def __init__(self, most: int | None = None) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._lock = Lock()
        self._working: dict[Hashable, Lock] = {}

    def get(self, key: Hashable, make: Callable[[], Kept], waiting: Callable[[], AbstractContextManager[object]] = nullcontext) -> Kept:
        """What is kept under the key, made first where nothing is. An error of `make` is passed on and nothing is kept.

        `waiting` is entered while another makes it. Others draw meanwhile, and nobody waits for a result until its maker may draw again.
        """
        with self._lock:
            if key in self._kept:
                return self._again(key)
            working = self._working.setdefault(key, Lock())
        with turns.aside(), _turn(working, waiting):
            with self._lock:
                if key in self._kept:
                    return self._again(key)
            made = make()
            self._keep(key, made, working)
            return made

    def of(self, whose: str) -> list[Hashable]:
        """Keys of the results of one work."""
        return [key for key in self._kept if isinstance(key, tuple) and key[0] == whose]

    def forget(self, whose: str) -> None:
        """Lets go of all results of deleted work; what is being made of it now will be given to who waits, and not kept."""
        with self._lock:
            for key in self.of(whose):
                del self._kept[key]
            for key in [key for key in self._working if isinstance(key, tuple) and key[0] == whose]:
                del self._working[key]

    def _again(self, key: Hashable) -> Kept:
        self._kept.move_to_end(key)
        return self._kept[key]

    def _keep(self, key: Hashable, made: Kept, working: Lock) -> None:
        """Keeps it, unless it was forgotten while it was made: its lock is another one then, or none."""
        with self._lock:
            if self._working.get(key) is not working:
                return
            self._kept[key] = made
            while len(self._kept) > (self._most or _MOST):
                oldest, _ = self._kept.popitem(last=False)
                self._working.pop(oldest, None)


@contextmanager
def _turn(working: Lock, waiting: Callable[[], AbstractContextManager[object]]) -> Iterator[None]:
    """Holds the lock. `waiting` can be ended by Streamlit at any word it shows, so it never holds the lock itself."""
    while not working.acquire(blocking=False):
        with waiting(), working:
            pass
    try:
        yield
    finally:
        working.release()


@st.cache_resource(show_spinner=False)
def shelf() -> Shelf[Measured]:
    """The one shelf of this server; keys hold the id of the work, so nobody meets another's."""
    return Shelf()


@st.cache_resource(show_spinner=False)
def changes_shelf() -> Shelf[Changes]:
    """What changed between two answers, cause by cause; keys hold the id of the work."""
    return Shelf()


@st.cache_resource(show_spinner=False)
def doubts_shelf() -> Shelf[Doubt | Absent]:
    """Doubts that were looked into; keys hold the id of the work, the effect and the doubt."""
    return Shelf()


@st.cache_resource(show_spinner=False)
def beside_shelf() -> Shelf[tuple[Effect, ...] | Absent]:
    """Comparisons beside the main one; keys hold the id of the work and the design."""
    return Shelf()


@st.cache_resource(show_spinner=False)
def segments_shelf() -> Shelf[Segments | Absent]:
    """Groups of customers compared by themselves; keys hold the id of the work, the design and the dimension."""
    return Shelf()


@st.cache_resource(show_spinner=False)
def ratings_shelf() -> Shelf[tuple[Finding, ...] | Absent]:
    """What else ratings say; keys hold the id of the work and the design."""
    return Shelf()


@st.cache_resource(show_spinner=False)
def staying_shelf() -> Shelf[Mapping[str, Staying] | Absent]:
    """How long customers stay; keys hold the id of the work and the design."""
    return Shelf()


@st.cache_resource(show_spinner=False)
def scenario_shelf() -> Shelf[tuple[Valued, Fan | Absent]]:
    """Scenarios and their months, once per position of the sliders; keys hold the id of the work."""
    return Shelf(_MOST_SCENARIOS)


@st.cache_resource(show_spinner=False)
def books_shelf() -> "Shelf[Books]":
    """Tables that are open for key figures; keys hold the id of the work. Each holds its rows in memory, so they are few."""
    return Shelf(_MOST_BOOKS)


@st.cache_resource(show_spinner=False)
def counts_shelf() -> Shelf[Any]:
    """Key figures that were counted, by question; keys hold the id of the work."""
    return Shelf(_MOST_COUNTS)


def forget(work: str) -> None:
    """Lets go of everything that was worked out about deleted work."""
    looked_into = (doubts_shelf(), beside_shelf(), segments_shelf(), ratings_shelf(), staying_shelf())
    for one in (shelf(), changes_shelf(), scenario_shelf(), *looked_into, books_shelf(), counts_shelf()):
        one.forget(work)
    forget_facts(work)


class Examples:
    """The examples' tables, read once per server into workspaces that go when it ends."""

    def __init__(self) -> None:
        self._read: Shelf[Workspace] = Shelf()
        self._open = ExitStack()
        atexit.register(self.close)

    def get(self, key: str, read: Callable[[Workspace], None], waiting: Callable[[], AbstractContextManager[object]] = nullcontext) -> Workspace:
        """The workspace of an example, filled by `read` where this server has not read it yet; `waiting` is entered while another reads it."""

        def make() -> Workspace:
            workspace = self._open.enter_context(Workspace.temporary())
            read(workspace)
            return workspace

        return self._read.get(key, make, waiting)

    def close(self) -> None:
        """Deletes their workspaces. The server calls it too: uvicorn ends by the signal that asked it to, which skips `atexit`."""
        self._open.close()


@st.cache_resource(show_spinner=False)
def examples() -> Examples:
    """The one set of examples of this server."""
    return Examples()
