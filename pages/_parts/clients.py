"""The companies of this computer: the menu behind the name in the top line, and what can be done with each of them."""

from collections.abc import Sequence
from contextlib import suppress

import streamlit as st

from pages._parts import bundles, presenting, saving, shelf, state
from pages._parts.plain import plain
from pages._parts.samples import FIRST, SAMPLES
from pages._parts.standing import put_again, stand
from pages._parts.theme import marked, on_primary
from pages._parts.whole import whole
from roi_core.errors import SupportRoiError
from roi_core.sentences import say
from roi_core.workspace import Client, Workspace, copy_of, default_home, last_used
from roi_core.workspace import clients as saved_clients
from roi_core.workspace.clients import COLOUR as _COLOUR
from roi_core.workspace.clients import COLOURS, NAME, SAMPLE, use

_ASKED = "delete_asked"
_OWN = "own_before"


def look() -> None:
    """At the start of a full run: whose own files are looked at, so that an example has a way back to them."""
    now = state.work()
    if now.workspace and not now.sample:
        st.session_state[_OWN] = now.workspace.id


def own_before() -> Workspace | None:
    """The own files that were looked at before this example, in this session or the one before; None where they are not there."""
    for id in (st.session_state.get(_OWN), last_used()):
        with suppress(SupportRoiError):
            workspace = Workspace.open(None, id) if id else None
            if workspace and not workspace.recall(SAMPLE):
                return workspace
    return None


def way_back() -> None:
    """On an example: back to the own files that were looked at before, by their name unless names are hidden."""
    if own := own_before():
        name = None if presenting.on() else own.recall(NAME)
        label = plain(say("frame.back_to", name=name)) if name else say("frame.back_to_own")
        st.button(label, key="back_to_own", on_click=state.use_work, args=(own.id,), icon=":material/arrow_back:")


def menu() -> None:
    """The name of the company that is looked at; behind it all others, unless they are hidden."""
    now = state.work()
    colour = now.workspace.recall(_COLOUR) if now.workspace else None
    with st.popover(marked(now.name, colour), key="companies", on_change="rerun", type="tertiary") as opened:
        if not opened.open:
            return
        hidden = st.toggle(say("presenting.switch"), presenting.on(), key="presenting_switch", help=say("presenting.help"), on_change=_present)
        if hidden:
            return
        if now.workspace:
            _own(now.workspace, now.name)
        _others([client for client in saved_clients() if now.workspace is None or client.id != now.workspace.id])
        _create()


def list_all() -> None:
    """The saved companies, where the one that was asked for is not there."""
    if not presenting.on():
        _others(saved_clients())


def _own(workspace: Workspace, name: str) -> None:
    """Name, mark, lock and end of the one that is looked at."""
    now = workspace.root
    st.markdown(f"**{plain(name)}**")
    kept = stand("rename", now.values.get(NAME) or "")
    st.text_input(say("clients.name"), kept, max_chars=80, key="rename", on_change=_rename, disabled=now.locked)
    st.pills(
        say("clients.colour"),
        COLOURS,
        default=stand("recolour", now.values.get(_COLOUR)),
        format_func=_mark,
        key="recolour",
        on_change=_recolour,
        disabled=now.locked,
    )
    with st.container(horizontal=True):
        _lock(workspace.id, locked=now.locked)
        _delete(workspace.id)


def _others(others: Sequence[Client]) -> None:
    st.markdown(f"**{say('clients.others')}**")
    for client in others:
        with st.container(border=True):
            st.button(
                marked(_name(client), client.colour),
                key=f"open_{client.id}",
                on_click=state.use_work,
                args=(client.id,),
                disabled=client.broken is not None,
                width="stretch",
            )
            st.caption(plain(_about(client)))
            with st.container(horizontal=True):
                if client.broken is None:
                    _lock(client.id, locked=client.locked)
                _delete(client.id)
    st.button(say("clients.example", company=FIRST.company), key="open_example", on_click=state.use_sample, args=(FIRST.key,), type="tertiary")


def _name(client: Client) -> str:
    sample = SAMPLES.get(client.sample or "")
    return client.name or (sample.company if sample else say("frame.own_files"))


def _about(client: Client) -> str:
    if client.broken:
        return client.broken
    told = say("clients.of_example") if client.sample else say("clients.files", n=f"{client.files}") if client.files != 1 else say("clients.one_file")
    return say("clients.locked", told=told) if client.locked else told


def _mark(colour: str) -> str:
    return marked(say(f"colour.{colour}"), colour)


def _create() -> None:
    with st.form("create_company", border=True, clear_on_submit=True):
        st.text_input(say("clients.new"), max_chars=80, key="new_name")
        st.pills(say("clients.colour"), COLOURS, format_func=_mark, key="new_colour")
        st.form_submit_button(on_primary(say("clients.create")), type="primary", on_click=_created)


def _lock(id: str, *, locked: bool) -> None:
    label = say("clients.unlock") if locked else say("clients.lock")
    icon = ":material/lock_open:" if locked else ":material/lock:"
    st.button(label, key=f"lock_{id}", on_click=_set_lock, args=(id,), kwargs={"locked": not locked}, icon=icon)


def _delete(id: str) -> None:
    """Asks before it deletes."""
    if st.session_state.get(_ASKED) != id:
        st.button(say("clients.delete"), key=f"delete_{id}", on_click=_ask, args=(id,), icon=":material/delete:")
        return
    st.markdown(say("data.delete_why"))
    st.button(on_primary(say("data.delete_sure")), key=f"sure_{id}", on_click=delete, args=(id,), type="primary")
    st.button(say("clients.keep"), key=f"keep_{id}", on_click=_ask, args=(None,))


@whole
def _present() -> None:
    presenting.switch(hidden=bool(st.session_state["presenting_switch"]))


@whole
def _rename() -> None:
    state.name_company(str(st.session_state["rename"]).strip())


@whole
def _recolour() -> None:
    state.remember(_COLOUR, st.session_state["recolour"])


@whole
def _created() -> None:
    name, colour = str(st.session_state["new_name"]).strip(), st.session_state["new_colour"]
    with state.noting():
        workspace = Workspace.create()
        workspace.remember_all({NAME: name or say("clients.nameless"), **({_COLOUR: colour} if colour else {})})
        state.use_work(workspace.id)


@whole
def _set_lock(id: str, *, locked: bool) -> None:
    with state.noting():
        Workspace.open(None, id).lock(locked=locked)


@whole
def _ask(id: str | None) -> None:
    st.session_state[_ASKED] = id


@whole
def forget() -> None:
    """Delete the work that is looked at."""
    delete(state.key())


@whole
def delete(id: str) -> None:
    """Delete saved work, also what cannot be opened, keys first; who looks at it sees the first example then. Locked work stays, which is told."""
    _ask(None)
    with state.noting():
        Workspace(default_home(), id).delete()
        shelf.forget(id)
        bundles.let_go()
        put_again()
        if saving.unsaved(id):
            saving.drop()
        if last_used() == id:
            use(None)
        if state.key() == id:
            state.use_sample(FIRST.key)


def keep_as_copy() -> None:
    """What could not be saved becomes a second work, which is looked at from then on; the first stays as it is."""
    now = state.work()
    if now.workspace is None:
        return
    with state.noting():
        copied = copy_of(now.workspace)
        try:
            copied.remember_all({**saving.values_of(now.key), NAME: say("work.copy_of", name=now.name)})
        except SupportRoiError:
            copied.delete()
            raise
        saving.drop()
        state.use_work(copied.id)
