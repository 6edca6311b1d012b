"""The questions that no export answers, asked where their answer is used."""

from collections.abc import Sequence

import streamlit as st

from pages._parts import state
from pages._parts.layout import batched
from pages._parts.plain import plain
from pages._parts.standing import stand, stand_open
from pages._parts.theme import on_primary
from pages._parts.whole import whole
from roi_core.assumptions import DECLARED, Assumption
from roi_core.sentences import say
from roi_core.units import Unit

COST_QUESTIONS = ("agents", "cost_per_agent_year", "tools_per_year", "gross_margin")


def ask(keys: Sequence[str] = COST_QUESTIONS, name: str = "questions") -> None:
    """A form with these questions, filled with what is known; the answers are kept with the work and everything is priced again."""
    answers = state.assumptions()
    with st.form(name, border=True):
        for row in batched(keys, 2):
            for place, key in zip(st.columns(2, gap="medium", vertical_alignment="bottom"), row, strict=False):
                with place:
                    _field(DECLARED[key], answers.number(key))
        st.form_submit_button(on_primary(say("frame.answer_questions")), type="primary", on_click=_answer, args=(tuple(keys),))


@whole
def _answer(keys: Sequence[str]) -> None:
    state.answer({key: st.session_state[f"question_{key}"] for key in keys})
    st.rerun()


def _field(assumption: Assumption, now: float | None) -> None:
    """One question, at the answer that is kept."""
    label, key = plain(assumption.question), f"question_{assumption.key}"
    if assumption.unit is Unit.FRACTION:
        low, high = assumption.low, assumption.high
        st.slider(label, low, high, stand(key, now), step=0.01, format="percent", key=key, help=plain(assumption.reason))
    else:
        stand_open(key, now)
        st.number_input(label, assumption.low, assumption.high, None, step=_step(assumption), format="%.0f", key=key, help=plain(assumption.reason))


def _step(assumption: Assumption) -> float:
    return 1000.0 if assumption.unit in (Unit.MONEY, Unit.MONEY_PER_YEAR) else 1.0
