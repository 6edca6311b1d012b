"""The KPIs: how support is doing, each figure by one definition and down to its rows."""

import streamlit as st

from pages._parts import agreed, counting, figure_detail, figures, looking, results, state, stories
from pages._parts.plain import plain
from roi_core.kpis import Figure
from roi_core.kpis.choice import AGREED, ALL, FIRST, OWN, REVIEW, TEN, Step, chosen, families, five, planned, ten, where_you_are
from roi_core.kpis.figures import lines, whole
from roi_core.kpis.periods import WHOLE
from roi_core.kpis.settings import View
from roi_core.kpis.words import finding, table, what_moved
from roi_core.metrics import Calendar, Metric
from roi_core.sentences import say

CODE = """from roi_core.kpis import books_of, figures
from roi_core.metrics import METRICS, Calendar

with books_of(files{answers}) as books:
    shown = figures(books, [METRICS[key] for key in {keys}], {period!r}, {calendar})"""
style = state.style()


def metrics_of(view: View) -> tuple[Metric, ...]:
    """The figures that stand on cards; none where they are shown by family."""
    about = counting.about()
    own = {FIRST: five(about), TEN: ten(about), OWN: chosen(view.own), AGREED: chosen(agreed.keys())}
    return own.get(view.shown, ())


def board(view: View, calendar: Calendar) -> tuple[Figure, ...]:
    """The cards, or why there are none."""
    metrics = metrics_of(view)
    if not metrics and view.shown in (OWN, AGREED):
        st.caption(say("kpi.nothing_chosen" if view.shown == OWN else "kpi.nothing_agreed"))
    shown = counting.shown(metrics, view.period, calendar)
    months = counting.asked(("lines", tuple(m.key for m in metrics), calendar), lambda books: lines(books, metrics, calendar)) if view.period == WHOLE else {}
    figures.cards(shown, style, "board", months)
    return shown


def by_family(view: View, calendar: Calendar) -> None:
    """Families in drawers: a figure is counted once its family is opened."""
    if view.shown not in (REVIEW, ALL):
        return
    for family, metrics in families(view.period if view.shown == REVIEW else "").items():
        label = say("kpi.family_of", family=say(f"kpi.family_{family}"), n=f"{len(metrics)}")
        with results.drawer(label, f"family_{family}", boxed=True) as opened:
            if opened:
                figures.cards(counting.shown(metrics, view.period, calendar), style, family)


def where() -> None:
    """The plan of half a year against the files, and the next file."""
    about = counting.about()
    found = counting.asked("plan", lambda books: whole(books, planned(about)))
    st.subheader(say("kpi.where"))
    st.caption(say("kpi.where_why"))
    steps = where_you_are(about, found)
    for place, step in zip(st.columns(len(steps)), steps, strict=True):
        with place.container(border=True, height="stretch"):
            _step(step)


def _step(step: Step) -> None:
    """One phase: what can be told, what cannot, and what would bring the next."""
    st.markdown(f"**{say(f'kpi.plan_{step.key}')}**")
    told = [metric for metric, done in step.done if done]
    st.caption(say("kpi.plan_count", done=f"{len(told)}", all=f"{len(step.done)}"))
    results.words(
        [say("kpi.head_figure"), say("kpi.head_value")],
        [(metric.title, say("kpi.plan_done" if done else "kpi.plan_open")) for metric, done in step.done],
    )
    if step.missing:
        st.caption(plain(say("kpi.plan_next", next=step.missing.next_step or step.missing.reason)))


def main() -> None:
    """The page."""
    counting.about()
    if metric := looking.opened():
        figure_detail.show_figure(metric, style)
        return
    st.caption(say("kpi.question"))
    heading = st.container()
    view = looking.controls()
    calendar = view.calendar(style.week_start)
    shown = board(view, calendar)
    with heading:
        first = shown or counting.shown(five(counting.about()), view.period, calendar)
        results.finding(finding(first, style), what_moved(first, style) if any(figure.before for figure in first) else "")
    if shown:
        keys = [figure.metric.key for figure in shown]
        code = CODE.format(keys=keys, period=view.period, calendar=calendar, answers=counting.code_of_answers())
        results.below(lambda: table(shown, looking.all_targets(), style), code, "board")
    by_family(view, calendar)
    where()
    agreed.listed(style)
    stories.listed(style)


main()
