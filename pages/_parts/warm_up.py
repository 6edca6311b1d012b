"""What the first visitor lands on, made ready while the browser still loads the page: the work looked at last, else the first example."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from threading import Event, Thread

from pages._parts import measuring
from pages._parts.progress import Tell
from pages._parts.samples import FIRST, SAMPLES, Sample
from pages._parts.state import DESIGN
from roi_core.cohorts.design import Design
from roi_core.errors import SupportRoiError
from roi_core.workspace import Workspace, last_used
from roi_core.workspace.clients import SAMPLE

_LOADED_LATER = ("roi_core.measurement", "altair", "babel.dates", "babel.numbers")
_PATIENCE_SECONDS = 10.0


class _Ended(Exception):
    """The server ends before all is ready."""


@contextmanager
def warming_up() -> Iterator[None]:
    """Reads and measures it beside the block, under the keys that its visitors ask for. An error is left for them to meet."""
    ended = Event()
    threads = [Thread(target=_prepare, args=(work, ended), name="warm-up", daemon=True) for work in (_measure, _load)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join(_PATIENCE_SECONDS)


def _prepare(work: Callable[[Event], None], ended: Event) -> None:
    """Does the work, and spares its objects the search for garbage that Streamlit makes after every run, which halts all visitors (0.14 s)."""
    work(ended)
    gc.collect()
    gc.freeze()


def _measure(ended: Event) -> None:
    def tell(_text: str, _done: float) -> None:
        if ended.is_set():
            raise _Ended

    @contextmanager
    def watch(_first: str) -> Iterator[Tell]:
        yield tell

    with suppress(Exception):
        measuring.measured(*_landing(), watch)


def _landing() -> tuple[Sample | Workspace, Design]:
    """What is shown where the address asks for nothing, under the comparison that was chosen there."""
    with suppress(SupportRoiError):
        workspace = Workspace.open(None, last_used() or "")
        chosen = workspace.recall(DESIGN)
        return SAMPLES.get(workspace.recall(SAMPLE) or "", workspace), Design.of(chosen) if chosen else Design()
    return FIRST, Design()


def _load(ended: Event) -> None:
    """The modules that are imported where they are used, while the reading process has the files."""
    with suppress(Exception):
        for name in _LOADED_LATER:
            if not ended.is_set():
                import_module(name)
