"""What is kept stands in its widgets: drawn with it, and told it anew only where they show something else.

What a run puts into a widget also overwrites what is typed there while it runs, and what the page has not yet been able to send.
"""

from typing import Any, TypeVar

import streamlit as st

from pages._parts import state

_Kept = TypeVar("_Kept")

STOOD = "scenario_stood"
"""Under which name the session keeps the scenario that was last put into the sliders (`levers`)."""
_PUT, _BEGUN = "standing", "standing_begun"


def stand(key: str, value: _Kept) -> _Kept:
    """What the widget of that key is drawn with, as its `value`, `default` or, by its place, `index`: the kept value.

    Told anew where anything but the widget itself changed it: an undo, another tab, another company. What was typed stays as long
    as the kept value is the one last put there.
    """
    if _changed(key, value) and key in st.session_state and st.session_state[key] != value:
        st.session_state[key] = value
    return value


def stand_open(key: str, value: Any) -> None:
    """The same for a widget that can be emptied. It is drawn empty, or emptying it would bring back what it was drawn with."""
    known = key in st.session_state and key in st.session_state.get(_PUT, {})
    changed = _changed(key, value)
    if not known or (changed and st.session_state[key] != value):
        st.session_state[key] = value


def _changed(key: str, value: Any) -> bool:
    """Whether another value is kept now than was last put there, or the run that put it did not come to its end."""
    put, now = st.session_state.setdefault(_PUT, {}), (state.key(), value)
    changed: bool = put.get(key) != now
    put[key] = now
    return changed


def put_again() -> None:
    """Puts everything that is kept into its widget once more in the next run, whatever was put there before."""
    for name in (_PUT, STOOD):
        st.session_state.pop(name, None)


def begin() -> None:
    """At the start of a full run: everything that is kept is put once more where the run before it did not come to its end.

    The next click or a lost connection ended it, and what it put into a widget may never have reached the browser.
    """
    if st.session_state.get(_BEGUN):
        put_again()
    st.session_state[_BEGUN] = True


def end() -> None:
    """At the end of a full run."""
    st.session_state[_BEGUN] = False
