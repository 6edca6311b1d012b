"""One file on its way in: what was announced, how far it has come, and how much there may be."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import BinaryIO

from roi_core.errors import UploadRefused


@dataclass(frozen=True, slots=True)
class Room:
    """Bytes of one file and of all together; seconds from a ticket to its first byte, and from the last byte to the reading."""

    file_bytes: int = 8 << 30
    all_bytes: int = 16 << 30
    ticket_seconds: float = 60.0
    kept_seconds: float = 3600.0


ROOM = Room()
"""A file as large as the reader unpacks of an archive, and two of them at a time."""


class Stage(Enum):
    """A ticket is given out, its bytes are coming, all of them are here."""

    PROMISED = auto()
    COMING = auto()
    HERE = auto()


@dataclass(slots=True)
class Upload:
    """One file: what its browser calls it, its bytes, and where it lies. `browser` is what every request of that browser carries."""

    owner: str
    browser: bytes = field(repr=False)
    name: str
    size: int
    path: Path
    since: float
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    stage: Stage = Stage.PROMISED
    received: int = 0


@dataclass(frozen=True, slots=True)
class Arriving:
    """Where the bytes of one upload go."""

    upload: Upload
    out: BinaryIO
    free: Callable[[], int]

    def write(self, block: bytes) -> None:
        """The next bytes. Raises UploadRefused where they are more than announced, or the rest would not fit on the disk any more."""
        upload = self.upload
        insist(upload, upload.received + len(block) <= upload.size)
        if self.free() < upload.size - upload.received:
            raise UploadRefused.no_room(upload.name, upload.size, self.free())
        try:
            self.out.write(block)
        except OSError:
            raise UploadRefused.no_room(upload.name, upload.size, self.free()) from None
        upload.received += len(block)


def insist(upload: Upload, as_announced: bool) -> None:  # noqa: FBT001 - what is insisted on
    """Raises UploadRefused unless its bytes are as announced."""
    if not as_announced:
        raise UploadRefused.changed(upload.name)
