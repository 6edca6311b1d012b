"""The row ledger: every record of a file is loaded, quarantined or not data, and nothing is unaccounted for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class RowLedger:
    """Counts of records after the header; `records` is counted apart from the other three. `money` has the sums of each column of money."""

    records: int
    loaded: int
    quarantined: int
    not_data: int
    money: tuple[Mapping[str, Any], ...] = ()

    @property
    def unaccounted(self) -> int:
        """Records that are neither loaded, nor quarantined, nor declared to be no data. Anything but 0 is a fault."""
        return self.records - self.loaded - self.quarantined - self.not_data

    def set_aside(self, rows: int) -> Self:
        """The ledger after `rows` of the loaded ones went to quarantine."""
        return replace(self, loaded=self.loaded - rows, quarantined=self.quarantined + rows)

    def not_records(self, rows: int) -> Self:
        """The ledger after `rows` of the loaded ones turned out to be no data."""
        return replace(self, loaded=self.loaded - rows, not_data=self.not_data + rows)

    def as_json(self) -> dict[str, Any]:
        """The `rows` object of `support-roi inspect`; `money` is there only where a column holds money."""
        return {
            "records": self.records,
            "loaded": self.loaded,
            "quarantined": self.quarantined,
            "not_data": self.not_data,
            "unaccounted": self.unaccounted,
            **({"money": [dict(column) for column in self.money]} if self.money else {}),
        }
