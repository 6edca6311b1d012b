"""Which parts of a table come from which system: two systems number their records alike, and number 1001 of each is another record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pyarrow.parquet as pq

from roi_core.engine.embedded import Connection
from roi_core.engine.quoting import identifier, literal
from roi_core.schema.parts import ONE, SUBJECT, TWO

BEGAN: Mapping[str, str] = MappingProxyType({"tickets": "created_at", "orders": "ordered_at", "invoices": "issued_at"})
"""The time of a record that cannot change, by table; tables without one are of one system."""

_WHO = ("customer_id", "email")


@dataclass(frozen=True, slots=True)
class SharedIds:
    """Ids that two parts, at `first` and `second` from 0, both have; `foreign` of them began or belong elsewhere."""

    first: int
    second: int
    ids: int
    foreign: int

    @property
    def differ(self) -> bool:
        """Whether no id of them can be one record."""
        return self.foreign == self.ids


def shared_ids(con: Connection, table: str, parts: Sequence[Path], noted: Sequence[Mapping[str, Any]], key: str) -> tuple[SharedIds, ...]:
    """Every pair of parts with ids in common. `noted` is what the reader noted of each part. Raises duckdb.Error.

    An id is foreign where its records began more than a day apart, day and month not swapped, or have another customer and did not
    begin in the same second. Times of two exports mean different things for invoices (issued, paid) and are not compared.
    Payments are left out: what their id names is an invoice.
    """
    held = [set(pq.read_schema(part).names) for part in parts]
    if len(parts) < 2 or table not in BEGAN or not all({key, BEGAN[table]} <= names for names in held):
        return ()
    rows = " UNION ALL ".join(_rows(place, parts[place], held[place], table, key, noted[place]) for place in range(len(parts)))
    found = con.execute(_PAIRS.format(rows=rows, dated="a.export = b.export" if table == "invoices" else "true")).fetchall()
    return tuple(SharedIds(*map(int, row)) for row in found)


def system_numbers(parts: int, shared: Sequence[SharedIds], noted: Sequence[Mapping[str, Any]]) -> tuple[int, ...]:
    """A number for each part: another one where two share ids that all differ, or the user says so; never where the user says they are one."""
    apart = {(pair.first, pair.second) for pair in shared if are_apart(pair, noted)}
    numbers: list[int] = []
    for place in range(parts):
        taken = {numbers[other] for other in range(place) if (other, place) in apart}
        alike = [numbers[pair.first] for pair in shared if pair.second == place and (pair.first, place) not in apart]
        numbers.append(next(number for number in (*alike, *range(parts)) if number not in taken))
    return tuple(numbers)


def are_apart(pair: SharedIds, noted: Sequence[Mapping[str, Any]]) -> bool:
    """Whether two parts are read as two systems: as the user says of one of them, else where all ids differ."""
    said = {noted[place].get(SUBJECT) for place in (pair.first, pair.second)}
    return ONE not in said and (TWO in said or pair.differ)


def _rows(place: int, part: Path, held: set[str], table: str, key: str, noted: Mapping[str, Any]) -> str:
    who = ", ".join(f"min({identifier(name)})" if name in held else "CAST(NULL AS VARCHAR)" for name in _WHO)
    vendor, export = (literal(str(noted.get(name, ""))) for name in ("vendor", "export"))
    source = f"read_parquet([{literal(part.resolve())}])"
    chosen = f"{place:d}, {vendor}, {export}, CAST({identifier(key)} AS VARCHAR), min({identifier(BEGAN[table])}), {who}"
    own = " AND payment_row_id IS NULL" if "payment_row_id" in held else ""
    return f"SELECT {chosen} FROM {source} WHERE {identifier(key)} IS NOT NULL{own} GROUP BY {identifier(key)}"


_PAIRS = """
WITH held(place, vendor, export, k, began, customer_id, email) AS ({rows}),
pairs AS (
  SELECT a.place AS one, b.place AS other, a.began AS began, b.began AS other_began, {dated} AS dated,
    CASE
      WHEN a.vendor = b.vendor AND a.customer_id IS NOT NULL AND b.customer_id IS NOT NULL THEN a.customer_id <> b.customer_id
      ELSE coalesce(a.email <> b.email, false)
    END AS strangers
  FROM held AS a INNER JOIN held AS b ON a.k = b.k AND a.place < b.place
)
SELECT one, other, count(*), count_if(
  (dated AND abs(epoch(began) - epoch(other_began)) > 93600
    AND NOT (year(began) = year(other_began) AND month(began) = day(other_began) AND day(began) = month(other_began)))
  OR (strangers AND (began <> other_began OR began = date_trunc('day', began)))
) FROM pairs GROUP BY one, other ORDER BY one, other
"""
