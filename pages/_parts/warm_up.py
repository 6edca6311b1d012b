"""What visitors come to first, made ready before they ask: the work looked at last, else the first example, and then the other examples."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from functools import partial
from importlib import import_module
from threading import Event, Thread

from pages._parts import measuring
from pages._parts.progress import Tell
from pages._parts.samples import FIRST, SAMPLES, Sample
from pages._parts.state import DESIGN
from pages._server.quiet import Quiet
from roi_core.cohorts.design import Design
from roi_core.errors import SupportRoiError, WorkspaceMissing
from roi_core.workspace import Workspace, last_used
from roi_core.workspace.clients import SAMPLE

_LOADED_LATER = ("roi_core.measurement", "altair", "babel.dates", "babel.numbers")
_PATIENCE_SECONDS = 10.0
_PAUSE_SECONDS = 5.0


class _Ended(Exception):
    """The server ends before all is ready."""


@contextmanager
def warming_up(quiet: Quiet) -> Iterator[None]:
    """Reads and measures it beside the block, under the keys that its visitors ask for. An error is left for them to meet."""
    ended = Event()
    threads = [Thread(target=work, args=(ended,), name="warm-up", daemon=True) for work in (partial(_measure, quiet), _load)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        quiet.end()
        for thread in threads:
            thread.join(_PATIENCE_SECONDS)


def _measure(quiet: Quiet, ended: Event) -> None:
    def tell(_text: str, _done: float) -> None:
        if ended.is_set():
            raise _Ended

    @contextmanager
    def watch(_first: str) -> Iterator[Tell]:
        yield tell

    with suppress(Exception):
        _on_record()
        for facts, design in _visited(quiet, ended):
            with suppress(Exception):
                measuring.measured(facts, design, watch)
                measuring.unusual(facts, watch)
            _spare()


def _on_record() -> None:
    """The comparison fixed in advance stands in the work looked at last before any outcome of it is read."""
    fixed = Design()
    with suppress(WorkspaceMissing):
        Workspace.open(None, last_used() or "").open_design(fixed.digest, asdict(fixed), fixed=True)


def _visited(quiet: Quiet, ended: Event) -> Iterator[tuple[Sample | Workspace, Design]]:
    """The landing, and where that is an example the others, each once nobody has asked for anything for a while: a lever would answer late."""
    facts, design = _landing()
    yield facts, design
    for sample in SAMPLES.values() if isinstance(facts, Sample) else ():
        if sample != facts and _waited(quiet, ended):
            yield sample, Design()


def _waited(quiet: Quiet, ended: Event) -> bool:
    """Whether the server goes on once it has been quiet long enough."""
    while not ended.is_set() and not quiet.lasts(_PAUSE_SECONDS):
        continue
    return not ended.is_set()


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
