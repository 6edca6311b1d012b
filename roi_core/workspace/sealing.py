"""JSON sealed with the key of a workspace: nobody else reads it, and a changed byte is noticed."""

import json
from dataclasses import dataclass, field
from typing import Any

from roi_core.errors import WorkspaceBroken


@dataclass(frozen=True, slots=True)
class Seal:
    """Seals and opens with one key (Fernet: AES-CBC and HMAC-SHA-256; 32 bytes, base64)."""

    key: bytes = field(repr=False)

    def close(self, content: Any) -> bytes:
        """JSON, encrypted."""
        return self.close_bytes(json.dumps(content).encode())

    def open(self, token: bytes) -> Any:
        """What was sealed. Raises WorkspaceBroken where a byte has changed, or the key is another's."""
        return json.loads(self.open_bytes(token))

    def close_bytes(self, content: bytes) -> bytes:
        """Bytes, encrypted."""
        from cryptography.fernet import Fernet

        return Fernet(self.key).encrypt(content)

    def open_bytes(self, token: bytes) -> bytes:
        """The bytes that were sealed. Raises WorkspaceBroken as `open` does."""
        from cryptography.fernet import Fernet, InvalidToken

        try:
            return Fernet(self.key).decrypt(token)
        except (InvalidToken, TypeError, ValueError):
            raise WorkspaceBroken.unreadable() from None
