"""What a comparison can be narrowed to: the values of each column that a filter reads, with how often they occur."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from roi_core.cohorts.design import Filters
from roi_core.spine.facts import Facts, integers, labels
from roi_core.spine.undated import UNDATED, one_sided

MOST_VALUES = 60
"""A column with more values is free text; the most frequent ones are offered."""
_CONTACTS = {"channels": "channel", "categories": "category", "priorities": "priority"}
CUSTOMERS = {
    "plans": "plan",
    "segments": "segment",
    "industries": "industry",
    "countries": "country",
    "regions": "region",
    "acquisition_channels": "acquisition_channel",
}
"""By field of `Filters` what it narrows customers by."""


def choices(facts: Facts) -> Mapping[str, tuple[tuple[str, int], ...]]:
    """By field of `Filters`: (value, rows), the most frequent first; no value that no customer month has, no field with fewer than two."""
    found = {name: _values(facts.contacts, column) for name, column in _CONTACTS.items()}
    found |= {name: _of_months(facts, column) for name, column in CUSTOMERS.items()}
    return {name: values for name, values in found.items() if len(values) > 1}


def _of_months(facts: Facts, dimension: str) -> tuple[tuple[str, int], ...]:
    """Values of customers that a filter finds: the plan of a month is that of subscriptions, where there are any."""
    codes, levels = levels_of_months(facts, dimension)
    followed = {levels[code] for code in np.unique(codes[codes >= 0])}
    return tuple((value, n) for value, n in _values(facts.spine, dimension) if value in followed)


def levels_of_months(facts: Facts, dimension: str) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """The level of each customer month as codes (rows of person_months,), -1 where it is not known, and the levels in alphabetical order."""
    if dimension in facts.person_months.column_names:
        return labels(facts.person_months, dimension)
    codes, levels = labels(facts.spine, dimension)
    return codes[integers(facts.person_months, "customer_no")], levels


def narrowed_to(dimension: str, level: str) -> Filters:
    """Filters that look at the customers of one level alone."""
    chosen: dict[str, Any] = {name: (level,) for name, column in CUSTOMERS.items() if column == dimension}
    return Filters(**chosen)


def tells_who_left(facts: Facts, dimension: str) -> bool:
    """Whether a column of the customer list was changed on leaving, so that its groups are told by how things ended."""
    if dimension in UNDATED:
        return dimension in facts.telling_labels
    return bool(one_sided(labels(facts.spine, dimension)[0] + 1, integers(facts.spine, "churned_s") >= 0).any())


def is_of_today(facts: Facts, dimension: str) -> bool:
    """Whether a level is the one that the list of customers holds today: who moved into it had to stay until then. A plan has dates in subscriptions."""
    return dimension != "plan" or not (facts.rows.get("subscriptions") or facts.rows.get("mrr_movements"))


def unless_all(chosen: Sequence[str], offered: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """What was chosen, or nothing where that is everything on offer: "all of them" is the comparison without that filter."""
    everything = len(offered) < MOST_VALUES and set(chosen) == {value for value, _ in offered}
    return () if everything else tuple(chosen)


def _values(table: pa.Table, column: str) -> tuple[tuple[str, int], ...]:
    codes, levels = labels(table, column)
    counts = np.bincount(codes[codes >= 0], minlength=len(levels))
    order = sorted(range(len(levels)), key=lambda i: (-counts[i], levels[i]))[:MOST_VALUES]
    return tuple((levels[i], int(counts[i])) for i in order)
