"""One column of text cells, held as its distinct values and a code per row, and what reading it gives."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.formulas import MARK, original_column
from roi_core.ingest.questions import Question
from roi_core.ingest.spill import Spill

MISSING_WORDS = ("n/a", "na", "none", "null", "-", "--", "\u2013", "\u2014", "?", "not available", "unknown")
"""Words that stand for "no value" in a column of dates, numbers or yes/no. A text column keeps them as text."""

_LONGEST_MISSING = max(map(len, MISSING_WORDS))

_FEW, _SAMPLE = 1 << 16, 1 << 12


@dataclass(frozen=True, slots=True)
class Cells:
    """`distinct` are the trimmed values that occur, blank excluded; `codes` (n rows) points into them, -1 where blank.

    With `twice` a value may stand twice in `distinct`.
    """

    distinct: pa.StringArray
    codes: npt.NDArray[np.int32]
    lines: npt.NDArray[np.int64]
    twice: bool = False

    @classmethod
    def of(cls, column: pa.ChunkedArray, lines: npt.NDArray[np.int64], blanks: tuple[str, ...] = (), *, twice: bool = False) -> "Cells":
        """Trims white space and reads `blanks` as blank, whatever their case. `twice` is for whoever takes cells so, where nearly all rows differ."""
        if _repeat(column):
            return cls._of_few(column, lines, blanks)
        kept = pa.chunked_array([_trimmed(chunk.cast(pa.string()), blanks) for chunk in column.chunks], pa.string())
        if _differ(kept):
            distinct = pc.drop_null(kept).combine_chunks()
            if twice or _rises(distinct):
                valid = np.asarray(kept.is_valid().to_numpy(), dtype=np.bool_)
                return cls(distinct, np.where(valid, np.cumsum(valid, dtype=np.int32) - 1, -1).astype(np.int32), lines, twice)
        return cls(*_encoded(kept), lines)

    @classmethod
    def _of_few(cls, column: pa.ChunkedArray, lines: npt.NDArray[np.int64], blanks: tuple[str, ...]) -> "Cells":
        """The same where values repeat: each is looked at once."""
        distinct, codes = _encoded(column)
        kept = _trimmed(distinct, blanks)
        if kept is distinct or not len(distinct):
            return cls(distinct, codes, lines)
        among = kept.dictionary_encode()
        return cls(among.dictionary, np.where(codes >= 0, places_in(among.indices)[codes], -1).astype(np.int32), lines)

    def held(self, spill: Spill) -> "Cells":
        """The same cells, in files where they are large."""
        return replace(self, distinct=spill.array(self.distinct), codes=spill.integers(self.codes))

    def codes_of(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int32]:
        """Codes of some rows, the same for the same text also where a value stands twice."""
        codes = self.codes[rows]
        return places_in(self.distinct.take(pa.array(codes, mask=codes < 0)).dictionary_encode().indices) if self.twice else codes

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
        if 0 < len(self.codes) == len(self.distinct) and self.codes[0] == 0 and bool((np.diff(self.codes) == 1).all()):
            return values
        return values.take(pa.array(self.codes, mask=self.codes < 0))

    def changed(self, texts: pa.Array) -> "Cells":
        """These cells with another text for each distinct value; null and "" are blank."""
        if not len(self.distinct):
            return self
        trimmed = pc.utf8_trim_whitespace(texts)
        encoded = pc.if_else(pc.equal(trimmed, ""), None, trimmed).dictionary_encode()
        places = places_in(encoded.indices)
        return Cells(encoded.dictionary, np.where(self.codes >= 0, places[self.codes], -1).astype(np.int32), self.lines)

    def first_line(self, code: int) -> int:
        """Line of the file on which a distinct value stands first."""
        return int(self.lines[np.argmax(self.codes == code)])

    def otherwise(self, other: "Cells") -> "Cells":
        """These cells, with the blank ones filled from another column of the same file."""
        merged = pa.concat_arrays([self.distinct, other.distinct]).dictionary_encode()
        places = places_in(merged.indices)
        mine = np.where(self.codes >= 0, places[self.codes], -1) if len(self.distinct) else self.codes
        theirs = np.where(other.codes >= 0, places[len(self.distinct) + other.codes], -1) if len(other.distinct) else other.codes
        codes = np.where(mine >= 0, mine, theirs).astype(np.int32)
        used, among_used = np.unique(codes[codes >= 0], return_inverse=True)
        codes[codes >= 0] = among_used
        return Cells(merged.dictionary.take(pa.array(used)), codes, self.lines)


def _trimmed(chunk: pa.StringArray, blanks: tuple[str, ...]) -> pa.StringArray:
    """Trimmed texts, null where blank; the very same array where nothing changes. An apostrophe that keeps a spreadsheet from running a text goes."""
    if pc.any(pc.starts_with(chunk, MARK)).as_py():
        chunk = original_column(chunk)
    trimmed = pc.utf8_trim_whitespace(chunk)
    kept = chunk if _bytes(chunk) == _bytes(trimmed) else trimmed
    empty = pc.equal(pc.binary_length(kept), 0)
    if pc.any(empty).as_py():
        kept = pc.if_else(empty, None, kept)
    return pc.if_else(pc.is_in(pc.utf8_lower(kept), pa.array([word.lower() for word in blanks])), None, kept) if blanks else kept


def _encoded(texts: pa.ChunkedArray) -> tuple[pa.StringArray, npt.NDArray[np.int32]]:
    """The distinct texts in order of appearance, and for each row its place among them, -1 where null."""
    chunks = texts.dictionary_encode().chunks
    return chunks[-1].dictionary if chunks else pa.array([], pa.string()), np.concatenate([np.empty(0, np.int32), *(places_in(c.indices) for c in chunks)])


def _bytes(texts: pa.StringArray) -> int:
    """How many bytes the texts have together."""
    offsets = np.frombuffer(texts.buffers()[1], np.int32)[texts.offset : texts.offset + len(texts) + 1] if len(texts) else np.zeros(1, np.int32)
    return int(offsets[-1] - offsets[0])


def _repeat(texts: pa.ChunkedArray) -> bool:
    """Whether the rows at the head of a long column repeat."""
    return len(texts) >= _FEW and texts.type == pa.string() and 2 * len(texts[:_SAMPLE].unique()) < _SAMPLE


def _differ(texts: pa.ChunkedArray) -> bool:
    """Whether nearly all rows differ, judged from rows at the head and rows of every part: as few repeat as where every second one is new."""
    if len(texts) < _FEW:
        return False
    places = np.concatenate((np.arange(_SAMPLE), _SAMPLE + of_every_part(len(texts) - _SAMPLE, _SAMPLE)))
    sample = pc.drop_null(texts.take(pa.array(places)))
    repeats = len(sample) - len(sample.unique())
    return len(sample) > _SAMPLE and repeats * len(texts) <= len(sample) ** 2


def of_every_part(rows: int, most: int) -> npt.NDArray[np.int64]:
    """Numbers of at most `most` of `rows` rows, ascending: one by chance, but always the same, of each of as many equal parts."""
    count = min(rows, most)
    edges = np.arange(count + 1) * rows // max(count, 1)
    return edges[:-1] + (np.random.default_rng(0).random(count) * np.diff(edges)).astype(np.int64)


def _rises(texts: pa.StringArray) -> bool:
    """Whether each text is longer than the one before, or as long and behind it by its letters: then all of them differ."""
    for rows in (texts[:_SAMPLE], texts):
        before, after = rows[:-1], rows[1:]
        shorter, longer = pc.binary_length(before), pc.binary_length(after)
        if not pc.all(pc.or_(pc.less(shorter, longer), pc.and_(pc.equal(shorter, longer), pc.less(before, after)))).as_py():
            return False
    return True


def places_in(indices: pa.Array) -> npt.NDArray[np.int32]:
    """Indices of a dictionary as numpy, null as -1."""
    return np.asarray(pc.fill_null(indices, -1).to_numpy(zero_copy_only=False), dtype=np.int32)


@dataclass(frozen=True, slots=True)
class Reading:
    """Distinct values typed. `bad` maps the code of an unreadable value to why; what is null and not bad is missing.

    `asks` are questions that the values leave open; they are read by the best answer until then. `decimal` is the decimal sign of numbers.
    """

    values: pa.Array
    bad: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    notes: tuple[str, ...] = ()
    format: str | None = None
    zone: str | None = None
    unit: str | None = None
    asks: tuple[Question, ...] = ()
    decimal: str = "."


@dataclass(frozen=True, slots=True)
class CellIssue:
    """One cell that could not be read: physical line (from 1), header of its column, what stands there, why."""

    line: int
    column: str
    found: str
    why: str


def missing(distinct: pa.StringArray) -> npt.NDArray[np.bool_]:
    """Which distinct values are a listed word for "no value"."""
    short = mask(pc.less_equal(pc.utf8_length(distinct), _LONGEST_MISSING))
    short[short] = mask(pc.is_in(pc.utf8_lower(distinct.filter(pa.array(short))), pa.array(MISSING_WORDS)))
    return short


def mask(array: pa.Array) -> npt.NDArray[np.bool_]:
    """A boolean array as numpy, null as False."""
    whole = pc.fill_null(array, fill_value=False) if array.null_count else array
    return np.asarray(whole.to_numpy(zero_copy_only=False), dtype=bool)


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
