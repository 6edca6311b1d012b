"""Archives and workbooks made to harm: refused before they are parsed, or the end of the reading process and of nothing else."""

import gzip
import io
import os
import re
import struct
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType

import psutil
import pytest
import xlwt

from roi_core.errors import FileRefused
from roi_core.ingest.archive import unpack
from roi_core.ingest.limits import LIMITS
from roi_core.ingest.members import Contents
from roi_core.ingest.read_table import read_table
from roi_core.ingest.run import Order, read_files
from tests.ingest.archives import overlapping, zipped
from tests.ingest.workbooks import BOOK, SHEET1, STRINGS, bomb, parts, shared, sheet, table, with_size

_LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha">' + "".join(f'<!ENTITY {y} "{f"&{x};" * 10}">' for x, y in zip("abcdefgh", "bcdefghi", strict=True)) + "]>"
_XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
_MOST_STYLES = 1_000_000


def _far_cell() -> bytes:
    return zipped(parts(sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>')))


def _far_cell_in_disguise() -> bytes:
    return zipped(parts(sheet("<row r='1'><c s='0' r = 'A1'><v>1</v></c></row><row><c\n r\n=\n'xfd1048576'><v>2</v></c></row>")))


def _tall_and_wide() -> bytes:
    return zipped(parts(sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="AZ1048576"><v>2</v></c></row>')))


def _deeper_than_any_sheet() -> bytes:
    return zipped(parts(sheet('<row r="1"><c r="A1"><v>1</v></c></row><row><c r="Z9999999"><v>2</v></c></row>')))


def _styles() -> bytes:
    return zipped(parts(sheet(table()), styles="<styleSheet><cellXfs>" + "<xf/>" * _MOST_STYLES + "</cellXfs></styleSheet>"))


@cache
def _shared_string() -> bytes:
    members = parts(sheet(table()), sharedStrings=shared("x"))
    del members[STRINGS]
    return bomb(members, STRINGS, b"<sst><si><t>", b"x" * (1 << 20), 400, b"</t></si></sst>")


def _lying_shared_string() -> bytes:
    strings = ("<sst><si><t>" + "x" * (60 << 20) + "</t></si></sst>").encode()
    cut = len(b"<sst><si><t>x")
    members = parts(sheet(table().replace("<v>2</v>", "<v>0</v>")), sharedStrings=shared("x"))
    return with_size(zipped({**members, STRINGS: strings}), STRINGS, cut, strings)


def _xxe() -> bytes:
    return zipped(parts(sheet(table().replace("<t>id</t>", "<t>&e;</t>"), before=_XXE)))


def _xxe_in_the_book() -> bytes:
    members = parts(sheet(table()))
    return zipped({**members, BOOK: members[BOOK].replace(b"<workbook", _XXE.encode() + b"<workbook")})


def _laughs() -> bytes:
    return zipped(parts(sheet(table()), sharedStrings=_LAUGHS + shared("&i;")))


def _wide_laughs() -> bytes:
    members = parts(sheet(table()), sharedStrings=shared("x"))
    return zipped({**members, STRINGS: (_LAUGHS + shared("&i;")).encode("utf-16")})


def _missing_sheet() -> bytes:
    members = parts(sheet(table()))
    return zipped({name: data for name, data in members.items() if name != SHEET1})


def _missing_relations() -> bytes:
    members = parts(sheet(table()))
    return zipped({name: data for name, data in members.items() if not name.endswith("workbook.xml.rels")})


def _truncated() -> bytes:
    return zipped(parts(sheet(table(500))))[:-400]


def _checksum() -> bytes:
    data = zipped(parts(sheet(table())), zipfile.ZIP_STORED)
    return data.replace(b"<v>25</v>", b"<v>99</v>")


def _overlapping() -> bytes:
    return overlapping(zipped(parts(sheet(table()))))


def _entries() -> bytes:
    return zipped({**parts(sheet(table())), **{f"xl/media/{n}": b"" for n in range(70_000)}}, zipfile.ZIP_STORED)


def _many_entries() -> bytes:
    return zipped({f"{n}.csv": b"" for n in range(70_000)}, zipfile.ZIP_STORED)


def _nested() -> bytes:
    data = zipped(parts(sheet(table())))
    for name in ("a.zip", "b.zip", "c.zip", "d.zip", "e.zip"):
        data = zipped({name: data})
    return data


def _gzip_bomb() -> bytes:
    return gzip.compress(bytes(120 << 20))


def _long_row() -> bytes:
    members = parts(sheet(""))
    del members[SHEET1]
    return bomb(members, SHEET1, b"<worksheet><sheetData><row>", b"<c><v>1</v></c>" * (1 << 16), 40, b"</row></sheetData></worksheet>")


def _one_part_twice() -> bytes:
    members = parts(sheet(table()), sheet(table()))
    rels = "xl/_rels/workbook.xml.rels"
    return zipped({**members, rels: members[rels].replace(b"sheet2.xml", b"sheet1.xml")})


def _long_text() -> bytes:
    return zipped(parts(sheet(table().replace("<t>id</t>", f"<t>{'x' * 300_000}</t>"))))


HOSTILE: dict[Callable[[], bytes], str] = {
    _far_cell: r'"far.xlsx / S1": its used range is 1,048,576 x 16,384 with 2 cells; the limit is 33,554,432 cells',
    _far_cell_in_disguise: "its used range is 1,048,576 x 16,384 with 2 cells",
    _tall_and_wide: "its used range is 1,048,576 x 52 with 2 cells",
    _deeper_than_any_sheet: "its used range is 9,999,999 x 26 with 2 cells",
    _styles: "the number of its cell formats is 1,000,000; the limit is 65,490",
    _shared_string: "its unpacked size is 1,0[0-9][0-9] times its packed size; the limit is 200 times",
    _lying_shared_string: "a damaged",
    _xxe: "contains a DTD, in its part xl/worksheets/sheet1.xml",
    _xxe_in_the_book: "contains a DTD, in its part xl/workbook.xml",
    _laughs: "contains a DTD, in its part xl/sharedStrings.xml",
    _wide_laughs: "whose part xl/sharedStrings.xml is not written in UTF-8",
    _missing_sheet: "lacks its part xl/worksheets/sheet1.xml",
    _missing_relations: "lacks its part xl/_rels/workbook.xml.rels",
    _truncated: "a damaged ZIP file",
    _checksum: "its part xl/worksheets/sheet1.xml cannot be unpacked",
    _overlapping: "overlaps another file",
    _entries: "the number of files inside is 70,005; the limit is 10,000",
    _many_entries: "the number of files inside is 70,000; the limit is 100",
    _nested: "an archive inside of an archive",
    _gzip_bomb: "times its packed size; the limit is 200 times",
    _long_row: "one of its rows is over 33,554,432 bytes",
    _one_part_twice: "two sheets are called",
    _long_text: "a text in its part xl/worksheets/sheet1.xml is over 262,144 bytes",
}


_TRIES = 3
"""A core that is shared counts seconds that were not ours."""


def _why(contents: Contents, staging: Path) -> list[str]:
    """Why each table is refused, in words; an empty text where one is read."""
    said = []
    for member in contents.members:
        try:
            said.append(member.refused or (read_table(member.path, member.name or "far.xlsx", staging) and ""))
        except FileRefused as refusal:
            said.append(str(refusal))
    return said


def _read(path: Path, staging: Path) -> tuple[str, float, int]:
    """What is said of a file, the seconds of this process for it and the bytes by which it grew."""
    process = psutil.Process()
    before, started = process.memory_info().rss, time.process_time()
    try:
        said = " ".join(_why(unpack(path, "far.xlsx", staging, LIMITS), staging))
    except FileRefused as refusal:
        said = str(refusal)
    return said, time.process_time() - started, process.memory_info().rss - before


@pytest.fixture(scope="module")
def reader() -> Iterator[ProcessPoolExecutor]:
    """One process that does nothing else: what it grows by is what the file took. It starts with the main program, which pages replace by theirs."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(sys.modules, "__main__", ModuleType("__main__"))
            pool.submit(int).result()
        yield pool


@pytest.mark.parametrize(("build", "why"), HOSTILE.items(), ids=[build.__name__.strip("_") for build in HOSTILE])
def test_what_is_hostile_is_refused_within_a_second(build: Callable[[], bytes], why: str, tmp_path: Path, reader: ProcessPoolExecutor) -> None:
    path, took, grew = tmp_path / "far.xlsx", list[float](), list[int]()
    path.write_bytes(build())
    while len(took) < _TRIES and min(took, default=1.0) >= 1:
        said, seconds, more = reader.submit(_read, path, tmp_path).result()
        assert re.search(why, said)
        took.append(seconds)
        grew.append(more)
    assert min(took) < 1
    assert max(grew) < 100 << 20
    assert all(file.parent == tmp_path for file in tmp_path.rglob("*"))


_MOST_SECONDS = 10
"""Of the processor, until the reading process is ended: what is promised of the clock, and does not grow where the machine is shared."""


def _of_children() -> float:
    """Seconds of the processor of all ended child processes of this one."""
    times = os.times()
    return times.children_user + times.children_system


def test_a_text_that_is_repeated_beyond_memory_ends_the_reading_process_alone(tmp_path: Path) -> None:
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c><c r="B{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_000))
    repeated = zipped(parts(sheet(cells), sharedStrings=shared("x" * 200_000)))
    good = zipped(parts(sheet(table())))
    limits = replace(LIMITS, resident_bytes=500 << 20, address_bytes=1 << 30, seconds=10)
    started = _of_children()
    entries = read_files([("a.xlsx", good), ("hostile.xlsx", repeated), ("c.csv", b"a,b\n1,2\n")], tmp_path, Order(b"k" * 32), None, limits)
    assert _of_children() - started < _MOST_SECONDS
    assert ["refused" in entry for entry in entries] == [False, True, False]
    assert "could not be read" in entries[1]["refused"]
    assert [entry["rows"]["loaded"] for entry in entries if "rows" in entry] == [2, 1]


def test_an_old_workbook_that_reaches_beyond_memory_ends_the_reading_process_alone(tmp_path: Path) -> None:
    book, out = xlwt.Workbook(), io.BytesIO()
    cells = book.add_sheet("T")
    cells.write(0, 0, 1.5)
    cells.write(65_535, 255, 2.5)
    book.save(out)
    number = struct.pack("<HHHH", 0x027E, 10, 65_535, 255)
    assert out.getvalue().count(number) == 1
    far = out.getvalue().replace(number, struct.pack("<HHHH", 0x027E, 10, 65_535, 65_535))
    started = _of_children()
    entries = read_files([("far.xls", far), ("c.csv", b"a,b\n1,2\n")], tmp_path, Order(b"k" * 32), None, LIMITS)
    assert _of_children() - started < _MOST_SECONDS
    assert '"far.xls" could not be read' in entries[0]["refused"]
    assert entries[1]["rows"]["loaded"] == 1


def test_all_of_them_in_one_drop_leave_the_good_files_as_they_are(tmp_path: Path) -> None:
    hostile = [(f"{build.__name__}.xlsx", build()) for build in HOSTILE if build not in {_shared_string, _gzip_bomb, _long_row, _one_part_twice}]
    files = [("a.csv", b"a,b\n1,2\n"), *hostile, ("z.xlsx", zipped(parts(sheet(table(3)))))]
    entries = read_files(files, tmp_path, Order(b"k" * 32), None, LIMITS)
    read = [entry["file"] for entry in entries if "refused" not in entry]
    assert read[0] == "a.csv"
    assert read[-1] == "z.xlsx"
    assert {entry["file"] for entry in entries if "refused" in entry} == {name for name, _ in hostile}
