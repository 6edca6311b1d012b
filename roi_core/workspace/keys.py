"""The secrets of one workspace: made once, kept in their own file, never written into a table, a log or an export."""

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from roi_core.errors import WorkspaceBroken, WorkspaceMissing
from roi_core.workspace.disk import private_folder, write_once

KEYLESS = "keyless"
"""The name under which work says that the keys of its tables are not its own: it was imported without them."""
_BYTES = 32
_CHECK = 8


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
        """The keys of that file. Raises WorkspaceMissing where it is gone, WorkspaceBroken where it is not whole, was changed or cannot be read."""
        try:
            return cls.of(path.read_bytes())
        except FileNotFoundError:
            raise WorkspaceMissing.unknown() from None
        except OSError:
            raise WorkspaceBroken.disk() from None

    @classmethod
    def of(cls, written: bytes) -> "Keys":
        """From what `as_bytes` gave. Raises WorkspaceBroken where it is not whole or was changed."""
        try:
            content = base64.b64decode(written, altchars=b"-_", validate=True)
        except ValueError:
            raise WorkspaceBroken.unreadable() from None
        secret, check = content[: 2 * _BYTES], content[2 * _BYTES :]
        if len(secret) != 2 * _BYTES or check not in (b"", _check(secret)):
            raise WorkspaceBroken.unreadable()
        return cls(secret[:_BYTES], base64.urlsafe_b64encode(secret[_BYTES:]))

    def as_bytes(self) -> bytes:
        """Both, with a check that tells a changed byte; base64."""
        secret = self.match + base64.urlsafe_b64decode(self.vault)
        return base64.urlsafe_b64encode(secret + _check(secret))

    def write(self, path: Path) -> None:
        """Write them to a file of their own, 0600. Raises OSError."""
        write_once(private_folder(path.parent) / path.name, self.as_bytes())


def _check(secret: bytes) -> bytes:
    return hashlib.sha256(b"support-roi keys" + secret).digest()[:_CHECK]
