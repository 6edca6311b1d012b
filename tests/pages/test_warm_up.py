"""What a server's first visitor lands on is ready, and a failure of the preparation is told only where it is the visitor's own."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from threading import Event
from threading import enumerate as running
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages._parts import measuring, state, warm_up
from pages._parts.progress import Tell, Watch
from pages._parts.samples import FIRST, SAMPLES, Sample
from pages._parts.warm_up import warming_up
from pages._server.quiet import Quiet
from roi_core.cohorts.design import Design
from roi_core.ingest import take_in
from roi_core.measured import Measured
from roi_core.measurement import measure_workspace
from roi_core.sentences import say
from roi_core.workspace import Workspace
from roi_core.workspace.clients import use
from tests.pages.conftest import FLAT

SECONDS = 60


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty home, a server that knows nothing yet, and one example."""
    monkeypatch.setenv("SUPPORT_ROI_HOME", str(tmp_path))
    monkeypatch.setattr(warm_up, "SAMPLES", {FIRST.key: FIRST})
    st.cache_resource.clear()
    yield
    gc.unfreeze()


@pytest.fixture
def only_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is out of the ordinary is not looked for: it needs the tables."""
    monkeypatch.setattr(measuring, "unusual", lambda *_: ())


def finish() -> None:
    for thread in running():
        if thread.name == "warm-up":
            thread.join(SECONDS)


def script() -> None:
    """A page that shows what was measured."""
    import streamlit as st

    from pages._parts import state
    from pages._parts.frame import guard

    with guard():
        st.text(state.measured().company.customers)


def visit() -> AppTest:
    return AppTest.from_function(script).run(timeout=SECONDS)


def test_the_first_visitor_finds_what_was_prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    with warming_up(Quiet()):
        finish()
    monkeypatch.setattr(measuring, "examples", pytest.fail)
    assert [text.value for text in visit().text] == ["2000"]


@pytest.mark.usefixtures("only_measured")
def test_once_it_is_quiet_every_other_example_is_prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    prepared = list[Any]()
    monkeypatch.setattr(warm_up, "SAMPLES", SAMPLES)
    monkeypatch.setattr(warm_up, "_PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(measuring, "measured", lambda facts, _design, _watch: prepared.append(facts))
    with warming_up(Quiet()):
        finish()
    assert prepared[0] == FIRST
    assert set(prepared) == set(SAMPLES.values())
    assert len(prepared) == len(SAMPLES)


@pytest.mark.usefixtures("only_measured")
def test_while_visitors_ask_no_other_example_is_prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    prepared, asked = list[Any](), Event()

    class Busy(Quiet):
        def lasts(self, _seconds: float) -> bool:
            asked.set()
            return False

    monkeypatch.setattr(warm_up, "SAMPLES", SAMPLES)
    monkeypatch.setattr(measuring, "measured", lambda facts, _design, _watch: prepared.append(facts))
    with warming_up(Busy()):
        assert asked.wait(SECONDS)
    assert prepared == [FIRST]


@pytest.mark.usefixtures("only_measured")
def test_what_is_prepared_is_not_searched_for_garbage_after_every_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "measured", lambda *_: None)
    with warming_up(Quiet()):
        finish()
    assert gc.get_freeze_count() > len(gc.get_objects())


def test_the_work_looked_at_last_is_prepared_and_no_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work = Workspace.create(tmp_path)
    take_in([FLAT], work)
    work.remember(state.DESIGN, asdict(Design(washout_months=2)))
    use(work.id)
    monkeypatch.setattr(measuring, "examples", pytest.fail)
    with warming_up(Quiet()):
        finish()
    monkeypatch.setattr("roi_core.measurement.measure_workspace", pytest.fail)
    assert measuring.measured(work, Design(washout_months=2), pytest.fail).design.washout_months == 2


@pytest.mark.parametrize("locked", [False, True])
def test_the_comparison_fixed_in_advance_is_on_record_before_it_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, locked: bool) -> None:
    work = Workspace.create(tmp_path)
    work.lock(locked=locked)
    use(work.id)
    seen = list[Any]()
    monkeypatch.setattr(measuring, "measured", lambda *_: seen.append([opened["fixed"] for opened in work.root.designs.values()]))
    with warming_up(Quiet()):
        finish()
    assert seen == [[] if locked else [True]]


@pytest.mark.usefixtures("only_measured")
def test_where_the_work_looked_at_last_is_gone_the_first_example_is_prepared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use("A" * 22, tmp_path)
    prepared = list[Any]()
    monkeypatch.setattr(measuring, "measured", lambda facts, design, _watch: prepared.append((facts, design)))
    with warming_up(Quiet()):
        finish()
    assert prepared == [(FIRST, Design())]


def test_a_visitor_who_comes_meanwhile_is_told_what_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, told, said = Event(), Event(), list[str]()

    def slowly(*arguments: Any) -> Measured:
        begun.set()
        assert told.wait(SECONDS)
        return measure_workspace(*arguments)

    @contextmanager
    def words(first: str) -> Iterator[Tell]:
        said.append(first)
        told.set()
        yield lambda *_: None

    monkeypatch.setattr("roi_core.measurement.measure_workspace", slowly)
    monkeypatch.setattr("pages._parts.state.progress", words)
    with warming_up(Quiet()):
        assert begun.wait(SECONDS)
        assert [text.value for text in visit().text] == ["2000"]
    assert said == [say("frame.measuring")]


def test_an_error_of_the_preparation_is_told_to_the_visitor_alone(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    def broken(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("roi_core.ingest.take_in", broken)
    with warming_up(Quiet()):
        finish()
    assert capfd.readouterr() == ("", "")
    assert "Something went wrong" in visit().error[0].value


def test_a_server_that_ends_meanwhile_stops_the_preparation(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = Event()

    def endless(_facts: Sample, _design: Design, watch: Watch) -> None:
        with watch("reading") as tell:
            begun.set()
            while True:
                tell("still reading", 0.5)

    monkeypatch.setattr(measuring, "measured", endless)
    with warming_up(Quiet()):
        assert begun.wait(SECONDS)
    assert [thread for thread in running() if thread.name == "warm-up"] == []
