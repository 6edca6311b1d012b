"""The rules that keep tickets out of the contacts: how many each finds, and a switch for each."""

import streamlit as st

from pages._parts import measuring, results, state
from pages._parts.plain import plain
from pages._parts.standing import stand
from pages._parts.whole import whole
from roi_core.measured import Measured
from roi_core.schema.exclusions import EXCLUSIONS
from roi_core.sentences import say
from roi_core.show import Style, number
from roi_core.spine.exclusions import SETTING
from roi_core.units import Unit


def switches(measured: Measured, style: Style) -> None:
    """One line a rule that finds tickets; a switch on own files."""
    if not measured.excluded:
        return
    with results.drawer(say("rules.title"), "rules", boxed=True) as opened:
        if opened:
            st.caption(say("rules.why"))
            for one in EXCLUSIONS:
                if one.rule in measured.excluded:
                    _rule(one.rule, say("rules.line", title=one.title, n=number(measured.excluded[one.rule], Unit.COUNT, style)))


def _rule(rule: str, line: str) -> None:
    facts = state.work().facts
    on = rule not in measuring.exclusions(facts).off
    key = f"rule_{rule}"
    st.toggle(plain(line), stand(key, on), key=key, on_change=_switch, args=(rule,), disabled=state.work().sample is not None)


@whole
def _switch(rule: str) -> None:
    now = measuring.exclusions(state.work().facts)
    state.remember(SETTING, now.switch(rule, on=bool(st.session_state[f"rule_{rule}"])).as_json())
