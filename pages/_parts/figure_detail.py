"""One key figure opened: what it is, the numbers in its formula, its course, its groups, its rows, and why a helpdesk says another number."""

import streamlit as st

from pages._parts import counting, figure_groups, figure_rows, looking, results, stories, unusual
from pages._parts.plain import plain
from pages._parts.standing import stand_open
from roi_core.charts import trend
from roi_core.charts.sparkline import Line
from roi_core.charts.trend import Trend
from roi_core.kpis import Figure
from roi_core.kpis.differences import differences
from roi_core.kpis.figures import lines, of_rows
from roi_core.kpis.periods import WHOLE, within
from roi_core.kpis.settings import typed
from roi_core.kpis.words import against_target, earlier, of_costs, period, rests_on, written
from roi_core.metrics import Calendar, Metric
from roi_core.results import Absent
from roi_core.sentences import say
from roi_core.show import Style, interval
from roi_core.units import Unit

_TREND = """from roi_core.kpis import books_of, figures
from roi_core.metrics import METRICS, Calendar

with books_of(files{answers}) as books:
    (figure,) = figures(books, [METRICS[{key!r}]], {period!r}, {calendar})
figure.series"""


def show_figure(metric: Metric, style: Style) -> None:
    """The figure of the period that the page looks at."""
    view, calendar = looking.view(), looking.calendar(style)
    st.button(say("kpi.back"), icon=":material/arrow_back:", type="tertiary", on_click=looking.close_figure)
    (figure,) = counting.shown((metric,), view.period, calendar)
    _headline(figure, style)
    left, right = st.columns(2, gap="large")
    with left:
        _definition(figure, calendar, style)
    with right:
        _course(figure, calendar, style)
    unusual.listed(metric, style)
    figure_groups.by_group(figure, calendar, style)
    figure_rows.listed(figure, calendar, style)
    _differs(metric, style)
    stories.listed(style, metric)


def _headline(figure: Figure, style: Style) -> None:
    result, title = figure.now, figure.metric.title
    if isinstance(result, Absent):
        st.title(plain(say("kpi.in_period_none", title=title)), anchor=False)
        results.absent(result)
        if said := of_costs(figure, counting.about()):
            st.caption(plain(said))
        return
    value, _, _ = written(figure, style)
    st.title(plain(say("kpi.in_period", title=title, value=value, period=period(figure, style))), anchor=False)
    words = results.doubt(result, value, interval(result, style), style, open_range=False)
    st.caption(plain(rests_on(figure, words, style)))
    if said := of_costs(figure, counting.about()):
        st.caption(plain(said))
    if before := earlier(figure, style):
        st.caption(plain(before))


def _definition(figure: Figure, calendar: Calendar, style: Style) -> None:
    """What it is, with the numbers of the period in its formula, and the target."""
    metric, where = figure.metric, within(figure.period, figure.at)
    st.subheader(say("kpi.definition"))
    found = counting.asked(("one", metric.key, figure.period, figure.at, calendar), lambda books: of_rows(books, (metric,), where, calendar))
    results.definition(metric, found[metric.key], style)
    key, target = f"target_{metric.key}", looking.all_targets().get(metric.key)
    stand_open(key, typed(metric, target))
    label = say("kpi.set_target_percent") if metric.unit is Unit.FRACTION else say("kpi.set_target_in", unit=str(metric.unit))
    st.number_input(plain(label), value=None, key=key, help=say("kpi.set_target_why"), on_change=looking.keep_target, args=(metric, key), width=260)
    if target is not None and not isinstance(figure.now, Absent):
        st.caption(plain(against_target(figure, target, style)))


def _course(figure: Figure, calendar: Calendar, style: Style) -> None:
    """The line over time with the target and the days of stories."""
    metric = figure.metric
    st.subheader(say("kpi.trend"))
    series, by = figure.series, figure.period
    if figure.period == WHOLE:
        by, found = "month", counting.asked(("lines", (metric.key,), calendar), lambda books: lines(books, (metric,), calendar))
        series = found.get(metric.key, ())
    line = Line(series, by, looking.all_targets().get(metric.key))
    drawn = Trend(metric.title, metric.unit, line, tuple((story.on, story.text) for story in stories.of(metric) if story.on))
    code = _TREND.format(key=metric.key, period=by, calendar=calendar, answers=counting.code_of_answers())
    results.chart(trend, drawn, style=style, code=code, name="trend", half=True)


def _differs(metric: Metric, style: Style) -> None:
    """Definition, clock, time zone and rows left out, for each helpdesk of the files."""
    told = differences(metric, counting.about(), style)
    if told:
        with results.drawer(say("kpi.differs"), "differs", boxed=True) as opened:
            if opened:
                results.words([say("kpi.differs_what"), say("kpi.differs_why")], told)
