"""What a file really is, whatever its name says: by its first bytes."""

import re
from pathlib import Path

from roi_core.errors import FileRefused
from roi_core.ingest.encoding import wide_encoding

ZIP, EMPTY_ZIP, GZIP, OLE = b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEAD = 4096
_MAGIC = (
    (EMPTY_ZIP, "an empty ZIP file"),
    (ZIP, "a ZIP file"),
    (GZIP, "a GZIP file"),
    (OLE, "an old or password-protected Office file (XLS)"),
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a Linux program"),
    (b"\xcf\xfa\xed\xfe", "a macOS program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"\x80\x02", "a pickle file"),
    (b"\x80\x03", "a pickle file"),
    (b"\x80\x04", "a pickle file"),
    (b"\x80\x05", "a pickle file"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a BZIP2 file"),
    (b"\xfd7zXZ", "an XZ file"),
    (b"\x28\xb5\x2f\xfd", "a ZSTD file"),
    (b"{\\rtf", "a rich text document"),
    (b"Obj\x01", "an Avro file"),
    (b"ORC", "an ORC file"),
    (b"FEA1", "a Feather file"),
    (b"\x89HDF", "an HDF5 file"),
    (b"\x93NUMPY", "a NumPy file"),
    (b"\x00\x01\x00\x00Standard ", "an Access database"),
    (b"(lp0\n", "a pickle file"),
    (b"(dp0\n", "a pickle file"),
)
_WORDS = {b"MZ", b"BZh", b"ORC"}
_JSON = "a JSON document"
_TEXT = (
    (re.compile(rb"\s*<(!doctype\s+html|html|head|body|table)\b", re.IGNORECASE), "an HTML page"),
    (re.compile(rb"\s*<\?xml\b", re.IGNORECASE), "an XML document"),
    (re.compile(rb'\s*(\{\s*("|\})|\[\s*[\[{\]]|\[\s*"[^"]*"\s*[,\]])'), _JSON),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b\x00"))
_DUCKDB_AT = 8
_SHARE_OF_CONTROLS = 0.02
_SHARE_OF_ZEROS = 0.1


def kind_of_file(head: bytes) -> str | None:
    """What the first bytes say a file is, in words, or None where it may be a table of text."""
    for magic, kind in _MAGIC:
        if head.startswith(magic) and not (magic in _WORDS and _is_text(head)):
            return kind
    if head[_DUCKDB_AT:].startswith(b"DUCK"):
        return "a DuckDB database"
    start = head.removeprefix(b"\xef\xbb\xbf")
    for pattern, kind in _TEXT:
        if pattern.match(start):
            return kind
    return None if _is_text(head) or wide_encoding(head) else "a binary file"


def is_json(head: bytes) -> bool:
    """Whether the first bytes of a file, in any encoding of Unicode, begin an object or a list of JSON."""
    wide = wide_encoding(head)
    return kind_of_file(head.decode(wide, "ignore").encode() if wide else head) == _JSON


def head_of(path: Path) -> bytes:
    """The first bytes of a file."""
    with path.open("rb") as file:
        return file.read(_HEAD)


def refuse_other_types(path: Path, name: str) -> None:
    """Raises FileRefused.wrong_type where the content is anything but text."""
    if kind := kind_of_file(head_of(path)):
        raise FileRefused.wrong_type(name, kind)


def _is_text(head: bytes) -> bool:
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls <= _SHARE_OF_CONTROLS * len(head) and head.count(0) <= _SHARE_OF_ZEROS * len(head)
