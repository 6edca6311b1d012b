"""How long customers stay, by what parts them: followed when the drawer is opened, with the triangle of cohorts below."""

from collections.abc import Mapping, Sequence

import streamlit as st

from pages._parts import measuring, results, state
from pages._parts.plain import plain
from pages._parts.progress import progress
from roi_core.charts import cohorts
from roi_core.charts import staying as curves
from roi_core.effects.staying import EVERYBODY, FIRST_CONTACT, LEAST_CUSTOMERS, MARKS, MOST_GROUPS, Cohort, Group, Staying
from roi_core.results import Absent, Result
from roi_core.sentences import say
from roi_core.show import Style, number, show
from roi_core.units import Unit

CODE = """from roi_core.examination import follow_from_start

follow_from_start(files)["{by}"]"""


def offered(style: Style) -> None:
    """The drawer; nobody is followed before it is opened."""
    with results.drawer(say("staying.section"), "staying") as opened:
        if not opened:
            return
        st.caption(say("staying.why"))
        found = measuring.staying(state.work().facts, state.design(), progress)
        if isinstance(found, Absent):
            results.absent(found)
            return
        _parted(_chosen(found), style)
        _cohorts(found[EVERYBODY].cohorts, style)


def _chosen(found: Mapping[str, Staying]) -> Staying:
    """By what the reader parts them; everybody as long as nothing is chosen."""
    by = st.pills(say("staying.choose"), list(found), format_func=lambda key: say(f"staying.{key or 'everybody'}"), default=EVERYBODY, key="staying_by")
    return found[by or EVERYBODY]


def _parted(shown: Staying, style: Style) -> None:
    st.markdown(plain(shown.sentence))
    if shown.by == FIRST_CONTACT:
        st.caption(say("staying.contact_why"))
    if shown.of_today:
        st.caption(say("staying.today"))
    results.chart(curves, shown, style=style, code=CODE.format(by=shown.by), name="staying")
    kept = say("staying.months_kept", months=f"{shown.within}") if shown.within else say("staying.months_kept_none")
    after = (say("staying.after_months", months=f"{month}") for month in MARKS)
    heads = [say("staying.group"), *after, kept]
    results.words(heads, [_row(group, style) for group in shown.groups])
    if shown.start_unknown:
        st.caption(say("staying.unknown_note", n=number(shown.start_unknown, Unit.COUNT, style)))
    if shown.apart:
        st.caption(say("staying.apart", n=number(shown.apart, Unit.COUNT, style), least=f"{LEAST_CUSTOMERS}", most=f"{MOST_GROUPS}"))


def _row(group: Group, style: Style) -> Sequence[str]:
    ended, n = (number(count, Unit.COUNT, style) for count in (group.ended, group.customers))
    name = say("staying.of_n", name=group.name or say("staying.everybody"), ended=ended, n=n)
    return (name, *(_cell(group.after[month], style) for month in MARKS), _cell(group.months, style))


def _cell(result: Result, style: Style) -> str:
    return result.reason if isinstance(result, Absent) else show(result, style)


def _cohorts(found: Sequence[Cohort], style: Style) -> None:
    st.subheader(say("staying.cohorts"))
    st.caption(say("staying.cohorts_why"))
    results.chart(cohorts, found, style=style, code=f"{CODE.format(by=EVERYBODY)}.cohorts", name="cohorts")
