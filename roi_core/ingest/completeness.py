"""Which rows are complete enough for their table, and an issue for every cell that could not be read."""

from collections.abc import Iterable, Mapping
from itertools import islice
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.errors import quoted
from roi_core.ingest.cells import CellIssue, Reading, mask, matches, missing, rows_of
from roi_core.ingest.export import Export
from roi_core.ingest.sources import Source
from roi_core.ingest.undated_ends import undated_ends
from roi_core.schema import Table

MOST_ISSUES = 1_000
"""Issues listed for one column; the note beside them gives the full count."""


_LEAST: Mapping[str, tuple[tuple[str, ...], ...]] = MappingProxyType({"assignments": (("arm", "assigned_at"),)})
"""Tables of which a row stays with less than every required column. Who has an arm or a day was drawn, and a list that lost the leavers of one
arm is no test; who has neither was not."""
_OPEN_WHEN_BLANK: Mapping[str, tuple[str, ...]] = MappingProxyType({"subscriptions": ("ended_at",), "customers": ("churned_at",)})
"""Times by table whose blank cell means that it goes on."""
_BEYOND = r"(0000|0001|1899|1900|[3-9]\d{3}|2[2-9]\d{2})"
_NOT_ENDED = (
    r"(?i)^(0+|never|not (ended|cancell?ed|churned)|no|none|nil|(still )?(active|running|open)|ongoing|present|current|aktiv|laufend|heute|nie|jamais|nunca"
    rf"|{_BEYOND}[-/.]\d{{1,2}}[-/.]\d{{1,2}}([ T].*)?|\d{{1,2}}[-/.]\d{{1,2}}[-/.]{_BEYOND}([ T].*)?)$"
)
"""What stands there instead of a blank: a word, or a day before all business or far beyond it."""


def complete(
    schema: Table, sources: Mapping[str, Source], columns: Mapping[str, pa.Array], lines: npt.NDArray[np.int64], records: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.bool_], tuple[tuple[int, str], ...]]:
    """Which of the rows that are records have every required column, and (line, reason) of the others.

    A column the file lacks sets no row aside. Where a blank time says that a customer is still there, one that cannot be read is set aside,
    and so is one that its own status says has ended.
    """
    keep = records.copy()
    reasons: dict[int, str] = {}
    for names in _LEAST.get(schema.name, (*((name,) for name in schema.required), *schema.one_of)):
        present = [name for name in names if name in columns]
        if not present:
            continue
        lost = records & np.logical_and.reduce([mask(pc.is_null(columns[name])) for name in present])
        keep &= ~lost
        for row in np.flatnonzero(lost):
            reasons.setdefault(int(row), _reason(present, sources, int(row)))
    for name in _OPEN_WHEN_BLANK.get(schema.name, ()):
        lost = keep & _unread_end(sources[name], columns[name]) if name in sources else np.zeros_like(keep)
        keep &= ~lost
        for row in np.flatnonzero(lost):
            reasons[int(row)] = f"{_reason((name,), sources, int(row))}; blank would say that it has not ended"
    undated = undated_ends(schema.name, sources, columns, keep)
    keep[list(undated)] = False
    reasons |= undated
    return keep, tuple((int(lines[row]), reasons[row]) for row in sorted(reasons))


def _unread_end(source: Source, times: pa.Array) -> npt.NDArray[np.bool_]:
    """Rows whose end is filled, cannot be read, and does not say that there was none."""
    distinct = source.cells.distinct
    still = missing(distinct) | matches(distinct, _NOT_ENDED)
    return mask(pc.is_null(times)) & (source.cells.codes >= 0) & ~np.append(still, np.True_)[source.cells.codes]


def _reason(names: Iterable[str], sources: Mapping[str, Source], row: int) -> str:
    said = []
    for name in names:
        source = sources.get(name)
        code = -1 if source is None else int(source.cells.codes[row])
        header = source.header.text if source else name
        said.append(f"{header} is blank" if source is None or code < 0 else f"{header} {quoted(source.cells.distinct[code].as_py())} cannot be read")
    return " and ".join(said)


def repeated(schema: Table, sources: Mapping[str, Source]) -> tuple[str, ...]:
    """A note where the one column that identifies a row has a value more than once; all rows are kept."""
    if len(schema.key) != 1 or schema.key[0] not in sources:
        return ()
    source = sources[schema.key[0]]
    more = source.cells.filled - len(source.cells.distinct)
    return (f"{source.header.text}: rows whose value stood in an earlier row: {more}; all are kept here",) if more else ()


def lacking(schema: Table, columns: Mapping[str, pa.Array], export: Export | None) -> tuple[str, ...]:
    """A question for every required column that no header fills, and a plain word where the export never has it.

    A flat file has questions of its own, in the words of its roles.
    """
    if schema.name == "flat":
        return ()
    known = _given(export) if export and export.vendor != "plain" else None
    notes = []
    for names in (*((name,) for name in schema.required), *schema.one_of):
        if any(name in columns for name in names):
            continue
        never = known is not None and not any(f"{schema.name}.{name}" in known for name in names)
        said = f"no column gives {' or '.join(names)} of {schema.name}"
        notes.append(f"{said}: this export never has it, and its rows are loaded without" if never else f"ask: {said}")
    return tuple(notes)


def _given(export: Export) -> set[str]:
    """The canonical columns that files of an export can give, those of a score that is looked for among them."""
    return {*export.columns, *export.joined, *((f"{export.entity}.score", f"{export.entity}.kind") if export.finds else ())}


def issues_of(sources: Mapping[str, Source], readings: Mapping[str, Reading], lines: npt.NDArray[np.int64]) -> tuple[tuple[CellIssue, ...], tuple[str, ...]]:
    """Issues by column, at most MOST_ISSUES each, and a note with the full count of every column that has any."""
    issues: list[CellIssue] = []
    notes: list[str] = []
    for name, reading in readings.items():
        if not reading.bad:
            continue
        source = sources[name]
        header, distinct = source.header.text, source.cells.distinct
        total = int(source.cells.counts()[list(reading.bad)].sum())
        places = islice(rows_of(source.cells.codes, reading.bad), MOST_ISSUES)
        found = [CellIssue(int(lines[row]), header, quoted(distinct[code].as_py()), reading.bad[code]) for row, code in places]
        issues.extend(found)
        notes.append(f"{header}: cells that cannot be read and are left blank: {total}, first in line {found[0].line}: {found[0].found} {found[0].why}")
    return tuple(issues), tuple(notes)
