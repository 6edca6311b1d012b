"""Files of the visitor's own: dropped, taken in, told of, removed."""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages._parts import presenting, state
from pages._parts.jobs import jobs
from pages._parts.progress import Tell
from pages._parts.whole import whole
from roi_core.cohorts.design import FlatColumns
from roi_core.errors import SupportRoiError
from roi_core.ingest.undated_ends import LEFT_WHEN
from roi_core.schema.parts import KEEP_TEXTS, NO_DATA, QUARANTINE, TEXTS
from roi_core.sentences import say
from roi_core.workspace import Workspace, forget_older

_DROPS = "drops"
_REFUSED = "refused"


def load(files: Sequence[tuple[str, bytes | Path]], tell: Tell) -> None:
    """Take in files of the visitor's own, beside those already there. Where nothing can be read, an example stays in view.

    A first load that fails, or that Streamlit stops or runs again, leaves no work behind: nobody would know its address.
    """
    facts = state.work().facts
    if isinstance(facts, Workspace):
        _load(files, facts, tell)
        return
    workspace = Workspace.create()
    try:
        if st.session_state.get(TEXTS):
            workspace.remember(KEEP_TEXTS, value=True)
        kept = _load(files, workspace, tell)
    except BaseException:
        workspace.delete()
        raise
    if kept:
        state.use_work(workspace.id)
    else:
        workspace.delete()


def _load(files: Sequence[tuple[str, bytes | Path]], workspace: Workspace, tell: Tell) -> bool:
    """Whether there is anything in the work now that a visitor could go on with."""
    from roi_core.ingest import take_in
    from roi_core.ingest.limits import FROM_DISK, LIMITS

    limits = FROM_DISK if any(isinstance(content, Path) for _, content in files) else LIMITS
    with jobs().turn(lambda _: nullcontext(tell), apart=True):
        intake = take_in(files, workspace, progress=lambda name, done: tell(_reading(name), done), limits=limits)
    kept = bool(workspace.manifest()) or any(report.can_be_mapped for report in intake.files)
    st.session_state[_REFUSED] = [] if kept else [report.as_json() for report in intake.files]
    _let_go_of_uploads()
    return kept


def _reading(name: str) -> str:
    return say("data.reading") if presenting.on() else say("frame.reading", name=name)


def _let_go_of_uploads() -> None:
    """The next place to drop is a new, empty one; Streamlit keeps what was dropped until the session ends, also where its place is gone."""
    st.session_state[_DROPS] = [*st.session_state.get(_DROPS, []), 1]
    run = get_script_run_ctx()
    if run:
        run.uploaded_file_mgr.remove_session_files(run.session_id)


def look_at(workspace: Workspace) -> None:
    """Look at other saved work from the next run on; what was dropped for it is let go."""
    _let_go_of_uploads()
    state.use_work(workspace.id)


def drops() -> int:
    """How often files were dropped: a new number gives an empty place to drop, and the bytes of the last drop are let go."""
    return len(st.session_state.get(_DROPS, []))


def refused() -> list[dict[str, Any]]:
    """Reports of the last drop where nothing of it could be read."""
    return list(st.session_state.get(_REFUSED, []))


def reports() -> list[dict[str, Any]]:
    """One report per table of this work, as `inspect` prints them."""
    return state.tables().reports()


def notes(report: Mapping[str, Any]) -> Sequence[str]:
    """What is to be said of one file; a question that the files of the work answer together once they are measured gives way to the answer."""
    own: Sequence[str] = report["notes"]
    if not any(note.startswith(LEFT_WHEN) for note in own):
        return own
    try:
        files = state.measured().files
    except SupportRoiError:
        return own
    return next((file["notes"] for file in files if {**file, "notes": own} == report), own)


def set_aside(source: str, member: str | None) -> str | None:
    """The rows of a table that were set aside, as CSV with line and reason, out of the vault."""
    return _kept(QUARANTINE, source, member)


def no_data(source: str | None, member: str | None) -> str | None:
    """The rows of a table that are no data, as CSV with line and what they are; blank ones are not among them."""
    return _kept(NO_DATA, source, member)


def texts(source: str | None, member: str | None) -> str | None:
    """What customers wrote in a table, as CSV with line and id, where it was kept."""
    return _kept(TEXTS, source, member)


def _kept(kind: str, source: str | None, member: str | None) -> str | None:
    from roi_core.ingest.one_table import quarantine_key

    return state.tables().vault.get(kind, quarantine_key(source, member)) if source else None


@whole
def remove(report: Mapping[str, Any]) -> None:
    """Takes one file out of the work; what was chosen of a flat file goes with it."""
    from roi_core.ingest.take_out import take_out

    facts = state.work().facts
    if not isinstance(facts, Workspace):
        return
    with state.noting():
        take_out(facts, report)
        if not facts.parts("flat") and state.design().flat != FlatColumns():
            state.choose(replace(state.design(), flat=FlatColumns()))


@whole
def forget_earlier() -> None:
    """Only what counts now stays; nothing can be undone any more."""
    workspace = state.work().workspace
    if workspace:
        with state.noting():
            forget_older(workspace)
