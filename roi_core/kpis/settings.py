"""What a reader decides about key figures, as the work keeps it: what is shown, targets, what was agreed, and stories."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Self

from roi_core.kpis.choice import FIRST, SETS
from roi_core.kpis.periods import PERIODS
from roi_core.metrics import METRICS, Calendar, Metric
from roi_core.units import Unit

VIEW, TARGETS, AGREED, STORIES = "kpi_view", "kpi_targets", "kpi_agreed", "kpi_stories"
"""Under which names a work keeps them."""
MOST_AGREED = 4
_PERCENT = 100.0


@dataclass(frozen=True, slots=True)
class View:
    """What is shown: a set of `choice.SETS`, the reader's own figures, the period, and how periods begin (None: as the reader's locale says)."""

    shown: str = FIRST
    period: str = "month"
    own: tuple[str, ...] = ()
    week_start: int | None = None
    fiscal_start: int = 1

    @classmethod
    def of(cls, kept: Mapping[str, Any] | None) -> Self:
        """From what `as_json` gave. Raises ValueError, TypeError where it is none."""
        view = cls(**{**(kept or {}), "own": tuple((kept or {}).get("own", ()))})
        if view.shown not in SETS or view.period not in PERIODS or not all(isinstance(key, str) for key in view.own):
            raise ValueError(f"view == {kept}, must be a set, a period and keys")
        view.calendar(0)
        return view

    def as_json(self) -> dict[str, Any]:
        """For the work."""
        return asdict(self)

    def calendar(self, week_start: int) -> Calendar:
        """How periods begin, with the reader's own start of the week where none was chosen. Raises ValueError."""
        return Calendar(week_start if self.week_start is None else self.week_start, self.fiscal_start)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Which figures were agreed on, by whom, and on which day (ISO 8601)."""

    metrics: tuple[str, ...]
    who: str
    on: str

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """From what `as_json` gave. Raises ValueError, TypeError, KeyError."""
        date.fromisoformat(kept["on"])
        return cls(tuple(map(str, kept["metrics"])), str(kept["who"]), kept["on"])

    def as_json(self) -> dict[str, Any]:
        """For the work."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Story:
    """A note pinned to a metric (its key), a day (ISO 8601) or a group of customers (in words), with the tickets that tell it.

    `metric` empty: to all of them; `on` empty: to no day.
    """

    text: str
    on: str = ""
    metric: str = ""
    cohort: str = ""
    tickets: tuple[str, ...] = field(default=())

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """From what `as_json` gave. Raises ValueError, TypeError, KeyError."""
        if kept.get("on"):
            date.fromisoformat(kept["on"])
        texts = {name: str(kept.get(name, "")) for name in ("on", "metric", "cohort")}
        return cls(str(kept["text"]), tickets=tuple(map(str, kept.get("tickets", ()))), **texts)

    def as_json(self) -> dict[str, Any]:
        """For the work."""
        return asdict(self)

    def tells_of(self, metric: Metric) -> bool:
        """Whether it belongs to a metric."""
        return self.metric in ("", metric.key)


def agreements(kept: Sequence[Mapping[str, Any]] | None) -> tuple[Agreement, ...]:
    """All that was agreed, the last one last."""
    return tuple(Agreement.of(one) for one in kept or ())


def stories(kept: Sequence[Mapping[str, Any]] | None) -> tuple[Story, ...]:
    """All stories in the order in which they were written."""
    return tuple(Story.of(one) for one in kept or ())


def targets(kept: Mapping[str, Any] | None) -> dict[str, float]:
    """Targets by key of the metric, in its unit. Raises ValueError, TypeError."""
    return {str(key): float(value) for key, value in (kept or {}).items()}


def agree(before: Sequence[Agreement], metrics: Collection[str], who: str, on: date) -> tuple[Agreement, ...]:
    """With one more agreement; the same figures by the same people are none. Raises ValueError for none or more than four figures, or nobody."""
    keys = tuple(key for key in metrics if key in METRICS)
    if not 0 < len(keys) <= MOST_AGREED or not who.strip():
        raise ValueError(f"agreed == {len(keys)} by {who!r}, must be 1 to {MOST_AGREED} by somebody")
    now = Agreement(keys, who.strip(), on.isoformat())
    return tuple(before) if before and replace(before[-1], on=now.on) == now else (*before, now)


def typed(metric: Metric, target: float | None) -> float | None:
    """A target as it is typed: a share in percent."""
    return target if target is None or metric.unit is not Unit.FRACTION else round(target * _PERCENT, 6)


def of_typed(metric: Metric, text: float | None) -> float | None:
    """A target of what was typed."""
    return text if text is None or metric.unit is not Unit.FRACTION else text / _PERCENT
