"""Whole pages are drawn one at a time: ten at once would each wait for all, and pass the interpreter to and fro thousands of times a second."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition, local

_PATIENCE_SECONDS, _AGAIN_SECONDS = 2.0, 0.5


class Turns:
    """One script holds the turn, in the order of asking. Who has waited `patience` seconds, `again` after stepping aside, goes on without from then on.

    So no script can keep others from being drawn.
    """

    def __init__(self, patience: float = _PATIENCE_SECONDS, again: float = _AGAIN_SECONDS) -> None:
        self._patience, self._again = patience, again
        self._asked: deque[object] = deque()
        self._changed = Condition()
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
        ticket = object()
        with self._changed:
            self._asked.append(ticket)
            first = self._changed.wait_for(lambda: self._asked[0] is ticket, seconds)
            if not first:
                self._asked.remove(ticket)
        self._mine.held = first

    def _give(self) -> bool:
        held = bool(getattr(self._mine, "held", False))
        if held:
            self._mine.held = False
            with self._changed:
                self._asked.popleft()
                self._changed.notify_all()
        return held


turns = Turns()
"""Those of this server. Fragments are drawn without: a slider waits for nobody else's page."""
