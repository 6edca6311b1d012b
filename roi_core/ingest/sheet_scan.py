"""What a sheet's XML says that its values do not, and how far it reaches: found by patterns while it is unpacked, without a tree."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from roi_core.errors import FileRefused
from roi_core.ingest.cell_refs import MOST_ROWS, Runs, column_number, place, runs_of

_LONGEST_ROW = 32 << 20
_HEAD_ROWS = 2_000
_NARROW = 26
_FEW_ROWS = 99_999
_ROOT = re.compile(rb"<(\w+:)?worksheet\b")
_FAR = re.compile(rb"=\s*[\"']([A-Za-z]{2,}(?=\d)|[A-Za-z](?=\d{7}))")
_FAR_DOWN = re.compile(rb"\sr\s*=\s*[\"'][A-Za-z]*(\d{6,})[\"']")
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]+\d+)[\"']")
_FULL_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*[^>/])>")
_HIDDEN = rb"\b[^>]*\shidden=\"(?:1|true)\"[^>]*"


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What was found: whether there are values and rows of two or more of them, errors, formulas without a saved value, percents, what is hidden."""

    filled: int
    has_rows: bool
    errors: int
    unsaved: Runs
    percent: Runs
    hidden_rows: int
    hidden_columns: int


@dataclass(slots=True)
class SheetScan:
    """Reads a sheet piece by piece. `columns` and `rows` are at least how far the sheet reaches, and may be more.

    All values are counted only where `count_all` asks for it; else it is known whether there are any.
    """

    name: str
    percent_styles: frozenset[int]
    count_all: bool = True
    columns: int = _NARROW
    rows: int = _FEW_ROWS
    _rest: bytes = b""
    _words: "_Words | None" = None
    _rows_seen: int = 0
    _filled: int = 0
    _has_rows: bool = False
    _errors: int = 0
    _hidden_rows: int = 0
    _hidden_columns: int = 0
    _unsaved: list[tuple[int, int]] = field(default_factory=list)
    _percent: list[tuple[int, int]] = field(default_factory=list)

    def feed(self, chunk: bytes) -> None:
        """Raises FileRefused.too_large where one row is longer than any sheet needs."""
        text = self._rest + chunk
        self._words = self._words or _Words.of(text, self.percent_styles)
        cut = text.rfind(self._words.row_end)
        if cut < 0 and len(text) > _LONGEST_ROW and self._words.sheet_end not in text:
            raise FileRefused.too_large(self.name, "one of its rows", f"over {_LONGEST_ROW:,} bytes", f"{_LONGEST_ROW:,} bytes")
        if cut >= 0:
            cut += len(self._words.row_end)
            self._look(text[:cut], self._words)
            self._rest = text[cut:]
        else:
            self._rest = text if len(text) <= _LONGEST_ROW else b""

    def facts(self) -> SheetFacts:
        """All of it, once the sheet has been fed."""
        if self._words:
            self._look(self._rest, self._words)
        self._rest = b""
        return SheetFacts(
            self._filled,
            self._has_rows,
            self._errors,
            runs_of(sorted(self._unsaved)),
            runs_of(sorted(self._percent)),
            self._hidden_rows,
            self._hidden_columns,
        )

    def _look(self, text: bytes, words: "_Words") -> None:
        self._reach(text)
        if self.count_all or not self._filled:
            self._filled += words.filled(text)
        if not self._has_rows and self._rows_seen < _HEAD_ROWS:
            rows = text.split(words.row_end)
            self._rows_seen += len(rows)
            self._has_rows = any(words.filled(row) > 1 for row in rows)
        self._errors += text.count(b't="e"')
        if b'hidden="' in text:
            self._hidden_rows += len(words.hidden_row.findall(text))
            self._hidden_columns += sum(_span(column) for column in words.hidden_column.findall(text))
        if words.formula in text:
            self._unsaved += words.unsaved(text)
        if words.percent:
            self._percent += _places(words.percent.findall(text))

    def _reach(self, text: bytes) -> None:
        """Looks for references of two letters or seven digits: a sheet without them fits into memory."""
        far = set(_FAR.findall(text))
        self.columns = max([self.columns, *(column_number(letters[:4].decode("ascii")) for letters in far)])
        if far or self.columns > _NARROW:
            self.rows = max([self.rows, *(int(row[:9]) for row in set(_FAR_DOWN.findall(text)))])


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a sheet as they are written in it, with or without a prefix."""

    row_end: bytes
    sheet_end: bytes
    values: tuple[bytes, ...]
    formula: bytes
    unsaved_cell: re.Pattern[bytes]
    hidden_row: re.Pattern[bytes]
    hidden_column: re.Pattern[bytes]
    percent: re.Pattern[bytes] | None

    @classmethod
    def of(cls, text: bytes, percent_styles: frozenset[int]) -> "_Words":
        root = _ROOT.search(text)
        p = (root[1] or b"") if root else b""
        styles = b"|".join(str(style).encode() for style in sorted(percent_styles))
        percent = re.compile(rb"<" + p + rb"c\b(?=[^>]*\ss=\"(?:" + styles + rb")\")[^>]*?\sr=\"([A-Za-z]+\d+)\"") if styles else None
        value = rb"(?:<" + p + rb"v\s*/>|<" + p + rb"v>\s*</" + p + rb"v>)?"
        formula = rb"<" + p + rb"f\b(?:[^>]*/>|[^>]*>[^<]*</" + p + rb"f>)"
        return cls(
            b"</" + p + b"row>",
            b"</" + p + b"sheetData>",
            tuple(b"<" + p + word for word in (b"v>", b"v xml", b"is>")),
            b"<" + p + b"f",
            re.compile(rb"<" + p + rb"c\b([^>]*)>\s*" + formula + rb"\s*" + value + rb"\s*</" + p + rb"c>"),
            re.compile(rb"<" + p + rb"row" + _HIDDEN),
            re.compile(rb"<" + p + rb"col" + _HIDDEN),
            percent,
        )

    def filled(self, text: bytes) -> int:
        return sum(text.count(word) for word in self.values)

    def unsaved(self, text: bytes) -> list[tuple[int, int]]:
        """Cells with a formula and no value; a formula whose text is empty says that it is text."""
        cells = (match[1] for match in self.unsaved_cell.finditer(text))
        return _places(reference[1] for cell in cells if b't="str"' not in cell and (reference := _REFERENCE.search(cell)))


def _places(references: "Iterator[bytes] | list[bytes]") -> list[tuple[int, int]]:
    found = (place(reference.decode("ascii")) for reference in references)
    return [one for one in found if one]


def _span(column: bytes) -> int:
    ends = {name: int(number) for name, number in re.findall(rb"\s(min|max)=\"(\d{1,5})\"", column)}
    return ends.get(b"max", 1) - ends.get(b"min", 1) + 1


def true_reach(pieces: Iterator[bytes]) -> tuple[int, int, int]:
    """Last row, last column and number of the cells that are not empty, cell by cell: slow, and right."""
    rest, last_row, last_column, cells = b"", 1, 1, 0
    for piece in pieces:
        text = rest + piece
        cut = text.rfind(b"<")
        rest = text[max(cut, 0) :]
        for match in _FULL_CELL.finditer(text[: max(cut, 0)]):
            cells += 1
            reference = _REFERENCE.search(b" " + match[1])
            found = place(reference[1].decode("ascii")) if reference else None
            if reference and not found:
                return MOST_ROWS, 26**3, cells
            last_row, last_column = (max(last_row, found[0]), max(last_column, found[1])) if found else (last_row, last_column)
    return last_row, last_column, cells
