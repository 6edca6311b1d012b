"""How many things stand beside each other."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TypeVar

Thing = TypeVar("Thing")


def batched(things: Sequence[Thing], size: int) -> Iterator[tuple[Thing, ...]]:
    """The things in rows of at most `size`, as itertools.batched of later Pythons gives them."""
    rest = iter(things)
    while row := tuple(islice(rest, size)):
        yield row
