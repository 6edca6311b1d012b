"""The least that a slider in Streamlit can do: a fragment that shows its own value. Run by benchmarks/browser.py."""

import streamlit as st


@st.fragment
def panel() -> None:
    """A slider and its value."""
    st.markdown(f"### value {st.slider('Empty', 0, 100, 50, key='empty')}")


panel()
