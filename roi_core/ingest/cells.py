"""One column of text cells, held as its distinct values and a code per row, and what reading it gives."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.questions import Question

MISSING_WORDS = ("n/a", "na", "none", "null", "-", "--", "\u2013", "\u2014", "?", "not available", "unknown")
"""Words that stand for "no value" in a column of dates, numbers or yes/no. A text column keeps them as text."""


@dataclass(frozen=True, slots=True)
class Cells:
    """`distinct` are the trimmed values that occur, blank excluded; `codes` (n rows) points into them, -1 where blank."""

    distinct: pa.StringArray
    codes: npt.NDArray[np.int32]
    lines: npt.NDArray[np.int64]

    @classmethod
    def of(cls, column: pa.ChunkedArray, lines: npt.NDArray[np.int64], blanks: tuple[str, ...] = ()) -> "Cells":
        """Trims white space and reads `blanks` as blank, whatever their case."""
        trimmed = pc.utf8_trim_whitespace(column.cast(pa.string()).combine_chunks())
        kept = pc.if_else(pc.equal(trimmed, ""), None, trimmed)
        if blanks:
            kept = pc.if_else(pc.is_in(pc.utf8_lower(kept), pa.array([word.lower() for word in blanks])), None, kept)
        encoded = kept.dictionary_encode()
        return cls(encoded.dictionary, _codes(encoded.indices), lines)

    @property
    def rows(self) -> int:
        """Rows of the file, blank ones included."""
        return len(self.codes)

    @property
    def filled(self) -> int:
        """Rows with a value."""
        return int((self.codes >= 0).sum())

    def counts(self) -> npt.NDArray[np.int64]:
        """Rows of each distinct value."""
        return np.bincount(self.codes[self.codes >= 0], minlength=len(self.distinct))

    def spread(self, values: pa.Array) -> pa.Array:
        """One value a distinct text becomes one value a row; blank rows are null."""
        return values.take(pa.array(self.codes, mask=self.codes < 0))

    def changed(self, texts: pa.Array) -> "Cells":
        """These cells with another text for each distinct value; null and "" are blank."""
        if not len(self.distinct):
            return self
        trimmed = pc.utf8_trim_whitespace(texts)
        encoded = pc.if_else(pc.equal(trimmed, ""), None, trimmed).dictionary_encode()
        places = _codes(encoded.indices)
        return Cells(encoded.dictionary, np.where(self.codes >= 0, places[self.codes], -1).astype(np.int32), self.lines)

    def first_line(self, code: int) -> int:
        """Line of the file on which a distinct value stands first."""
        return int(self.lines[np.argmax(self.codes == code)])

    def otherwise(self, other: "Cells") -> "Cells":
        """These cells, with the blank ones filled from another column of the same file."""
        merged = pa.concat_arrays([self.distinct, other.distinct]).dictionary_encode()
        places = _codes(merged.indices)
        mine = np.where(self.codes >= 0, places[self.codes], -1) if len(self.distinct) else self.codes
        theirs = np.where(other.codes >= 0, places[len(self.distinct) + other.codes], -1) if len(other.distinct) else other.codes
        codes = np.where(mine >= 0, mine, theirs).astype(np.int32)
        used, among_used = np.unique(codes[codes >= 0], return_inverse=True)
        codes[codes >= 0] = among_used
        return Cells(merged.dictionary.take(pa.array(used)), codes, self.lines)


def _codes(indices: pa.Array) -> npt.NDArray[np.int32]:
    return np.asarray(pc.fill_null(indices, -1).to_numpy(zero_copy_only=False), dtype=np.int32)


@dataclass(frozen=True, slots=True)
class Reading:
    """Distinct values typed. `bad` maps the code of an unreadable value to why; what is null and not bad is missing.

    `asks` are questions that the values leave open; they are read by the best answer until then.
    """

    values: pa.Array
    bad: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    notes: tuple[str, ...] = ()
    format: str | None = None
    zone: str | None = None
    unit: str | None = None
    asks: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class CellIssue:
    """One cell that could not be read: physical line (from 1), header of its column, what stands there, why."""

    line: int
    column: str
    found: str
    why: str


def missing(distinct: pa.StringArray) -> npt.NDArray[np.bool_]:
    """Which distinct values are a listed word for "no value"."""
    return mask(pc.is_in(pc.utf8_lower(distinct), pa.array(MISSING_WORDS)))


def mask(array: pa.Array) -> npt.NDArray[np.bool_]:
    """A boolean array as numpy, null as False."""
    return np.asarray(pc.fill_null(array, fill_value=False).to_numpy(zero_copy_only=False), dtype=bool)


def matches(values: pa.Array, pattern: str) -> npt.NDArray[np.bool_]:
    """Which values match an RE2 pattern."""
    return mask(pc.match_substring_regex(values, pattern))


def integers(text: pa.Array) -> npt.NDArray[np.int64]:
    """Digits as integers; 0 where there are none."""
    digits = pc.if_else(pc.equal(text, ""), None, text)
    return np.asarray(pc.fill_null(pc.cast(digits, pa.int64()), 0).to_numpy(zero_copy_only=False), dtype=np.int64)


def filled(text: pa.Array) -> npt.NDArray[np.bool_]:
    """Which texts are neither null nor empty."""
    return mask(pc.not_equal(text, ""))


def rows_of(codes: npt.NDArray[np.int32], bad: Mapping[int, str]) -> Iterator[tuple[int, int]]:
    """(row, code) of every row whose code is bad, in file order."""
    for row in np.flatnonzero(np.isin(codes, list(bad))):
        yield int(row), int(codes[row])
