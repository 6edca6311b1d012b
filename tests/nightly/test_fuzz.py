"""Whatever bytes come in: a table in which every record is accounted for, or a refusal in words. Never anything else.

What could end a process (a workbook that the library chokes on) is read as the product reads it, in a process apart.
"""

import io
import os
import zipfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roi_core.errors import FileRefused
from roi_core.ingest import inspect
from roi_core.ingest.amounts import read_numbers
from roi_core.ingest.archive import unpack
from roi_core.ingest.cells import Cells
from roi_core.ingest.dates import read_dates
from roi_core.ingest.day_order import DateColumn, settle
from roi_core.ingest.limits import LIMITS
from roi_core.ingest.read import read_text
from roi_core.ingest.templates import write_template
from roi_core.ingest.text_table import TextTable
from tests.ingest.any_dialect import Drawn, drawn
from tests.ingest.archives import zipped
from tests.ingest.naughty import NAUGHTY
from tests.ingest.pollution import KINDS
from tests.ingest.test_any_dialect import read, unlike
from tests.ingest.text_tables import cells
from tests.ingest.well_read import LEAST, well_read

FIXTURE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
APART = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
MARKS = st.sampled_from(
    [
        b",",
        b";",
        b"\t",
        b"|",
        b'"',
        b"'",
        b"\\",
        b"\n",
        b"\r\n",
        b"\r",
        b" ",
        b"\x00",
        b"\xff",
        b"\xef\xbb\xbf",
        b"a",
        b"1",
        b"x,y",
        b'"a""b"',
        b"Total",
        b"sep=;",
    ]
)
TEXTS = st.one_of(
    st.binary(max_size=300), st.lists(MARKS, max_size=120).map(b"".join), st.lists(st.sampled_from(NAUGHTY), max_size=12).map(lambda s: ",".join(s).encode())
)
DATE_PIECES = st.sampled_from([*"0123456789/-.: TZ+", "2024", "31", "Feb", "März", "AM", "pm", "UTC", "CDT", "Europe/Berlin", "+05:30", "00", "T"])
MONEY_PIECES = st.sampled_from([*"0123456789.,-+()% '", "€", "$", "USD", "k", "e9", "\u2212", "\u00a0", "NaN", "inf"])


def tried(path: Path, staging: Path) -> tuple[TextTable | None, str]:
    """The table, or why there is none."""
    try:
        return read_text(path, path.name, staging), ""
    except FileRefused as refusal:
        return None, str(refusal)


@FIXTURE
@given(data=TEXTS)
def test_any_text_is_accounted_for_or_refused_in_words(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "fuzz.csv"
    path.write_bytes(data)
    found, said = tried(path, tmp_path)
    if found is None:
        assert "fuzz.csv" in said
        assert str(tmp_path) not in said
        return
    assert found.ledger.unaccounted == 0
    assert found.text.num_rows == found.ledger.loaded
    assert len(found.text.column_names) == len(found.headers) + 1


@FIXTURE
@given(drawn=drawn())
def test_any_table_in_any_dialect_comes_back_or_a_reason_is_named(drawn: Drawn, tmp_path: Path) -> None:
    found = read(drawn.data, tmp_path)
    assert found is None or unlike(drawn, found) == "", (drawn.data, found.notes)


@given(texts=st.lists(st.lists(DATE_PIECES, max_size=14).map("".join), min_size=1, max_size=30))
def test_any_text_is_a_time_within_the_years_or_named_as_none(texts: list[str]) -> None:
    column = DateColumn.of("When", cells(*texts))
    reading = read_dates(column, settle({"t.when": column}).get("t.when"), "UTC")
    for code, value in enumerate(reading.values.to_pylist()):
        assert value is None or datetime(1900, 1, 1) <= value.replace(tzinfo=None) < datetime(2200, 1, 1)
        assert (value is None) or code not in reading.bad


@given(
    when=st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)),
    form=st.sampled_from(["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%SZ", "%d %b %Y %H:%M:%S", "%d.%m.%Y %H:%M:%S"]),
)
def test_a_time_that_was_written_is_read(when: datetime, form: str) -> None:
    written = cells(when.strftime(form), "25.12.2020 00:00:00" if "." in form else "")
    column = DateColumn.of("When", written)
    reading = read_dates(column, settle({"t.when": column}).get("t.when"), "UTC")
    assert reading.values[0].as_py().replace(tzinfo=UTC) == when.replace(microsecond=0, tzinfo=UTC)


