"""Rows that stand in a file more than once: the same in every column, or one record in several states. All of them are kept."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.questions import Question
from roi_core.ingest.sources import Source
from roi_core.ingest.text_table import TextTable
from roi_core.schema import Table

_MIX, _TURN = np.uint64(0x9E3779B97F4A7C15), np.uint64(29)

_Hashes = npt.NDArray[np.uint64]
_Rows = npt.NDArray[np.int64]


SUBJECT, EACH, ONCE = "copies", "each", "once"


def copies(schema: Table, text: TextTable, sources: Mapping[str, Source]) -> tuple[str, ...]:
    """A question where rows are the same as an earlier one in every column, and a note where one key has rows that differ."""
    if not sources or any(name not in sources for name in schema.key):
        return ()
    rows, again = _same_rows(schema, text, sources)
    said = [_same(text, schema, again, _said(sources))] if len(again) else []
    return (*said, *(_states(schema, [sources[name] for name in schema.key], _without(rows, again, text), text) if schema.key else ()))


def copied(schema: Table, text: TextTable, sources: Mapping[str, Source]) -> tuple[tuple[Question, ...], tuple[tuple[int, str], ...]]:
    """The question whether copies count again, where no key says that one record counts once; and (line, reason) of those that do not, as the user said."""
    if not sources or schema.key:
        return (), ()
    lines = text.lines[_same_rows(schema, text, sources)[1]].tolist()
    if not lines:
        return (), ()
    ways = {EACH: f"line {lines[0]} is a row of its own, and counts", ONCE: f"line {lines[0]} is a copy of an earlier row, and is set aside"}
    aside = lines if _said(sources) == ONCE else []
    return (Question.of(SUBJECT, (text.headers[0],), ways, EACH),), tuple(
        (line, "the same as an earlier row in every column, a copy as you said") for line in aside
    )


def _said(sources: Mapping[str, Source]) -> str:
    return next(iter(sources.values())).said.get(SUBJECT, "")


def _same_rows(schema: Table, text: TextTable, sources: Mapping[str, Source]) -> tuple[_Rows, _Rows]:
    """The rows that may be copies, and those that are one of an earlier row."""
    key = [sources[name] for name in schema.key]
    rows = _of_one_key(key) if key else _repeated(_of_sources(list(sources.values()), None))
    return rows, _copies(text, list(sources.values()), rows)


def _without(rows: _Rows, again: _Rows, text: TextTable) -> _Rows:
    kept = np.zeros(text.text.num_rows, np.bool_)
    kept[rows] = True
    kept[again] = False
    return np.flatnonzero(kept)


def _of_one_key(key: Sequence[Source]) -> _Rows:
    """Rows whose key stands in another row too."""
    if len(key) > 1:
        return _repeated(_of_sources(key, None))
    cells = key[0].cells
    several = np.append(cells.counts() > 1, np.bool_(0))
    return np.flatnonzero(several[cells.codes]) if several.any() else np.empty(0, np.int64)


def _same(text: TextTable, schema: Table, again: _Rows, said: str) -> str:
    counted = f"rows that are the same as an earlier row in every column: {len(again):,}, first on line {text.lines[again[0]]}"
    if schema.key:
        return f"ask: {counted}; all are kept, and one {schema.key[0]} counts once"
    if said == ONCE:
        return f"{counted}; they are copies, as you said, and were set aside"
    return f"{counted}; each of them counts, as you said" if said == EACH else f"ask: {counted}; all are kept, and each of them counts"


def _states(schema: Table, key: Sequence[Source], rows: _Rows, text: TextTable) -> tuple[str, ...]:
    """The ids of which rows differ, once exact copies are left aside."""
    ids = _of_sources(key, rows)
    later = _later(ids)
    if not later.any():
        return ()
    many, line = _distinct(ids[later]), text.lines[rows[np.argmax(later)]]
    rule = f"; the latest state counts, {schema.latest}" if schema.latest else ""
    return (f"{key[0].header.text}: ids in rows that differ: {many:,}, first again on line {line}{rule}; all rows are kept",)


def _copies(text: TextTable, sources: Sequence[Source], rows: _Rows) -> _Rows:
    """The rows, in order, that are an exact copy of an earlier one; only `rows` can be. Typed columns are compared first: they are encoded already."""
    if not len(rows):
        return rows
    hashes = _of_sources(sources, rows)
    among = _repeated(hashes)
    rows, hashes = rows[among], hashes[among]
    if not len(rows):
        return rows
    few = text.text.drop_columns(["line"]).take(pa.array(rows))
    for column in few.columns:
        hashes = _mixed(hashes, _codes(column))
    return rows[_later(hashes)]


def _of_sources(sources: Sequence[Source], rows: _Rows | None) -> _Hashes:
    size = sources[0].cells.rows if rows is None else len(rows)
    hashes = np.zeros(size, np.uint64)
    for source in sources:
        codes = source.cells.codes if rows is None else source.cells.codes_of(rows)
        hashes = _mixed(hashes, codes)
    return hashes


def _mixed(hashes: _Hashes, codes: npt.NDArray[np.int32]) -> _Hashes:
    """Hashes that also tell these codes apart; two of 10 million rows fall together by chance once in 300,000 files."""
    mixed = (hashes ^ codes.astype(np.int64).view(np.uint64)) * _MIX
    return np.asarray(mixed ^ (mixed >> _TURN), dtype=np.uint64)


def _codes(column: pa.ChunkedArray) -> npt.NDArray[np.int32]:
    encoded = pc.utf8_trim_whitespace(column).combine_chunks().dictionary_encode()
    return np.asarray(encoded.indices.to_numpy(zero_copy_only=False), dtype=np.int32)


def _repeated(hashes: _Hashes) -> _Rows:
    """Rows whose hash stands more than once, in order."""
    ordered = np.sort(hashes)
    several = ordered[1:][ordered[1:] == ordered[:-1]]
    return np.flatnonzero(np.isin(hashes, several)) if len(several) else np.empty(0, np.int64)


def _distinct(hashes: _Hashes) -> int:
    ordered = np.sort(hashes)
    return int((ordered[1:] != ordered[:-1]).sum()) + 1


def _later(hashes: _Hashes) -> npt.NDArray[np.bool_]:
    """Which rows repeat the hash of an earlier one."""
    later = np.ones(len(hashes), np.bool_)
    later[np.unique(hashes, return_index=True)[1]] = False
    return later
