"""What every stage hands on: an estimate with its doubt, or the reason why there is none.

Signs: an effect on churn is treated minus control, so a negative value means that support helped.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import NormalDist
from typing import Any

from roi_core.units import Unit

_Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class Counted:
    """What a key figure was counted from: `top` over `bottom` (None where nothing is divided), in months of the files, both included."""

    top: float | None
    bottom: float
    first_month: int
    last_month: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its interval, how many it rests on, and how it was made.

    `low` and `high` are the 95 % limits; both are None only where an interval has no meaning (a plain count).
    `n` counts customers where customers are the unit of independence, else rows. `counted` is there for a key figure of all rows.
    """

    value: float
    low: float | None
    high: float | None
    n: int
    method: str
    unit: Unit
    counted: Counted | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        numbers = [x for x in (self.value, self.low, self.high) if x is not None]
        if not all(math.isfinite(x) for x in numbers):
            raise ValueError(f"estimate {numbers} must be finite; where there is no number, hand on Absent")
        if (self.low is None) != (self.high is None):
            raise ValueError("an interval has both limits or none")

    @property
    def standard_error(self) -> float | None:
        """Half of the width of the interval in units of z; None without an interval."""
        return None if self.low is None or self.high is None else (self.high - self.low) / (2 * _Z)


@dataclass(frozen=True, slots=True)
class Absent:
    """No number, and why; `next_step` says what would give one."""

    reason: str
    next_step: str = ""


Result = Estimate | Absent


class Grade(StrEnum):
    """How far a number may be trusted (method: grades). The letter goes to JSON and finance, the word to the screen."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"

    @property
    def word(self) -> str:
        """The word shown on screen."""
        return {"A": "Tested", "B": "Compared", "C": "Indicated", "D": "Assumed"}[self.value]

    def capped(self, at: "Grade") -> "Grade":
        """The same grade, but never better than `at`."""
        return max(self, at)


@dataclass(frozen=True, slots=True)
class Check:
    """One gate or alarm: passed, failed, or (None) not possible with these files. `text` is a whole sentence."""

    name: str
    passed: bool | None
    text: str


@dataclass(frozen=True, slots=True)
class Rung:
    """One way of asking the same question; the ladder of an effect holds several. `other_question`: stands beside them and is no part of their range."""

    key: str
    title: str
    term: str
    result: Result
    default: bool = False
    struck_out: bool = False
    other_question: bool = False


@dataclass(frozen=True, slots=True)
class Episodes:
    """Which contacts an effect speaks for: what money is multiplied with.

    `treated` eligible treated episodes, `control` comparison rows, `customers` independent customers,
    `overlap_mass` the sum over treated episodes of (1 - propensity), `contacts` all contacts of the period,
    `first_month` and `last_month` month numbers (year * 12 + month - 1), both included.
    `contacts_treated` are the contacts that the treated episodes are made of, `contacts_overlap` each by (1 - propensity); None where each is one.
    """

    treated: int
    control: int
    customers: int
    overlap_mass: float
    contacts: int
    first_month: int
    last_month: int
    contacts_treated: float | None = None
    contacts_overlap: float | None = None

    def covered(self, estimand: str) -> float:
        """The contacts that an estimate speaks for: those of all treated episodes under ATT, by their overlap under ATO."""
        held, episodes = (self.contacts_treated, float(self.treated)) if estimand == "ATT" else (self.contacts_overlap, self.overlap_mass)
        return episodes if held is None else held


@dataclass(frozen=True, slots=True)
class Effect:
    """One causal contrast on one outcome: the estimate, what it may be called, its checks and its sentence.

    `key` is `<contrast>.<outcome>_<months>m`. `estimand` is ATO, ATT or ATE. `details` holds what the drawer shows
    (raw shares, E-value, effective sample sizes) as results by name. `origins` say of a refusal from which columns and files it was read:
    they name files, so they are shown beside the sentence and kept nowhere.
    """

    key: str
    result: Result
    estimand: str
    grade: Grade
    sentence: str
    checks: tuple[Check, ...] = ()
    ladder: tuple[Rung, ...] = ()
    episodes: Episodes | None = None
    details: Mapping[str, Result] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()


def as_json(result: Result) -> dict[str, Any]:
    """A result as the public JSON: value, low, high, n, unit, method; or absent with its reason."""
    if isinstance(result, Absent):
        reason = f"{result.reason} {result.next_step}".strip()
        return {"absent": reason}
    return {
        "value": result.value,
        "low": result.low,
        "high": result.high,
        "n": result.n,
        "unit": str(result.unit),
        "method": result.method,
    }


@dataclass(frozen=True, slots=True)
class Curves:
    """Standardised survival after time zero, by month 0..H: supported and comparable customers, with pointwise 95 % limits.

    `at_risk` are the rows of both groups that were still there at each month, unweighted; empty where they are not known.
    """

    months: tuple[int, ...]
    supported: tuple[Result, ...]
    control: tuple[Result, ...]
    at_risk: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Leaving:
    """Shares of customers who have left in each way by month 0..H after they started, by kind of leaving, with pointwise 95 % limits.

    `at_risk` are the customers who were still followed at each month.
    """

    months: tuple[int, ...]
    shares: Mapping[str, tuple[Result, ...]]
    at_risk: tuple[int, ...]
    sentence: str


def of_json(kept: Mapping[str, Any]) -> Result:
    """A result out of what `as_json` gave. Raises KeyError, ValueError where it is none."""
    if "absent" in kept:
        return Absent(str(kept["absent"]))
    return Estimate(kept["value"], kept["low"], kept["high"], kept["n"], kept["method"], Unit(kept["unit"]))


def effect_as_json(effect: Effect) -> dict[str, Any]:
    """An effect as the public JSON of `support-roi analyse`."""
    return {
        "estimate": as_json(effect.result),
        "estimand": effect.estimand,
        "grade": str(effect.grade),
        "grade_word": effect.grade.word,
        "checks": [{"name": c.name, "passed": c.passed, "text": c.text} for c in effect.checks],
        "sentence": effect.sentence,
        "notes": list(effect.notes),
        "origins": list(effect.origins),
        "details": {name: as_json(result) for name, result in effect.details.items()},
        "ladder": [_rung_as_json(rung) for rung in effect.ladder],
    }


def _rung_as_json(rung: Rung) -> dict[str, Any]:
    result = as_json(rung.result)
    answer = {"absent": result["absent"]} if "absent" in result else {"estimate": result}
    return {
        "rung": rung.title,
        "key": rung.key,
        "term": rung.term,
        **answer,
        **{name: getattr(rung, name) for name in ("default", "struck_out", "other_question")},
    }
