"""What was answered: a frozen mapping over everything declared, checked on the way in."""

import math
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from roi_core.assumptions.declared import DECLARED, Assumption
from roi_core.errors import AssumptionRefused
from roi_core.units import Unit


@dataclass(frozen=True, slots=True)
class Range:
    """A typed number with its doubt: lowest, most likely, highest (drawn as PERT)."""

    low: float
    likely: float
    high: float


@dataclass(frozen=True, slots=True)
class Correlation:
    """Rank correlation between two typed ranges, by a Gaussian copula. Unnamed pairs are drawn independently."""

    between: tuple[str, str]
    rho: float

    def __post_init__(self) -> None:
        for key in self.between:
            declared(key)
        if not -1.0 <= self.rho <= 1.0:
            raise AssumptionRefused.value("correlation", self.rho, "a number from -1 to 1")


Value = float | bool | str | Range | None


@dataclass(frozen=True, slots=True)
class Assumptions(Mapping[str, Value]):
    """Answers over defaults. Equal answers are equal objects, so results can be kept by them.

    `given` holds what was answered, sorted by key; everything else has its declared default.
    """

    given: tuple[tuple[str, Value], ...] = ()
    correlations: tuple[Correlation, ...] = ()

    @classmethod
    def of(cls, answers: Mapping[str, Any] | None = None) -> "Assumptions":
        """Checked answers; None or a missing key leaves the default. Raises AssumptionRefused."""
        if isinstance(answers, Assumptions):
            return answers
        checked = {key: _checked(declared(key), value) for key, value in (answers or {}).items() if value is not None}
        return cls(tuple(sorted(checked.items(), key=lambda item: item[0])))

    @classmethod
    def from_toml(cls, file: Path | str) -> "Assumptions":
        """Answers of a TOML file (`gross_margin = 0.75`; a range is `[0.7, 0.75, 0.8]`). Raises AssumptionRefused, OSError."""
        path = Path(file)
        try:
            answers = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise AssumptionRefused.value("file", path.name, f"TOML text ({error})") from None
        pairs = answers.pop("correlation", [])
        return cls(cls.of(answers).given, tuple(_correlation(pair) for pair in pairs))

    def as_json(self) -> dict[str, Any]:
        """What was answered, as `of` takes it; a range is its three numbers."""
        return {key: [value.low, value.likely, value.high] if isinstance(value, Range) else value for key, value in self.given}

    def replace(self, **answers: Any) -> "Assumptions":
        """These answers over the ones held; None goes back to the default. Raises AssumptionRefused."""
        return Assumptions(self.of(dict(self.given) | answers).given, self.correlations)

    def number(self, key: str) -> float | None:
        """The number, or the most likely one of a range, or None where the question is open."""
        value = self[key]
        likely = value.likely if isinstance(value, Range) else value
        return None if likely is None else float(likely)

    def switch(self, key: str) -> bool:
        """The answer to a question of yes or no."""
        return bool(self[key])

    def typed(self, key: str) -> bool:
        """Whether it was answered, rather than left at its default."""
        return any(key == answered for answered, _ in self.given)

    @property
    def ranges(self) -> tuple[tuple[str, Range], ...]:
        """All answers that are a range, sorted by key."""
        return tuple((key, value) for key, value in self.given if isinstance(value, Range))

    def __getitem__(self, key: str) -> Value:
        return dict(self.given).get(key, declared(key).default)

    def __iter__(self) -> Iterator[str]:
        return iter(DECLARED)

    def __len__(self) -> int:
        return len(DECLARED)

    def __contains__(self, key: object) -> bool:
        return key in DECLARED


def declared(key: str) -> Assumption:
    """The declaration of a key. Raises AssumptionRefused naming the nearest key."""
    if key not in DECLARED:
        raise AssumptionRefused.unknown(key, get_close_matches(key, DECLARED, n=1, cutoff=0.0)[0])
    return DECLARED[key]


def _checked(assumption: Assumption, value: Any) -> Value:
    if assumption.switch:
        return _switch(assumption, value)
    if assumption.unit is Unit.TEXT:
        return _code(assumption, value)
    if isinstance(value, Range):
        value = (value.low, value.likely, value.high)
    if isinstance(value, list | tuple):
        return _range(assumption, value)
    return _number(assumption, value)


def _switch(assumption: Assumption, value: Any) -> bool:
    if not isinstance(value, bool):
        raise AssumptionRefused.value(assumption.key, value, assumption.allowed)
    return value


def _code(assumption: Assumption, value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[A-Z]{3}", value):
        raise AssumptionRefused.value(assumption.key, value, assumption.allowed)
    return value


def _number(assumption: Assumption, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or not assumption.low <= value <= assumption.high:
        raise AssumptionRefused.value(assumption.key, value, assumption.allowed)
    return float(value)


def _range(assumption: Assumption, values: Any) -> Value:
    if len(values) != 3:
        raise AssumptionRefused.value(assumption.key, list(values), assumption.allowed)
    low, likely, high = (_number(assumption, value) for value in values)
    if not low <= likely <= high:
        raise AssumptionRefused.value(assumption.key, list(values), "lowest, most likely and highest in this order")
    return Range(low, likely, high) if low < high else likely


def _correlation(pair: Any) -> Correlation:
    match pair:
        case {"between": [str(first), str(second)], "rho": float() | int() as rho}:
            return Correlation((first, second), float(rho))
    raise AssumptionRefused.value("correlation", pair, 'a table such as between = ["agents", "tools_per_year"], rho = 0.5')
