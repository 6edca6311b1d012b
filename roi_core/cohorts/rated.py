"""Who gave which score when: ratings that customers gave before they left."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from roi_core.cohorts import follow
from roi_core.spine import calendar
from roi_core.spine.facts import Facts, booleans, integers, numbers

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
_USUAL_TOP = 5.0


@dataclass(frozen=True, slots=True)
class OneScale:
    """Scores as answered on the scale that most ratings have, which goes to `top`, nan without one; `elsewhere` counts those on others.

    `score` is of contacts, (contacts,); `by_customer` of answers that are of no ticket, (answers,).
    """

    score: Floats
    by_customer: Floats
    top: float
    elsewhere: int


@dataclass(frozen=True, slots=True)
class Ratings:
    """Ratings in the order in which they were given, shapes (n,).

    `ticket` is the row of the contact in `Facts.contacts`, -1 where the answer is of no ticket, `at` when it was answered (epoch seconds) and `month`
    the month number of that. `score` is as answered, nan where that was not on the scale that most ratings have; `stretched` is of any scale
    from 0 to 1, nan where that cannot be told.
    `after_leaving` counts ratings that were answered with or after leaving.
    """

    ticket: Ints
    customer: Ints
    at: Ints
    month: Ints
    score: Floats
    stretched: Floats
    after_leaving: int

    def take(self, rows: Ints | NDArray[np.bool_]) -> Self:
        """Some of them."""
        ints = {name: getattr(self, name)[rows] for name in ("ticket", "customer", "at", "month")}
        return replace(self, **ints, score=self.score[rows], stretched=self.stretched[rows])

    @property
    def firsts(self) -> Ints:
        """The first rating of each customer, (customers,)."""
        return np.unique(self.customer, return_index=True)[1]


def on_one_scale(facts: Facts) -> OneScale:
    """The scores that can be compared as they stand: a 5 of 5 is no 5 of 10. Of several scales as common as each other the shortest."""
    score, scale = (np.concatenate([numbers(table, name) for table in (facts.contacts, facts.answers)]) for name in ("csat_raw", "csat_scale"))
    scale = np.where(np.isnan(scale), _USUAL_TOP, scale)
    tops, counts = np.unique(scale[np.isfinite(score)], return_counts=True)
    top = float(tops[counts.argmax()]) if len(tops) else _USUAL_TOP
    kept = np.where(scale == top, score, np.nan)
    n = facts.contacts.num_rows
    return OneScale(kept[:n], kept[n:], top, int(counts[tops != top].sum()))


def ratings_of(facts: Facts) -> Ratings:
    """Every rating that a customer gave while they were one, of a contact or of none; those of contacts that ask to cancel are none."""
    contacts, answers, scale = facts.contacts, facts.answers, on_one_scale(facts)
    ticket = np.flatnonzero(np.isfinite(numbers(contacts, "csat_raw")) & ~booleans(contacts, "asks_to_cancel"))
    at = np.concatenate([_answered(facts)[ticket], integers(answers, "rated_s")])
    given = Ratings(
        ticket=np.concatenate([ticket, np.full(answers.num_rows, -1)]),
        customer=np.concatenate([integers(contacts, "customer_no")[ticket], integers(answers, "customer_no")]),
        at=at,
        month=calendar.months_of(at),
        score=np.concatenate([scale.score[ticket], scale.by_customer]),
        stretched=np.concatenate([numbers(contacts, "csat")[ticket], numbers(answers, "csat")]),
        after_leaving=0,
    )
    before = follow.churn_seconds(facts)[given.customer] > at
    order = np.argsort(at, kind="stable")
    return replace(given.take(order[before[order]]), after_leaving=int((~before).sum()))


def _answered(facts: Facts) -> Ints:
    """When each contact was rated: opened where nobody says, (contacts,)."""
    opened = integers(facts.contacts, "created_s")
    if "rated_s" not in facts.contacts.column_names:
        return opened
    return np.maximum(opened, integers(facts.contacts, "rated_s"))
