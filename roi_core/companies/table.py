"""A file of an export: headers, columns, and the line ending its vendor uses."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file to be; `columns` by header, all of the same length. What a vendor leaves blank is an empty text."""

    file: str
    columns: Mapping[str, Sequence[object]]
    line_end: str = "\n"

    @property
    def headers(self) -> tuple[str, ...]:
        """Headers in file order."""
        return tuple(self.columns)

    def text(self) -> str:
        """The file, deterministic to the byte."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator=self.line_end)
        writer.writerow(self.columns)
        writer.writerows(zip(*self.columns.values(), strict=True))
        return out.getvalue()


def with_blanks(headers: Sequence[str], rows: int, filled: Mapping[str, Sequence[object]]) -> dict[str, Sequence[object]]:
    """All headers of an export in order, those not filled being blank. Raises ValueError for a header the export lacks."""
    unknown = filled.keys() - set(headers)
    if unknown:
        raise ValueError(f"{sorted(unknown)} are not headers of this export")
    return {header: filled.get(header, [""] * rows) for header in headers}


def money(amounts: Sequence[float]) -> list[str]:
    """Plain decimals in major units with two places."""
    return [f"{amount:.2f}" for amount in amounts]
