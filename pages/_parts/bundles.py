"""A work as one file, out and in; what an imported one lacks."""

import io

import streamlit as st

from pages._parts import downloads, own_files, state
from pages._parts.jobs import jobs
from pages._parts.plain import plain
from pages._parts.progress import progress
from roi_core.bundle import LEAST_CHARACTERS, SUFFIX, import_work, is_keyless, write_bundle
from roi_core.errors import SupportRoiError
from roi_core.ingest.limits import LIMITS
from roi_core.sentences import say
from roi_core.workspace import Workspace

_MADE = "bundle_made"
"""Under which name the session holds the file that was made, with what it was made of, until the work or the passphrase is another one."""


def let_go() -> None:
    """The file that was made goes with its work, and the passphrase it was made under."""
    st.session_state.pop(_MADE, None)


def keyless() -> None:
    """Says so where the work was imported without its keys."""
    workspace = state.work().workspace
    if workspace and is_keyless(workspace):
        st.warning(plain(say("bundle.keyless")))


def move() -> None:
    """The two ways, behind one button."""
    with st.popover(say("bundle.title")):
        workspace = state.work().workspace
        if workspace:
            _out(workspace)
        _in()


def _out(workspace: Workspace) -> None:
    least = f"{LEAST_CHARACTERS}"
    st.markdown(f"**{plain(say('bundle.export'))}**")
    st.caption(plain(say("bundle.export_why")))
    typed = st.text_input(say("bundle.passphrase"), type="password", help=plain(say("bundle.passphrase_why", least=least)), key="bundle_out")
    if typed and len(typed) < LEAST_CHARACTERS:
        st.warning(plain(say("bundle.short", least=least)))
        return
    if st.button(say("bundle.make")):
        try:
            with jobs().turn(progress), progress(say("bundle.making")):
                st.session_state[_MADE] = (_asked(workspace, typed), exported(workspace, typed))
        except SupportRoiError as error:
            st.error(plain(error))
    asked, content = st.session_state.get(_MADE) or (None, b"")
    if asked == _asked(workspace, typed):
        downloads.offer(say("bundle.download"), f"work{SUFFIX}", lambda: content, "application/zip")
    else:
        st.session_state.pop(_MADE, None)


def _asked(workspace: Workspace, passphrase: str) -> tuple[str, int, str]:
    """What a file holds: the work as it is after its last change, under this passphrase."""
    return workspace.id, max((change.id for change in workspace.journal(1)), default=0), passphrase


def exported(workspace: Workspace, passphrase: str) -> bytes:
    """The file."""
    out = io.BytesIO()
    write_bundle(workspace, out, passphrase)
    return out.getvalue()


def _in() -> None:
    st.markdown(f"**{plain(say('bundle.import'))}**")
    file = st.file_uploader(say("bundle.choose"), type="zip", key=f"bundle_file_{own_files.drops()}")
    typed = st.text_input(say("bundle.opens"), type="password", key="bundle_in")
    if st.button(say("bundle.do_import"), disabled=file is None) and file:
        try:
            with jobs().turn(progress, apart=True), progress(say("bundle.importing")):
                work = import_work((file.name, file.getvalue()), passphrase=typed, limits=LIMITS)
            own_files.look_at(work)
        except SupportRoiError as error:
            st.error(plain(error))
        else:
            st.rerun()
