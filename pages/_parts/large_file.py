"""Where a file too large for the drop zone goes in: the browser sends it to the route of `pages/_server/large_files.py`, not to Streamlit."""

from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages._parts import own_files
from pages._parts.plain import plain
from pages._parts.progress import progress
from pages._parts.whole import whole
from pages._server.large_files import PATH, TICKET, browser_of, desk
from roi_core.errors import UploadRefused
from roi_core.sentences import say

_KEY = "large_file"
_ANSWER = "large_file_answer"
_HTML, _CSS, _JS = (Path(__file__).with_suffix(f".{kind}").read_text(encoding="utf-8") for kind in ("html", "css", "js"))
_picker = st.components.v2.component("support_roi_large_file", html=_HTML, css=_CSS, js=_JS)


def offer() -> None:
    """The field to choose a file with, and why the last one could not be taken."""
    answer = st.session_state.get(_ANSWER)
    told = {"id": answer["id"], "ticket": answer["ticket"]} if answer else None
    data = {"path": PATH, "header": TICKET, "words": _words(), "answer": told}
    _picker(key=_KEY, data=data, on_asked_change=_ask, on_arrived_change=_nothing)
    if answer and answer["refused"]:
        st.error(plain(answer["refused"]))


def read() -> bool:
    """Reads the file that has arrived, if one has, and deletes it; a run that is broken off leaves it for the next."""
    with desk().arrived(_session()) as upload:
        if upload is None:
            return False
        try:
            with progress(say("data.reading")) as tell:
                own_files.load([(upload.name, upload.path)], tell)
        except Exception:
            st.session_state.pop(_ANSWER, None)
            raise
    st.session_state.pop(_ANSWER, None)
    return True


@whole
def _ask() -> None:
    """A ticket for the file that was chosen, or why there is none."""
    match st.session_state[_KEY].get("asked"):
        case {"id": str(number), "name": str(name), "size": int(size)} if size >= 0:
            st.session_state[_ANSWER] = _answer(number, name, size)


def _answer(number: str, name: str, size: int) -> dict[str, Any]:
    try:
        ticket = desk().ask(_session(), browser_of(st.context.cookies), name, size)
    except UploadRefused as error:
        return {"id": number, "ticket": None, "refused": str(error)}
    return {"id": number, "ticket": ticket, "refused": None}


def _session() -> str:
    """Who asks: Streamlit's name of this visit, which only its own socket knows."""
    run = get_script_run_ctx()
    return run.session_id if run else ""


def _words() -> dict[str, str]:
    """What the component says; it fills the numbers of the moment in itself."""
    return {
        "label": say("data.large", most=str(st.get_option("server.maxUploadSize"))),
        "why": say("data.large_why", most=f"{desk().room.file_bytes >> 30}"),
        "stay": say("data.large_stay"),
        "asked": say("data.large_asked"),
        "sent": say("data.large_sent", done="{done}", all="{all}"),
        "minutes": say("data.large_minutes", n="{n}"),
        "seconds": say("data.large_seconds", n="{n}"),
        "arrived": say("data.large_arrived"),
        "cancel": say("data.large_cancel"),
        "cancelled": say("data.large_cancelled"),
        "lost": say("data.large_lost"),
    }


def _nothing() -> None:
    return None
