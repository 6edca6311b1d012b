"""The way back and forth between the decisions of this work, what was changed when, and what could not be saved."""

from collections.abc import Callable

import streamlit as st

from pages._parts import clients, saving, state
from pages._parts.plain import plain
from pages._parts.presenting import discreet
from pages._parts.whole import whole
from roi_core.assumptions import DECLARED
from roi_core.sentences import catalogue, say
from roi_core.workspace.clients import SAMPLE
from roi_core.workspace.journal import Change

_SHOWN = 12
_FEW = 2


@st.fragment
def steps() -> None:
    """`way_back` in the top line, so that opening the journal draws nothing else again."""
    way_back()


def back_and_forth() -> None:
    """What could not be saved, and the way back: on a page that draws both in the fragment of its own widgets."""
    unsaved()
    way_back()


def way_back() -> None:
    """*Undo* and *Redo*, each with what it would take back, and the journal; nothing on an example that was not changed."""
    workspace = state.work().workspace
    if workspace is None:
        return
    back, again = (change if change and SAMPLE not in change.names else None for change in workspace.ways())
    with st.container(horizontal=True, vertical_alignment="center", width="content"):
        for name, change in (("undo", back), ("redo", again)):
            if change:
                _button(name, change)
        with st.popover(say("work.journal"), key="journal", on_change="rerun", type="tertiary", icon=":material/history:") as opened:
            for change in workspace.journal(_SHOWN) if opened.open else ():
                st.markdown(plain(_line(change)))


def unsaved() -> None:
    """What could not be saved, why, and what can become of it."""
    held = saving.unsaved(state.key())
    if held is None:
        return
    st.warning(plain(discreet(held.words)), icon=":material/warning:")
    with st.container(horizontal=True):
        if held.way_on is saving.WayOn.COPY:
            st.button(say("work.keep_copy"), key="keep_copy", on_click=_do, args=(clients.keep_as_copy,))
        if held.way_on is saving.WayOn.AGAIN:
            st.button(say("work.again"), key="save_again", on_click=_do, args=(state.save_again,))
        label = say("work.show_now") if held.values else say("work.close")
        st.button(label, key="show_now", on_click=_do, args=(saving.drop,))


@whole
def _do(action: Callable[[], None]) -> None:
    """An action of a fragment that changes the whole page; the fragment alone would be drawn again."""
    action()
    st.rerun()


def _button(name: str, change: Change) -> None:
    icon = ":material/undo:" if name == "undo" else ":material/redo:"
    st.button(plain(say(f"work.{name}", what=_what(change))), key=name, icon=icon, type="tertiary", on_click=_step, args=(name, change.id))


@whole
def _step(name: str, change: int) -> None:
    workspace = state.work().workspace
    if workspace:
        with state.noting():
            (workspace.undo if name == "undo" else workspace.redo)(change)
    st.rerun()


def _what(change: Change) -> str:
    """What a change was of, in words: the answers by their titles where they are few."""
    if change.names == (state.ANSWERS,):
        before, after = (kept.get(state.ANSWERS) or {} for kept in (change.before, change.after))
        titles = [DECLARED[key].title for key in {**before, **after} if before.get(key) != after.get(key) and key in DECLARED]
        if 0 < len(titles) <= _FEW:
            return ", ".join(map(_lower, titles))
    return ", ".join(dict.fromkeys(map(_named, change.names)))


def _named(value: str) -> str:
    """In words; what stands behind a colon tells one plan for the columns of files from another."""
    name = f"changed.{value.partition(':')[0]}"
    return say(name) if name in catalogue() else say("changed.other")


def _lower(title: str) -> str:
    return f"{title[:1].lower()}{title[1:]}"


def _line(change: Change) -> str:
    when = say("work.at", day=change.at[:10], time=change.at[11:16])
    key = f"journal.{change.what}"
    return say(key, when=when, what=_what(change)) if change.what in ("changed", "undone", "redone") else say(key, when=when)
