"""Identifiers that look the same and are written differently: composed and decomposed accents, zero-width signs, other blanks."""

import unicodedata
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.cells import Cells, mask, matches
from roi_core.ingest.sources import Source
from roi_core.schema import Privacy, Table


def visible(text: str) -> str:
    """NFKC, without signs that cannot be seen, single blanks."""
    seen = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return " ".join(seen.split())


def lookalikes(schema: Table, sources: Mapping[str, Source]) -> tuple[str, ...]:
    """A question for every column of identifiers in which two spellings look the same.

    Hashed identifiers are matched as they look, so these are one already; ids that are kept as written stay apart.
    """
    notes = []
    for name, source in sources.items():
        hashed = source.column.privacy is Privacy.HASHED
        if (hashed or name in schema.key) and (lines := _lines(source.cells)):
            first = f"first in lines {lines[0][0]} and {lines[0][1]}"
            done = "they are read as one" if hashed else "they are kept apart, as written"
            notes.append(
                f"ask: {source.header.text}: ids that differ only in signs that cannot be seen or in how an accent is written: {len(lines)}, {first}; {done}"
            )
    return tuple(notes)


def _lines(cells: Cells) -> list[tuple[int, int]]:
    """Lines on which the first two spellings of each id stand, for the ids that have several."""
    odd = _odd(cells.distinct)
    if not len(odd):
        return []
    spellings: dict[str, list[int]] = {}
    for code in odd.tolist():
        spellings.setdefault(visible(cells.distinct[code].as_py()), []).append(code)
    plain = pc.index_in(pa.array(list(spellings), pa.string()), cells.distinct)
    for text, code in zip(list(spellings), plain.to_pylist(), strict=True):
        if code is not None and code not in spellings[text]:
            spellings[text].append(code)
    first = _first_rows(cells)
    pairs = (sorted(int(cells.lines[first[code]]) for code in codes)[:2] for codes in spellings.values() if len(codes) > 1)
    return sorted((one, other) for one, other in pairs)


def _first_rows(cells: Cells) -> npt.NDArray[np.int64]:
    """The row in which each distinct value stands first, in one pass."""
    first = np.zeros(len(cells.distinct) + 1, np.int64)
    first[cells.codes[::-1]] = np.arange(cells.rows)[::-1]
    return first


def _odd(distinct: pa.StringArray) -> npt.NDArray[np.int64]:
    """The values that look like another text than they are."""
    if pc.all(pc.string_is_ascii(distinct)).as_py() is not False:
        return np.empty(0, np.int64)
    return np.flatnonzero(mask(pc.not_equal(pc.utf8_normalize(distinct, "NFKC"), distinct)) | matches(distinct, r"\p{Cf}"))
