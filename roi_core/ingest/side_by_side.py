"""Columns of one table worked on by two threads: Arrow and hashlib leave the interpreter to others while they compute."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from roi_core.ingest.spill import Spill

_THREADS = 2
_FEW, _MANY = 20_000, 3_000_000

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def side_by_side(function: Callable[[_Item], _Result], items: Iterable[_Item], rows: int, spill: Spill) -> list[_Result]:
    """What `function` makes of each item, in their order. Raises what `function` raises.

    One after the other where a table has few rows, and where so many are held in files: two of them at once would take twice the memory.
    """

    def relieved(item: _Item) -> _Result:
        return spill.relieved(function(item))

    if rows < _FEW or (rows > _MANY and spill.folder is not None):
        return [relieved(item) for item in items]
    with ThreadPoolExecutor(_THREADS) as pool:
        return list(pool.map(relieved, items))
