"""Whole pages are drawn one at a time, unless one takes too long or has heavy work done."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from threading import Event, Lock, Thread
from time import monotonic

import pytest

from pages._parts import drawing, jobs, progress, shelf, site
from pages._parts.drawing import Turns
from pages._parts.jobs import JobQueue
from pages._parts.shelf import Shelf
from roi_core.sentences import say
from roi_core.workspace import Workspace
from tests.pages.app import calm, visit

LONG, SHORT = 30.0, 0.05


class _Page:
    """A script in a thread of its own that draws until `end`, and steps aside from `leave` to `back`."""

    def __init__(self, turns: Turns) -> None:
        self.draws, self.leave, self.left, self.back, self.draws_again, self.end = (Event() for _ in range(6))
        self._turns = turns
        self._thread = Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        with self._turns.turn():
            self.draws.set()
            assert self.leave.wait(LONG)
            if not self.end.is_set():
                with self._turns.aside():
                    self.left.set()
                    assert self.back.wait(LONG)
            self.draws_again.set()
            assert self.end.wait(LONG)

    def ends(self) -> None:
        for event in (self.end, self.leave, self.back):
            event.set()
        self._thread.join(LONG)
        assert not self._thread.is_alive()


def test_one_page_is_drawn_after_the_other() -> None:
    turns = Turns(LONG, LONG)
    first, second = _Page(turns), _Page(turns)
    drawn, waits = (first, second) if first.draws.wait(LONG) else (second, first)
    assert not waits.draws.wait(SHORT)
    drawn.ends()
    assert waits.draws.wait(LONG)
    waits.ends()


def test_pages_that_are_drawn_never_overlap() -> None:
    turns, lock, together, most = Turns(LONG, LONG), Lock(), 0, 0

    def draw() -> None:
        nonlocal together, most
        for _ in range(20):
            with turns.turn():
                with lock:
                    together += 1
                    most = max(most, together)
                with lock:
                    together -= 1
                with turns.aside():
                    pass

    threads = [Thread(target=draw) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONG)
    assert (together, most) == (0, 1)


def test_who_has_waited_long_enough_goes_on_and_takes_nobodys_turn_along() -> None:
    turns = Turns(1.0)
    slow = _Page(turns)
    assert slow.draws.wait(LONG)
    impatient = _Page(turns)
    assert impatient.draws.wait(LONG)
    impatient.ends()
    after = _Page(turns)
    assert not after.draws.wait(SHORT), "whose turn it was not did not give it back"
    slow.ends()
    assert after.draws.wait(LONG)
    after.ends()


def test_a_page_that_steps_aside_lets_another_draw_and_waits_for_it() -> None:
    turns = Turns(LONG, LONG)
    first = _Page(turns)
    assert first.draws.wait(LONG)
    first.leave.set()
    assert first.left.wait(LONG)
    second = _Page(turns)
    assert second.draws.wait(LONG)
    first.back.set()
    assert not first.draws_again.wait(SHORT)
    second.ends()
    assert first.draws_again.wait(LONG)
    first.ends()


class _Ended(BaseException):
    """What Streamlit raises where a script is ended."""


@pytest.mark.parametrize("error", [ZeroDivisionError, _Ended])
def test_a_page_that_fails_leaves_its_turn_wherever_it_fails(error: type[BaseException]) -> None:
    turns = Turns(LONG, LONG)
    with pytest.raises(error), turns.turn():
        raise error
    with pytest.raises(error), turns.turn(), turns.aside():
        raise error
    after = _Page(turns)
    assert after.draws.wait(LONG)
    after.ends()


def test_a_page_that_says_why_work_failed_is_drawn_in_its_turn_again() -> None:
    turns = Turns(LONG, LONG)
    with turns.turn():
        with pytest.raises(ZeroDivisionError), turns.aside():
            raise ZeroDivisionError
        other = _Page(turns)
        assert not other.draws.wait(SHORT)
    assert other.draws.wait(LONG)
    other.ends()


def test_a_page_that_waited_in_vain_once_waits_no_more_however_often_it_steps_aside() -> None:
    turns = Turns(LONG, SHORT)
    with turns.turn():
        with turns.aside():
            slow = _Page(turns)
            assert slow.draws.wait(LONG)
        began = monotonic()
        for _ in range(400):
            with turns.aside():
                pass
        assert monotonic() - began < 400 * SHORT / 2
    slow.ends()


def test_who_asked_first_is_drawn_first() -> None:
    turns, order = Turns(LONG, LONG), list[int]()

    def draw(place: int) -> None:
        with turns.turn():
            order.append(place)

    with turns.turn():
        threads = list[Thread]()
        for place in range(6):
            threads.append(Thread(target=draw, args=(place,)))
            threads[-1].start()
            while len(turns) < place + 2:
                assert threads[-1].is_alive()
    for thread in threads:
        thread.join(LONG)
    assert order == list(range(6))


def test_a_result_is_handed_on_before_its_maker_may_draw_again(monkeypatch: pytest.MonkeyPatch) -> None:
    turns, results, made, go = Turns(LONG, LONG), Shelf[int](), Event(), Event()
    for module in (shelf, jobs):
        monkeypatch.setattr(module, "turns", turns)

    def make() -> int:
        with JobQueue(1).turn(lambda _: nullcontext(lambda *_: None)):
            made.set()
            assert go.wait(LONG)
            return 7

    def ask() -> None:
        with turns.turn():
            results.get("key", make)

    maker = Thread(target=ask)
    maker.start()
    assert made.wait(LONG)
    other = _Page(turns)
    assert other.draws.wait(LONG)
    go.set()
    assert results.get("key", lambda: 0) == 7
    assert maker.is_alive(), "it waits for the page that is drawn"
    other.ends()
    maker.join(LONG)
    assert not maker.is_alive()


def test_a_fragment_steps_aside_from_nothing() -> None:
    turns = Turns(LONG, LONG)
    with turns.aside():
        page = _Page(turns)
        assert page.draws.wait(LONG)
    page.ends()


def test_heavy_work_and_a_bar_let_others_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    turns = Turns(LONG, LONG)
    for module in (jobs, progress):
        monkeypatch.setattr(module, "turns", turns)
    for held in (JobQueue(1).turn(lambda _: nullcontext(lambda *_: None)), progress.progress("Reading")):
        with turns.turn(), held:
            page = _Page(turns)
            assert page.draws.wait(LONG)
            page.ends()


def test_every_page_is_drawn_in_its_turn(session_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = list[str]()

    class _Noted(Turns):
        @contextmanager
        def turn(self) -> Iterator[None]:
            drawn.append("begun")
            with super().turn():
                yield
            drawn.append("ended")

    noted = _Noted(LONG, LONG)
    for module in (drawing, site, jobs, progress):
        monkeypatch.setattr(module, "turns", noted)
    assert calm(visit("methods", work=Workspace.create(session_home).id)).title[0].value == say("methods.title")
    assert drawn == ["begun", "ended"]
