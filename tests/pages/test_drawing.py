"""Whole pages are drawn one at a time, unless one takes too long or has heavy work done."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from threading import Event, Lock, Thread

import pytest

from pages._parts import drawing, jobs, progress, site
from pages._parts.drawing import Turns
from pages._parts.jobs import JobQueue
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
            with self._turns.aside():
                self.left.set()
                assert self.back.wait(LONG)
            self.draws_again.set()
            assert self.end.wait(LONG)

    def ends(self) -> None:
        for event in (self.leave, self.back, self.end):
            event.set()
        self._thread.join(LONG)
        assert not self._thread.is_alive()


def test_one_page_is_drawn_after_the_other() -> None:
    turns = Turns(LONG)
    first, second = _Page(turns), _Page(turns)
    drawn, waits = (first, second) if first.draws.wait(LONG) else (second, first)
    assert not waits.draws.wait(SHORT)
    drawn.ends()
    assert waits.draws.wait(LONG)
    waits.ends()


def test_pages_that_are_drawn_never_overlap() -> None:
    turns, lock, together, most = Turns(LONG), Lock(), 0, 0

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
    turns = Turns(LONG)
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


def test_a_page_that_fails_leaves_its_turn_wherever_it_fails() -> None:
    turns = Turns(LONG)
    with pytest.raises(ZeroDivisionError), turns.turn():
        raise ZeroDivisionError
    with pytest.raises(ZeroDivisionError), turns.turn(), turns.aside():
        raise ZeroDivisionError
    after = _Page(turns)
    assert after.draws.wait(LONG)
    after.ends()


def test_a_fragment_steps_aside_from_nothing() -> None:
    turns = Turns(LONG)
    with turns.aside():
        page = _Page(turns)
        assert page.draws.wait(LONG)
    page.ends()


def test_heavy_work_and_a_bar_let_others_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    turns = Turns(LONG)
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

    noted = _Noted(LONG)
    for module in (drawing, site, jobs, progress):
        monkeypatch.setattr(module, "turns", noted)
    assert calm(visit("methods", work=Workspace.create(session_home).id)).title[0].value == say("methods.title")
    assert drawn == ["begun", "ended"]
