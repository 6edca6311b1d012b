"""What has to be said about the values of one table although every one of them could be read."""

from collections.abc import Mapping

import pyarrow as pa

from roi_core.ingest.all_ended import all_ended
from roi_core.ingest.cells import Reading
from roi_core.ingest.copies import copies
from roi_core.ingest.lookalikes import lookalikes
from roi_core.ingest.odd_values import odd_values
from roi_core.ingest.sources import Source
from roi_core.ingest.text_table import TextTable
from roi_core.ingest.trials import paying_notes
from roi_core.ingest.twice_decoded import twice_decoded
from roi_core.ingest.undated_ends import undated_end_notes
from roi_core.schema import Table


def remarks(schema: Table, text: TextTable, sources: Mapping[str, Source], columns: Mapping[str, pa.Array], readings: Mapping[str, Reading]) -> tuple[str, ...]:
    """Notes and questions, in one order: rows, identifiers, values, letters. `columns` (n rows) and `readings` are by column name."""
    return (
        *copies(schema, text, sources),
        *lookalikes(schema, sources),
        *odd_values(sources, columns, readings, text.lines),
        *twice_decoded(sources, text.spill),
        *undated_end_notes(schema.name, sources, columns),
        *paying_notes(schema.name, sources, columns),
        *all_ended(schema.name, sources, columns),
    )
