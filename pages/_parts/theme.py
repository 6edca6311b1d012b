"""Which of our two sets of colours this visitor sees."""

import streamlit as st

from pages._parts.plain import plain
from roi_core.charts import DARK, LIGHT, Palette
from roi_core.workspace.clients import COLOURS


def palette() -> Palette:
    """Colours of charts for the theme of the page."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def on_primary(label: str) -> str:
    """The label of a primary button in the colour that reads on it.

    Streamlit writes it white, too faint on the accent of the dark theme; `violet` is used for nothing else, so the themes give it the colour of
    text on the accent.
    """
    return f":violet[{plain(label)}]"


def marked(name: str, colour: str | None = None) -> str:
    """A name that a visitor typed, as a label with the mark of its company."""
    return f":{colour}[:material/circle:] {plain(name)}" if colour in COLOURS else plain(name)
