"""An error in words for the reader, and in one line without its text for the log."""

import logging
import secrets

import streamlit as st

from pages._parts import presenting
from pages._parts.plain import plain
from pages._server.log import OURS, without_text
from roi_core.errors import SupportRoiError
from roi_core.sentences import say


def words_of(error: Exception) -> str:
    """The error's own words where it has any, else the number under which the log has it."""
    if isinstance(error, SupportRoiError):
        return presenting.discreet(error)
    incident = secrets.token_hex(4)
    logging.getLogger(OURS).error("incident %s: %s", incident, without_text(error))
    return say("frame.incident", number=incident)


def show_error(error: Exception) -> bool:
    """An error for the reader. True: nothing else is to be shown."""
    st.error(plain(words_of(error)))
    return True
