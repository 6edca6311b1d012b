"""What a later file brought, and what changed since an earlier answer: one line, and every cause behind it on demand."""

from datetime import UTC, datetime

import streamlit as st

from pages._parts import measuring, results, state
from pages._parts.plain import plain
from pages._parts.progress import progress
from roi_core.ingest.arriving import last_load
from roi_core.readings import Changes, Inputs, Reading, compared, earlier, figures_of, keep, readings, words
from roi_core.sentences import catalogue, say
from roi_core.show import Style, day, number
from roi_core.units import Unit
from roi_core.valuation import Valued
from roi_core.workspace import Workspace


def told(valued: Valued, style: Style) -> None:
    """Keeps the answer on own files as it is shown, and says what is another one since the answer it is set beside."""
    facts = state.work().facts
    if not isinstance(facts, Workspace):
        return
    now = Reading(Inputs.now(facts, state.design(), state.assumptions()), figures_of(valued))
    before = readings(facts)
    keep(facts, now)
    since = earlier(before, now.inputs, datetime.now(UTC).date())
    if since is None:
        return
    changes = compared(since, now)
    st.caption(plain(words.line(changes, style)))
    with results.drawer(words.heading(changes, style), "changed") as opened:
        if opened:
            _causes(facts, _chosen(before, since, style), now, style)


def _chosen(before: tuple[Reading, ...], since: Reading, style: Style) -> Reading:
    """The last answer of each day, one of which is chosen."""
    days = {reading.day: reading for reading in reversed(before)}
    days[since.day] = since
    listed = sorted(days, reverse=True)
    chosen = st.selectbox(say("changes.since"), listed, listed.index(since.day), format_func=lambda one: plain(day(one, style)), key="changed_since")
    return days[chosen]


def _causes(facts: Workspace, since: Reading, now: Reading, style: Style) -> None:
    changes = measuring.changed(facts, since, now, style, progress)
    for figure in changes.moved:
        st.markdown(plain(words.sentence(figure, style)))
        for part in figure.parts:
            st.caption(plain(words.cause(part, figure, style)))
    same = [figure.title for figure in changes.figures if not figure.is_another]
    if same:
        st.caption(plain(say("changes.same", titles=", ".join(same))))
    _months(changes, style)


def _months(changes: Changes, style: Style) -> None:
    if line := words.months_line(changes, style):
        st.markdown(plain(line))
    if changes.restated:
        st.markdown(f"**{plain(say('changes.restated_title'))}**")
        for text in words.restated_lines(changes, style):
            st.caption(plain(text))


def brought(style: Style) -> None:
    """By table, how many rows of the last load are new, changed, and there already."""
    workspace = state.work().workspace
    loaded = last_load(workspace) if workspace else {}
    if not loaded:
        return
    with st.container(border=True):
        st.markdown(f"**{plain(say('changes.brought_title'))}**")
        for table, arrival in loaded.items():
            what = say(f"entity.{table}") if f"entity.{table}" in catalogue() else table
            new, changed, there = (number(rows, Unit.COUNT, style) for rows in (arrival.new, arrival.changed, arrival.there))
            st.markdown(plain(say("changes.brought", what=what, new=new, changed=changed, there=there)))
