"""Rows as a page of them, and all of them to take along."""

import streamlit as st

from pages._parts import counting, downloads, presenting
from roi_core.kpis import Asked
from roi_core.kpis.behind import MOST_TO_TAKE, count, page, pages, to_take
from roi_core.sentences import say
from roi_core.show import Style, number
from roi_core.units import Unit

_PAGE, _NAMED = "rows_page", "rows_named"


def listed(asked: Asked, style: Style, place: str = "") -> None:
    """A page of rows, and all of them to take along; `place` tells one list on a page from another."""
    metric, names, hidden, page_key = asked.metric, counting.names(), presenting.on(), f"{_PAGE}{place}"
    rows = counting.asked(("count", metric.key, _marked(asked), hidden), lambda books: count(books, asked, names))
    if not rows:
        st.caption(say("kpi.rows_none") if asked.words.strip() else say("kpi.rows_empty"))
        return
    last = pages(rows)
    if st.session_state.get(page_key, 1) > last:
        del st.session_state[page_key]
    at = int(st.number_input(say("kpi.rows_page"), 1, last, key=page_key, width=160)) if last > 1 else 1
    st.caption(say("kpi.rows_n", n=number(rows, Unit.COUNT, style), page=f"{at}", pages=number(last, Unit.COUNT, style)))
    named = names is not None and st.toggle(say("kpi.rows_names"), key=f"{_NAMED}{place}", help=say("kpi.rows_names_help"))
    shown = counting.asked(("rows", metric.key, _marked(asked), at, hidden, named), lambda books: page(books, asked, at, names, named=named))
    downloads.scrolling(shown)
    title = say("kpi.rows_take") if rows <= MOST_TO_TAKE else say("kpi.rows_take_first", n=number(MOST_TO_TAKE, Unit.COUNT, style))
    books = counting.books()
    downloads.offer(title, f"{metric.key}_rows{place}.csv", lambda: downloads.as_csv(to_take(books, asked, names, named=named)), "text/csv")


def _marked(asked: Asked) -> tuple[object, ...]:
    """What tells one list of rows from another."""
    return tuple((name, tuple(values)) for name, values in asked.where.items()), asked.part, asked.words, asked.calendar
