"""Heavy work of all visitors: never more at a time than allowed, in the order of arrival, and whoever leaves frees the turn."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from threading import Barrier, Event, Lock, Thread

import pytest
import streamlit as st
from hypothesis import given, settings
from hypothesis import strategies as some

from pages._parts import measuring, state
from pages._parts.jobs import JobQueue, jobs
from pages._parts.progress import Tell, Watch
from roi_core.ingest.limits import cores
from roi_core.sentences import say
from roi_core.workspace import Workspace
from tests.pages.app import PAGES, calm, visit

SECONDS = 30


class _Left(BaseException):
    """What Streamlit raises where a visitor has gone: no Exception, so that no page can hold it up."""


def leave(*, really: bool = True) -> None:
    if really:
        raise _Left


def beside(work: Callable[[], object]) -> Thread:
    thread = Thread(target=work)
    thread.start()
    return thread


def unasked(_: str) -> nullcontext[Tell]:
    raise AssertionError


class _Job:
    """A job in a thread of its own: `told` are its places, it works until `end` is set, and leaves at `leave`."""

    def __init__(self, queue: JobQueue, *, apart: bool = False) -> None:
        self.told: list[str] = []
        self.waits, self.moved, self.works, self.end, self.leave = Event(), Event(), Event(), Event(), Event()
        self._queue, self._apart = queue, apart
        self.thread = beside(self._run)

    def _run(self) -> None:
        try:
            with self._queue.turn(self._watch, apart=self._apart):
                self.works.set()
                assert self.end.wait(SECONDS)
                leave(really=self.leave.is_set())
        except _Left:
            return

    @contextmanager
    def _watch(self, first: str) -> Iterator[Tell]:
        self._say(first)
        yield lambda text, _done: self._say(text)

    def _say(self, text: str) -> None:
        leave(really=self.leave.is_set())
        if text not in self.told[-1:]:
            self.told.append(text)
        self.waits.set()
        if len(self.told) > 1:
            self.moved.set()

    def go(self) -> None:
        self.leave.set()
        self.end.set()
        self.thread.join(SECONDS)
        assert not self.thread.is_alive()


def queued(queue: JobQueue, many: int, *, apart: bool = False) -> list[_Job]:
    """So many jobs, each in its place before the next one comes."""
    made: list[_Job] = []
    for _ in range(many):
        job = _Job(queue, apart=apart)
        made.append(job)
        while not (job.works.wait(0.01) or job.waits.wait(0.01)):
            assert job.thread.is_alive()
    return made


def words(*places: int) -> list[str]:
    return [say("frame.waiting", place=f"{place}") for place in places]


def test_a_free_queue_makes_nobody_wait() -> None:
    with JobQueue(1).turn(unasked):
        pass


def test_who_waits_is_told_the_place_and_moves_up_in_the_order_of_arrival() -> None:
    first, second, third = jobs = queued(JobQueue(1), 3)
    assert [job.works.is_set() for job in jobs] == [True, False, False]
    first.end.set()
    assert second.works.wait(SECONDS)
    assert third.moved.wait(SECONDS)
    assert not third.works.is_set()
    second.end.set()
    assert third.works.wait(SECONDS)
    third.end.set()
    third.thread.join(SECONDS)
    assert [list(dict.fromkeys(job.told)) for job in jobs] == [[], words(1), words(2, 1)]


@pytest.mark.parametrize("leaves", [0, 1, 2])
def test_a_visitor_who_leaves_at_work_or_waiting_frees_the_place(leaves: int) -> None:
    made = queued(JobQueue(1), 4)
    made.pop(leaves).go()
    for job in made:
        assert job.works.wait(SECONDS)
        job.end.set()
    for job in made:
        job.thread.join(SECONDS)
        assert not job.thread.is_alive()


def test_an_error_at_work_frees_the_turn() -> None:
    queue = JobQueue(1)
    with pytest.raises(MemoryError), queue.turn(unasked):
        raise MemoryError
    with queue.turn(unasked):
        pass


@settings(max_examples=20)
@given(some.integers(1, 3), some.integers(1, 3), some.lists(some.tuples(some.booleans(), some.booleans()), min_size=1, max_size=12))
def test_never_more_are_at_work_than_allowed_whoever_fails(at_once: int, inside: int, asked: list[tuple[bool, bool]]) -> None:
    queue, lock, together = JobQueue(at_once, min(at_once, inside)), Lock(), Barrier(len(asked))
    working, seen, done = list[bool](), list[tuple[int, int]](), 0

    def work(*, apart: bool, fail: bool) -> None:
        nonlocal done
        together.wait(SECONDS)
        try:
            with queue.turn(lambda _: nullcontext(lambda *_: None), apart=apart):
                with lock:
                    working.append(apart)
                    seen.append((len(working), working.count(False)))
                with lock:
                    working.remove(apart)
                    done += 1
                leave(really=fail)
        except _Left:
            return

    threads = [beside(lambda apart=apart, fail=fail: work(apart=apart, fail=fail)) for apart, fail in asked]  # type: ignore[misc]
    for thread in threads:
        thread.join(SECONDS)
    assert (working, done) == ([], len(asked))
    assert all(together <= at_once and here <= min(at_once, inside) for together, here in seen)


def test_a_file_is_read_beside_what_is_measured_and_before_what_waits_for_that() -> None:
    queue = JobQueue(2, 1)
    measured, waits = queued(queue, 2)
    (read,) = queued(queue, 1, apart=True)
    assert [job.works.is_set() for job in (measured, waits, read)] == [True, False, True]
    measured.go()
    assert waits.works.wait(SECONDS)
    for job in (waits, read):
        job.go()


@pytest.mark.parametrize(("at_hand", "inside"), [(1, 1), (2, 1), (4, 3)])
def test_the_server_has_one_queue_as_wide_as_its_cores_of_which_one_is_left_to_light_pages(at_hand: int, inside: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("pages._parts.jobs", "roi_core.ingest.limits"):
        monkeypatch.setattr(f"{module}.cores", lambda: at_hand)
    st.cache_resource.clear()
    queue = jobs()
    made = queued(queue, 4)
    made += queued(queue, 3, apart=True)
    assert [job.works.is_set() for job in made[:4]] == [place < inside for place in range(4)]
    assert [job.works.is_set() for job in made[4:]] == [place < at_hand - inside for place in range(3)]
    assert jobs() is queue
    for job in made:
        job.go()
    st.cache_resource.clear()


def test_no_page_asks_for_a_turn_inside_of_a_turn(flat: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With one place only, such a page would wait for itself for ever."""
    inside = list[str]()
    turn = JobQueue.turn

    @contextmanager
    def watched(queue: JobQueue, watch: Watch, *, apart: bool = False) -> Iterator[None]:
        assert not inside
        inside.append("turn")
        with turn(queue, watch, apart=apart):
            yield
        inside.clear()

    monkeypatch.setattr(JobQueue, "turn", watched)
    for key in PAGES:
        calm(visit(key, work=flat))


def test_a_page_that_waits_says_so(flat: str, monkeypatch: pytest.MonkeyPatch) -> None:
    said, shown = list[str](), Event()

    @contextmanager
    def bar(first: str) -> Iterator[Tell]:
        said.append(first)
        shown.set()
        yield lambda text, _: said.append(text)

    queue = JobQueue(1)
    monkeypatch.setattr(measuring, "jobs", lambda: queue)
    monkeypatch.setattr(measuring, "_whose", lambda _: "nobody whose files were measured before")
    monkeypatch.setattr(state, "progress", bar)
    (other,) = queued(queue, 1)
    seen = list[str]()
    visitor = beside(lambda: seen.append(calm(visit(work=flat)).title[0].value))
    assert shown.wait(SECONDS)
    other.end.set()
    visitor.join(SECONDS)
    assert seen
    assert said[0] == words(1)[0]


def test_work_without_files_waits_for_nobody(session_home: Path) -> None:
    with ExitStack() as busy:
        for _ in range(cores()):
            busy.enter_context(jobs().turn(lambda _: nullcontext(lambda *_: None), apart=True))
        assert calm(visit("methods", work=Workspace.create(session_home).id)).title[0].value == say("methods.title")
