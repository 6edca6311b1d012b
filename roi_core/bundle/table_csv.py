"""One part of a table as CSV text and back, to the digit. Texts that a spreadsheet would run stand behind an apostrophe, and come back without it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

from roi_core.bundle.layout import ROW_GROUP, Described
from roi_core.formulas import neutral_column, original_column
from roi_core.schema.parts import METADATA

_BLOCK = 1 << 24
_PLAIN = {"string": pa.string(), "double": pa.float64(), "int64": pa.int64(), "int32": pa.int32(), "bool": pa.bool_(), "timestamp[us]": pa.timestamp("us")}


class NotTheTable(ValueError):
    """A CSV that is not the table that was announced."""


def columns_of(part: Path) -> tuple[tuple[str, str], ...]:
    """(name, type) of a part's columns, in order."""
    return tuple((field.name, str(_plain(field.type))) for field in pq.read_schema(part))


def write_csv(part: Path, out: IO[bytes]) -> int:
    """The rows of a part; gives how many."""
    schema, rows = pa.schema([pa.field(name, _PLAIN[kind]) for name, kind in columns_of(part)]), 0
    with pc.CSVWriter(out, schema, write_options=pc.WriteOptions(quoting_style="all_valid")) as writer, pq.ParquetFile(part) as file:
        for batch in file.iter_batches():
            cells = [column.cast(field.type) for column, field in zip(batch.columns, schema, strict=True)]
            writer.write_batch(pa.record_batch([neutral_column(column) if pa.types.is_string(column.type) else column for column in cells], schema=schema))
            rows += batch.num_rows
    return rows


def write_part(rows: IO[bytes], described: Described, path: Path) -> None:
    """Reads the CSV of a part and writes it as our own Parquet. Raises NotTheTable, pa.ArrowInvalid."""
    plain = pa.schema([pa.field(name, _PLAIN[kind]) for name, kind in described.columns])
    noted = None if described.noted is None else {METADATA: json.dumps(described.noted).encode()}
    schema, read = plain.with_metadata(noted), 0
    with pq.ParquetWriter(path, schema, compression="zstd") as out:
        for table in _groups(_batches(rows, plain)):
            out.write_table(pa.table(table.columns, schema), row_group_size=ROW_GROUP)
            read += table.num_rows
    if read != described.rows:
        raise NotTheTable(f"{described.member} has {read:,} rows")


def _batches(rows: IO[bytes], schema: pa.Schema) -> Iterator[pa.Table]:
    convert = pc.ConvertOptions(
        column_types=schema,
        null_values=[""],
        strings_can_be_null=True,
        quoted_strings_can_be_null=False,
        true_values=["true"],
        false_values=["false"],
        timestamp_parsers=[pc.ISO8601],
    )
    with pc.open_csv(rows, pc.ReadOptions(block_size=_BLOCK), pc.ParseOptions(newlines_in_values=True), convert) as reader:
        if reader.schema.names != schema.names:
            raise NotTheTable("other columns")
        for batch in reader:
            yield pa.table([original_column(column) if pa.types.is_string(column.type) else column for column in batch.columns], schema)


def _groups(tables: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """The same rows, as many together as a part of the reader holds."""
    waiting: list[pa.Table] = []
    for table in tables:
        waiting.append(table)
        if sum(one.num_rows for one in waiting) >= ROW_GROUP:
            whole = pa.concat_tables(waiting)
            for first in range(0, whole.num_rows - ROW_GROUP + 1, ROW_GROUP):
                yield whole.slice(first, ROW_GROUP)
            waiting = [whole.slice(whole.num_rows // ROW_GROUP * ROW_GROUP)]
    if waiting:
        yield pa.concat_tables(waiting)


def _plain(kind: pa.DataType) -> pa.DataType:
    """A dictionary of texts is texts."""
    return kind.value_type if pa.types.is_dictionary(kind) else kind
