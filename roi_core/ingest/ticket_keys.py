"""What ties a ticket beside the columns of its export: order numbers in subject and tags, and ids that a spreadsheet has destroyed."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.cells import Cells, mask
from roi_core.ingest.keys import shortened

_READ_IN = ("subject", "tags")
_OTHER_NUMBERS = r"(?i)\b(ticket|case|request|issue|bug|incident|invoice|conversation)s?\b[\s:.]*(no\.?|number)?[\s:]*#\d+"
_ORDER_NUMBER = r"#(?P<number>\d{3,})"
_IDS = ("customer_id", "account_id")


def ticket_keys(cells: Mapping[str, Cells], columns: Mapping[str, pa.Array], rows: int) -> tuple[dict[str, pa.Array], tuple[str, ...]]:
    """Columns `order_id` and `id_lost` of a table of tickets (rows,), where there is anything to say, and a note on what was found.

    `cells` are texts by column name, `columns` what has been read so far. An order number is `#` and at least 3 digits that are
    not said to number something else; the column of the export comes first, then the subject, then the tags.
    """
    found, notes = _orders(cells, columns, rows)
    lost = np.zeros(rows, dtype=bool)
    for name in _IDS:
        if name in cells and len(cells[name].distinct):
            lost |= shortened(cells[name].distinct)[cells[name].codes] & (cells[name].codes >= 0)
    return {**found, "id_lost": pa.array(lost)}, notes


def order_numbers(texts: pa.StringArray) -> pa.Array:
    """The first order number of each text, digits only; null where there is none."""
    marked = pc.match_substring(texts, "#")
    others_taken_off = pc.replace_substring_regex(texts.filter(marked), _OTHER_NUMBERS, " ")
    numbers = pc.struct_field(pc.extract_regex(others_taken_off, _ORDER_NUMBER), "number")
    return pc.replace_with_mask(pa.nulls(len(texts), pa.string()), marked, numbers)


def _orders(cells: Mapping[str, Cells], columns: Mapping[str, pa.Array], rows: int) -> tuple[dict[str, pa.Array], tuple[str, ...]]:
    named = columns.get("order_id", pa.nulls(rows, pa.string()))
    every = named
    for name in _READ_IN:
        if name in cells:
            every = pc.coalesce(every, cells[name].spread(order_numbers(cells[name].distinct)))
    added = int(mask(pc.and_(pc.is_null(named), pc.is_valid(every))).sum())
    if not added:
        return {}, ()
    return {"order_id": every}, (f"tickets with an order number in subject or tags: {added}, kept to find their customer (rule order_number)",)
