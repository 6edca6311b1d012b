"""CSV files of our own, clean and polluted, in which every cell says where it belongs: `r3c1` stands in row 3, column 1."""

import re
from dataclasses import dataclass

from hypothesis import strategies as st

MARK = re.compile(r"r(\d+)c(\d+)e")
POLLUTIONS = ("short", "long", "quote", "blank", "bad byte")


@dataclass(frozen=True)
class Written:
    """A file, its true rows, and the numbers of the rows that were polluted; `blank` lines were put between."""

    data: bytes
    headers: list[str]
    rows: list[list[str]]
    polluted: dict[int, str]
    blank: int


@dataclass(frozen=True)
class Style:
    delimiter: str
    line_end: str
    quote_all: bool
    last_line_end: bool
    bom: bool


styles = st.builds(Style, st.sampled_from([",", ";", "\t", "|"]), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans(), st.booleans(), st.booleans())


def cell(text: str, style: Style) -> str:
    """A cell as RFC 4180 writes it."""
    if style.quote_all or set(text) & {style.delimiter, '"', "\n", "\r"}:
        return '"' + text.replace('"', '""') + '"'
    return text


def line(cells: list[str], style: Style) -> str:
    return style.delimiter.join(cell(text, style) for text in cells)


@st.composite
def tables(draw: st.DrawFn, letters: str = 'abc é,;\t|"\n') -> tuple[list[str], list[list[str]]]:
    """Headers and rows whose cells hold their mark and any of the letters."""
    width, height = draw(st.integers(2, 7)), draw(st.integers(1, 12))
    noise = st.text(letters, max_size=6)
    rows = [[f"r{i}c{j}e{draw(noise)}" for j in range(width)] for i in range(height)]
    return [f"h{j}" for j in range(width)], rows


@st.composite
def polluted_files(draw: st.DrawFn) -> Written:
    """A file some of whose rows have a cell too few or too many, a quotation mark too many, a byte that is not UTF-8, or a blank line before."""
    headers, rows = draw(tables())
    style = draw(styles)
    chosen = draw(st.dictionaries(st.integers(0, len(rows) - 1), st.sampled_from(POLLUTIONS), max_size=min(3, len(rows) // 2)))
    lines = [line(headers, style).encode()]
    blank = 0
    for number, cells in enumerate(rows):
        text = line(cells, style)
        kind = chosen.get(number)
        blank += kind == "blank"
        lines += [_polluted(draw, text, cells, kind, style)]
    data = style.line_end.encode().join(lines) + (style.line_end.encode() if style.last_line_end else b"")
    bom = b"\xef\xbb\xbf" if style.bom else b""
    return Written(bom + data, headers, rows, {n: kind for n, kind in chosen.items() if kind != "blank"}, blank)


def _polluted(draw: st.DrawFn, text: str, cells: list[str], kind: str | None, style: Style) -> bytes:
    if kind == "short":
        return line(cells[:-1], style).encode()
    if kind == "long":
        return line([*cells, "more"], style).encode()
    if kind == "blank":
        return (style.line_end + text).encode()
    data = text.encode()
    at = draw(st.integers(0, len(text)))
    if kind == "quote":
        return (text[:at] + '"' + text[at:]).encode()
    return text[:at].encode() + b"\xff" + text[at:].encode() if kind == "bad byte" else data
