"""Record by record through text whose quotation marks are not in order, losing as little as possible.

A well-formed record of the wrong width is one record, however many lines it has: text inside of a closed quotation never
becomes rows. After a malformed record nothing is loaded until a line is surely a record: the right number of cells, and no
stray quotation mark. Where the malformed record leaves its quotation open, the lines down to the one that closes it are text
of that cell as well. All these lines are set aside.
"""

import re
from dataclasses import dataclass, field, replace

from roi_core.errors import FileRefused
from roi_core.ingest.grammar import LINE, exact, grammar, quotations

_LINES_TO_RECOVER = 200
_WIDTH_THAT_IS_SURE = 4
_LONGEST_CELL = 1 << 20
_LINE_END = re.compile(rb"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Fault:
    """A malformed record: which cell, from 0, and whether its quotation mark is open to the end of the file.

    `cell` is None for a line after it, that cannot be told apart from it.
    """

    cell: int | None
    open: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """One record: byte offsets of its start, its end without the line end, and the next record; and how many cells it has."""

    start: int
    end: int
    next: int
    fields: int


@dataclass(slots=True)
class _Looked:
    """How far down no line closes a quotation, and where the last row of its own with quoted cells starts."""

    end: int = 0
    row: int = -1


@dataclass(frozen=True, slots=True)
class Walker:
    """Walks one text of one delimiter and width, from its start to its end."""

    text: memoryview
    delimiter: str
    width: int
    name: str
    looked: _Looked = field(default_factory=_Looked)

    def walk(self, start: int, stop: int, line: int) -> tuple[list[Cut], dict[int, Fault]]:
        """Records from `start`, on physical line `line`, until one ends at `stop` or later; and the malformed ones by number.

        Raises FileRefused.unclosed_quote.
        """
        cuts: list[Cut] = []
        faults: dict[int, Fault] = {}
        position = start
        while position < min(stop, len(self.text)):
            if cut := self._well_formed(position):
                joined = self._joins_cells(cut)
                if joined is not None:
                    faults[len(cuts)] = Fault(joined)
                cuts.append(cut if joined is None else replace(cut, fields=0))
            else:
                broken, fault = self._malformed(position, start, line)
                faults |= dict.fromkeys(range(len(cuts), len(cuts) + len(broken)), Fault(None))
                faults[len(cuts)] = fault
                cuts += broken
            position = cuts[-1].next
        return cuts, faults

    def _well_formed(self, start: int) -> Cut | None:
        if found := exact(self.delimiter, self.width).match(self.text, start):
            return Cut(start, found.end(1), found.end(), self.width)
        dialect = grammar(self.delimiter)
        if found := dialect.record.match(self.text, start):
            return Cut(start, found.end(1), found.end(), dialect.width(bytes(self.text[start : found.end(1)])))
        return None

    def _joins_cells(self, cut: Cut) -> int | None:
        """The cell in which a quotation begins that ends in another cell, where the delimiter before its mark was lost: no cell after it is sure."""
        content = self._content(cut)
        found = quotations(self.delimiter).joining.search(content)
        return grammar(self.delimiter).width(content[: found.start() + 1]) - 1 if found else None

    def _malformed(self, start: int, origin: int, line: int) -> tuple[list[Cut], Fault]:
        """The malformed record at `start` and those after it, up to a line that is surely a record."""
        cell, is_open = grammar(self.delimiter).breaks_at(self.text, start)
        lines = self._through_its_quotation(self._line(start))
        while lines[-1].next < len(self.text) and not self._is_sure(lines[-1].next):
            lines.append(self._line(lines[-1].next))
            if is_open and len(lines) > _LINES_TO_RECOVER:
                raise FileRefused.unclosed_quote(self.name, line + len(_LINE_END.findall(self.text[origin:start])))
        return [replace(cut, fields=0) for cut in self._grouped(lines)], Fault(cell, is_open)

    def _through_its_quotation(self, first: Cut) -> list[Cut]:
        """The line and, where a line below does nothing but close the quotation it leaves open, all lines down to that one."""
        lines = [first]
        if quotations(self.delimiter).left_open(self._content(first)):
            end = self._closed_at(first)
            while lines[-1].next < end:
                lines.append(self._line(lines[-1].next))
        return lines

    def _closed_at(self, first: Cut) -> int:
        """Where the line ends that closes the quotation left open in `first`, or 0.

        A row of its own with quoted cells shows that the text is outside of any quotation again. No line is looked at twice.
        """
        if first.next <= self.looked.row:
            return 0
        position = max(first.next, self.looked.end)
        while position < min(len(self.text), first.end + _LONGEST_CELL):
            line = self._line(position)
            content = self._content(line)
            if b'"' in content and self._is_sure(position):
                self.looked.row = position
                return 0
            if quotations(self.delimiter).closing.match(content):
                return line.next
            position = self.looked.end = line.next
        return 0

    def _content(self, line: Cut) -> bytes:
        return self.text[line.start : line.end].tobytes()

    def _line(self, start: int) -> Cut:
        """The physical line at `start`, with as many fields as it has delimiters, and one."""
        found = LINE.match(self.text, start)
        end, following = (found.end(1), found.end()) if found else (len(self.text), len(self.text))
        return Cut(start, end, following, self.text[start:end].tobytes().count(self.delimiter.encode()) + 1)

    def _grouped(self, lines: list[Cut]) -> list[Cut]:
        """One record a line; but where the first line leaves a quotation mark open, short lines belong to the one before."""
        first, *others = lines
        if self.text[first.start : first.end].tobytes().count(b'"') % 2 == 0:
            return lines
        records = [first]
        for line in others:
            if line.fields >= self.width:
                records.append(line)
            else:
                records[-1] = replace(records[-1], end=line.end, next=line.next)
        return records

    def _is_sure(self, position: int) -> bool:
        sure = exact(self.delimiter, self.width, stray_quotes=False)
        found = sure.match(self.text, position)
        if found is None or self.width >= _WIDTH_THAT_IS_SURE or found.end() >= len(self.text):
            return found is not None
        return sure.match(self.text, found.end()) is not None
