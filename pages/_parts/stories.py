"""Stories: notes on a day, a group or a figure, with the tickets that tell them, kept with the work."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from pages._parts import results, state
from pages._parts.plain import plain
from pages._parts.theme import on_primary
from pages._parts.whole import whole
from roi_core.kpis.settings import STORIES, Story, stories
from roi_core.kpis.words import told_of
from roi_core.metrics import Metric
from roi_core.sentences import say
from roi_core.show import Style

_LONGEST = 2000
_FIELDS = ("text", "on", "cohort", "tickets", "here")
_EMPTY = "story_empty"


def told() -> tuple[Story, ...]:
    """All stories of this work."""
    return stories(state.recall(STORIES))


def of(metric: Metric) -> tuple[Story, ...]:
    """Those that tell of a figure."""
    return tuple(story for story in told() if story.tells_of(metric))


def listed(style: Style, metric: Metric | None = None) -> None:
    """The stories of a figure, or all of them, and the field for one more."""
    st.subheader(say("kpi.stories"))
    st.caption(say("kpi.stories_why"))
    for place, story in enumerate(told()):
        if metric is None or story.tells_of(metric):
            _story(place, story, style)
    with results.drawer(say("kpi.story_add"), "story_new", boxed=True) as opened:
        if opened:
            _new(metric)


def _story(place: int, story: Story, style: Style) -> None:
    with st.container(border=True):
        st.text(story.text)
        about = told_of(story, style)
        if about:
            st.caption(plain(about))
        st.button(say("kpi.story_remove"), key=f"story_remove_{place}", icon=":material/close:", type="tertiary", on_click=_remove, args=(place,))


def _new(metric: Metric | None) -> None:
    if st.session_state.pop(_EMPTY, False):
        st.warning(say("kpi.story_empty"))
    with st.form("story", clear_on_submit=True, border=False):
        st.text_area(say("kpi.story_text"), max_chars=_LONGEST, key="story_text", height=80)
        st.date_input(say("kpi.story_on"), None, min_value=date(1970, 1, 1), max_value=date(2100, 1, 1), key="story_on", format="YYYY-MM-DD")
        st.text_input(say("kpi.story_cohort"), max_chars=120, key="story_cohort")
        st.text_input(say("kpi.story_tickets"), max_chars=_LONGEST, key="story_tickets")
        if metric:
            st.checkbox(say("kpi.story_here"), value=True, key="story_here")
        st.form_submit_button(on_primary(say("kpi.story_keep")), type="primary", on_click=_add, args=(metric.key if metric else "",))


@whole
def _add(metric: str) -> None:
    typed = {name: st.session_state.get(f"story_{name}") for name in _FIELDS}
    text = str(typed["text"] or "").strip()
    if not text:
        st.session_state[_EMPTY] = True
        return
    on = typed["on"].isoformat() if isinstance(typed["on"], date) else ""
    tickets = tuple(part for part in (one.strip() for one in str(typed["tickets"] or "").split(",")) if part)
    _keep([*told(), Story(text, on, metric if typed["here"] else "", str(typed["cohort"] or "").strip(), tickets)])


@whole
def _remove(place: int) -> None:
    kept = list(told())
    del kept[place]
    _keep(kept)


def _keep(now: Sequence[Story]) -> None:
    state.remember(STORIES, [story.as_json() for story in now] or None)
