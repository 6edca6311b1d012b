"""How a result is shown, the same on every page: the number with its doubt, its definition, its checks, its table and its code."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal, Protocol

import pyarrow as pa
import streamlit as st

from pages._parts import downloads, kept, presenting
from pages._parts.plain import plain
from pages._parts.presenting import discreet
from pages._parts.screen import narrow
from pages._parts.theme import palette
from roi_core.charts.theme import Drawn, specification
from roi_core.effects.titles import said_below
from roi_core.formulas import neutral_shown
from roi_core.ledger.finding import is_unclear
from roi_core.metrics import Benchmark, Better, Metric
from roi_core.metrics.words import rests_on, says_little, with_numbers
from roi_core.report.opened import Opened
from roi_core.results import Absent, Check, Effect, Estimate, Grade, Result, Rung
from roi_core.sentences import catalogue, say
from roi_core.show import Style, interval, number, show, value_of
from roi_core.sources import SOURCES
from roi_core.units import Unit

_GRADE_COLORS: dict[Grade, Literal["green", "blue", "orange", "gray"]] = {Grade.A: "green", Grade.B: "blue", Grade.C: "orange", Grade.D: "gray"}
_BEHIND = ("as_table", "the_code")
_SHORT = 30
_BETTER = {Better.HIGHER: "frame.better_higher", Better.LOWER: "frame.better_lower"}


def finding(title: str, text: str = "", grade: Grade | None = None) -> None:
    """The headline of a page: the finding in a sentence, its doubt below, and the word for how far to trust it."""
    st.title(plain(title), anchor=False)
    if text:
        st.markdown(plain(said_below(title, text)))
    if grade:
        badge(grade)


def badge(grade: Grade) -> None:
    """The word for how far a finding may be trusted."""
    st.badge(grade.word, color=_GRADE_COLORS[grade])


def card(
    title: str,
    result: Result,
    style: Style,
    *,
    metric: Metric | None = None,
    points: bool = False,
    compact: bool = False,
    note: str = "",
    open_range: bool = False,
    behind: Opened | None = None,
) -> None:
    """One number with its interval, and a `note` in words; `metric` opens its definition, `behind` what an amount is made of; both can be kept.

    An absent one says why and what would help. Its interval stands in place of its middle where nobody should take that for a
    finding: with `open_range` where it includes zero, and a share of very few.
    """
    with st.container(border=True, height="stretch"):
        if isinstance(result, Absent):
            st.caption(plain(title))
            absent(result)
        else:
            value, limits = value_of(result, style, points=points, compact=compact), interval(result, style, points=points, compact=compact)
            words = doubt(result, value, limits, style, open_range=open_range)
            st.metric(plain(title), plain(value if limits in words else limits))
            if words:
                st.caption(plain(words))
            if note:
                st.caption(plain(note))
        with st.container(horizontal=True):
            if metric:
                with st.popover(say("frame.definition"), type="tertiary"):
                    definition(metric, result, style)
                kept.offer("metric", metric.key)
            if behind:
                with st.popover(say("frame.definition"), type="tertiary"):
                    amount(title, behind)
                kept.offer("figure", behind.figure)


def amount(title: str, behind: Opened) -> None:
    """What an amount means, the numbers in its formula, and what it rests on."""
    st.markdown(f"**{plain(title)}**")
    st.markdown(plain(behind.meaning))
    if behind.parts:
        words([say("frame.part"), say("frame.amount")], behind.parts)
    if behind.rests_on:
        st.caption(plain(behind.rests_on))


def doubt(result: Estimate, middle: str, limits: str, style: Style, *, open_range: bool) -> str:
    """What stands under a number: its interval, or where that is the number itself, its middle; empty where there is no interval."""
    if not limits:
        return ""
    if open_range and is_unclear(result):
        return say("frame.interval_open", middle=middle)
    if says_little(result):
        return say("frame.interval_few", middle=middle, n=number(result.n, Unit.COUNT, style))
    return say("frame.interval", interval=limits)


def absent(result: Absent) -> None:
    """Why there is no number, and what would give one."""
    st.markdown(plain(result.reason))
    if result.next_step:
        st.caption(plain(result.next_step))


def definition(metric: Metric, result: Result | None, style: Style) -> None:
    """What a metric is: its reason, its formula, what this number rests on, what others reach, and who says so."""
    st.markdown(f"**{plain(metric.title)}**")
    st.markdown(plain(metric.reason))
    st.latex(metric.formula)
    if isinstance(result, Estimate):
        if counted := with_numbers(metric, result, style):
            st.markdown(plain(counted))
        st.caption(plain(rests_on(metric, result, style)))
    if metric.better in _BETTER:
        st.caption(say(_BETTER[metric.better]))
    if metric.benchmark:
        st.caption(plain(_elsewhere(metric.benchmark, metric.unit, style)))
    if SOURCES[metric.source].published:
        st.caption(plain(SOURCES[metric.source].citation))


def effect(found: Effect, style: Style, grade: Grade | None = None, *, keep: bool = True, said: str = "") -> None:
    """What stands under the sentence of a causal answer: its grade, its checks on one line, the drawer with everything behind it.

    What is `said` above is not said by the checks again.
    """
    for origin in () if presenting.on() else found.origins:
        st.caption(plain(origin))
    line = st.container(horizontal=True, vertical_alignment="center")
    with line:
        badge(grade or found.grade)
        checks_line(found.checks, said)
        if keep:
            kept.offer("effect", found.key)
    with drawer(say("frame.how_do_you_know"), f"{found.key}_how") as opened:
        if opened:
            _behind(found, style)


def _behind(found: Effect, style: Style) -> None:
    checks(found.checks)
    ladder(found.ladder, style)
    details = [(say(f"detail.{name}"), show(result, style)) for name, result in found.details.items() if f"detail.{name}" in catalogue()]
    words([say("frame.number"), say("frame.answer")], details)
    for note in found.notes:
        st.caption(plain(discreet(note)))


@contextmanager
def drawer(label: str, key: str, *, boxed: bool = False) -> Iterator[bool]:
    """A folded part of the page; what is in it is made only once it is opened. Gives whether it is open."""
    box = st.expander(plain(label), key=key, on_change="rerun", type="default" if boxed else "compact")
    with box:
        yield bool(box.open)


def checks_line(made: Sequence[Check], said: str = "") -> None:
    """One line such as `6 of 7 checks passed; the one to know: ...`, the first that does not stand in what is `said` above."""
    asked = [check for check in made if check.passed is not None]
    failed = [check for check in asked if not check.passed]
    skipped = [check for check in made if check.passed is None]
    line = say("frame.checks_none")
    if failed:
        passed, news = f"{sum(bool(check.passed) for check in asked)}", [check.text for check in failed if check.text not in said]
        counted = {"passed": passed, "asked": f"{len(asked)}"}
        line = say("frame.checks_some", **counted, text=news[0]) if news else say("frame.checks_few", **counted)
    elif asked:
        line = say("frame.checks_all", passed=f"{len(asked)}")
    more = say("frame.checks_skipped", skipped=f"{len(skipped)}") if asked and skipped else ""
    st.caption(plain(f"{line} {more}"))


def checks(made: Sequence[Check]) -> None:
    """Every check as a row: its outcome in a word, and its sentence."""
    outcomes = {True: "frame.passed", False: "frame.failed", None: "frame.impossible"}
    words([say("frame.outcome"), say("frame.check")], [(say(outcomes[check.passed]), check.text) for check in made])


def ladder(rungs: Sequence[Rung], style: Style) -> None:
    """The ways of asking the same question: plain title, the field's term, the answer, and which one is ours."""
    heads = [say("frame.way"), say("frame.term"), say("frame.answer"), say("frame.role")]
    words(heads, [(rung.title, rung.term, show(rung.result, style, points=_is_share(rung.result)), role(rung)) for rung in rungs])


