"""Key figures in sentences: what moved, what stood before, and how one was counted."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

import pyarrow as pa

from roi_core.kpis.answered import gives
from roi_core.kpis.books import About
from roi_core.kpis.figures import OF_BEGINNERS, Figure
from roi_core.kpis.periods import WHOLE, before, called, year_ago
from roi_core.kpis.settings import Story
from roi_core.metrics import METRICS
from roi_core.results import Absent, Result
from roi_core.sentences import say
from roi_core.show import Style, compared, day, number, show, value_of
from roi_core.units import Unit


def period(figure: Figure, style: Style) -> str:
    """The period of a figure as a reader calls it."""
    return say("kpi.whole") if figure.period == WHOLE or figure.at is None else called(figure.period, figure.at, style)


def rests_on(figure: Figure, doubt: str, style: Style) -> str:
    """The period, the interval in words, and n with what it counts."""
    n = "" if isinstance(figure.now, Absent) else say("kpi.n", n=number(figure.now.n, Unit.COUNT, style), counts=figure.metric.counted_as(figure.now.n))
    return " · ".join(part for part in (period(figure, style), doubt.removesuffix("."), n) if part)


def finding(figures: Sequence[Figure], style: Style) -> str:
    """How many of the figures moved since the period before, and when that is, of those by the usual period: the headline of the page."""
    periods = Counter(figure.period for figure in figures if not isinstance(figure.now, Absent))
    known = periods.total()
    if not known:
        return say("kpi.title_none")
    usual = periods.most_common(1)[0][0]
    compared = [figure for figure in figures if figure.period == usual and figure.before is not None and not isinstance(figure.now, Absent)]
    if not compared:
        return say("kpi.title_known", known=f"{known}", shown=f"{len(figures)}")
    moved, latest = [figure for figure in compared if figure.moved], max(compared, key=lambda figure: figure.at or 0)
    when = period(latest, style)
    if not moved:
        return say("kpi.title_still", shown=f"{len(compared)}", period=when)
    if len(moved) == 1:
        return say("kpi.title_moved_one", shown=f"{len(compared)}", period=when)
    return say("kpi.title_moved", moved=f"{len(moved)}", shown=f"{len(compared)}", period=when)


def what_moved(figures: Sequence[Figure], style: Style) -> str:
    """Each figure that moved, with both values; what that takes where none did."""
    moved = [
        say(_way(figure), title=figure.metric.title, now=show(figure.now, style), then=show(figure.before, style))
        for figure in figures
        if figure.before and figure.moved
    ]
    return " ".join((*moved, say("kpi.moved_means")))


def _way(figure: Figure) -> str:
    way = "up" if figure.moved > 0 else "down"
    return f"kpi.{way}" if figure.is_better is None else f"kpi.{way}_better" if figure.is_better else f"kpi.{way}_worse"


def of_costs(figure: Figure, about: About) -> str:
    """Of a figure that takes what support costs: that this is assumed, or that answers would give it where they are asked for; else empty."""
    known = not isinstance(figure.now, Absent)
    if not gives(figure.metric) or about.costs == "sheet":
        return ""
    if about.costs == "answers":
        return say("kpi.costs_assumed") if known else ""
    return "" if known or not about.customers else say("kpi.costs_asked")


def earlier(figure: Figure, style: Style, *, compact: bool = False) -> str:
    """The period before and the same one of last year: `Nov 2025: 64.1 % · Dec 2024: not in these files`."""
    if figure.at is None or figure.period == WHOLE:
        return ""
    if figure.metric.key in OF_BEGINNERS:
        return say("kpi.of_beginners")
    ago = year_ago(figure.period, figure.at)
    pairs: list[tuple[int, Result | None]] = [(before(figure.period, figure.at), figure.before)]
    pairs += [] if ago is None else [(ago, figure.year_ago)]
    texts = written(figure, style, compact=compact)[1:]
    told = zip(pairs, texts, strict=False)
    return " · ".join(say("kpi.then", period=called(figure.period, at, style), value=text or _value(result, style)) for (at, result), text in told)


def written(figure: Figure, style: Style, *, compact: bool = False) -> tuple[str, str, str]:
    """The figure, the one before and that of last year, with the same digits; empty where there is no number."""
    now, then, ago = compared((figure.now, figure.before, figure.year_ago), style, compact=compact)
    return now, then, ago


def against_target(figure: Figure, target: float, style: Style) -> str:
    """The target beside the figure, and whether it is met; open where the interval holds it."""
    shown, now = number(target, figure.metric.unit, style), figure.now
    if isinstance(now, Absent):
        return say("kpi.target", target=shown)
    if now.low is not None and now.high is not None and now.low <= target <= now.high:
        return say("kpi.target_open", target=shown)
    return say("kpi.target_above" if now.value > target else "kpi.target_below" if now.value < target else "kpi.target_met", target=shown)


def table(figures: Sequence[Figure], targets: Mapping[str, float], style: Style) -> pa.Table:
    """A row a figure, in words."""
    heads = [say(f"kpi.head_{name}") for name in ("figure", "period", "value", "n", "before", "year_ago", "target")]
    rows = [
        (
            figure.metric.title,
            period(figure, style),
            show(figure.now, style),
            "" if isinstance(figure.now, Absent) else f"{figure.now.n:,} {figure.metric.counted_as(figure.now.n)}",
            *(_value(one, style) if figure.at is not None and figure.metric.key not in OF_BEGINNERS else "" for one in (figure.before, figure.year_ago)),
            number(targets[figure.metric.key], figure.metric.unit, style) if figure.metric.key in targets else "",
        )
        for figure in figures
    ]
    return pa.Table.from_pylist([dict(zip(heads, row, strict=True)) for row in rows], schema=pa.schema([(head, pa.string()) for head in heads]))


def _value(result: Result | None, style: Style) -> str:
    if result is None:
        return say("kpi.not_in_files")
    return say("kpi.no_figure") if isinstance(result, Absent) else value_of(result, style)


def told_of(story: Story, style: Style) -> str:
    """What a story is about: its day, its customers, its metric and its tickets; empty where it says none."""
    parts = (
        day(date.fromisoformat(story.on), style) if story.on else "",
        story.cohort,
        METRICS[story.metric].title if story.metric in METRICS else "",
        say("kpi.story_tickets_line", tickets=", ".join(story.tickets)) if story.tickets else "",
    )
    return " · ".join(part for part in parts if part)
