"""Do helped customers stay? Curves, every way of asking, and the contrasts inside contacts."""

import streamlit as st

from pages._parts import beside, doubts, kept, notes, results, segments, state, staying
from pages._parts.plain import plain
from roi_core.charts import curves, dose, incidence, ladder
from roi_core.effects.agreement import agreement
from roi_core.effects.titles import effect_title, said_below, test_title
from roi_core.measured import Measured
from roi_core.results import Absent, Effect
from roi_core.sentences import say

CODE = """from roi_core import measure

measured = measure(files)
measured.effects["{key}"]"""
style = state.style()


def horizon(measured: Measured) -> Effect:
    """The effect over the months that the reader chose; the one fixed in advance stands until another is."""
    offered = measured.horizons
    if len(offered) < 2:
        return measured.main_effect
    label = say("retention.horizon")
    chosen = st.segmented_control(
        label, sorted(offered), format_func=lambda n: say("retention.months", n=f"{n}"), default=offered[0], required=True, key="months", bind="query-params"
    )
    return measured.effects[f"supported.{measured.outcome}_{chosen}m"]


def compared(measured: Measured) -> Effect | None:
    """The randomised test that the reader chose to look at; None for helped against not helped."""
    if not measured.tests:
        return None
    titles = {"supported": say("retention.supported"), **{found.key: test_title(found, measured) for found in measured.tests}}
    chosen = st.segmented_control(
        say("retention.comparison"),
        list(titles),
        format_func=lambda key: plain(titles[key]),
        default=first if (first := measured.first_to_show.key) in titles else "supported",
        required=True,
        key="comparison",
        bind="query-params",
    )
    return next((found for found in measured.tests if found.key == chosen), None)


def tested(measured: Measured, found: Effect) -> None:
    """A randomised test: leaving, revenue, every way of asking, and who was set aside."""
    results.finding(effect_title(found), found.sentence)
    results.effect(found, style, said=found.sentence)
    paid = measured.revenue_of(found)
    if paid is not None:
        st.markdown(plain(paid.sentence))
    for note in found.notes:
        st.caption(plain(note))
    st.subheader(say("retention.ladder"))
    ways(found, "ladder")


def ways(effect: Effect, name: str) -> None:
    """The ladder of one effect, and whether its ways agree."""
    results.chart(ladder, effect, style=style, code=CODE.format(key=effect.key), name=name)
    if agreed := agreement(effect.ladder, style):
        st.caption(plain(agreed))


def inside(measured: Measured) -> None:
    """How well contacts were handled, among customers who all asked for help."""
    if not measured.inside_contacts:
        return
    st.header(say("retention.inside"))
    st.caption(say("retention.inside_why"))
    for place, found in zip(st.columns(len(measured.inside_contacts), gap="large"), measured.inside_contacts, strict=True):
        with place:
            title = effect_title(found)
            st.subheader(plain(title))
            st.markdown(plain(said_below(title, found.sentence)))
            results.effect(found, style, said=found.sentence)
            ways(found, found.key.partition(".")[0])


def by_contacts(measured: Measured) -> None:
    """Leaving by the number of contacts, where a column of one flat file counts them."""
    found = measured.by_contacts
    if found:
        st.header(say("retention.by_contacts"))
        st.markdown(plain(found.sentence))
        kept.offer("dose", "by_contacts")
        results.chart(dose, found, style=style, code="from roi_core import measure\n\nmeasure(files).by_contacts", name="by_contacts")


def how_they_leave(measured: Measured) -> None:
    """Leaving by choice, by a failed payment and by other ends, where the files know more than one."""
    if isinstance(measured.leaving, Absent):
        return
    st.header(say("leaving.title"))
    st.markdown(plain(measured.leaving.sentence))
    st.caption(say("leaving.why"))
    results.chart(incidence, measured.leaving, style=style, code="from roi_core import measure\n\nmeasure(files).leaving", name="leaving")


def main() -> None:
    """The page."""
    measured = state.measured()
    st.caption(say("retention.question"))
    test = compared(measured)
    if test is not None:
        tested(measured, test)
        return
    heading = st.container()
    effect = horizon(measured)
    with heading:
        results.finding(effect_title(effect), effect.sentence)
        results.effect(effect, style, said=effect.sentence)
    if effect.key == measured.main_effect.key and not isinstance(measured.curves, Absent):
        left, right = st.columns(2, gap="large")
        with left:
            st.subheader(say("retention.curves"))
            st.caption(say("retention.curves_why"))
            results.chart(curves, measured.curves, style=style, code="from roi_core import measure\n\nmeasure(files).curves", name="curves", half=True)
    else:
        right = st.container()
    with right:
        st.subheader(say("retention.ladder"))
        ways(effect, "ladder")
    if measured.horizons and not isinstance(effect.result, Absent):
        doubts.offered(effect, style)
    inside(measured)
    if measured.horizons:
        beside.offered(style)
        segments.offered(measured, style)
        staying.offered(style)
    how_they_leave(measured)
    by_contacts(measured)
    notes.listed(measured, small=True)


main()
