"""The secrets of one workspace: made once, kept in their own file, never written into a table, a log or an export."""

import base64
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from roi_core.errors import WorkspaceMissing
from roi_core.workspace.disk import private_folder, write_once

_BYTES = 32


@dataclass(frozen=True, slots=True)
class Keys:
    """`match` keys the hashes of identifiers (HMAC-SHA-256), `vault` encrypts labels (Fernet, base64). 32 bytes each before base64."""

    match: bytes = field(repr=False)
    vault: bytes = field(repr=False)

    @classmethod
    def new(cls) -> "Keys":
        """Fresh keys from the system's random source."""
        return cls(secrets.token_bytes(_BYTES), base64.urlsafe_b64encode(secrets.token_bytes(_BYTES)))

    @classmethod
    def read(cls, path: Path) -> "Keys":
        """The keys of that file. Raises WorkspaceMissing where it is gone or not whole."""
        try:
            content = base64.urlsafe_b64decode(path.read_bytes())
        except (OSError, ValueError):
            raise WorkspaceMissing.unknown() from None
        if len(content) != 2 * _BYTES:
            raise WorkspaceMissing.unknown()
        return cls(content[:_BYTES], base64.urlsafe_b64encode(content[_BYTES:]))

    def write(self, path: Path) -> None:
        """Write them to a file of their own, 0600."""
        private_folder(path.parent)
        write_once(path, base64.urlsafe_b64encode(self.match + base64.urlsafe_b64decode(self.vault)))
