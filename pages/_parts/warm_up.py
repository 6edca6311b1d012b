"""The first example, made ready while the first visitor's browser still loads the page."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from threading import Event, Thread

from pages._parts import measuring
from pages._parts.progress import Tell
from pages._parts.samples import FIRST
from roi_core.cohorts.design import Design

_LOADED_LATER = ("roi_core.measurement", "altair", "babel.dates", "babel.numbers")
_PATIENCE_SECONDS = 10.0


class _Ended(Exception):
    """The server ends before the example is ready."""


@contextmanager
def warming_up() -> Iterator[None]:
    """Reads and measures the first example beside the block, under the keys that its visitors ask for. An error is left for them to meet."""
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

    with suppress(Exception):
        measuring.measured(FIRST, Design(), watch)


def _load(ended: Event) -> None:
    """The modules that are imported where they are used, while the reading process has the example."""
    with suppress(Exception):
        for name in _LOADED_LATER:
            if not ended.is_set():
                import_module(name)
