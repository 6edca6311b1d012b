"""A command that is told to end does so in order: its files are cleaned up on the way out."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

_ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


@contextmanager
def ended_in_order() -> Iterator[None]:
    """Inside, SIGTERM and SIGHUP raise SystemExit in the main thread; afterwards they do what they did before."""
    before = [(number, signal.signal(number, _leave)) for number in _ENDING]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)


def _leave(number: int, _: FrameType | None) -> NoReturn:
    sys.exit(128 + number)
