"""Tables of any cells, written in any dialect a program might write: what the reader makes of them is compared with what was written."""

from dataclasses import dataclass

from hypothesis import strategies as st

Rows = list[list[str]]

TEXTS = st.one_of(
    st.sampled_from(
        [
            "", "", " ", "a", "two\nlines", "two\nlines, more", "a\r\nb", "a\n\nb", " lead", "trail ", "it's", "'t Hart", "Jones'", "'quoted'", "''", "'",
            'say "hi"', '"', '""', '"open', "a,b", "a;b", "a|b", "a\tb", "=1+1", "@SUM(A1)", "-5", "+49 30", "\t=1", "José", "Łódź", "日本", "🎉", "NA", "null",
            "None", "Total", "total 3", "#1001", "1.234,56", "2024-01-02", "a@b.example", "x" * 300, "\u00a0", "e\u0301", "\u2028", "end\n", "\nstart",
            "Grand total", "(5.00)", "1E5",
        ]
    ),
    st.text("ab,;|\t\"'\n é ", max_size=9),
)  # fmt: skip
HEADERS = st.sampled_from(["customer_id", "name", "Name", "note", "amount", "created_at", "", " ", "a,b", 'say "it"', "it's", "two\nlines", "größe", "=x"])
TYPED = {
    "id": lambda n: f"{n:05d}",
    "code": lambda n: f"T{n + 1}",
    "date": lambda n: f"2024-{n % 12 + 1:02d}-{n % 28 + 1:02d}",
    "amount": lambda n: f"{n * 7}.50",
    "mail": lambda n: f"a{n}@x.example",
}


@dataclass(frozen=True)
class Dialect:
    """`quoting` is all, needed or texts (every cell that is no number), `escape` the mark before a quotation mark that is text, `above` what stands on top."""

    delimiter: str
    quote: str
    escape: str
    ending: str
    quoting: str
    encoding: str
    above: tuple[str, ...]
    blank: frozenset[int]
    last: bool

    def written(self, table: Rows) -> bytes:
        """The bytes of a file. A text that begins with a quotation mark stands in the marks of the file: bare, nothing tells it from a quotation."""
        lines = [*self.above]
        for number, row in enumerate(table):
            lines += [""] * (number in self.blank) + [self.delimiter.join(map(self._cell, row))]
        return (self.ending.join(lines) + self.ending * self.last).encode(self.encoding)

    def _cell(self, text: str) -> str:
        needed = set(text) & {self.delimiter, self.quote, "\n", "\r"} or text.lstrip(" ").startswith('"')
        if needed or self.quoting == "all" or (self.quoting == "texts" and not text.replace(".", "").isdigit()):
            return self.quote + text.replace(self.quote, self.escape + self.quote) + self.quote
        return text


@dataclass(frozen=True)
class Drawn:
    """The table with its header, and how it was written."""

    table: Rows
    dialect: Dialect

    @property
    def data(self) -> bytes:
        """The file."""
        return self.dialect.written(self.table)


@st.composite
def tables(draw: st.DrawFn, *, plain: bool) -> Rows:
    """A header and rows; some columns hold ids, dates, amounts or addresses, the others any text. `plain` tables fit into cp1252."""
    kinds = draw(st.lists(st.sampled_from([*TYPED, "text", "text"]), min_size=1, max_size=6))
    header = [draw(HEADERS) for _ in kinds]
    height = draw(st.integers(3, 12))
    rows = [[TYPED[kind](n) if kind in TYPED else draw(TEXTS) for kind in kinds] for n in range(height)]
    header = [(name.strip() and name) or f"name {place}" * (place != 1) for place, name in enumerate(header)]
    header = header if len(header) > 2 else ["name", "größe"][: len(header)]
    return [[_western(cell) for cell in row] for row in [header, *rows]] if plain else [header, *rows]


def _western(cell: str) -> str:
    return cell.encode("cp1252", "ignore").decode("cp1252")


@st.composite
def drawn(draw: st.DrawFn) -> Drawn:
    """A table and a dialect. Of one column nobody knows what stands above its name, nor whether a mark belongs to its texts."""
    encoding = draw(st.sampled_from(["utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252"]))
    table = draw(tables(plain=encoding == "cp1252"))
    wide = len(table[0]) > 1
    quote = draw(st.sampled_from(['"', '"', "'"] if wide else ['"']))
    above = draw(st.sampled_from([(), (), (), ("Report of March", ""), ("Created by: Ann", "From 2024-01-01 to 2024-02-01", "")])) if wide else ()
    blank = draw(st.frozensets(st.integers(1, len(table) - 1), max_size=2))
    return Drawn(
        table,
        Dialect(
            draw(st.sampled_from(",;\t|")), quote, draw(st.sampled_from([quote, quote, "\\" if wide else quote])), draw(st.sampled_from(["\n", "\r\n", "\r"])),
            draw(st.sampled_from(["all", "texts", *(["needed", "needed"] if wide else [])])), encoding, above, blank, draw(st.booleans()),
        ),
    )  # fmt: skip
