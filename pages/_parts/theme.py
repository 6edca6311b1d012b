"""Which of our two sets of colours this visitor sees."""

import streamlit as st

from roi_core.charts import DARK, LIGHT, Palette


def palette() -> Palette:
    """Colours of charts for the theme of the page."""
    return DARK if st.context.theme.type == "dark" else LIGHT
