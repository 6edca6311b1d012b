"""What the page of key figures shows: which figures, how often one looks, and which one is open. Kept with the work, the open one in the address."""

from dataclasses import replace

import streamlit as st

from pages._parts import state
from pages._parts.standing import stand
from pages._parts.whole import whole
from roi_core.kpis.choice import SETS
from roi_core.kpis.periods import PERIODS, WHOLE
from roi_core.kpis.settings import TARGETS, VIEW, View, of_typed, targets
from roi_core.metrics import METRICS, Calendar, Metric
from roi_core.sentences import say
from roi_core.show import Style

_OPEN = "kpi"
_SET, _PERIOD, _OWN, _WEEK, _FISCAL = "kpi_set", "kpi_period", "kpi_own", "kpi_week", "kpi_fiscal"
_WEEKDAYS = (None, *range(7))
_MONTHS = tuple(range(1, 13))


def view() -> View:
    """What this work shows."""
    return View.of(state.recall(VIEW))


def calendar(style: Style) -> Calendar:
    """How periods begin."""
    return view().calendar(style.week_start)


def opened() -> Metric | None:
    """The figure that is open."""
    return METRICS.get(str(st.query_params.get(_OPEN, "")))


@whole
def open_figure(key: str) -> None:
    """Opens a figure from the next run on."""
    st.query_params[_OPEN] = key


@whole
def close_figure() -> None:
    """Back to all of them."""
    st.query_params.pop(_OPEN, None)


def controls() -> View:
    """Which figures and how often, and the chooser; gives what is shown."""
    now = view()
    line = st.container(horizontal=True, vertical_alignment="bottom", gap="medium")
    with line:
        default = stand(_SET, now.shown)
        st.segmented_control(
            say("kpi.show"), SETS, format_func=lambda name: say(f"kpi.show_{name}"), default=default, required=True, key=_SET, on_change=_keep_set
        )
        place = PERIODS.index(stand(_PERIOD, now.period))
        st.selectbox(say("kpi.period"), PERIODS, place, format_func=_period, key=_PERIOD, on_change=_keep_period, width=200)
        with st.popover(say("kpi.choose"), icon=":material/tune:"):
            _choose(now)
    return now


def _period(name: str) -> str:
    return say(f"kpi.period_{name or 'whole'}")


def _choose(now: View) -> None:
    """The reader's own figures, and how periods begin."""
    st.caption(say("kpi.choose_why"))
    own = [key for key in now.own if key in METRICS]
    st.multiselect(say("kpi.choose_own"), list(METRICS), stand(_OWN, own), format_func=title, key=_OWN, on_change=_keep_own)
    place = _WEEKDAYS.index(stand(_WEEK, now.week_start))
    st.selectbox(say("kpi.week_start"), _WEEKDAYS, place, format_func=_weekday, key=_WEEK, on_change=_keep_starts)
    place = _MONTHS.index(stand(_FISCAL, now.fiscal_start))
    st.selectbox(say("kpi.fiscal_start"), _MONTHS, place, format_func=lambda month: say(f"kpi.month_{month}"), key=_FISCAL, on_change=_keep_starts)


def title(key: str) -> str:
    """What a metric is called, in a list to choose from."""
    return METRICS[key].title


def _weekday(day: int | None) -> str:
    return say("kpi.week_as_locale") if day is None else say(f"kpi.day_{day}")


@whole
def _keep_set() -> None:
    _keep(replace(view(), shown=st.session_state[_SET]))


@whole
def _keep_period() -> None:
    _keep(replace(view(), period=st.session_state[_PERIOD] or WHOLE))


@whole
def _keep_own() -> None:
    _keep(replace(view(), own=tuple(st.session_state[_OWN]), shown="own" if st.session_state[_OWN] else view().shown))


@whole
def _keep_starts() -> None:
    _keep(replace(view(), week_start=st.session_state[_WEEK], fiscal_start=st.session_state[_FISCAL]))


def _keep(now: View) -> None:
    state.remember(VIEW, now.as_json())


def all_targets() -> dict[str, float]:
    """Targets by key of the metric."""
    return targets(state.recall(TARGETS))


@whole
def keep_target(metric: Metric, field: str) -> None:
    """Keeps what was typed as the target of a metric, or takes it away."""
    kept = {key: value for key, value in all_targets().items() if key != metric.key}
    target = of_typed(metric, st.session_state[field])
    state.remember(TARGETS, (kept if target is None else {**kept, metric.key: target}) or None)
