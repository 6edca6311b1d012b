"""Hostile texts in every place of Streamlit that reads Markdown, each made `plain`."""

import streamlit as st

from pages._parts.plain import plain
from tests.pages.hostile import HOSTILE

st.title("Hostile")
for number, text in enumerate(HOSTILE):
    safe = plain(text)
    for show in (st.markdown, st.caption, st.error, st.warning, st.info, st.success, st.write, st.subheader):
        show(safe)
    st.metric(safe, safe, safe)
    st.button(safe, key=f"button{number}", help=safe)
    st.checkbox(safe, key=f"checkbox{number}")
    st.radio(safe, [safe, "other"], key=f"radio{number}")
    st.selectbox(safe, [text, "other"], key=f"selectbox{number}")
    st.pills(safe, [safe, "other"], key=f"pills{number}")
    st.text_input(safe, key=f"text{number}")
    st.progress(0.5, safe)
    with st.expander(safe):
        st.text(text)
    with st.popover(safe):
        st.code(text)
st.tabs([plain(text) for text in HOSTILE])
