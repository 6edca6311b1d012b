"""2,290 files of our own, each polluted in one way, with the table that was meant; and a score of what a reader makes of them.

The kinds are those of Vitagliano et al., "Pollock: A Data Loading Benchmark" (PVLDB 16:8, 2023, pages 1870-1882, section 4):
whole-file dialects, layouts of several tables or headers, and one separator or quotation mark too few or too many in every
row and column. So is the score (section 5.2): 1 for a file that is read at all, and precision, recall and F1 of header,
records and cells, at most 10.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

Cells = list[str]

HEADER: Cells = ["Date", "Time", "Quantity", "Article", "Price", "Kind", "Description", "Address", "Comment"]
_KINDS = ("lamp", "chair", "desk, small", "shelf")
_WORDS = ("solid oak, oiled", "with a 2 m cable", "fits under windows", "for outdoors, too", "sold in pairs")


def _row(number: int) -> Cells:
    day, month = 1 + number % 28, 1 + number % 12
    return [
        f"{day:02d}/{month:02d}/2024",
        f"{8 + number % 12:02d}:{number * 7 % 60:02d}",
        str(1 + number % 9),
        f"A{number:04d}",
        f"{9 + number % 90}.{number * 13 % 100:02d}",
        _KINDS[number % 4],
        _WORDS[number % 5],
        f"https://shop.example/a/{number}",
        f"row {number}" if number % 3 else "",
    ]


ROWS: list[Cells] = [_row(number) for number in range(83)]
TABLE: list[Cells] = [HEADER, *ROWS]


@dataclass(frozen=True)
class Polluted:
    """A file, and the header and rows that were meant."""

    name: str
    data: bytes
    header: Cells
    rows: list[Cells]


@dataclass(frozen=True)
class Dialect:
    delimiter: str = ","
    quote: str = '"'
    escape: str = '"'
    end: str = "\r\n"

    def cell(self, text: str) -> str:
        if not set(text) & {*self.delimiter.strip(), self.quote, "\r", "\n"} and not (self.delimiter == " " and " " in text):
            return text
        return self.quote + text.replace(self.quote, self.escape + self.quote) + self.quote

    def line(self, cells: Sequence[str]) -> str:
        return self.delimiter.join(self.cell(text) for text in cells)

    def write(self, table: Sequence[Sequence[str]]) -> str:
        return "".join(self.line(row) + self.end for row in table)


PLAIN = Dialect()


def _file(name: str, text: str, header: Cells = HEADER, rows: list[Cells] | None = None) -> Polluted:
    return Polluted(name, text.encode(), header, ROWS if rows is None else rows)


def dialects() -> Iterator[Polluted]:
    """The same table in every dialect, some cells with the quotation mark that it escapes."""
    quoted = [[*row[:6], f'the "best" {row[6]}' if number % 10 == 0 else row[6], *row[7:]] for number, row in enumerate(ROWS)]
    for delimiter in (" ", ", ", ";", "\t"):
        yield _file(f"delimiter {delimiter!r}", Dialect(delimiter=delimiter).write(TABLE))
    apostrophes = [[cell.replace('"', "'") for cell in row] for row in quoted]
    yield _file("quotation mark '", Dialect(quote="'", escape="'").write([HEADER, *apostrophes]), rows=apostrophes)
    yield _file("escape \\", Dialect(escape="\\").write([HEADER, *quoted]), rows=quoted)
    yield _file("escape doubled", PLAIN.write([HEADER, *quoted]), rows=quoted)
    for end in ("\n", "\r"):
        yield _file(f"record end {end!r}", Dialect(end=end).write(TABLE))


def layouts() -> Iterator[Polluted]:
    """Headers, preambles, footers and tables in places where they are not expected."""
    text = PLAIN.write(TABLE)
    yield _file("source", text)
    yield _file("no payload", "", [], [])
    yield _file("no trailing newline", text.removesuffix("\r\n"))
    yield _file("two trailing newlines", text + "\r\n")
    yield _file("no header", PLAIN.write(ROWS), [])
    yield _file("header in two rows", PLAIN.write([["Sale"] * 3 + ["Article"] * 6, *TABLE]))
    yield _file("header in three rows", PLAIN.write([["Sale"] * 9, ["Sale"] * 3 + ["Article"] * 6, *TABLE]))
    yield _file("preamble", PLAIN.write([["Sales of the year"], ["Made on 3 May", ""], []]) + text)
    for name, columns in (("fewer", 5), ("as many", 9), ("more", 12)):
        other = [[f"x{i}" for i in range(columns)], *([f"{r}{i}" for i in range(columns)] for r in range(6))]
        yield _file(f"a second table of {name} columns", text + "\r\n" + PLAIN.write(other))
    yield _file("header only", PLAIN.write([HEADER]), rows=[])
    yield _file("one row", PLAIN.write(TABLE[:2]), rows=ROWS[:1])


def _changed(name: str, change: Callable[[list[str], int], str], columns: int, first: int = 0) -> Iterator[Polluted]:
    for number, row in enumerate(TABLE[first:], first):
        for column in range(columns):
            lines = [PLAIN.line(cells) for cells in TABLE]
            lines[number] = change([PLAIN.cell(cell) for cell in row], column)
            yield _file(f"{name}, row {number}, column {column}", "".join(line + "\r\n" for line in lines))


def a_separator_too_few() -> Iterator[Polluted]:
    """84 rows by 8 places."""
    return _changed("a separator too few", lambda cells, at: ",".join([*cells[:at], cells[at] + cells[at + 1], *cells[at + 2 :]]), 8)


def a_separator_too_many() -> Iterator[Polluted]:
    """84 rows by 9 places."""
    return _changed("a separator too many", lambda cells, at: ",".join([*cells[: at + 1], "", *cells[at + 1 :]]), 9)


def a_quotation_mark_too_many() -> Iterator[Polluted]:
    """84 rows by 9 cells, before their last letter."""
    return _changed("a quotation mark too many", lambda cells, at: ",".join([*cells[:at], cells[at][:-1] + '"' + cells[at][-1:], *cells[at + 1 :]]), 9)


def another_delimiter() -> Iterator[Polluted]:
    """One row each is separated by blanks."""
    return _changed("another delimiter", lambda cells, _: " ".join(cells), 1)


KINDS: dict[str, Callable[[], Iterator[Polluted]]] = {
    "dialects": dialects,
    "layouts": layouts,
    "a separator too few": a_separator_too_few,
    "a separator too many": a_separator_too_many,
    "a quotation mark too many": a_quotation_mark_too_many,
    "another delimiter": another_delimiter,
}


def score(file: Polluted, header: Cells | None, rows: list[Cells]) -> float:
    """0 to 10. `header` is None where the reader failed; [] where it says that there is none."""
    if header is None:
        return 0.0
    records = _f(Counter("".join(row) for row in file.rows), Counter("".join(row) for row in rows))
    cells = _f(Counter(cell for row in file.rows for cell in row), Counter(cell for row in rows for cell in row))
    return 1.0 + sum(_f(Counter(file.header), Counter(header))) + sum(records) + sum(cells)


def _f(meant: Counter[str], found: Counter[str]) -> tuple[float, float, float]:
    hit = (meant & found).total()
    precision = hit / found.total() if found else float(not meant)
    recall = hit / meant.total() if meant else float(not found)
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0
