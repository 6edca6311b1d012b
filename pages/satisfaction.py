"""Does satisfaction matter? Leaving by score, with counts, and no claim of a cause."""

import streamlit as st

from pages._parts import frame, kept, ratings, results, state
from pages._parts.site import page
from roi_core.charts import dose
from roi_core.effects.titles import dose_title
from roi_core.results import Absent
from roi_core.sentences import say
from roi_core.show import show

CODE = """from roi_core import measure

measure(files).satisfaction"""


def main() -> None:
    """The page."""
    found, style = state.measured().satisfaction, state.style()
    st.caption(say("satisfaction.question"))
    if isinstance(found, Absent):
        results.finding(say("title.dose_absent"), found.reason)
        frame.empty(say("empty.satisfaction"), found.next_step or say("satisfaction.needs"), page("data"))
        return
    results.finding(dose_title(found), found.sentence, found.grade)
    kept.offer("dose", "satisfaction")
    st.subheader(say("satisfaction.curve"))
    results.chart(dose, found, style=style, code=CODE, name="satisfaction")
    with st.popover(say("satisfaction.correlation")):
        st.caption(say("satisfaction.r"))
        st.text(show(found.correlation, style))
        st.caption(say("satisfaction.trend"))
        st.text(show(found.trend, style))
    if state.measured().horizons:
        ratings.offered(style)


main()
