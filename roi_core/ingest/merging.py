"""What is said where several files of one kind overlap: how many records stand in both, how many differ, which state counts."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from roi_core import engine
from roi_core.engine.overlaps import Overlap, overlaps
from roi_core.errors import quoted
from roi_core.schema import LOADED, Privacy, Table
from roi_core.workspace import Workspace
from roi_core.workspace.manifest import Part

_MOST_FILES, _MOST_COLUMNS = 3, 4


def overlap_notes(workspace: Workspace, new: Sequence[Part]) -> dict[str, tuple[str, ...]]:
    """Notes by the digest of a new part: what it shares with every other current part of its table. No row is left out for it."""
    digests = {part.digest for part in new}
    notes: dict[str, tuple[str, ...]] = {}
    for table in sorted({part.table for part in new if part.table != "flat"}):
        parts = [part for part in workspace.manifest() if part.table == table]
        if len(parts) > 1:
            notes |= {digest: said for digest, said in _of_table(LOADED[table], parts, workspace).items() if digest in digests}
    return notes


def _of_table(schema: Table, parts: Sequence[Part], workspace: Workspace) -> dict[str, tuple[str, ...]]:
    """Parts without the key of their table can share nothing that is known."""
    paths: list[Path] = [workspace.path(part) for part in parts]
    with engine.analyst(workspace.tables_folder, engine.LOAD) as con:
        found = overlaps(con, paths, schema.key, schema.names)
    return {parts[overlap.place].digest: _said(schema, overlap, parts) for overlap in found}


def _said(schema: Table, overlap: Overlap, parts: Sequence[Part]) -> tuple[str, ...]:
    own = parts[overlap.place].meta
    files = _counted({quoted(parts[place].meta["file"]): n for place, n in overlap.others.items()}, _MOST_FILES)
    if not schema.key:
        return (f"ask: rows of {schema.name} that stand in another file too, the same in every column: {overlap.keys:,} ({files}); each of them counts",)
    notes = [f"{schema.name} that stand in another file too, by {' and '.join(schema.key)}: {overlap.keys:,} ({files}); {_rule(schema, overlap)}"]
    strangers = sorted({str(parts[place].meta.get("vendor")) for place in overlap.others} - {str(own.get("vendor"))})
    if strangers:
        notes.append(f"ask: {schema.name} of {own.get('vendor')} and {', '.join(strangers)} have the same ids; if they are of two systems, load them apart")
    return tuple(notes)


def _rule(schema: Table, overlap: Overlap) -> str:
    if not overlap.differ:
        return "their rows agree, and each counts once"
    hashed = any(schema.column(name).privacy is Privacy.HASHED for name in schema.key)
    first = "" if hashed else f", the first {', '.join(quoted(example) for example in overlap.examples)}"
    state = f"the latest state counts, {schema.latest}" if schema.latest else "the rows of both files are kept"
    return f"in {overlap.differ:,} of them the rows differ ({_counted(overlap.columns, _MOST_COLUMNS)}{first}): {state}; no row is left out"


def _counted(counts: Mapping[str, int], most: int) -> str:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    more = f" and {len(ranked) - most} more" if len(ranked) > most else ""
    return ", ".join(f"{name} {n:,}" for name, n in ranked[:most]) + more
