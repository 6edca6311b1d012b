"""Naughty strings and SQL in every name and value that a query is built with: no error, nothing read that is not ours."""

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from roi_core import engine
from roi_core.engine import aggregate
from roi_core.engine.overlaps import overlaps
from roi_core.engine.quoting import identifier, literal
from roi_core.engine.systems import shared_ids
from roi_core.schema import Column, ColumnType
from roi_core.schema.parts import METADATA
from tests.ingest.naughty import NAUGHTY
from tests.injections import injections

FOREIGN = "secret-of-another-file"


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("outside")
    (folder / "s.csv").write_text(f"v\n{FOREIGN}\n")
    pq.write_table(pa.table({"v": [FOREIGN]}), folder / "s.parquet")
    return folder


@pytest.fixture(scope="module")
def names(outside: Path) -> tuple[str, ...]:
    """What could stand in a header, with a nought or an empty one nobody's: an identifier has at least one character."""
    return tuple(name for name in (*NAUGHTY, *injections(outside)) if name)


@pytest.fixture
def con(tmp_path: Path, outside: Path) -> Iterator[engine.Connection]:
    """An analyst; nothing was written outside of its folder when it is closed."""
    with engine.analyst(tmp_path) as made:
        yield made
    assert sorted(path.name for path in outside.iterdir()) == ["s.csv", "s.parquet"]


def apart(names: tuple[str, ...]) -> list[list[str]]:
    """The names in lists of at most 20, in none of which two are the same but for capitals: to the engine they would be one column."""
    lists: list[dict[str, str]] = []
    for name in dict.fromkeys(names):
        room = next((one for one in lists if name.lower() not in one and len(one) < 20), None)
        if room is None:
            lists.append(room := {})
        room[name.lower()] = name
    return [list(one.values()) for one in lists]


def told(table: pa.Table) -> None:
    """Nothing of the other file is in a result."""
    assert FOREIGN not in repr(table.to_pylist())


def test_there_are_as_many_names_as_promised(names: tuple[str, ...], outside: Path) -> None:
    assert len(set(injections(outside))) == 200
    assert len(names) >= 700


def test_names_of_columns_and_tables(con: engine.Connection, names: tuple[str, ...], tmp_path: Path) -> None:
    part = tmp_path / "p.parquet"
    for number, name in enumerate(names):
        pq.write_table(pa.table({name: [f"own {number}"], "row_no": [1], "file_no": [0]}), part)
        engine.attach(con, name, [part], [Column(name, ColumnType.TEXT, "odd")])
        assert con.table(identifier(name)).to_arrow_table().column(name).to_pylist() == [f"own {number}"]
        con.execute(f"DROP VIEW {identifier(name)}")


def test_headers_of_covariates_are_numbered_and_never_sql(con: engine.Connection, names: tuple[str, ...], tmp_path: Path) -> None:
    unique = list(dict.fromkeys(names))
    noted = [{"column": f"x{i}", "header": header, "type": "text"} for i, header in enumerate(unique)]
    columns = {f"x{i}": [header] for i, header in enumerate(unique)} | {"customer_id": ["1"], "row_no": [1], "file_no": [0]}
    pq.write_table(pa.table(columns).replace_schema_metadata({METADATA: json.dumps({"covariates": noted}).encode()}), tmp_path / "p.parquet")
    engine.attach(con, "flat", [tmp_path / "p.parquet"])
    found = con.table("flat").to_arrow_table()
    assert [found.column(f"x{i}")[0].as_py() for i in range(len(unique))] == unique
    assert [covariate.header for covariate in engine.covariates([tmp_path / "p.parquet"])] == unique


def test_values_of_a_question(con: engine.Connection, names: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aggregate, "definition", lambda _: "SELECT * FROM held")
    own = list(dict.fromkeys(names))
    numbers = [float(number) for number in range(len(own))]
    engine.register(con, {"held": pa.table({"cluster_no": range(len(own)), "v": numbers, "kind": own, "month": [7] * len(own)})})
    rows = engine.Rows("held", by="kind", where={"kind": tuple(own)})
    assert {group: sums[0].x for group, sums in engine.ratio_sums(con, rows, [("v", "1")]).items()} == dict(zip(own, numbers, strict=True))
    assert {group: middle.value for group, middle in engine.middles(con, rows, "v", 0.5).items()} == dict(zip(own, numbers, strict=True))
    assert len(engine.quantiles(con, rows, "v", [(number, 0.5) for number in range(1, 20)])) == 19


def test_dimensions_of_a_question(con: engine.Connection, names: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aggregate, "definition", lambda _: "SELECT * FROM held")
    for alike in apart(names):
        engine.register(con, {"held": pa.table({"cluster_no": [1, 2], "month": [7, 8]} | {name: [name, "other"] for name in alike})})
        assert engine.span(con, engine.Rows("held", where={name: (name,) for name in alike})) == (7, 7)
        for name in alike:
            assert engine.span(con, engine.Rows("held", by=name)) == (7, 8)


def test_keys_and_columns_of_files_that_overlap(con: engine.Connection, names: tuple[str, ...], tmp_path: Path) -> None:
    parts = [tmp_path / "a.parquet", tmp_path / "b.parquet"]
    for alike in apart(names):
        for part in parts:
            pq.write_table(pa.table({name: [name] for name in alike} | {"the key": ["1"], "said": [part.name]}), part)
        assert [(one.keys, one.differ) for one in overlaps(con, parts, alike, [*alike, "said"])] == [(1, 1)] * 2
        assert [(one.keys, one.differ) for one in overlaps(con, parts, ["the key"], ["the key", *alike])] == [(1, 0)] * 2


def test_ids_vendors_and_exports_of_two_systems(con: engine.Connection, names: tuple[str, ...], tmp_path: Path) -> None:
    own = list(dict.fromkeys(names))
    parts = [tmp_path / "a.parquet", tmp_path / "b.parquet"]
    for part in parts:
        pq.write_table(pa.table({"ticket_id": own, "created_at": pa.array([0] * len(own), pa.timestamp("us")), "email": own}), part)
    for name in own[::10]:
        (pair,) = shared_ids(con, "tickets", parts, [{"vendor": name, "export": name}, {"vendor": name, "export": "x"}], "ticket_id")
        assert (pair.ids, pair.foreign) == (len(own), 0)


def test_every_text_is_itself_as_a_literal(con: engine.Connection, names: tuple[str, ...]) -> None:
    assert con.execute(f"SELECT [{', '.join(literal(name) for name in names)}]").fetchone() == (list(names),)


def test_names_of_files(con: engine.Connection, names: tuple[str, ...], tmp_path: Path) -> None:
    """A backslash is a slash to the engine: what climbs out with it is refused."""
    for number, name in enumerate(names):
        safe = name.replace("/", "\u2215")
        if not safe.isprintable() or len(safe.encode()) > 200:
            continue
        part = tmp_path / f"{number} {safe}.parquet"
        pq.write_table(pa.table({"v": ["own"]}), part)
        try:
            engine.attach(con, "t", [part], [Column("v", ColumnType.TEXT, "v")])
        except duckdb.Error:
            assert "..\\" in safe
            continue
        assert con.table("t").to_arrow_table().column("v").to_pylist() == ["own"]


def test_bound_parameters(con: engine.Connection, names: tuple[str, ...]) -> None:
    for name in (*names, ""):
        found = engine.query(con, "SELECT $text AS text, $several AS several", text=name, several=[name, name])
        assert found.to_pylist() == [{"text": name, "several": [name, name]}]
        told(found)
