"""Whole pages are drawn one at a time: ten at once would each wait for all, and pass the interpreter to and fro thousands of times a second."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock, local

_PATIENCE_SECONDS, _AGAIN_SECONDS = 2.0, 0.5


class Turns:
    """One script holds the turn, in the order of asking. Who has waited `patience` seconds, `again` after stepping aside, goes on without from then on.

    So no script can keep others from being drawn.
    """

    def __init__(self, patience: float = _PATIENCE_SECONDS, again: float = _AGAIN_SECONDS) -> None:
        self._patience, self._again = patience, again
        self._asked: deque[Event] = deque()
        self._lock = Lock()
        self._mine = local()

    def __len__(self) -> int:
        """How many draw or wait for it."""
        return len(self._asked)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Holds the turn for the block, or has waited long enough."""
        self._take(self._patience)
        try:
            yield
        finally:
            self._give()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Lets others draw during the block, where this script held the turn, and asks for it again after it. A script that is ended in it does not."""
        held = self._give()
        try:
            yield
        except Exception:
            if held:
                self._take(self._again)
            raise
        if held:
            self._take(self._again)

    def _take(self, seconds: float) -> None:
        ticket = Event()
        with self._lock:
            self._asked.append(ticket)
            if self._asked[0] is ticket:
                ticket.set()
        if not ticket.wait(seconds):
            with self._lock:
                if not ticket.is_set():
                    self._asked.remove(ticket)
        self._mine.held = ticket.is_set()

    def _give(self) -> bool:
        """Hands the turn to the next one alone: all who wait would each want the interpreter only to look."""
        held = bool(getattr(self._mine, "held", False))
        if held:
            self._mine.held = False
            with self._lock:
                self._asked.popleft()
                if self._asked:
                    self._asked[0].set()
        return held


turns = Turns()
"""Those of this server. Fragments are drawn without: a slider waits for nobody else's page."""
