"""Whatever its name says, a file is what its first bytes are: never a user's Parquet, DuckDB, SQLite or pickle."""

import io
import pickle
import sqlite3
import tarfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import feather, ipc

from roi_core.errors import FileRefused
from roi_core.ingest.archive import unpack
from roi_core.ingest.limits import LIMITS
from roi_core.ingest.read_table import read_table
from tests.ingest.archives import zipped

_TABLE = pa.table({"id": [1, 2]})


def _into(write: Callable[[io.BytesIO], object]) -> bytes:
    out = io.BytesIO()
    write(out)
    return out.getvalue()


def _arrow(out: io.BytesIO) -> None:
    with ipc.new_file(out, _TABLE.schema) as writer:
        writer.write_table(_TABLE)


def _tar(out: io.BytesIO) -> None:
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.csv"))


def _sqlite(path: Path) -> bytes:
    with sqlite3.connect(path) as con:
        con.execute("create table t (id integer)")
    con.close()
    return path.read_bytes()


def _duckdb(path: Path) -> bytes:
    with duckdb.connect(path) as con:
        con.execute("create table t (id integer)")
    return path.read_bytes()


OTHER: dict[str, tuple[bytes | Callable[[Path], bytes], str]] = {
    "parquet": (_into(lambda out: pq.write_table(_TABLE, out)), "a Parquet file"),
    "duckdb": (_duckdb, "a DuckDB database"),
    "sqlite": (_sqlite, "an SQLite database"),
    "pickle 2": (pickle.dumps([1], 2), "a pickle file"),
    "pickle 3": (pickle.dumps([1], 3), "a pickle file"),
    "pickle 4": (pickle.dumps([1], 4), "a pickle file"),
    "pickle 5": (pickle.dumps({"id": 1}, 5), "a pickle file"),
    "pickle 0": (pickle.dumps([1, 2], 0), "a pickle file"),
    "feather 1": (b"FEA1" + bytes(20), "a Feather file"),
    "feather 2": (_into(lambda out: feather.write_feather(_TABLE, out)), "an Arrow file"),
    "arrow": (_into(_arrow), "an Arrow file"),
    "numpy": (_into(lambda out: np.save(out, np.arange(3))), "a NumPy file"),
    "hdf5": (b"\x89HDF\r\n\x1a\n" + bytes(20), "an HDF5 file"),
    "avro": (b"Obj\x01\x04\x14avro.codec", "an Avro file"),
    "orc": (b"ORC\x0a\x03\x00\x00\x00\x12\x00\x01\x02\x03\x04", "an ORC file"),
    "access": (b"\x00\x01\x00\x00Standard ACE DB\x00", "an Access database"),
    "pdf": (b"%PDF-1.7\n", "a PDF document"),
    "png": (b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG picture"),
    "exe": (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00", "a Windows program"),
    "elf": (b"\x7fELF\x02\x01\x01\x00", "a Linux program"),
    "html": (b"<html><body><table><tr><td>1", "an HTML page"),
    "xml": (b'<?xml version="1.0"?><Workbook>', "an XML document"),
    "docx": (zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "a Word document"),
    "pptx": (zipped({"[Content_Types].xml": b"<x/>", "ppt/presentation.xml": b"<x/>"}), "a PowerPoint file"),
    "ods": (zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}), "an OpenDocument file"),
    "tar": (_into(_tar), "a binary file"),
    "7z": (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    "rar": (b"Rar!\x1a\x07", "a RAR archive"),
    "rtf": (b"{\\rtf1\\ansi", "a rich text document"),
}


def _read(path: Path, name: str) -> None:
    for member in unpack(path, name, path.parent, LIMITS).members:
        read_table(member.path, name, path.parent)


@pytest.mark.parametrize("called", ["tickets.csv", "tickets.xlsx", "tickets.json"])
@pytest.mark.parametrize("kind", OTHER)
def test_it_is_refused_as_what_it_is(kind: str, called: str, tmp_path: Path) -> None:
    content, words = OTHER[kind]
    path = tmp_path / "upload"
    path.write_bytes(content if isinstance(content, bytes) else content(tmp_path / "made"))
    with pytest.raises(FileRefused, match=f'"{called}" is {words}, not a table'):
        _read(path, called)


@pytest.mark.parametrize("kind", ["parquet", "pickle 0", "avro"])
def test_it_is_refused_inside_of_an_archive_too(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(zipped({"tickets.csv": OTHER[kind][0]}))
    (member,) = unpack(path, "all.zip", tmp_path, LIMITS).members
    with pytest.raises(FileRefused, match=OTHER[kind][1]):
        read_table(member.path, member.name, tmp_path)


@pytest.mark.parametrize("text", ["ORC,b\n1,2\n", "Obj,b\n1,2\n", "(lp0,b\n1,2\n", "PAR,b\n1,2\n"])
def test_tables_that_only_begin_like_something_else_are_read(text: str, tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_text(text, encoding="utf-8")
    assert read_table(path, "t.csv", tmp_path).ledger.loaded == 1


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("customers.xlsx", b"id,name\n1,a\n2,b\n", 'the name "customers.xlsx" says Excel, the content is text: it is read as text'),
        ("customers.csv", b'[{"id": 1}, {"id": 2}]', 'the name "customers.csv" says text, the content is JSON: it is read as JSON'),
        ("customers.csv", b"id,name\n1,a\n2,b\n", ""),
        ("customers.txt", b"id,name\n1,a\n2,b\n", ""),
    ],
)
def test_a_name_that_promises_another_kind_of_file_is_told(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = tmp_path / "incoming"
    path.write_bytes(content)
    found = [note for note in read_table(path, name, tmp_path / "staging").notes if "the content is" in note]
    assert found == ([says] if says else [])
