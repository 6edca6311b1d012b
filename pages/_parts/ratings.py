"""What else ratings say: worked out when the drawer is opened, each number with what it rests on."""

import streamlit as st

from pages._parts import measuring, results, state
from pages._parts.progress import progress
from roi_core.effects.ratings import Finding
from roi_core.results import Absent, Estimate
from roi_core.sentences import say
from roi_core.show import Style, number, show
from roi_core.units import Unit

CODE = """from roi_core.cohorts.design import Design, Filters, FlatColumns, Planned, Quoted
from roi_core.examination import ask_ratings

ask_ratings(files, {design})"""


def offered(style: Style) -> None:
    """The drawer; nothing is worked out before it is opened."""
    with results.drawer(say("ratings.section"), "ratings") as opened:
        if not opened:
            return
        st.caption(say("ratings.why"))
        found = measuring.ratings(state.work().facts, state.design(), progress)
        if isinstance(found, Absent):
            results.absent(found)
            return
        heads = [say("ratings.number"), say("ratings.answer"), say("ratings.customers"), say("ratings.rests")]
        results.words(heads, [_row(one, style) for one in found])
        st.code(CODE.format(design=state.design()), language="python")


def _row(one: Finding, style: Style) -> tuple[str, str, str, str]:
    if isinstance(one.result, Estimate):
        return one.title, show(one.result, style, points=one.points), number(one.result.n, Unit.COUNT, style), one.why
    return one.title, one.result.reason, "", one.result.next_step or one.why
