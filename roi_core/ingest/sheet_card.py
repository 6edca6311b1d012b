"""What is known of one sheet before it is read, kept beside its workbook in staging: a sheet's bytes of its own, known by their hash."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from roi_core.ingest.cell_refs import Runs

NO_ROWS = "no row of two or more cells"
"""Why a sheet is left out where another one holds a table."""

_SUFFIX = ".sheet"


@dataclass(frozen=True, slots=True)
class SheetCard:
    """One sheet that holds a table.

    `sheet` is its title, `digest` a hash of all that it shows, `kind` xlsx or xls. `percent` and `unsaved` are the cells of a
    percent format and those of formulas without a saved value.
    """

    sheet: str
    digest: str
    kind: str
    percent: Runs
    unsaved: Runs
    notes: tuple[str, ...]

    def write(self, workbook: Path) -> Path:
        """A file beside the `workbook`, for `is_card`. Its bytes depend on the sheet and its shared texts alone: it is known again elsewhere."""
        path = workbook.with_name(f"{workbook.stem}.{secrets.token_hex(8)}{_SUFFIX}")
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")
        return path

    def workbook(self, path: Path) -> Path:
        """The workbook of the card at `path`."""
        return path.with_name(f"{path.name.partition('.')[0]}.{self.kind}")

    @classmethod
    def read(cls, path: Path) -> Self:
        """From `write`."""
        card = json.loads(path.read_text(encoding="utf-8"))
        return cls(**{**card, "percent": _runs(card["percent"]), "unsaved": _runs(card["unsaved"]), "notes": tuple(card["notes"])})


def is_card(path: Path, staging: Path) -> bool:
    """Whether a file is a card of ours; what a user brings never is, since it has another name in staging."""
    return path.suffix == _SUFFIX and path.parent == staging


def _runs(found: Mapping[str, list[list[int]]]) -> Runs:
    return {int(column): tuple((first, last) for first, last in runs) for column, runs in found.items()}
