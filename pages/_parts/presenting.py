"""Showing the app to others: no other company, no name of a file or a person, no path stands on any page until it is switched off.

The switch is kept in the session and the address, so that a refresh keeps it.
"""

import streamlit as st

from pages._parts import state
from roi_core.errors import SupportRoiError
from roi_core.sentences import say

_KEY = "presenting"
_ON = "1"


def on() -> bool:
    """Whether names are hidden."""
    return _ON in (st.query_params.get(_KEY), st.session_state.get(_KEY))


def follow() -> None:
    """Writes it to the session and the address again, which Streamlit empties at each change of page."""
    if on():
        for place in (st.session_state, st.query_params):
            if place.get(_KEY) != _ON:
                place[_KEY] = _ON


def switch(*, hidden: bool) -> None:
    """Hides names from the next run on, or shows them again."""
    for place in (st.session_state, st.query_params):
        if _KEY in place:
            del place[_KEY]
    if hidden:
        st.session_state[_KEY] = st.query_params[_KEY] = _ON


def discreet(text: object) -> str:
    """The text; while presenting without the names of the files of this work."""
    told = str(text)
    for name in sorted(_names(), key=len, reverse=True) if on() else ():
        told = told.replace(name, say("presenting.a_file"))
    return told


def _names() -> set[str]:
    try:
        reports = state.tables().reports()
    except SupportRoiError:
        return set()
    return {str(report[part]) for report in reports for part in ("file", "member") if report.get(part)}
