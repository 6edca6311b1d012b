"""What a load brings to work that has files already: by table, rows that are new, changed, and there already."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from roi_core import engine
from roi_core.engine.arrivals import Arrival, arrival
from roi_core.schema import LOADED
from roi_core.workspace import Workspace
from roi_core.workspace.manifest import Part

KIND = "load"
"""Under which name a workspace records what each later load brought."""


def arrivals(workspace: Workspace, before: Sequence[Part], new: Sequence[Part]) -> dict[str, Arrival]:
    """By the digest of a new part. Each is counted against the parts of its table in `before` and those of `new` that stand before it."""
    found: dict[str, Arrival] = {}
    there = {table: [part for part in before if part.table == table] for table in {part.table for part in new}}
    with engine.analyst(workspace.tables_folder, engine.LOAD) as con:
        for part in new:
            schema, earlier = LOADED[part.table], there[part.table]
            found[part.digest] = arrival(con, workspace.path(part), [workspace.path(other) for other in earlier], schema.key, schema.names)
            there[part.table] = [*earlier, part]
    return found


def record_load(workspace: Workspace, before: Sequence[Part], new: Sequence[Part]) -> None:
    """Records what new parts brought beside those of before; a first load brings nothing but what is new, and says so by itself."""
    if before and new:
        brought = by_table(new, arrivals(workspace, before, new))
        workspace.record(KIND, {"tables": workspace.digest, "brought": {table: asdict(counts) for table, counts in brought.items()}})


def by_table(new: Sequence[Part], counted: Mapping[str, Arrival]) -> dict[str, Arrival]:
    """Sums by table, in the order of the parts."""
    sums: dict[str, Arrival] = {}
    for part in new:
        sums[part.table] = sums.get(part.table, Arrival()) + counted[part.digest]
    return sums


def last_load(workspace: Workspace) -> Mapping[str, Arrival]:
    """What the load brought that made the tables that count now; nothing where it was the first, or something was taken out since."""
    for record in workspace.records(KIND, 1):
        if record.content["tables"] == workspace.digest:
            return {table: Arrival(**counts) for table, counts in record.content["brought"].items()}
    return {}
