"""The rows behind a key figure: of a group, searched, by the page, and to take along."""

from collections.abc import Mapping

import streamlit as st

from pages._parts import counting, downloads, measuring, presenting, state
from pages._parts.figure_groups import BY
from pages._parts.plain import plain
from pages._parts.progress import progress
from roi_core.engine import Label
from roi_core.kpis import Asked, Breakdown, Figure, breakdown
from roi_core.kpis.behind import MOST_TO_TAKE, count, has_parts, inputs, page, pages, to_take
from roi_core.kpis.breakdown import label
from roi_core.kpis.periods import within
from roi_core.metrics import METRICS, Calendar, Metric, Part
from roi_core.results import Absent
from roi_core.sentences import say
from roi_core.show import Style, number
from roi_core.units import Unit

_OF, _GROUP, _PART, _SEARCH, _PAGE = "rows_of", "rows_group", "rows_part", "rows_search", "rows_page"


def listed(figure: Figure, calendar: Calendar, style: Style) -> None:
    """The rows of the figure's period."""
    if isinstance(figure.now, Absent):
        return
    st.subheader(say("kpi.rows"))
    metric = _whose(figure.metric)
    asked, names, hidden = _asked(metric, figure, calendar, style), counting.names(), presenting.on()
    rows = counting.asked(("count", metric.key, _marked(asked), hidden), lambda books: count(books, asked, names))
    if not rows:
        st.caption(say("kpi.rows_none"))
        return
    last = pages(rows)
    if st.session_state.get(_PAGE, 1) > last:
        del st.session_state[_PAGE]
    at = int(st.number_input(say("kpi.rows_page"), 1, last, key=_PAGE, width=160)) if last > 1 else 1
    st.caption(say("kpi.rows_n", n=number(rows, Unit.COUNT, style), page=f"{at}", pages=number(last, Unit.COUNT, style)))
    shown = counting.asked(("rows", metric.key, _marked(asked), at, hidden), lambda books: page(books, asked, at, names))
    downloads.scrolling(shown)
    title = say("kpi.rows_take") if rows <= MOST_TO_TAKE else say("kpi.rows_take_first", n=number(MOST_TO_TAKE, Unit.COUNT, style))
    books = measuring.books(state.work().facts, progress)
    downloads.offer(title, f"{metric.key}_rows.csv", lambda: downloads.as_csv(to_take(books, asked, names)), "text/csv")


def _whose(metric: Metric) -> Metric:
    """The metric whose rows are listed: one of the two that a derived one is made of."""
    of = inputs(metric)
    if len(of) == 1:
        return metric
    st.caption(say("kpi.rows_derived"))
    keys = tuple(one.key for one in of)
    if st.session_state.get(_OF) not in (None, *keys):
        del st.session_state[_OF]
    chosen = st.segmented_control(say("kpi.rows_of"), keys, format_func=_title, default=keys[0], required=True, key=_OF)
    return METRICS[chosen]


def _title(key: str) -> str:
    return plain(METRICS[key].title)


def _asked(metric: Metric, figure: Figure, calendar: Calendar, style: Style) -> Asked:
    """The group, the part and the words that were chosen."""
    where, part = within(figure.period, figure.at), Part.ALL
    with st.container(horizontal=True, vertical_alignment="bottom"):
        group = _group(metric, where, calendar, style)
        if has_parts(metric):
            part = st.segmented_control(
                say("kpi.rows_part"), tuple(Part), format_func=lambda one: say(f"kpi.rows_part_{one}"), default=Part.ALL, required=True, key=_PART
            )
        words = st.text_input(say("kpi.rows_search"), max_chars=120, key=_SEARCH, placeholder=say("kpi.rows_search_hint"), width=260)
    return Asked(metric, {**where, **group}, calendar, part, words)


def _group(metric: Metric, where: Mapping[str, tuple[Label, ...]], calendar: Calendar, style: Style) -> dict[str, tuple[Label, ...]]:
    """One of the groups that the figure is shown by, or all rows."""
    dimension = str(st.session_state.get(BY) or "")
    if dimension not in metric.dimensions or dimension in where:
        return {}
    question = ("by", metric.key, (dimension,), tuple(where.items()), calendar)
    found = counting.asked(question, lambda books: breakdown(books, metric, (dimension,), where, calendar))
    groups = [values[0] for values, _ in found.groups] if isinstance(found, Breakdown) else []
    places = (None, *range(len(groups)))
    if st.session_state.get(_GROUP) not in places:
        del st.session_state[_GROUP]

    def called(place: int | None) -> str:
        return say("kpi.rows_all_groups") if place is None else label(dimension, groups[place], style)

    chosen = st.selectbox(say("kpi.rows_group"), places, 0, format_func=called, key=_GROUP, width=220)
    return {} if chosen is None else {dimension: (groups[chosen],)}


def _marked(asked: Asked) -> tuple[object, ...]:
    """What tells one list of rows from another."""
    return tuple((name, tuple(values)) for name, values in asked.where.items()), asked.part, asked.words, asked.calendar
