"""What has to be known beside an answer; columns of a flat file that are left out stand on one line, each reason in a drawer."""

import streamlit as st

from pages._parts import results
from pages._parts.plain import plain
from pages._parts.presenting import discreet
from roi_core.measured import Measured
from roi_core.sentences import say


def listed(measured: Measured, *, small: bool = False) -> None:
    """Every note; `small` where they stand below the answer."""
    for note in measured.notes:
        if small:
            st.caption(plain(discreet(note)))
        else:
            st.markdown(plain(discreet(note)))
    if len(measured.left_out) > 1:
        with results.drawer(say("left_out.each"), "left_out") as opened:
            if opened:
                results.words([say("left_out.column"), say("left_out.why")], list(measured.left_out.items()))
