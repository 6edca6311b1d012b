"""What if? Some of today's figures moved, on the draws of today: a slider only re-prices."""

import streamlit as st

from pages._parts import frame, history, kept, levers, results, state
from pages._parts.plain import plain
from pages._parts.screen import narrow
from pages._parts.shelf import scenario_shelf
from pages._parts.site import page
from roi_core.assumptions import Assumptions
from roi_core.charts import fan as fan_chart
from roi_core.charts import tornado as tornado_chart
from roi_core.measured import Measured
from roi_core.results import Absent, Estimate
from roi_core.scenarios import Best, Fan, Scenario, Tornado, best_lever, best_title, fan, pace, run_scenario, tornado
from roi_core.sentences import say
from roi_core.show import Style, show
from roi_core.valuation import Valued

FAN = """from roi_core import measure
from roi_core.scenarios import Scenario, fan, run_scenario

measured = measure(files)
run_scenario(measured, {scenario}, answers).change
fan(measured, {scenario}, answers)"""
TORNADO = """from roi_core import measure
from roi_core.scenarios import Scenario, tornado

tornado(measure(files), {scenario}, answers)"""


def priced(measured: Measured, scenario: Scenario, answers: Assumptions, style: Style) -> tuple[Valued, Fan | Absent]:
    """The scenario and its months, once per position of the sliders; keyed by the digest of facts, never by the facts."""
    key = (state.key(), measured.digest, scenario, answers, style)
    return scenario_shelf().get(key, lambda: (run_scenario(measured, scenario, answers, style=style), fan(measured, scenario, answers)))


def outcome(measured: Measured, scenario: Scenario, answers: Assumptions, style: Style) -> str:
    """How far to trust the scenario, the months to come; gives its finding, empty as long as nothing is moved."""
    valued, months = priced(measured, scenario, answers, style)
    change = valued.change
    if change is None:
        return ""
    moved = scenario != Scenario()
    if moved:
        with st.container(horizontal=True, vertical_alignment="center"):
            results.badge(change.grade)
            if isinstance(change.probability_better, Estimate):
                st.caption(plain(say("scenarios.better", share=show(change.probability_better, style))))
            kept.offer("scenario", moved=scenario.moved)
    else:
        st.subheader(say("scenarios.start"), anchor=False)
    st.markdown(f"**{say('scenarios.fan')}**")
    results.chart(fan_chart, months, style=style, code=FAN.format(scenario=scenario), name="fan")
    for note in (pace(valued, months, style), *change.notes):
        if note:
            st.caption(plain(note))
    if moved:
        with results.drawer(say("scenarios.tornado_moved"), "hangs_on_moved") as opened:
            if opened:
                swings(tornado(measured, scenario, answers), scenario, style, "tornado_moved")
    if narrow():
        st.bottom.markdown(plain(change.finding))
    return change.finding if moved else ""


@st.fragment
def panel(measured: Measured, answers: Assumptions, style: Style, best: Best | None) -> None:
    """The finding, levers, outcome and the way back in one fragment, so that a slider re-runs nothing else and all of it follows."""
    heading, back = st.container(), st.container()
    if narrow():
        outcome_place, controls = st.container(), st.container()
    else:
        controls, outcome_place = st.columns([2, 3], gap="large")
    with controls:
        offer = st.container()
        scenario = levers.choose(measured, answers, style)
    if best and getattr(scenario, best.key) != best.share:
        offer.button(say("scenarios.try_it"), on_click=levers.move, args=(best.key, best.share, measured, answers), icon=":material/tune:")
    with outcome_place:
        found = outcome(measured, scenario, answers, style)
    with back:
        history.back_and_forth()
    with heading:
        results.finding(found or best_title(best, style), "", best.grade if best and not found else None)


def hangs_on(measured: Measured, answers: Assumptions, style: Style) -> None:
    """Which input today's answer hangs on; that of the scenario is in its drawer, so that a slider does not wait for it.

    Nothing where there is no answer, for which the months to come have given the reason.
    """
    found = tornado(measured, Scenario(), answers)
    if not isinstance(found, Absent):
        st.subheader(say("scenarios.tornado"))
        swings(found, Scenario(), style, "tornado")


def swings(found: Tornado | Absent, scenario: Scenario, style: Style, name: str) -> None:
    """How far one figure at a time moves the result; where nothing was found, that it moves a middle that is no finding."""
    if isinstance(found, Tornado) and not found.found:
        st.caption(plain(say("scenarios.tornado_open")))
    results.chart(tornado_chart, found, style=style, code=TORNADO.format(scenario=scenario), name=name)


def main() -> None:
    """The page."""
    measured, answers, style = state.measured(), state.assumptions(), state.style()
    if not measured.levers:
        history.back_and_forth()
        st.title(say("scenarios.question"))
        frame.empty(say("empty.scenarios"), say("scenarios.needs"), page("data"))
        return
    st.caption(say("scenarios.question"))
    best = best_lever(measured, answers, style)
    panel(measured, answers, style, best)
    hangs_on(measured, answers, style)


main()
