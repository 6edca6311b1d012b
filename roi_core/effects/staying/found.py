"""What is found: a curve for each group, whether the groups differ, and the triangle of cohorts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from roi_core.results import Absent, Result, as_json

MARKS = (6, 12, 24)
"""Months after which shares are told."""


@dataclass(frozen=True, slots=True)
class Group:
    """`name` is "" for everybody. `curve` and `at_risk` are those of month 0 to H: shares with pointwise 95 % limits, and customers still followed.

    `ended` are those who left (in a shop: ordered again). `after` is the share after each of `MARKS`, `months` the mean of the first
    months that a customer stayed (in a shop: waited), restricted to the longest of `MARKS` that every group reaches.
    """

    name: str
    customers: int
    ended: int
    curve: tuple[Result, ...]
    at_risk: tuple[int, ...]
    after: Mapping[int, Result]
    months: Result


@dataclass(frozen=True, slots=True)
class Cohort:
    """Customers who began in one month (month number): the share still there by the end of that month and of each whole one after it, with Wilson limits."""

    month: int
    customers: int
    shares: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class Staying:
    """`by` is what parts the groups, "" for everybody, who alone have `cohorts`.

    `reached` is the last month that all groups reach. `p` is that of the log-rank test over the months until then, None for one group and where
    nobody left while two were watched, `q` the same among all partings. `within` are the months to which the mean months are restricted, None where
    not all groups reach six. `apart` counts customers of groups that are too small or too many to be shown, and of none, `start_unknown` those whose
    start nobody knows. `of_today` says that the groups are those of the list today. In a shop shares are of those who ordered again.
    """

    by: str
    groups: tuple[Group, ...]
    reached: int
    within: int | None
    p: float | None
    q: float | None
    apart: int
    cohorts: tuple[Cohort, ...]
    sentence: str
    start_unknown: int = 0
    of_today: bool = False


def staying_as_json(found: Mapping[str, Staying] | Absent) -> dict[str, Any]:
    """By what the groups are parted ("everybody"), their shares after the months that are told; the reason where nobody can be followed."""
    if isinstance(found, Absent):
        return {"absent": found.reason}
    return {by or "everybody": _staying_as_json(one) for by, one in found.items()}


def _staying_as_json(found: Staying) -> dict[str, Any]:
    groups = list(map(_group_as_json, found.groups))
    return {"sentence": found.sentence, "log_rank_p": found.p, "log_rank_q": found.q, "groups": groups, "groups_of_today": found.of_today}


def _group_as_json(group: Group) -> dict[str, Any]:
    after = {f"{month}": as_json(share) for month, share in group.after.items()}
    return {"name": group.name, "customers": group.customers, "ended": group.ended, "after_months": after, "mean_months": as_json(group.months)}
