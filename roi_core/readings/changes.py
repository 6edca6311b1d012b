"""What changed since a reading: each headline figure old and new, with the share of every cause, computed anew and not guessed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from roi_core.errors import SupportRoiError
from roi_core.measured import Measured
from roi_core.readings.figures import Figure, alike, figures_of
from roi_core.readings.inputs import Inputs, Measure
from roi_core.readings.reading import Reading
from roi_core.readings.restated import Restated, new_months, restated
from roi_core.readings.steps import OF_FILES, Step, steps
from roi_core.results import Absent, Estimate, Result
from roi_core.sentences import say
from roi_core.show import DEFAULT, Style
from roi_core.valuation import value

Shown = Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Part:
    """What one cause did to one figure."""

    step: Step
    before: Result
    now: Result


@dataclass(frozen=True, slots=True)
class Moved:
    """One headline figure then and now, and the causes that moved it, in order. `within_chance`: other rows moved it no further than chance does."""

    key: str
    title: str
    before: Result
    now: Result
    parts: tuple[Part, ...]
    within_chance: bool

    @property
    def is_another(self) -> bool:
        """Whether it is not what it was."""
        return not alike(self.before, self.now)


@dataclass(frozen=True, slots=True)
class Changes:
    """Since `since`: all headline figures, in order; the causes at work; restated numbers; months that are new."""

    since: Reading
    figures: tuple[Moved, ...]
    steps: tuple[Step, ...]
    restated: tuple[Restated, ...] = ()
    months: tuple[int, ...] = ()

    @property
    def moved(self) -> tuple[Moved, ...]:
        """Figures that are others now."""
        return tuple(figure for figure in self.figures if figure.is_another)


def compared(since: Reading, now: Reading) -> Changes:
    """Old and new of each headline figure as both were told, without causes: nothing is computed."""
    before = _by_key(since.figures)
    return Changes(since, tuple(Moved(one.key, one.title, _result(before, one.key), one.result, (), within_chance=False) for one in now.figures), ())


def changes(since: Reading, now: Reading, measure: Measure, known: Collection[str], style: Style = DEFAULT) -> Changes:
    """The way from one reading to the other. `known` are digests of tables that are still kept; of others release and files cannot be told apart."""
    here = since.inputs.tables in known
    then = _measured(replace(since.inputs, release=now.inputs.release), measure) if here and since.inputs.tables != now.inputs.tables else None
    today = _measured(replace(since.inputs, release=now.inputs.release, tables=now.inputs.tables), measure) if then else None
    goes_on = bool(then and today and then.seen_s and today.seen_s and today.seen_s > then.seen_s)
    way = steps(since.inputs, now.inputs, known, style, seen_s=then.seen_s if then and today and today.seen_s else None, goes_on=goes_on)
    shown = [_by_key(since.figures), *(_figures(step.inputs, measure) for step in way[:-1]), _by_key(now.figures)]
    moved = tuple(_moved(figure, shown, way) for figure in now.figures)
    counts = (then.months, today.months) if then and today else ((), ())
    return Changes(since, moved, way, restated(*counts), new_months(*counts))


def _measured(inputs: Inputs, measure: Measure) -> Measured | None:
    try:
        return measure(inputs)
    except SupportRoiError:
        return None


def _figures(inputs: Inputs, measure: Measure) -> Shown | Absent:
    """The headline figures of a step; why there are none where these inputs give no answer."""
    try:
        return _by_key(figures_of(value(measure(inputs), inputs.assumptions)))
    except SupportRoiError as error:
        return Absent(str(error))


def _by_key(figures: Collection[Figure]) -> Shown:
    return {figure.key: figure for figure in figures}


def _moved(figure: Figure, shown: list[Shown | Absent], way: tuple[Step, ...]) -> Moved:
    results = [_result(figures, figure.key) for figures in shown]
    if not way:
        return Moved(figure.key, figure.title, results[0], results[-1], (), within_chance=False)
    parts = tuple(Part(step, before, now) for step, before, now in zip(way, results, results[1:], strict=False) if not alike(before, now))
    return Moved(figure.key, figure.title, results[0], results[-1], parts, _is_within_chance(parts))


def _result(figures: Shown | Absent, key: str) -> Result:
    if isinstance(figures, Absent):
        return figures
    return figures[key].result if key in figures else Absent(say("changes.not_told"))


def _is_within_chance(parts: tuple[Part, ...]) -> bool:
    """Whether other rows moved the figure, and each of its two ranges holds the other's value. Both share most rows, so this is not a test."""
    of_files = [part for part in parts if part.step.cause in OF_FILES]
    if not of_files:
        return False
    before, now = of_files[0].before, of_files[-1].now
    return isinstance(before, Estimate) and isinstance(now, Estimate) and _holds(before, now.value) and _holds(now, before.value)


def _holds(result: Estimate, value: float) -> bool:
    return result.low is not None and result.high is not None and result.low <= value <= result.high
