"""What the visitor says of a file, kept with the work, and its file read again by it where that is still there."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages._parts import state
from pages._parts.jobs import jobs
from pages._parts.progress import progress
from pages._parts.whole import whole
from roi_core.ingest import read_as
from roi_core.ingest.drafted import drafted, drop_draft, keep_draft
from roi_core.ingest.held import is_held
from roi_core.ingest.plan import Plan
from roi_core.ingest.remembered import forget, plan_for
from roi_core.sentences import say
from roi_core.workspace import Workspace

Report = Mapping[str, Any]
_TAKEN_BACK = "taken_back"
NOTHING = Plan()
"""Nothing was said."""


def plan(report: Report) -> Plan:
    """What was said of files with the headers of this one."""
    return plan_for(state.tables(), _headers(report))


def can_read_again(report: Report) -> bool:
    """Whether the file is there without another drop."""
    return is_held(state.tables(), report)


def read(report: Report, said: Plan) -> bool:
    """Keeps what was said and reads the file by it; False where it has to be dropped again. Raises MappingRefused."""
    facts = state.work().facts
    if not isinstance(facts, Workspace):
        return False
    with jobs().turn(progress, apart=True), progress(say("data.reading")) as tell:
        again = read_as(facts, report, said, lambda name, done: tell(say("frame.reading", name=name), done)) is not None
    drop_draft(facts, report)
    return again


def begun(report: Report) -> Plan | None:
    """What was chosen of this file and is not read by yet."""
    return drafted(state.tables(), report)


def keep(report: Report, said: Plan) -> None:
    """Keeps that at each choice. Of locked work it is not, which is told."""
    facts = state.work().facts
    if isinstance(facts, Workspace):
        with state.noting():
            keep_draft(facts, report, said)


@whole
def touch(key: str) -> None:
    """Something was chosen of the file of that key, which the run that follows keeps."""
    st.session_state[f"{key}_touched"] = True


def was_touched(key: str) -> bool:
    """Whether it was in this run; told once."""
    return bool(st.session_state.pop(f"{key}_touched", False))


@whole
def take_back(report: Report) -> None:
    """Forgets what was said of files with the headers of this one. Of locked work nothing is, which is told."""
    facts = state.work().facts
    if isinstance(facts, Workspace):
        with state.noting():
            forget(facts, _headers(report))
            drop_draft(facts, report)
            st.session_state[_TAKEN_BACK] = report.get("source")


def is_taken_back(report: Report) -> bool:
    """Whether that was done last."""
    return "source" in report and st.session_state.get(_TAKEN_BACK) == report["source"]


def _headers(report: Report) -> list[str]:
    return [str(column["header"]) for column in report["columns"]]
