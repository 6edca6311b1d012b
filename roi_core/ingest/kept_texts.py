"""What customers wrote (subjects, remarks, titles): read by the rules and dropped, unless the user keeps it."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pv

from roi_core.ingest.dump import as_csv
from roi_core.ingest.read import TextTable
from roi_core.ingest.recognise import Recognition
from roi_core.schema import LOADED, Privacy

MOST_ROWS, MOST_BYTES = 100_000, 16 << 20
"""What is kept of one table, its cells counted: sealing it takes a few times that of memory."""
_TOGETHER = 10_000


@dataclass(frozen=True, slots=True)
class Written:
    """The free texts of a table as CSV with a header ("" where it has none), and how many of the loaded rows are not among them."""

    csv: str
    more: int

    @property
    def notes(self) -> tuple[str, ...]:
        """What the report says of rows that are left out."""
        return (f"what customers wrote is kept of the first rows alone; it is not kept of {self.more:,} more",) if self.more else ()


def written_in(text: TextTable, recognition: Recognition) -> Written:
    """The line in the file, the id and every free text of the first loaded rows; a last line says how many more there are."""
    places = _places(recognition)
    free = [n for n, name in enumerate(places.values()) if name in _free(recognition)]
    if not free:
        return Written("", 0)
    whole = text.text.select(["line", *(f"c{place}" for place in places)])
    kept = _fitting(whole.slice(0, MOST_ROWS))
    out = pa.BufferOutputStream()
    for batch in whole.slice(0, kept).to_batches(_TOGETHER):
        pv.write_csv(batch, out, pv.WriteOptions(include_header=False, quoting_style="all_valid"))
    more = whole.num_rows - kept
    said = [f"and {more:,} more from this line on, which are not kept" if n == free[0] else "" for n in range(len(places))]
    last = as_csv([(whole.column("line")[kept].as_py(), *said)]) if more else ""
    return Written(f"{as_csv([('line', *places.values())])}{bytes(out.getvalue()).decode()}{last}", more)


def _places(recognition: Recognition) -> dict[int, str]:
    """The columns with a key or a free text, by their place."""
    if recognition.entity is None:
        return {}
    wanted = _free(recognition) | set(LOADED[recognition.entity].key)
    return {place: name for place, canonical in recognition.mapping.items() if (name := canonical.partition(".")[2]) in wanted}


def _free(recognition: Recognition) -> frozenset[str]:
    columns = LOADED[recognition.entity].columns if recognition.entity else ()
    return frozenset(column.name for column in columns if column.privacy is Privacy.DROPPED)


def _fitting(rows: pa.Table) -> int:
    """How many of the first rows have at most MOST_BYTES in their cells together."""
    size = np.zeros(rows.num_rows, np.int64)
    for column in rows.columns[1:]:
        size += pc.binary_length(column).to_numpy()
    return int(np.searchsorted(np.cumsum(size), MOST_BYTES, side="right"))
