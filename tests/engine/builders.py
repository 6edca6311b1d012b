"""Every builder of queries, asked with naughty strings and SQL for names and values: nothing fails, and nothing is read or written that is not ours.

Each takes a connection, names and an empty folder in which the connection may read, and gives for each name what was wrong.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from roi_core import engine
from roi_core.engine.arrivals import Arrival, arrival
from roi_core.engine.large import Large, Pair
from roi_core.engine.overlaps import overlaps
from roi_core.engine.quoting import identifier, literal
from roi_core.engine.systems import shared_ids
from roi_core.engine.together import beside, copy_together
from roi_core.schema import Column, ColumnType
from roi_core.schema.parts import METADATA
from tests.ingest.naughty import NAUGHTY
from tests.injections import injections

FOREIGN = "secret-of-another-file"
OUTSIDE = ("s.csv", "s.parquet")
_SEVERAL = 20

Faults = Iterator[list[str]]
Builder = Callable[[engine.Connection, Sequence[str], Path], Faults]


def other_files(folder: Path) -> Path:
    """A folder with files of somebody else, which no statement may read or add to."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "s.csv").write_text(f"v\n{FOREIGN}\n")
    pq.write_table(pa.table({"v": [FOREIGN]}), folder / "s.parquet")
    return folder


def hostile_names(outside: Path) -> tuple[str, ...]:
    """What could stand in a header, each once: an identifier has at least one character."""
    return tuple(dict.fromkeys(name for name in (*NAUGHTY, *injections(outside)) if name))


def faults_of(builder: Builder, folder: Path, outside: Path, every: int = 1) -> Faults:
    """What was wrong for each of every so many names, and at last whether anything was written outside of the connection's folder."""
    with engine.analyst(folder) as con:
        yield from builder(con, hostile_names(outside)[::every], folder)
    yield _unless(tuple(sorted(path.name for path in outside.iterdir())) == OUTSIDE, "written outside of its folder")


def _unless(holds: bool, name: str) -> list[str]:
    return [] if holds else [name]


def _apart(names: Sequence[str]) -> list[list[str]]:
    """The names in short lists, in none of which two are the same but for capitals: to the engine they would be one column."""
    lists: list[dict[str, str]] = []
    for name in dict.fromkeys(names):
        room = next((one for one in lists if name.lower() not in one and len(one) < _SEVERAL), None)
        if room is None:
            lists.append(room := {})
        room[name.lower()] = name
    return [list(one.values()) for one in lists]


def _columns_and_tables(con: engine.Connection, names: Sequence[str], folder: Path) -> Faults:
    part = folder / "p.parquet"
    for number, name in enumerate(names):
        pq.write_table(pa.table({name: [f"own {number}"], "row_no": [1], "file_no": [0]}), part)
        engine.attach(con, name, [part], [Column(name, ColumnType.TEXT, "odd")])
        yield _unless(con.table(identifier(name)).to_arrow_table().column(name).to_pylist() == [f"own {number}"], name)
        con.execute(f"DROP VIEW {identifier(name)}")


def _headers_of_covariates(con: engine.Connection, names: Sequence[str], folder: Path) -> Faults:
    """They are numbered and never become SQL."""
    noted = [{"column": f"x{i}", "header": header, "type": "text"} for i, header in enumerate(names)]
    columns = {f"x{i}": [header] for i, header in enumerate(names)} | {"customer_id": ["1"], "row_no": [1], "file_no": [0]}
    pq.write_table(pa.table(columns).replace_schema_metadata({METADATA: json.dumps({"covariates": noted}).encode()}), folder / "p.parquet")
    engine.attach(con, "flat", [folder / "p.parquet"])
    found = con.table("flat").to_arrow_table()
    for i, (name, covariate) in enumerate(zip(names, engine.covariates([folder / "p.parquet"]), strict=True)):
        yield _unless(found.column(f"x{i}").to_pylist() == [name] and covariate.header == name, name)


def _values_of_a_question(con: engine.Connection, names: Sequence[str], _: Path) -> Faults:
    numbers = [float(number) for number in range(len(names))]
    engine.register(con, {"held": pa.table({"cluster_no": range(len(names)), "v": numbers, "kind": names, "month": [7] * len(names)})})
    rows = engine.Rows("held", ("kind",), {"kind": tuple(names)})
    sums = {group: found[0].x for group, found in engine.ratio_sums(con, rows, [("v", "1")]).items()}
    engine.rank(con, rows, "v")
    middles = {group: found.value for group, found in engine.middles(con, rows, 0.5).items()}
    several = engine.quantiles(con, [(number, 0.5) for number in range(1, _SEVERAL)])
    large = Large(con, rows, ("v", "kind"))
    of_large, ordered = large.read([Pair("v", "1")], ["v"])
    yield _unless(
        {group: found[0].x for group, found in of_large.items()} == sums and len(large.middles([(ordered[0], 0.5)])[0]) == len(middles), "a large table"
    )
    for name, number in zip(names, numbers, strict=True):
        yield _unless(sums.get(name) == middles.get(name) == number and len(several) == _SEVERAL - 1, name)


