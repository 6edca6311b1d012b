"""Workbooks for tests: those that Excel would write, by xlsxwriter, and those that nobody would, part by part."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence

import xlsxwriter

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

SHEET1, STRINGS, STYLES, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"

Rows = Sequence[Sequence[object]]


def written(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    """What xlsxwriter makes of it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        fill(book)
    return out.getvalue()


def of_rows(**sheets: Rows) -> bytes:
    """A workbook with these rows, each value as its own type; None is an empty cell."""

    def fill(book: xlsxwriter.Workbook) -> None:
        formats = {"datetime": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}), "date": book.add_format({"num_format": "yyyy-mm-dd"})}
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for row, cells in enumerate(rows):
                for column, value in enumerate(cells):
                    if isinstance(value, str):
                        sheet.write_string(row, column, value)
                    elif value is not None:
                        sheet.write(row, column, value, formats.get(type(value).__name__))

    return written(fill)


def sheet(rows: str, before: str = "", after: str = "") -> str:
    """The XML of a sheet."""
    return f"{_DECLARATION}{before}<worksheet {_MAIN}><sheetData>{rows}</sheetData>{after}</worksheet>"


def table(count: int = 2) -> str:
    """Rows of a small table: names, then numbers."""
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><v>{n}5</v></c></row>' for n in range(2, count + 2))
    return '<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c><c r="B1" t="inlineStr"><is><t>amount</t></is></c></row>' + rows


def parts(*sheets: str, **others: str) -> dict[str, bytes]:
    """The parts of a workbook of sheets called S1, S2, ..., to be changed by a test; `others` by the stem of their part."""
    numbered = list(enumerate(sheets, 1))
    listed = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId{n}"/>' for n, _ in numbered)
    related = "".join(f'<Relationship Id="rId{n}" Type="{_TYPES}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n, _ in numbered)
    for word in others:
        related += f'<Relationship Id="r{word}" Type="{_TYPES}/{word}" Target="{word}.xml"/>'
    office = f'<Relationship Id="rId1" Type="{_TYPES}/officeDocument" Target="xl/workbook.xml"/>'
    found = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{office}</Relationships>',
        BOOK: f"{_DECLARATION}<workbook {_MAIN}><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{related}</Relationships>',
        **{f"xl/worksheets/sheet{n}.xml": xml for n, xml in numbered},
        **{f"xl/{word}.xml": f"{_DECLARATION}{xml}" for word, xml in others.items()},
    }
    return {name: text.encode() for name, text in found.items()}


def shared(*texts: str) -> str:
    """The XML of shared strings."""
    return f"<sst {_MAIN}>" + "".join(f"<si><t>{text}</t></si>" for text in texts) + "</sst>"


def with_size(data: bytes, name: str, size: int, content: bytes) -> bytes:
    """A packed member that says it is `size` bytes long with a checksum to match, in both headers, and holds all of `content`."""
    changed, checksum = bytearray(data), struct.pack("<I", zlib.crc32(content[:size]))
    for entry, checksum_at, size_at, name_at in ((b"PK\x03\x04", 14, 22, 30), (b"PK\x01\x02", 16, 24, 46)):
        at = next(at for at in _all(data, entry) if data.startswith(name.encode(), at + name_at))
        changed[at + checksum_at : at + checksum_at + 4] = checksum
        changed[at + size_at : at + size_at + 4] = struct.pack("<I", size)
    return bytes(changed)


def bomb(members: Mapping[str, bytes], name: str, head: bytes, body: bytes, times: int, tail: bytes) -> bytes:
    """An archive with one member that is written block by block."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for other, data in members.items():
            archive.writestr(other, data)
        with archive.open(name, "w") as member:
            member.write(head)
            for _ in range(times):
                member.write(body)
            member.write(tail)
    return out.getvalue()


def _all(data: bytes, mark: bytes) -> list[int]:
    found, at = [], data.find(mark)
    while at >= 0:
        found.append(at)
        at = data.find(mark, at + 1)
    return found
