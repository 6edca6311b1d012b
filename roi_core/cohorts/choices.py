"""What a comparison can be narrowed to: the values of each column that a filter reads, with how often they occur."""

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from roi_core.spine.facts import Facts, labels

MOST_VALUES = 60
"""A column with more values is free text; the most frequent ones are offered."""
_CONTACTS = {"channels": "channel", "categories": "category", "priorities": "priority"}
_CUSTOMERS = {"plans": "plan", "segments": "segment"}


def choices(facts: Facts) -> Mapping[str, tuple[tuple[str, int], ...]]:
    """By field of `Filters`: (value, rows), the most frequent first; a field with fewer than two values is left out."""
    found = {name: _values(facts.contacts, column) for name, column in _CONTACTS.items()}
    found |= {name: _values(facts.spine, column) for name, column in _CUSTOMERS.items()}
    return {name: values for name, values in found.items() if len(values) > 1}


def unless_all(chosen: Sequence[str], offered: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """What was chosen, or nothing where that is everything on offer: "all of them" is the comparison without that filter."""
    everything = len(offered) < MOST_VALUES and set(chosen) == {value for value, _ in offered}
    return () if everything else tuple(chosen)


def _values(table: pa.Table, column: str) -> tuple[tuple[str, int], ...]:
    codes, levels = labels(table, column)
    counts = np.bincount(codes[codes >= 0], minlength=len(levels))
    order = sorted(range(len(levels)), key=lambda i: (-counts[i], levels[i]))[:MOST_VALUES]
    return tuple((levels[i], int(counts[i])) for i in order)
