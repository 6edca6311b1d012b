"""Heavy work of all visitors in one queue: reading, measuring and reports, never more at a time than there are cores."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Condition

import streamlit as st

from pages._parts.drawing import turns
from pages._parts.progress import Watch
from roi_core.ingest.limits import cores, jobs_inside
from roi_core.sentences import say

_LOOK_AGAIN_SECONDS = 0.5


@dataclass(frozen=True, eq=False, slots=True)
class _Job:
    """Heavy work; `apart` are files that a visitor loads, read for the most part in processes of their own."""

    apart: bool


class JobQueue:
    """Jobs in the order in which they came; `at_once` are at work, of which `inside` in this process: one apart may go before one that waits for that.

    A turn must not be asked for inside of a turn: the inner one could wait for the outer one for ever.
    """

    def __init__(self, at_once: int, inside: int | None = None) -> None:
        self._at_once, self._inside = at_once, inside or at_once
        self._jobs: list[_Job] = []
        self._changed = Condition()

    @contextmanager
    def turn(self, watch: Watch, *, apart: bool = False) -> Iterator[None]:
        """Holds a turn for the block, in which others may draw. While others are before it, `watch` shows the place in the queue.

        The place is told again at least twice a second, because Streamlit ends the script of a visitor who has left only where it
        shows something. A job that ends, by whatever exception, at work or waiting, lets the next one move up.
        """
        with turns.aside(), self._place_of(job := _Job(apart)):
            self._wait(job, watch)
            yield

    @contextmanager
    def _place_of(self, job: _Job) -> Iterator[None]:
        with self._changed:
            self._jobs.append(job)
        try:
            yield
        finally:
            with self._changed:
                self._jobs.remove(job)
                self._changed.notify_all()

    def _wait(self, job: _Job, watch: Watch) -> None:
        place = self._place(job)
        if not place:
            return
        with watch(say("frame.waiting", place=f"{place}")) as tell:
            while place := self._place_after(job, place):
                tell(say("frame.waiting", place=f"{place}"), 0.0)

    def _place(self, job: _Job) -> int:
        """Place among those that wait, from 1; 0 at work."""
        with self._changed:
            return self._place_now(job)

    def _place_after(self, job: _Job, before: int) -> int:
        """The place once it is another one, or after a moment."""
        with self._changed:
            self._changed.wait_for(lambda: self._place_now(job) != before, _LOOK_AGAIN_SECONDS)
            return self._place_now(job)

    def _place_now(self, job: _Job) -> int:
        working, waiting = list[_Job](), list[_Job]()
        for one in self._jobs:
            inside = [other for other in working if not other.apart]
            free = len(working) < self._at_once and (one.apart or len(inside) < self._inside)
            (working if free else waiting).append(one)
        return next((place for place, other in enumerate(waiting, 1) if other is job), 0)


@st.cache_resource(show_spinner=False)
def jobs() -> JobQueue:
    """The one queue of this server."""
    return JobQueue(cores(), jobs_inside())
