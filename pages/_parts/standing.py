"""What is kept, put into its widgets where anything but they themselves changed it: an undo, another tab, another company."""

from typing import Any

import streamlit as st

from pages._parts import state

STOOD = "scenario_stood"
"""Under which name the session keeps the scenario that was last put into the sliders (`levers`)."""
_PUT, _BEGUN = "standing", "standing_begun"


def stand(key: str, value: Any) -> None:
    """Before the widget of that key is drawn. What was typed stays as long as the kept value is the one last put there."""
    put = st.session_state.setdefault(_PUT, {})
    now = (state.key(), value)
    if key not in st.session_state or put.get(key) != now:
        put[key] = now
        st.session_state[key] = value


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
