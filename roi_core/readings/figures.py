"""The headline figures of an answer: what a reader remembers of it, and asks about when it is another one later."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from roi_core.metrics import METRICS
from roi_core.results import Absent, Estimate, Result, as_json, of_json
from roi_core.sentences import say
from roi_core.valuation import Valued

LEAVING = "leaving"
WATCHED = ("monthly_churn", "monthly_revenue", "contacts_a_month", "first_contact_resolution", "csat_satisfied")
_SAME = 1e-9
"""Two numbers this near to each other, as a share of them, are one number that was added up in another order."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One of them, as it was shown: its key, its title, the value with its interval or why there is none."""

    key: str
    title: str
    result: Result

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """From what `as_json` gave. Raises KeyError, ValueError where it is none."""
        return cls(kept["key"], kept["title"], of_json(kept["result"]))

    def as_json(self) -> dict[str, Any]:
        """As a reading keeps it."""
        return {"key": self.key, "title": self.title, "result": as_json(self.result)}


def figures_of(valued: Valued) -> tuple[Figure, ...]:
    """In the order in which Overview tells them; amounts of the months compared as a year, since other files have more of these months.

    Reasons and next steps are one text, as they are kept.
    """
    told = {
        LEAVING: (say("overview.effect"), valued.measured.main_effect.result),
        "kept_a_year": (valued.kept_title, valued.a_year(valued.total.benefit)),
        "spent_a_year": (say("changes.spent_a_year"), valued.a_year(valued.total.spent)),
        "returned": (say("overview.returned"), valued.roi.roi_percent),
        "break_even": (say("overview.break_even"), valued.break_even),
    }
    told |= {key: (METRICS[key].title, valued.measured.metrics[key]) for key in WATCHED if key in valued.measured.metrics}
    return tuple(Figure(key, title, of_json(as_json(result))) for key, (title, result) in told.items())


def alike(one: Result, other: Result) -> bool:
    """Whether two results say the same."""
    if isinstance(one, Absent) or isinstance(other, Absent):
        return one == other
    return one.unit == other.unit and all(_alike(a, b) for a, b in zip(_numbers(one), _numbers(other), strict=True))


def _numbers(result: Estimate) -> tuple[float | None, ...]:
    return result.value, result.low, result.high


def _alike(one: float | None, other: float | None) -> bool:
    return one == other if one is None or other is None else math.isclose(one, other, rel_tol=_SAME, abs_tol=1e-12)
