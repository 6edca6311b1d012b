"""A key figure by groups, one way or two at once, with whether the parts agree with the total, and the largest groups month by month."""

import streamlit as st

from pages._parts import counting, downloads, figures, results
from pages._parts.plain import plain
from roi_core.charts.sparkline import Line, shared_extent
from roi_core.kpis import Figure
from roi_core.kpis.breakdown import MOST, Breakdown, breakdown, label, multiples, named, table, ways
from roi_core.kpis.periods import within
from roi_core.metrics import Calendar
from roi_core.results import Absent
from roi_core.sentences import say
from roi_core.show import Style, number
from roi_core.units import Unit

BY, _AND = "kpi_by", "kpi_and_by"


def by_group(figure: Figure, calendar: Calendar, style: Style) -> None:
    """The groups of the figure's period."""
    known = counting.asked(("ways", figure.metric.key), lambda books: ways(books, figure.metric))
    choices = tuple(name for name in known if name != figure.period)
    if not choices:
        return
    st.subheader(say("kpi.breakdown"))
    by = _chosen(choices)
    where = within(figure.period, figure.at)
    question = ("by", figure.metric.key, by, tuple(where.items()), calendar)
    found = counting.asked(question, lambda books: breakdown(books, figure.metric, by, where, calendar))
    if isinstance(found, Absent):
        results.absent(found)
        return
    _table(found, style)
    if len(by) == 1:
        _multiples(figure, by[0], calendar, style)


def _chosen(choices: tuple[str, ...]) -> tuple[str, ...]:
    """One dimension, and a second one if asked. A choice stays between figures as long as both have it."""
    start = next((name for name in ("channel", "plan", "month") if name in choices), choices[0])
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _only(BY, choices)
        first = st.selectbox(say("kpi.by"), choices, choices.index(start), format_func=named, key=BY, width=220)
        others = (None, *(name for name in choices if name != first))
        _only(_AND, others)
        second = st.selectbox(say("kpi.and_by"), others, 0, format_func=_second, key=_AND, width=220)
    return (first,) if second is None else (first, second)


def _only(key: str, choices: tuple[str | None, ...]) -> None:
    """Forgets a choice that is none here."""
    if key in st.session_state and st.session_state[key] not in choices:
        del st.session_state[key]


def _second(name: str | None) -> str:
    return say("kpi.by_nothing") if name is None else named(name)


def _table(found: Breakdown, style: Style) -> None:
    shown = table(found, style, MOST)
    results.table(shown)
    if len(found.groups) > shown.num_rows:
        counts = {"shown": number(shown.num_rows, Unit.COUNT, style), "all": number(len(found.groups), Unit.COUNT, style)}
        st.caption(say("kpi.groups_shown", **counts))
    st.caption(plain(found.parts.text))
    downloads.table(table(found, style), f"{found.metric.key}_by_{'_'.join(found.by)}")


def _multiples(figure: Figure, dimension: str, calendar: Calendar, style: Style) -> None:
    """A small line for each of the largest groups, all on one scale."""
    metric = figure.metric
    lines = counting.asked(("multiples", metric.key, dimension, calendar), lambda books: multiples(books, metric, dimension, calendar))
    extent = shared_extent([series for _, series in lines])
    if len(lines) > 1 and extent:
        st.caption(say("kpi.multiples"))
        for place, (value, series) in zip(st.columns(len(lines)), lines, strict=True):
            with place:
                st.caption(plain(label(dimension, value, style)))
                figures.line(Line(series, "month", None, extent), style, f"multiple_{dimension}_{label(dimension, value, style)}")
