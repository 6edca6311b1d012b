"""Workbooks: 48 by its 1904 system, and 61 to 72."""

import datetime as dt
import zipfile

import xlsxwriter

from tests.ingest.archives import zipped
from tests.ingest.ninety.case import TICKETS, Bad, Outcome, csv, tickets
from tests.ingest.workbooks import SHEET1, STRINGS, bomb, of_rows, parts, shared, sheet, table, written

OK, QUAR, ASK, REFUSE = Outcome.OK, Outcome.QUAR, Outcome.ASK, Outcome.REFUSE
_DTD = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
_LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha">' + "".join(f'<!ENTITY {y} "{f"&{x};" * 10}">' for x, y in zip("abcdefgh", "bcdefghi", strict=True)) + "]>"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ROWS = [["ticket_id", "created_at"], *([n, dt.datetime(2024, 1, n)] for n in range(1, 5))]


def _since_1904() -> bytes:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.date_1904 = True
        cells, day = book.add_worksheet("T"), book.add_format({"num_format": "yyyy-mm-dd"})
        for row, values in enumerate(ROWS):
            cells.write_row(row, 0, values, day if row else None)

    return written(fill)


def _unsaved() -> bytes:
    return zipped(parts(sheet(table(3).replace('<c r="B3"><v>35</v></c>', '<c r="B3"><f>A3*5</f></c>'))))


def _linked() -> bytes:
    members = parts(sheet(table(3).replace('<c r="B3"><v>35</v></c>', '<c r="B3"><f>[1]S1!A3</f><v>15</v></c>')))
    return zipped({**members, "xl/externalLinks/externalLink1.xml": b"<externalLink/>"})


def _merged_and_hidden() -> bytes:
    def fill(book: xlsxwriter.Workbook) -> None:
        cells = book.add_worksheet("T")
        cells.merge_range(0, 0, 0, 1, "Ticket")
        cells.write_row(0, 2, ["amount"])
        cells.write_row(1, 0, ["id", "name", "value"])
        for row in range(2, 8):
            cells.write_row(row, 0, [row, f"n{row}", row + 0.5])
        cells.set_row(4, None, None, {"hidden": True})
        cells.autofilter(1, 0, 7, 2)

    return written(fill)


def _shared_string() -> bytes:
    members = parts(sheet(table()), sharedStrings=shared("x"))
    del members[STRINGS]
    return bomb(members, STRINGS, b"<sst><si><t>", b"x" * (1 << 20), 400, b"</t></si></sst>")


def _million_rows() -> bytes:
    members = parts(sheet(""))
    del members[SHEET1]
    row = b"<row><c><v>1</v></c><c><v>2.5</v></c></row>"
    head = sheet(table(0)).removesuffix("</sheetData></worksheet>").encode()
    return bomb(members, SHEET1, head, row * 1_000, 1_000, b"</sheetData></worksheet>")


def _without(name: str) -> bytes:
    return zipped({key: data for key, data in parts(sheet(table())).items() if key != name})


CASES = (
    Bad(48, "dates since 1904", _since_1904(), OK, ("the workbook counts its days from 1904",), counts=(4, 4, 0, 0), name="{id}.xlsx"),
    Bad(61, "password", _OLE + bytes(2_000) + "EncryptedPackage".encode("utf-16-le"), REFUSE, ("a password-protected Office file",), name="{id}.xlsx"),
    Bad(62, "html as xls", b"<html><body><table><tr><td>1</td></tr></table>", REFUSE, ("an HTML page",), name="{id}.xls"),
    Bad(62, "csv as xlsx", csv(TICKETS, *tickets(), "9,i@x.example,2024-01-09,62"), OK, counts=(9, 9, 0, 0), name="{id}.xlsx"),
    Bad(62, "old file as xlsx", _OLE + bytes(2_000), REFUSE, ("an old Office file",), name="{id}.xlsx"),
    Bad(63, "a formula without a value", _unsaved(), QUAR, ("line 3: ", "B3"), counts=(3, 2, 1, 0), name="{id}.xlsx"),
    Bad(
        64,
        "a link to another file",
        _linked(),
        OK,
        ("to other files were not followed; the values are those last saved",),
        counts=(3, 3, 0, 0),
        name="{id}.xlsx",
    ),
    Bad(
        65,
        "merged and hidden",
        _merged_and_hidden(),
        OK,
        ("hidden in the sheet and read all the same: 1 rows and 0 columns",),
        counts=(6, 6, 0, 0),
        name="{id}.xlsx",
    ),
    # Every sheet with a table is read and listed, each with its own report: nobody has to be asked which one was meant.
    Bad(
        66,
        "three sheets",
        of_rows(Jan=ROWS, Feb=[*ROWS, [5, dt.datetime(2024, 2, 1)]], Mar=[*ROWS, [6, dt.datetime(2024, 3, 1)]]),
        OK,
        counts=(14, 14, 0, 0),
        name="{id}.xlsx",
    ),
    Bad(
        67,
        "two cells far apart",
        zipped(parts(sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'))),
        REFUSE,
        ("its used range is 1,048,576 x 16,384 with 2 cells",),
        name="{id}.xlsx",
    ),
    Bad(68, "a shared string of 400 MB", _shared_string, REFUSE, ("its unpacked size is", "times its packed size; the limit is 200 times"), name="{id}.xlsx"),
    Bad(69, "a million rows", _million_rows, OK, counts=(1_000_000, 1_000_000, 0, 0), name="{id}.xlsx"),
    Bad(
        70,
        "an outside entity",
        zipped(parts(sheet(table().replace("<t>id</t>", "<t>&e;</t>"), before=_DTD))),
        REFUSE,
        ("contains a DTD, in its part xl/worksheets/sheet1.xml",),
        never=("root:",),
        name="{id}.xlsx",
    ),
    Bad(
        70,
        "a billion laughs",
        zipped(parts(sheet(table()), sharedStrings=_LAUGHS + shared("&i;"))),
        REFUSE,
        ("contains a DTD",),
        never=("hahaha",),
        name="{id}.xlsx",
    ),
    Bad(71, "a sheet is missing", _without(SHEET1), REFUSE, ("lacks its part xl/worksheets/sheet1.xml",), name="{id}.xlsx"),
    Bad(71, "truncated", zipped(parts(sheet(table(500))))[:-400], REFUSE, ("a damaged ZIP file",), name="{id}.xlsx"),
    Bad(
        71,
        "a wrong checksum",
        zipped(parts(sheet(table())), zipfile.ZIP_STORED).replace(b"<v>25</v>", b"<v>99</v>"),
        REFUSE,
        ("its part xl/worksheets/sheet1.xml cannot be unpacked",),
        name="{id}.xlsx",
    ),
    Bad(
        72,
        "macros",
        zipped({**parts(sheet(table(4))), "xl/vbaProject.bin": b"x"}),
        OK,
        ("were not run; the values are those last saved",),
        counts=(4, 4, 0, 0),
        name="{id}.xlsm",
    ),
)
