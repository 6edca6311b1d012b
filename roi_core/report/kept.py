"""Findings that a reader kept: what was said then, and what the files and answers of now say of the same.

A finding is of one kind: `effect` (key of an effect), `metric` (key of a metric), `figure` (a key of FIGURES), `dose`
(`satisfaction` or `by_contacts`), `headline`, or `scenario` (what was moved).
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from types import MappingProxyType
from typing import Any, Self

from roi_core.effects.titles import dose_title, effect_title
from roi_core.errors import AssumptionRefused
from roi_core.measured import Dose
from roi_core.metrics import METRICS
from roi_core.results import Absent, Result
from roi_core.scenarios import Scenario, run_scenario
from roi_core.sentences import say
from roi_core.show import Style, show
from roi_core.valuation import Valued

FIGURES: Mapping[str, Callable[[Valued], Result]] = MappingProxyType(
    {
        "overview.kept": lambda valued: valued.total.benefit,
        "overview.spent": lambda valued: valued.total.spent,
        "overview.break_even": lambda valued: valued.break_even,
        "overview.covered": lambda valued: valued.coverage,
        "overview.returned": lambda valued: valued.roi.roi_percent,
        "value.kept": lambda valued: valued.total.benefit,
        "value.sign": lambda valued: valued.net,
        "value.roi": lambda valued: valued.roi.roi_percent,
        "value.per_unit": lambda valued: valued.roi.value_per_unit_spent,
        "value.net": lambda valued: valued.roi.net_benefit,
    }
)
"""The amounts that stand on a card of a page, by the key of their label."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a result says: a title, its sentence or number, and its value with both limits (none where there is no number)."""

    title: str
    text: str
    numbers: tuple[float | None, ...] = ()

    def differs(self, other: "Said") -> bool:
        """Whether the number is another one; without one, the reason. The way of writing numbers plays no part."""
        return self.numbers != other.numbers or (not self.numbers and self.text != other.text)


@dataclass(frozen=True, slots=True)
class KeptFinding:
    """One of them: which result, the reader's note, the day on which it was kept (ISO 8601), what it said then, and what a scenario moved."""

    kind: str
    key: str
    note: str
    kept_on: str
    then: Said
    moved: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """From what `as_json` gave."""
        then = kept["then"]
        return cls(**{**kept, "then": Said(then["title"], then["text"], tuple(then["numbers"]))})

    def as_json(self) -> dict[str, Any]:
        """For the workspace."""
        return asdict(self)


def say_of(valued: Valued, kind: str, key: str, style: Style, moved: Mapping[str, float] | None = None) -> Said:
    """What a result says on these files and answers; in words where they do not hold it any more."""
    said = _scenario(valued, moved or {}, style) if kind == "scenario" else _found(valued, kind, key, style)
    return said or Said(say("findings.gone"), say("findings.gone_why"))


def _found(valued: Valued, kind: str, key: str, style: Style) -> Said | None:
    measured = valued.measured
    match kind:
        case "headline":
            return _said(valued.headline.title, valued.headline.text, valued.total.benefit)
        case "effect" if found := valued.effects.get(key):
            return _said(effect_title(found), found.sentence, found.result)
        case "metric" if key in METRICS and (result := measured.metrics.get(key)):
            return _said(METRICS[key].title, show(result, style), result)
        case "figure" if key in FIGURES:
            return _said(say(key), show(FIGURES[key](valued), style, compact=True), FIGURES[key](valued))
        case "dose" if isinstance(dose := {"satisfaction": measured.satisfaction, "by_contacts": measured.by_contacts}.get(key), Dose):
            return _said(dose_title(dose), dose.sentence, dose.correlation)
    return None


def _scenario(valued: Valued, moved: Mapping[str, float], style: Style) -> Said | None:
    try:
        change = run_scenario(valued.measured, Scenario(**moved), valued.assumptions, style=style).change
    except AssumptionRefused as error:
        return Said(say("findings.scenario"), str(error))
    return None if change is None else _said(say("findings.scenario"), change.finding, change.a_year)


def _said(title: str, text: str, result: Result) -> Said:
    return Said(title, text, () if isinstance(result, Absent) else (result.value, result.low, result.high))
