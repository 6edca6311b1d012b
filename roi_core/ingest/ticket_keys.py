"""What ties a ticket beside the columns of its export: order numbers in subject and tags, and ids that a spreadsheet has destroyed."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.cells import Cells, mask
from roi_core.ingest.keys import shortened

_READ_IN = ("subject", "tags")
_OTHERS = (
    r"tickets?|cases?|requests?|issues?|bugs?|incidents?|invoices?|conversations?|pr|prs|pull requests?|accounts?|errors?|refs?|references?|"
    r"customers?|users?|rechnung|facture|factura|konto|kunde|fehler|anfrage|vorgang"
)
_OTHER_NUMBERS = rf"(?i)\[\s*#\d+\s*\]|\b({_OTHERS})\b[\s:._-]*(no\.?|nr\.?|number|id)?[\s:]*\(?#\d+"
_ORDER = (
    r"(?i)\b(?:orders?|purchase|bestell\w*|auftrag\w*|commande|pedido|encomenda|ordine|zam[o\x{f3}]wieni\w*|tilaus|best[\x{e4}]llning|ordre)"
    r"[\s:.,(_-]*(?:no|nr|num|number|nummer|num[e\x{e9}]ro|n[u\x{fa}]mero|id|n[\x{b0}\x{ba}])?[\s:.,(_-]*#(?P<number>\d{3,})"
)
_BARE = (
    r"(?i)(?:^|[,;!?&]|\b(?:re|fwd?|aw|wg):|\b(?:is|are|was|for|about|of|on|my|and|to|with|from|regarding|concerning|cancel|return|track|"
    r"f[u\x{fc}]r|zu|wegen|und|pour|de|et|sobre|y|per|di|van|voor)\s)\s*#(?P<number>\d{3,})"
)
_IDS = ("customer_id", "account_id")


def ticket_keys(cells: Mapping[str, Cells], columns: Mapping[str, pa.Array], rows: int) -> tuple[dict[str, pa.Array], tuple[str, ...]]:
    """Columns `order_id` and `id_lost` of a table of tickets (rows,), where there is anything to say, and a note on what was found.

    `cells` are texts by column name, `columns` what has been read so far. An order number is `#` and at least 3 digits behind a word
    for an order, or behind no word that says what it numbers, and then it is not the id of a ticket of the same file; the column of
    the export comes first, then the subject, then the tags.
    """
    found, notes = _orders(cells, columns, rows)
    lost = np.zeros(rows, dtype=bool)
    for name in _IDS:
        if name in cells and (short := shortened(cells[name].distinct)).any():
            lost |= short[cells[name].codes] & (cells[name].codes >= 0)
    return {**found, "id_lost": pa.array(lost)}, notes


def order_numbers(texts: pa.StringArray, tickets: pa.StringArray | None = None) -> pa.Array:
    """The first order number of each text, digits only, and not one of `tickets` unless a word says order; null where there is none."""
    marked = pc.match_substring(texts, "#")
    if not pc.any(marked).as_py():
        return pa.nulls(len(texts), pa.string())
    others_taken_off = pc.replace_substring_regex(texts.filter(marked), _OTHER_NUMBERS, " ")
    bare = pc.struct_field(pc.extract_regex(others_taken_off, _BARE), "number")
    if tickets is not None:
        ids = pc.utf8_ltrim(tickets, "#")
        bare = pc.if_else(pc.is_in(bare, ids.filter(pc.is_in(ids, bare.unique()))), None, bare)
    numbers = pc.coalesce(pc.struct_field(pc.extract_regex(others_taken_off, _ORDER), "number"), bare)
    return pc.replace_with_mask(pa.nulls(len(texts), pa.string()), marked, numbers)


def _orders(cells: Mapping[str, Cells], columns: Mapping[str, pa.Array], rows: int) -> tuple[dict[str, pa.Array], tuple[str, ...]]:
    named = columns.get("order_id", pa.nulls(rows, pa.string()))
    every = named
    tickets = cells["ticket_id"].distinct if "ticket_id" in cells else None
    for name in _READ_IN:
        numbers = order_numbers(cells[name].distinct, tickets) if name in cells else pa.nulls(0)
        if numbers.null_count < len(numbers):
            every = pc.coalesce(every, cells[name].spread(numbers))
    if every is named:
        return {}, ()
    added = int(mask(pc.and_(pc.is_null(named), pc.is_valid(every))).sum())
    if not added:
        return {}, ()
    return {"order_id": every}, (f"tickets with an order number in subject or tags: {added}, kept to find their customer (rule order_number)",)