@given(texts=st.lists(st.lists(MONEY_PIECES, max_size=10).map("".join), min_size=1, max_size=30))
def test_any_text_is_a_finite_number_or_named_as_none(texts: list[str]) -> None:
    reading = read_numbers(Cells.of(pa.chunked_array([pa.array(texts, pa.string())]), cells(*texts).lines))
    for code, value in enumerate(reading.values.to_pylist()):
        assert value is None or abs(value) < float("inf")
        assert (value is None) or code not in reading.bad


@given(amount=st.integers(-(10**12), 10**12), decimal=st.sampled_from(".,"), sign=st.sampled_from(["", "€", "$", "USD "]))
def test_an_amount_that_was_written_is_read(amount: int, decimal: str, sign: str) -> None:
    thousands = "." if decimal == "," else ","
    whole, cents = divmod(abs(amount), 100)
    text = f"{'-' if amount < 0 else ''}{sign}{whole:,}".replace(",", thousands) + f"{decimal}{cents:02d}"
    settled = f"1{thousands}234{thousands}567{decimal}89"
    assert read_numbers(cells(text, settled)).values[0].as_py() == pytest.approx(amount / 100, abs=0.005)


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """Bytes changed, cut out, put in or doubled in a few places."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(1, 6))):
        at, size = draw(st.integers(0, max(len(data) - 1, 0))), draw(st.integers(1, 16))
        kind = draw(st.sampled_from(["change", "cut", "insert", "double"]))
        if kind == "change":
            data[at : at + 1] = bytes([draw(st.integers(0, 255))])
        elif kind == "cut":
            del data[at : at + size]
        elif kind == "insert":
            data[at:at] = draw(st.binary(min_size=1, max_size=16))
        else:
            data[at:at] = data[at : at + size]
    return bytes(data)


ARCHIVE = zipped({"a.csv": b"a,b\n1,2\n" * 20, "folder/b.csv": b"x;y\n3;4\n", "c.txt": b"one\ntwo\n"})


@FIXTURE
@given(data=damaged(ARCHIVE))
def test_a_damaged_archive_writes_nothing_outside_of_staging(data: bytes, tmp_path: Path) -> None:
    outside, staging = tmp_path / "outside", tmp_path / "outside" / "staging"
    staging.mkdir(parents=True, exist_ok=True)
    path = outside / "fuzz.zip"
    path.write_bytes(data)
    before = set(outside.rglob("*"))
    with suppress(FileRefused):
        contents = unpack(path, path.name, staging, LIMITS)
        assert all(member.path is None or member.path.parent in {staging, outside} for member in contents.members)
    assert {made.parent for made in set(outside.rglob("*")) - before} <= {staging}
    for made in staging.iterdir():
        made.unlink()


@APART
@given(data=st.one_of(damaged(write_template("tickets", "xlsx")), damaged(b'[{"id": 1, "a": {"b": [1, 2]}}, {"id": 2}]'), damaged(b'{"id": 1}\n{"id": 2}\n')))
def test_a_damaged_workbook_or_document_ends_nothing_but_its_reader(data: bytes) -> None:
    for report in inspect([("fuzz.bin", data)])["files"]:
        assert "refused" in report or report["rows"]["unaccounted"] == 0
        assert "Traceback" not in str(report)
        assert os.sep + "tmp" not in str(report)


def test_the_archive_is_whole() -> None:
    assert zipfile.ZipFile(io.BytesIO(ARCHIVE)).testzip() is None


@pytest.mark.parametrize("kind", KINDS)
def test_every_polluted_file_is_read_as_it_was_meant(kind: str, tmp_path: Path) -> None:
    assert well_read(KINDS[kind](), tmp_path) >= LEAST
