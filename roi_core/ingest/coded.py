"""Text columns as they stand in Parquet: the values that occur, and for each row its place among them. Nobody has to look for them again."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from roi_core.ingest.cells import Cells, Reading, places_in
from roi_core.ingest.sources import Source

LARGEST = 8 << 20
"""Bytes of different values that are worth a dictionary."""
_REPEATED = 4

_Columns = Mapping[str, pa.Array]


def few_texts(
    sources: Mapping[str, Source],
    readings: Mapping[str, Reading],
    columns: tuple[_Columns, _Columns],
    by_text: Mapping[str, tuple[Cells, pa.Array]],
    keep: npt.NDArray[np.bool_],
) -> dict[str, pa.Array]:
    """Of the kept rows: columns of few texts among `columns`, as they were read and as they are now, from which nothing was derived; and all of `by_text`."""
    as_read, now = columns
    found = {name: coded(sources[name].cells, readings[name].values, keep) for name in readings if now[name] is as_read[name]}
    told = {name: coded(cells, values, keep) for name, (cells, values) in by_text.items()}
    told |= {name: by_text[name][0].spread(by_text[name][1]).filter(pa.array(keep)) for name, column in told.items() if column is None}
    return {name: column for name, column in (found | told).items() if column is not None}


def coded(cells: Cells, values: pa.Array, keep: npt.NDArray[np.bool_]) -> pa.DictionaryArray | None:
    """`values` (one a distinct text) spread over the kept rows (of n), with no value that only other rows have.

    None where they are no text, or stand in fewer than four rows on average, or are too large together.
    """
    if values.type != pa.string() or not len(values) or _REPEATED * len(values) > len(keep) or values.nbytes > LARGEST:
        return None
    encoded = values.dictionary_encode()
    codes = np.where(cells.codes >= 0, places_in(encoded.indices)[cells.codes], -1)[keep]
    used = np.bincount(codes[codes >= 0], minlength=len(encoded.dictionary)) > 0
    if not used.any():
        return None
    places = np.where(codes >= 0, (np.cumsum(used) - 1)[codes], -1).astype(np.int32)
    return pa.DictionaryArray.from_arrays(pa.array(places, mask=places < 0), encoded.dictionary.filter(pa.array(used)))
