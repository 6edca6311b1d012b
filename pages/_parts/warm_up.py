"""What visitors come to first, made ready before they ask: the work looked at last, else the first example, and then the other examples."""

import gc
from collections.abc import Iterator
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
_PAUSE_SECONDS = 5.0


class _Ended(Exception):
    """The server ends before all is ready."""


@contextmanager
def warming_up() -> Iterator[None]:
    """Reads and measures it beside the block, under the keys that its visitors ask for. An error is left for them to meet."""
    ended = Event()
    threads = [Thread(target=work, args=(ended,), name="warm-up", daemon=True) for work in (_measure, _load)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join(_PATIENCE_SECONDS)


def _measure(ended: Event) -> None:
    def tell(_text: str, _done: float) -> None:
        if ended.is_set():
            raise _Ended

    @contextmanager
    def watch(_first: str) -> Iterator[Tell]:
        yield tell

    for facts, design in _visited(ended):
        with suppress(Exception):
            measuring.measured(facts, design, watch)
        _spare()


def _visited(ended: Event) -> Iterator[tuple[Sample | Workspace, Design]]:
    """The landing, and where that is an example the others, each after a pause in which a visitor has the machine for himself."""
    facts, design = _landing()
    yield facts, design
    for sample in SAMPLES.values() if isinstance(facts, Sample) else ():
        if sample != facts and not ended.wait(_PAUSE_SECONDS):
            yield sample, Design()


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
    _spare()


def _spare() -> None:
    """Spares what was prepared the search for garbage that Streamlit makes after every run, which halts all visitors (0.14 s)."""
    gc.collect()
    gc.freeze()
