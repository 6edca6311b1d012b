"""The least that a slider in Streamlit can do, without and with a chart. Run by benchmarks/browser.py."""

from math import sin

import altair as alt
import streamlit as st

_DAYS = 730


@st.fragment
def bare() -> None:
    """A slider and its value."""
    st.markdown(f"### value {st.slider('Empty', 0, 100, 50, key='empty')}")


@st.fragment
def with_a_chart() -> None:
    """A slider, its value and one line."""
    value = st.slider("Chart", 0, 100, 50, key="chart")
    st.markdown(f"### drawn {value}")
    rows = alt.InlineData([{"x": day, "y": value + sin(day / 20)} for day in range(_DAYS)])
    line = alt.Chart(rows).mark_line().encode(x="x:Q", y=alt.Y("y:Q", scale=alt.Scale(domain=[-1, 101])))
    st.altair_chart(line, key="line")


if st.query_params.get("chart"):
    with_a_chart()
else:
    bare()
