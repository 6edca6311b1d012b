"""How wide the visitor's screen is: the server cannot know, so the page says so once."""

from collections.abc import Callable

import streamlit as st

_SCRIPT = """
const phone = window.matchMedia("(max-width: 640px)");

export default function ({ setStateValue, data }) {
  const tell = () => { if (phone.matches !== data.narrow) setStateValue("narrow", phone.matches) };
  tell();
  phone.addEventListener("change", tell);
  return () => phone.removeEventListener("change", tell);
}
"""
_KEY, _TOLD = "screen", "screen_told"
_measure = st.components.v2.component("support_roi_screen", js=_SCRIPT)


def look(at_first: Callable[[], None]) -> None:
    """Asks the page; an answer other than the one known runs the script again, the first time after `at_first`.

    That first answer comes while the page is being drawn, and what was put into a widget that the browser has not drawn yet is lost with it.
    """

    def told() -> None:
        if _TOLD not in st.session_state:
            st.session_state[_TOLD] = True
            at_first()

    _measure(key=_KEY, data={"narrow": narrow()}, default={"narrow": False}, on_narrow_change=told, width="content", height="content")


def narrow() -> bool:
    """Whether this is a telephone or a window as narrow as one."""
    return bool(st.session_state.get(_KEY, {}).get("narrow"))
