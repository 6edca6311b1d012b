"""The parts of a workbook that say what is in it: which sheets, under which titles, hidden or not, beside which pivots."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from roi_core.errors import FileRefused
from roi_core.ingest.cell_refs import corner

BOOK = "xl/workbook.xml"
STYLES, STRINGS = "xl/styles.xml", "xl/sharedStrings.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"

_LONGEST = 16 << 20
_MOST_FORMATS = 65_490
_PERCENT = {9, 10}
_LITERAL = re.compile(r'"[^"]*"|\\.')


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet: its title, the name of its part, the kind of its relation ("worksheet", "chartsheet", ...), and how far each pivot in it reaches."""

    title: str
    part: str
    kind: str
    hidden: bool
    pivots: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Book:
    """What a workbook holds. `percent` has the numbers of the cell formats that show a percent."""

    sheets: tuple[SheetPart, ...]
    from_1904: bool
    macros: bool
    linked: bool
    percent: frozenset[int]


def read_book(archive: zipfile.ZipFile, name: str) -> Book:
    """Raises FileRefused.wrong_type for parts that are missing, damaged or hold a DTD, and .too_large for too many cell formats."""
    known = set(archive.namelist())
    if BOOK not in known and "xl/workbook.bin" in known:
        raise FileRefused.wrong_type(name, "a binary Excel workbook (XLSB)")
    root = _tree(archive, BOOK, name)
    related = _relations(archive, RELATIONS, name)
    sheets = tuple(_sheet(archive, sheet, related, name) for sheet in _all(root, "sheet"))
    properties = next(_all(root, "workbookPr"), None)
    from_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
    percent = _percent(archive, name) if STYLES in known else frozenset()
    macros = any(part.lower().endswith("vbaproject.bin") for part in known)
    linked = any(part.startswith("xl/externalLinks/") for part in known)
    return Book(sheets, from_1904, macros, linked, percent)


def part_bytes(archive: zipfile.ZipFile, part: str, name: str) -> bytes:
    """A small part, whole. Raises FileRefused.wrong_type and .too_large."""
    try:
        with archive.open(part) as source:
            data = source.read(_LONGEST + 1)
    except KeyError:
        raise FileRefused.wrong_type(name, f"an Excel workbook (XLSX) that lacks its part {part}") from None
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, ValueError):
        raise FileRefused.wrong_type(name, f"a damaged Excel workbook (XLSX): its part {part} cannot be unpacked") from None
    if len(data) > _LONGEST:
        raise FileRefused.too_large(name, f"its part {part}", f"over {_LONGEST:,} bytes", f"{_LONGEST:,} bytes")
    return data


def _tree(archive: zipfile.ZipFile, part: str, name: str) -> Element:
    try:
        root: Element = fromstring(part_bytes(archive, part, name), forbid_dtd=True)
    except DefusedXmlException:
        raise FileRefused.wrong_type(name, f"an Excel workbook (XLSX) that contains a DTD, in its part {part}") from None
    except (ParseError, ValueError):
        raise FileRefused.wrong_type(name, f"a damaged Excel workbook (XLSX): its part {part} is no XML") from None
    return root


def _all(root: Element, word: str) -> Iterator[Element]:
    return (element for element in root.iter() if str(element.tag).rpartition("}")[2] == word)


def _relations(archive: zipfile.ZipFile, part: str, name: str) -> dict[str, tuple[str, str]]:
    """By id: the kind of a related part, and its name in the archive."""
    if part not in archive.namelist():
        raise FileRefused.wrong_type(name, f"an Excel workbook (XLSX) that lacks its part {part}")
    folder = posixpath.dirname(posixpath.dirname(part))
    found = {}
    for relation in _all(_tree(archive, part, name), "Relationship"):
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
        found[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], target)
    return found


def _sheet(archive: zipfile.ZipFile, sheet: Element, related: dict[str, tuple[str, str]], name: str) -> SheetPart:
    ids = [value for key, value in sheet.attrib.items() if key.rpartition("}")[2] == "id" and "}" in key]
    kind, part = related.get(ids[0] if ids else "", ("", ""))
    hidden = sheet.get("state", "visible") != "visible"
    return SheetPart(sheet.get("name", ""), part, kind, hidden, tuple(_pivots(archive, part, name)) if kind == "worksheet" else ())


def _pivots(archive: zipfile.ZipFile, part: str, name: str) -> Iterator[tuple[int, int]]:
    relations = f"{posixpath.dirname(part)}/_rels/{posixpath.basename(part)}.rels"
    known = set(archive.namelist())
    for kind, target in _relations(archive, relations, name).values() if relations in known else ():
        if kind == "pivotTable" and target in known:
            for location in _all(_tree(archive, target, name), "location"):
                if found := corner(location.get("ref", "")):
                    yield found


def _percent(archive: zipfile.ZipFile, name: str) -> frozenset[int]:
    """Which cell formats show a percent. Raises FileRefused.too_large over as many formats as Excel itself allows."""
    count = part_bytes(archive, STYLES, name).count(b"<xf")
    if count > 2 * _MOST_FORMATS:
        raise FileRefused.too_large(name, "the number of its cell formats", f"{count:,}", f"{_MOST_FORMATS:,}")
    styles = _tree(archive, STYLES, name)
    shown = _PERCENT | {_format(one) for one in _all(styles, "numFmt") if "%" in _LITERAL.sub("", one.get("formatCode", ""))}
    formats = next(_all(styles, "cellXfs"), ())
    return frozenset(number for number, one in enumerate(formats) if _format(one) in shown)


def _format(style: Element) -> int:
    text = style.get("numFmtId", "")
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0
