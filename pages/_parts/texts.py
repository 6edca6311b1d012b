"""Whether what customers write is kept: no, unless the user asks for it; asked no longer, it is overwritten."""

import streamlit as st

from pages._parts import state
from pages._parts.plain import plain
from pages._parts.standing import stand
from pages._parts.whole import whole
from roi_core.schema.parts import KEEP_TEXTS, TEXTS
from roi_core.sentences import say


def choice() -> None:
    """The switch beside the place to drop files; before the first file it stands in the session, and goes with the work that begins with it."""
    workspace = state.work().workspace
    own = None if state.work().sample else workspace
    kept = stand(TEXTS, bool(own.recall(KEEP_TEXTS))) if own else False
    st.toggle(plain(say("data.keep_texts")), kept, key=TEXTS, help=say("data.keep_texts_why"), on_change=_switch)
    if own and not own.recall(KEEP_TEXTS) and TEXTS in own.vault.kinds():
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(say("data.texts_left"))
            st.button(say("data.texts_forget"), key="texts_forget", on_click=_overwrite)


@whole
def _switch() -> None:
    now = state.work()
    if now.sample or now.workspace is None:
        return
    state.remember(KEEP_TEXTS, bool(st.session_state[TEXTS]))
    if not now.workspace.recall(KEEP_TEXTS):
        _overwrite()


@whole
def _overwrite() -> None:
    own = state.work().workspace
    if own:
        with state.noting():
            own.insist_on_change()
            own.vault.drop(TEXTS)
