"""Orders where no file says who can be followed: the time that they reach over."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from roi_core import engine


def order_reach(tables: Mapping[str, Sequence[Path]]) -> tuple[int, int] | None:
    """When the first and the last order that stands was placed, in epoch seconds; None where none stands. `tables` has orders. Raises duckdb.Error."""
    with engine.analyst(tables["orders"][0].parent.parent) as con:
        engine.attach(con, "orders", tables["orders"])
        (found,) = engine.run_few(con, "order_reach")
    return None if found["first_s"] is None else (int(found["first_s"]), int(found["last_s"]))
