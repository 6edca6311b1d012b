"""Cards of key figures: value with interval and n, what stood before, the target, a line over time; the title opens one."""

from collections.abc import Mapping, Sequence

import streamlit as st

from pages._parts import counting, looking, results, unusual
from pages._parts.layout import batched
from pages._parts.plain import plain
from pages._parts.theme import palette
from roi_core.charts import sparkline
from roi_core.charts.sparkline import Line
from roi_core.charts.theme import specification
from roi_core.kpis import Figure
from roi_core.kpis.figures import Series
from roi_core.kpis.words import against_target, earlier, of_costs, rests_on, written
from roi_core.results import Absent
from roi_core.show import Style, interval, value_of

_ACROSS = 3


def cards(figures: Sequence[Figure], style: Style, name: str, months: Mapping[str, Series] | None = None) -> None:
    """Cards beside each other; `name` keeps the same figure in two places apart, `months` are the lines of figures of all of the files."""
    targets = looking.all_targets()
    for row in batched(figures, _ACROSS):
        for place, figure in zip(st.columns(_ACROSS), row, strict=False):
            with place:
                _card(figure, style, name, targets.get(figure.metric.key), figure.series or (months or {}).get(figure.metric.key, ()))


def _card(figure: Figure, style: Style, name: str, target: float | None, series: Series) -> None:
    metric, result = figure.metric, figure.now
    with st.container(border=True, height="stretch"):
        key = f"open_{name}_{metric.key}"
        st.button(plain(metric.title), key=key, type="tertiary", icon=":material/arrow_forward:", on_click=looking.open_figure, args=(metric.key,))
        if isinstance(result, Absent):
            results.absent(result)
            if said := of_costs(figure, counting.about()):
                st.caption(plain(said))
            return
        value, _, _ = written(figure, style, compact=True)
        limits = interval(result, style, compact=value == value_of(result, style, compact=True))
        words = results.doubt(result, value, limits, style, open_range=False)
        st.metric(plain(metric.title), plain(value if limits in words else limits), label_visibility="collapsed")
        st.caption(plain(rests_on(figure, words, style)))
        if said := of_costs(figure, counting.about()):
            st.caption(plain(said))
        if before := earlier(figure, style, compact=True):
            st.caption(plain(before))
        if target is not None:
            st.caption(plain(against_target(figure, target, style)))
        unusual.beside(metric, style)
        line(Line(series, "month" if figure.at is None else figure.period, target), style, key)


def line(shown: Line, style: Style, name: str) -> None:
    """A small line over time with its course in words; none for fewer than two periods."""
    drawn = sparkline.draw(shown, palette(), style=style, narrow=True)
    if not isinstance(drawn, Absent):
        st.vega_lite_chart(specification(drawn), width="stretch", key=f"{name}_line", alt=sparkline.describe(shown, style))
