"""What is out of the ordinary: a line each with size, since when and what was expected, and its rows; looked for after all else of the page is there."""

from collections.abc import Iterable

import streamlit as st

from pages._parts import counting, presenting, results, rows_behind
from pages._parts.plain import plain
from pages._parts.site import page
from roi_core.errors import SupportRoiError
from roi_core.kpis import Asked
from roi_core.kpis.alert_words import told
from roi_core.kpis.alerts import MOST, WATCHED, Alert, recent, watch
from roi_core.kpis.behind import inputs
from roi_core.metrics import METRICS, Calendar, Metric
from roi_core.sentences import say
from roi_core.show import Style


def first(style: Style) -> None:
    """The furthest out of the last year, three at most; nothing where nothing is."""
    try:
        found = recent(counting.unusual())
    except SupportRoiError as error:
        st.caption(plain(presenting.discreet(error)))
        return
    if not found:
        return
    st.subheader(say("alerts.title"))
    for place, alert in enumerate(found[:MOST]):
        _line(alert, style, f"_{place}")
    if more := found[MOST:]:
        label = say("alerts.earlier_one") if len(more) == 1 else say("alerts.earlier", n=f"{len(more)}")
        st.page_link(page("kpis"), label=label, icon=":material/arrow_forward:")
    st.caption(say("alerts.how"))


def _line(alert: Alert, style: Style, place: str) -> None:
    st.markdown(plain(told(alert, style)))
    with results.drawer(say("alerts.rows"), f"alert{place}") as opened:
        if opened:
            rows_behind.listed(Asked(inputs(METRICS[alert.metric])[0], alert.where, Calendar()), style, place)


def of(metric: Metric) -> tuple[Alert, ...]:
    """Those of one figure, its categories among them, the latest last: of one that is not watched looked for when it is asked for."""
    if metric.key in WATCHED:
        found: Iterable[Alert] = (alert for alert in counting.unusual() if alert.metric == metric.key)
    else:
        found = counting.asked(("alerts", metric.key), lambda books: watch(books, (metric,)))
    return tuple(sorted(found, key=lambda alert: alert.since))


def beside(metric: Metric, style: Style) -> None:
    """Under a figure on a card: the latest of the last year, where the figure is watched."""
    if metric.key in WATCHED:
        for alert in recent(of(metric))[-1:]:
            st.caption(plain(told(alert, style)))


def listed(metric: Metric, style: Style) -> None:
    """All of one figure with its rows, and how they are found."""
    found = of(metric)
    if not found:
        return
    st.subheader(say("alerts.title"))
    for place, alert in enumerate(found):
        _line(alert, style, f"_{place}")
    st.caption(say("alerts.how"))