def _dimensions_of_a_question(con: engine.Connection, names: Sequence[str], _: Path) -> Faults:
    for alike in _apart(names):
        engine.register(con, {"held": pa.table({"cluster_no": [1, 2], "month": [7, 8]} | {name: [name, "other"] for name in alike})})
        asked = {name: identifier(name) for name in alike}
        (chosen,) = engine.spans(con, engine.Rows("held", where={asked[name]: (name,) for name in alike}), ["TRUE"])
        for name in alike:
            yield _unless(chosen == (7, 7) and engine.spans(con, engine.Rows("held", (asked[name],)), ["TRUE"]) == ((7, 8),), name)
            copied = Large(con, engine.Rows("held", (asked[name],), {asked[name]: (name,)}), ("month",)).copied()
            yield _unless({group: found[0].x for group, found in copied.read([Pair("month", "1")], [])[0].items()} == {name: 7}, name)
            copied.close()


def _two_parts(folder: Path, alike: Sequence[str]) -> list[Path]:
    """Two parts whose rows agree in all columns but `said`."""
    parts = [folder / "a.parquet", folder / "b.parquet"]
    for part in parts:
        pq.write_table(pa.table({name: [name] for name in alike} | {"the key": ["1"], "said": [part.name]}), part)
    return parts


def _keys_and_columns_of_files_that_overlap(con: engine.Connection, names: Sequence[str], folder: Path) -> Faults:
    for alike in _apart(names):
        parts = _two_parts(folder, alike)
        as_keys = [(one.keys, one.differ) for one in overlaps(con, parts, alike, [*alike, "said"])]
        as_columns = [(one.keys, one.differ) for one in overlaps(con, parts, ["the key"], ["the key", *alike])]
        for name in alike:
            yield _unless(as_keys == [(1, 1)] * 2 and as_columns == [(1, 0)] * 2, name)


def _keys_and_columns_of_a_file_that_arrives(con: engine.Connection, names: Sequence[str], folder: Path) -> Faults:
    """With the names for its key, for what is compared, and for a table that has no key."""
    for alike in _apart(names):
        part, earlier = _two_parts(folder, alike)
        as_keys = arrival(con, part, [earlier], alike, [*alike, "said"])
        as_columns = arrival(con, part, [earlier], ["the key"], ["the key", *alike])
        without = arrival(con, part, [earlier], [], alike)
        for name in alike:
            yield _unless(as_keys == Arrival(changed=1) and as_columns == without == Arrival(there=1), name)


def _ids_vendors_and_exports_of_two_systems(con: engine.Connection, names: Sequence[str], folder: Path) -> Faults:
    parts = [folder / "a.parquet", folder / "b.parquet"]
    moments = pa.array([0] * len(names), pa.timestamp("us"))
    for part in parts:
        pq.write_table(pa.table({"ticket_id": names, "created_at": moments, "email": names}), part)
    for place, name in enumerate(names):
        if place % 10 == 0:
            around = names[place : place + 10]
            noted = [{"vendor": " ".join(around), "export": name}, {"vendor": name, "export": " ".join(around)}]
            (pair,) = shared_ids(con, "tickets", parts, noted, "ticket_id")
        yield _unless((pair.ids, pair.foreign) == (len(names), 0), name)


def _literals(con: engine.Connection, names: Sequence[str], _: Path) -> Faults:
    row = con.execute(f"SELECT [{', '.join(literal(name) for name in names)}]").fetchone()
    for name, found in zip(names, (row or ([],))[0], strict=True):
        yield _unless(found == name, name)


def _names_of_files(con: engine.Connection, names: Sequence[str], folder: Path) -> Faults:
    """A backslash is a slash to the engine: what climbs out with it is refused. Those that no file can have are left out."""
    for number, name in enumerate(names):
        safe = name.replace("/", "\u2215")
        if not safe.isprintable() or len(safe.encode()) > 200:
            continue
        part = folder / f"{number} {safe}.parquet"
        pq.write_table(pa.table({"v": ["own"]}), part)
        try:
            engine.attach(con, "t", [part], [Column("v", ColumnType.TEXT, "v")])
            found = con.table("t").to_arrow_table().column("v").to_pylist(), arrival(con, part, [part], ["v"], ["v"])
        except duckdb.Error:
            yield _unless("..\\" in safe, name)
            continue
        yield _unless(found == (["own"], Arrival(there=1)), name)


def _bound_parameters(con: engine.Connection, names: Sequence[str], _: Path) -> Faults:
    for name in (*names, ""):
        found = engine.query(con, "SELECT $text AS text, $several AS several", text=name, several=[name, name])
        yield _unless(found.to_pylist() == [{"text": name, "several": [name, name]}], name)


def _tables_of_several_connections(con: engine.Connection, names: Sequence[str], _: Path) -> Faults:
    for number, name in enumerate(names):
        copy_together(con, {name: pa.table({"v": [number]})})
        other = beside(con)
        found = other.table(identifier(name)).to_arrow_table().column("v").to_pylist() if other else None
        yield _unless(found == [number], name)
        con.execute(f"DROP TABLE {identifier(name)}")


BUILDERS: dict[str, Builder] = {
    "columns and tables": _columns_and_tables,
    "headers of covariates": _headers_of_covariates,
    "values of a question": _values_of_a_question,
    "dimensions of a question": _dimensions_of_a_question,
    "keys and columns of files that overlap": _keys_and_columns_of_files_that_overlap,
    "keys and columns of a file that arrives": _keys_and_columns_of_a_file_that_arrives,
    "ids, vendors and exports of two systems": _ids_vendors_and_exports_of_two_systems,
    "literals": _literals,
    "names of files": _names_of_files,
    "bound parameters": _bound_parameters,
    "tables of several connections": _tables_of_several_connections,
}
