"""What an upload holds: itself, the files of an archive, the sheets of a workbook, the lists of a JSON document."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Member:
    """One table inside of an upload: its name there (None for the file itself), and where its bytes are, or why not."""

    name: str | None
    path: Path | None = None
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """What an upload holds, and what is to be said of the whole of it."""

    members: tuple[Member, ...]
    notes: tuple[str, ...] = ()


def inside(name: str, part: str) -> str:
    """The name of a part of a file, such as a sheet of a workbook, as reports show it."""
    return f"{name} / {part}"
