"""The first example is ready for its first visitor, who sees no failure of the preparation that is not their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from threading import enumerate as running
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages._parts import measuring
from pages._parts.progress import Tell, Watch
from pages._parts.samples import Sample
from pages._parts.warm_up import warming_up
from roi_core.cohorts.design import Design
from roi_core.measured import Measured
from roi_core.measurement import measure_workspace
from roi_core.sentences import say

SECONDS = 60


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty home, and a server that knows nothing yet."""
    monkeypatch.setenv("SUPPORT_ROI_HOME", str(tmp_path))
    st.cache_resource.clear()


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
    with warming_up():
        finish()
    monkeypatch.setattr(measuring, "examples", pytest.fail)
    assert [text.value for text in visit().text] == ["2000"]


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
    with warming_up():
        assert begun.wait(SECONDS)
        assert [text.value for text in visit().text] == ["2000"]
    assert said == [say("frame.measuring")]


def test_an_error_of_the_preparation_is_told_to_the_visitor_alone(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    def broken(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("roi_core.ingest.take_in", broken)
    with warming_up():
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
    with warming_up():
        assert begun.wait(SECONDS)
    assert [thread for thread in running() if thread.name == "warm-up"] == []
