"""Whether the name of a file says another table than its headers do."""

import re
from collections.abc import Mapping
from pathlib import PurePath
from types import MappingProxyType

from roi_core.errors import quoted
from roi_core.ingest.recognise import Recognition
from roi_core.ingest.text_table import TextTable
from roi_core.ingest.vendors import EXPORTS

_SAME: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "tickets": frozenset({"ticket_events"}),
        "customers": frozenset({"accounts", "flat"}),
        "subscriptions": frozenset({"contracts", "mrr_movements"}),
        "invoices": frozenset(),
        "orders": frozenset(),
        "surveys": frozenset(),
    }
)
"""Words that name a table in the name of a file, and the other tables that a file of this name may well be."""
_BESIDE = frozenset({"all", "csv", "data", "export", "list", "masked", "of", "report", "the"})
"""Words of a file's name that say nothing of its table; the names of vendors are others."""


def misnamed(name: str, found: Recognition, text: TextTable) -> tuple[str, ...]:
    """A question where nothing but one table is named and the headers are those of another; none of what the user mapped or nothing fits."""
    vendors = {word for export in EXPORTS.values() for word in export.vendor.split("_")}
    named = set(re.findall("[a-z]+", PurePath(name).stem.casefold())) - _BESIDE - vendors
    said = next(iter(named)) if len(named) == 1 else ""
    if said not in _SAME or found.confidence == "user" or found.entity in ("", said) or found.entity in _SAME[said]:
        return ()
    where = quoted(name) if text.header_line is None else f"{quoted(name)}, line {text.header_line}"
    signature = found.declaration.signature if found.declaration else text.headers[:3]
    shown = ", ".join(quoted(header) for header in signature)
    told = f"its headers ({shown}) are those of {_table(found)}, and it is read as that"
    return (f"ask: {where}: the name says {said}, but {told}. If {said} were meant, remove it and load the file that holds them",)


def _table(found: Recognition) -> str:
    return found.declaration.title if found.declaration else "a list with a row per customer"
