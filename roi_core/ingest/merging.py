"""What is said and asked where several files of one kind overlap: how many records stand in both, how many differ, which state counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from roi_core import engine
from roi_core.engine.overlaps import Overlap, overlaps
from roi_core.engine.systems import BEGAN, SharedIds, are_apart, shared_ids
from roi_core.errors import quoted
from roi_core.ingest.questions import Question
from roi_core.schema import LOADED, Privacy, Table
from roi_core.schema.parts import ONE, SUBJECT, TWO
from roi_core.workspace import Workspace
from roi_core.workspace.manifest import Part

_MOST_FILES, _MOST_COLUMNS = 3, 4


@dataclass(frozen=True, slots=True)
class Merged:
    """What is said of a part that shares records with others, and what is asked."""

    notes: tuple[str, ...] = ()
    asks: tuple[Question, ...] = ()


def overlap_notes(workspace: Workspace, together: Sequence[Part], new: Sequence[Part]) -> dict[str, Merged]:
    """By the digest of a new part: what it shares with every other part of its table in `together`. No row is left out for it."""
    digests = {part.digest for part in new}
    found: dict[str, Merged] = {}
    for table in sorted({part.table for part in new if part.table != "flat"}):
        parts = [part for part in together if part.table == table]
        if len(parts) > 1:
            found |= {digest: merged for digest, merged in _of_table(LOADED[table], parts, workspace).items() if digest in digests}
    return found


def _of_table(schema: Table, parts: Sequence[Part], workspace: Workspace) -> dict[str, Merged]:
    """Parts without the key of their table can share nothing that is known."""
    paths: list[Path] = [workspace.path(part) for part in parts]
    with engine.analyst(workspace.tables_folder, engine.LOAD) as con:
        if schema.name == "costs":
            return _of_costs(con, parts, paths)
        shared = _shared(con, schema, parts, paths)
        found = {parts[overlap.place].digest: _said(schema, overlap, parts, shared) for overlap in overlaps(con, paths, schema.key, schema.names)}
        loose = _loose_payments(con, paths) if schema.name == "invoices" else {}
    for place, note in loose.items():
        before = found.get(parts[place].digest, Merged())
        found[parts[place].digest] = Merged((*before.notes, note), before.asks)
    return found


def _shared(con: engine.Connection, schema: Table, parts: Sequence[Part], paths: Sequence[Path]) -> tuple[SharedIds, ...]:
    return shared_ids(con, schema.name, paths, [part.meta for part in parts], schema.key[0]) if schema.name in BEGAN else ()


def _of_costs(con: engine.Connection, parts: Sequence[Part], paths: Sequence[Path]) -> dict[str, Merged]:
    """Lines that an earlier sheet has as well: the later one stands in for it."""
    engine.attach(con, "costs", paths)
    shared: dict[int, dict[int, int]] = {}
    for row in engine.run_few(con, "cost_overlaps"):
        shared.setdefault(row["part_no"], {})[row["other_no"]] = row["n"]
    return {parts[place].digest: Merged((_corrected(parts, others),)) for place, others in shared.items()}


def _corrected(parts: Sequence[Part], others: Mapping[int, int]) -> str:
    files = _counted({quoted(parts[other].meta["file"]): n for other, n in others.items()}, _MOST_FILES)
    return (
        f"ask: lines of costs (month, component and team) that stand in another file too: {sum(others.values()):,} ({files}); what was loaded last is "
        "taken as the corrected sheet and counts alone. If they are costs beside each other, name another team or component in one of the files"
    )


def _loose_payments(con: engine.Connection, paths: Sequence[Path]) -> dict[int, str]:
    engine.attach(con, "invoices", paths)
    loose = {row["part_no"]: row["n"] for row in engine.run_few(con, "loose_payments")}
    if len(loose) == len(paths):
        return {}
    why = "beside invoices; where customer and amount are those of an invoice at most three days off, one counts, as its payment, and else both"
    return {place: f"ask: payments that name no invoice: {n:,}, {why}" for place, n in loose.items()}


def _said(schema: Table, overlap: Overlap, parts: Sequence[Part], shared: Sequence[SharedIds]) -> Merged:
    own = parts[overlap.place].meta
    files = _counted({quoted(parts[place].meta["file"]): n for place, n in overlap.others.items()}, _MOST_FILES)
    if not schema.key:
        return Merged(
            (f"ask: rows of {schema.name} that stand in another file too, the same in every column: {overlap.keys:,} ({files}); each of them counts",)
        )
    metas = [part.meta for part in parts]
    pairs = [pair for pair in shared if overlap.place in (pair.first, pair.second)]
    apart = [pair for pair in pairs if are_apart(pair, metas)]
    rule = "other records have the same ids, and all of them count" if pairs and len(apart) == len(pairs) else _rule(schema, overlap)
    notes = [f"{schema.name} that stand in another file too, by {' and '.join(schema.key)}: {overlap.keys:,} ({files}); {rule}"]
    answered = [pair for pair in pairs if {metas[pair.first].get(SUBJECT), metas[pair.second].get(SUBJECT)} & {ONE, TWO}]
    if open_pairs := [pair for pair in apart if pair not in answered]:
        asked = any(pair.second == overlap.place for pair in open_pairs)
        return Merged((*notes, _two_systems(schema)), (_question(schema, overlap),) if asked else ())
    strangers = sorted({str(parts[place].meta.get("vendor")) for place in overlap.others} - {str(own.get("vendor"))})
    if strangers and not answered:
        notes.append(f"ask: {schema.name} of {own.get('vendor')} and {', '.join(strangers)} have the same ids; if they are of two systems, load them apart")
    return Merged(tuple(notes))


def _two_systems(schema: Table) -> str:
    return f"ask: {schema.name} with the same ids all began at another time or are of another customer: the files are read as of two systems"


def _question(schema: Table, overlap: Overlap) -> Question:
    ways = {TWO: f"{overlap.keys:,} ids stand for two records each", ONE: f"{overlap.keys:,} ids stand for one record each, and the latest state counts"}
    return Question.of(SUBJECT, (f"{schema.name}.{schema.key[0]}",), ways, TWO)


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
