"""Which key figures were agreed on, by whom and when."""

from datetime import date, datetime

import streamlit as st

from pages._parts import looking, state
from pages._parts.plain import plain
from pages._parts.standing import stand
from pages._parts.theme import on_primary
from pages._parts.whole import whole
from roi_core.kpis.settings import AGREED, MOST_AGREED, Agreement, agree, agreements
from roi_core.metrics import METRICS
from roi_core.sentences import say
from roi_core.show import Style, day

_FIGURES, _WHO, _REFUSED = "agreed_figures", "agreed_who", "agreed_refused"


def made() -> tuple[Agreement, ...]:
    """All agreements of this work, the last one last."""
    return agreements(state.recall(AGREED))


def keys() -> tuple[str, ...]:
    """The figures agreed on now."""
    return next((one.metrics for one in reversed(made())), ())


def listed(style: Style) -> None:
    """What was agreed, the latest first, and the way to agree on others."""
    st.subheader(say("kpi.agreed"))
    st.caption(say("kpi.agreed_why"))
    for one in reversed(made()):
        figures = ", ".join(METRICS[key].title for key in one.metrics if key in METRICS)
        st.markdown(plain(say("kpi.agreed_line", day=day(date.fromisoformat(one.on), style), figures=figures, who=one.who)))
    if st.session_state.pop(_REFUSED, False):
        st.warning(say("kpi.agreed_refused"))
    with st.form("agree", border=True):
        known = [key for key in keys() if key in METRICS]
        st.multiselect(say("kpi.agreed_choose"), list(METRICS), stand(_FIGURES, known), format_func=looking.title, max_selections=MOST_AGREED, key=_FIGURES)
        st.text_input(say("kpi.agreed_who"), max_chars=120, key=_WHO)
        st.form_submit_button(on_primary(say("kpi.agreed_do")), type="primary", on_click=_agree)


@whole
def _agree() -> None:
    try:
        now = agree(made(), st.session_state[_FIGURES], str(st.session_state[_WHO]), datetime.now().astimezone().date())
    except ValueError:
        st.session_state[_REFUSED] = True
        return
    state.remember(AGREED, [one.as_json() for one in now])
