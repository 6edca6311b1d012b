"""Columns of one table worked on by two threads: Arrow and hashlib leave the interpreter to others while they compute."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from roi_core.ingest.spill import Spill

_THREADS = 2
_FEW = 20_000

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def side_by_side(function: Callable[[_Item], _Result], items: Iterable[_Item], rows: int, spill: Spill) -> list[_Result]:
    """What `function` makes of each item, in their order. Raises what `function` raises.

    One after the other where a table has few rows, and where its columns are held in files: two of them at once would take twice the memory.
    """
    if rows < _FEW:
        return [function(item) for item in items]
    if spill.folder is not None:
        return [spill.relieved(function(item)) for item in items]
    with ThreadPoolExecutor(_THREADS) as pool:
        return list(pool.map(function, items))
