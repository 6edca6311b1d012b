"""What purchases alone say: who became a customer, and never who left."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from roi_core import engine
from roi_core.results import Absent
from roi_core.sentences import say


def why_nobody_is_followed(tables: Mapping[str, Sequence[Path]]) -> Absent:
    """Why nothing is said about staying where no file says who is a customer, and which export is the next best."""
    held = [parts for name in ("invoices", "orders") for parts in (tables.get(name),) if parts]
    if not held:
        return Absent(say("alone.why"), say("alone.next_step"))
    with engine.analyst(held[0][0].parent.parent) as con:
        for name in ("invoices", "orders"):
            engine.attach(con, name, tables.get(name, ()))
        (found,) = engine.run_few(con, "buyers")
    kind = "bills" if found["bills"] else "orders"
    return Absent(say(f"alone.why_{kind}", **_counted(kind, found)), say(f"alone.next_{kind}"))


def _counted(kind: str, found: Mapping[str, int]) -> dict[str, str]:
    names = ("bills", "payers") if kind == "bills" else ("orders", "buyers")
    return {name: f"{found[name]:,}" for name in names}
