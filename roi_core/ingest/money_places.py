"""Where amounts of money will stand in a text, as far as its headers alone tell: then the index of its records notes those cells on its one way through."""

from collections.abc import Sequence

from roi_core.ingest.headers import read_header
from roi_core.ingest.mapping import Choices
from roi_core.ingest.recognise import find, known_by_headers
from roi_core.schema import LOADED, ColumnType


def is_money(canonical: str) -> bool:
    """Whether a `table.column` holds amounts of money."""
    table, _, name = canonical.partition(".")
    return LOADED[table].column(name).type is ColumnType.MONEY


def money_places(headers: Sequence[str], name: str, choices: Choices) -> tuple[int, ...]:
    """Places (from 0) of headers under which money stands: as the user said of the file, else as a known export has it; none where neither tells."""
    plan = choices.plan(name, headers)
    read = [read_header(header) for header in headers]
    if plan and plan.entity:
        said = {read_header(header).folded for header, canonical in plan.columns.items() if canonical and is_money(canonical)}
        return tuple(place for place, header in enumerate(read) if header.folded in said)
    found = known_by_headers(headers)
    if not (export := found.declaration if found else None):
        return ()
    mapped = [place for place, canonical in found.mapping.items() if is_money(canonical)] if found else []
    beside = [find(header, read, export.drift) for canonical, header in (*export.also.items(), *export.converted.items()) if is_money(canonical)]
    return tuple(sorted({*mapped, *(place for place in beside if place is not None)}))
