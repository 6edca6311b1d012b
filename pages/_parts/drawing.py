"""Whole pages are drawn one at a time: ten at once would each wait for all, and pass the interpreter to and fro thousands of times a second."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Semaphore, local

_PATIENCE_SECONDS = 2.0


class Turns:
    """One script holds the turn. Who has waited `patience` seconds goes on without it, so that no script can keep others from being drawn."""

    def __init__(self, patience: float = _PATIENCE_SECONDS) -> None:
        self._patience = patience
        self._free = Semaphore()
        self._mine = local()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Holds the turn for the block, or has waited long enough."""
        self._take()
        try:
            yield
        finally:
            self._give()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Lets others draw during the block, where this script held the turn; asks for it again after it, unless the block fails or the script is ended."""
        held = self._give()
        yield
        if held:
            self._take()

    def _take(self) -> None:
        self._mine.held = self._free.acquire(timeout=self._patience)

    def _give(self) -> bool:
        held = bool(getattr(self._mine, "held", False))
        if held:
            self._mine.held = False
            self._free.release()
        return held


turns = Turns()
"""Those of this server. Fragments are drawn without: a slider waits for nobody's page."""
