"""One visitor makes what others wait for: they are told so, and no one's leaving keeps the others out."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest

from pages._parts.shelf import Shelf

SECONDS = 30


def beside(work: Callable[[], object]) -> Thread:
    thread = Thread(target=work)
    thread.start()
    return thread


def never() -> str:
    raise AssertionError


def test_who_waits_is_told_and_gets_what_the_other_made() -> None:
    shelf: Shelf[str] = Shelf()
    begun, told = Event(), Event()
    said: list[str] = []

    def make() -> str:
        begun.set()
        assert told.wait(SECONDS)
        return "made"

    @contextmanager
    def waiting() -> Iterator[None]:
        said.append("waiting")
        told.set()
        yield
        said.append("over")

    maker = beside(lambda: shelf.get("key", make))
    assert begun.wait(SECONDS)
    assert shelf.get("key", never, waiting) == "made"
    maker.join(SECONDS)
    assert said == ["waiting", "over"]
    assert shelf.get("key", never, pytest.fail) == "made"


def test_a_visitor_who_leaves_while_waiting_keeps_nobody_out() -> None:
    shelf: Shelf[str] = Shelf()
    begun, told = Event(), Event()

    def fail() -> str:
        begun.set()
        assert told.wait(SECONDS)
        raise MemoryError

    def first() -> None:
        with pytest.raises(MemoryError):
            shelf.get("key", fail)

    @contextmanager
    def leaving() -> Iterator[None]:
        told.set()
        yield
        raise KeyboardInterrupt

    maker = beside(first)
    assert begun.wait(SECONDS)
    with pytest.raises(KeyboardInterrupt):
        shelf.get("key", never, leaving)
    maker.join(SECONDS)
    assert shelf.get("key", lambda: "made") == "made"


def test_what_was_worked_out_about_deleted_work_is_let_go_of() -> None:
    shelf: Shelf[str] = Shelf()
    for whose in ("gone", "there"):
        shelf.get((whose, "a"), lambda: "made")
        shelf.get((whose, "b"), lambda: "made")
    shelf.forget("gone")
    assert [shelf.get((whose, "a"), lambda: "anew") for whose in ("gone", "there")] == ["anew", "made"]


def test_what_was_being_made_of_work_that_is_deleted_meanwhile_is_not_kept() -> None:
    shelf: Shelf[str] = Shelf()

    def make() -> str:
        shelf.forget("gone")
        return "made"

    assert shelf.get(("gone", "a"), make) == "made"
    assert shelf.of("gone") == []
    assert shelf.get(("gone", "a"), lambda: "anew") == "anew"
    assert shelf.of("gone") == [("gone", "a")]


def test_a_shelf_holds_as_many_as_it_is_told() -> None:
    shelf: Shelf[str] = Shelf(2)
    for n in range(3):
        shelf.get(("work", n), lambda: "made")
    assert [shelf.get(("work", n), lambda: "anew") for n in (2, 1, 0)] == ["made", "made", "anew"]