class Chart(Protocol):
    """A file of `roi_core.charts`: its picture, its finding in words, its numbers."""

    def draw(self, *shown: Any, **how: Any) -> Drawn:
        """The picture."""

    def describe(self, *shown: Any) -> str:
        """The finding in words."""

    def table(self, *shown: Any) -> pa.Table:
        """The numbers."""


def chart(kind: Chart, *shown: Any, style: Style, code: str, name: str, half: bool = False) -> None:
    """A chart with its finding as alternative text, or the reason why there is none; its numbers and its code one click below.

    `name` is unique on the page: it names the widgets and the downloaded file. `half` is for a chart beside another one.
    """
    if picture(kind, *shown, style=style, name=name, half=half):
        below(lambda: kind.table(*shown, style), code, name)


def picture(kind: Chart, *shown: Any, style: Style, name: str, half: bool = False) -> bool:
    """A chart alone, its finding as alternative text, or the reason why there is none. Gives whether there is one."""
    drawn = kind.draw(*shown, palette(), style=style, narrow=half or narrow())
    if isinstance(drawn, Absent):
        absent(drawn)
        return False
    st.vega_lite_chart(specification(drawn), width="stretch", key=f"{name}_chart", alt=kind.describe(*shown, style))
    return True


def below(rows: Callable[[], pa.Table], code: str, name: str) -> None:
    """*Show as table* and *Show the code* on one line; the one that is chosen opens under it."""
    label = say("frame.behind")
    chosen = st.pills(label, _BEHIND, format_func=lambda part: say(f"frame.show_{part}"), key=f"{name}_behind", label_visibility="collapsed")
    if chosen == "as_table":
        numbers = rows()
        table(numbers)
        downloads.table(numbers, name)
    elif chosen == "the_code":
        st.code(code, language="python")


def table(rows: pa.Table) -> None:
    """Numbers. A short table is wrapped and never cut; a long one scrolls, and its cells are shown as they are, never read as markup."""
    if rows.num_rows <= _SHORT:
        words(rows.column_names, [[str(cell) for cell in row.values()] for row in rows.to_pylist()])
    else:
        downloads.scrolling(rows)


def words(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table of sentences, wrapped and never cut; copied into a spreadsheet no cell of it runs."""
    if rows:
        head = f"| {' | '.join(plain(neutral_shown(head)) for head in heads)} |\n| {' | '.join('---' for _ in heads)} |\n"
        body = "\n".join(f"| {' | '.join(plain(neutral_shown(cell)) for cell in row)} |" for row in rows)
        st.markdown(f"{head}{body}")


def _is_share(result: Result) -> bool:
    return isinstance(result, Estimate) and result.unit is Unit.FRACTION


class Ranked(Protocol):
    """A way of asking, with or without its answer."""

    @property
    def default(self) -> bool:
        """Whether it is ours."""

    @property
    def struck_out(self) -> bool:
        """Whether it is shown struck out."""


def role(rung: Ranked) -> str:
    """What a way of asking is to us; empty for the usual one."""
    if rung.struck_out:
        return say("frame.struck_way")
    return say("frame.default_way") if rung.default else ""


def _elsewhere(benchmark: Benchmark, unit: Unit, style: Style) -> str:
    low, high = number(benchmark.low, unit, style), number(benchmark.high, unit, style)
    return say("frame.benchmark", low=low, high=high, population=benchmark.population, year=str(benchmark.year), source=SOURCES[benchmark.source].citation)
