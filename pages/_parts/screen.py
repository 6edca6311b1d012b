"""How wide the visitor's screen is: the server cannot know, so the page says so once."""

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
_KEY = "screen"
_measure = st.components.v2.component("support_roi_screen", js=_SCRIPT)


def look() -> None:
    """Asks the page; an answer other than the one known runs the script again."""
    _measure(key=_KEY, data={"narrow": narrow()}, default={"narrow": False}, on_narrow_change=_nothing, width="content", height="content")


def narrow() -> bool:
    """Whether this is a telephone or a window as narrow as one."""
    return bool(st.session_state.get(_KEY, {}).get("narrow"))


def _nothing() -> None:
    return None
