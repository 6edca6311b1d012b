"""What could change an answer: one doubt at a time, worked out when it is chosen."""

import streamlit as st

from pages._parts import measuring, results, state
from pages._parts.plain import plain
from pages._parts.progress import progress
from roi_core.charts import doubt
from roi_core.effects.doubts import DOUBTS
from roi_core.results import Absent, Effect
from roi_core.sentences import say
from roi_core.show import Style

CODE = """from roi_core.cohorts.design import Design, Filters, FlatColumns
from roi_core.examination import examine

examine(files, "{key}", "{doubt}", {design})"""


def offered(effect: Effect, style: Style) -> None:
    """A drawer with the doubts about an effect; nothing is worked out before one is chosen."""
    with results.drawer(say("doubt.title"), "doubts") as opened:
        if opened:
            st.caption(say("doubt.why"))
            keys = [asked.key for asked in DOUBTS]
            chosen = st.pills(say("doubt.choose"), keys, format_func=lambda key: say(f"doubt.{key}"), key="doubt", label_visibility="collapsed")
            if chosen:
                _looked_into(effect, chosen, style)


def _looked_into(effect: Effect, chosen: str, style: Style) -> None:
    """What was found, its picture and its numbers."""
    design = state.design()
    found = measuring.examined(state.work().facts, design, effect.key, chosen, progress)
    st.caption(say(f"doubt.{chosen}_why"))
    if not isinstance(found, Absent):
        st.markdown(plain(found.sentence))
    results.chart(doubt, found, style=style, code=CODE.format(key=effect.key, doubt=chosen, design=design), name="doubt")
