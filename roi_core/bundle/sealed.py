"""The sealed member: keys, vault and names under a passphrase (scrypt, RFC 7914; Fernet)."""

import base64
import json
import secrets
import unicodedata
import zlib
from typing import Any

from roi_core.errors import BundleRefused

_MAGIC = b"support-roi sealed 1\n"
_SALT = 16
_N, _R, _P = 1 << 17, 8, 1
"""128 MB and about half a second a try (OWASP password storage); never taken from the file, which could ask for more."""
LEAST_CHARACTERS = 12


class NotOpened(ValueError):
    """Another passphrase, or changed bytes."""


def close(content: Any, passphrase: str) -> bytes:
    """JSON, compressed and encrypted. Raises BundleRefused where the passphrase is too short."""
    from cryptography.fernet import Fernet

    if len(passphrase) < LEAST_CHARACTERS:
        raise BundleRefused.weak(LEAST_CHARACTERS)
    salt = secrets.token_bytes(_SALT)
    return _MAGIC + salt + Fernet(_key(passphrase, salt)).encrypt(zlib.compress(json.dumps(content).encode()))


def open_sealed(token: bytes, passphrase: str, most: int) -> Any:
    """What was sealed. Raises NotOpened, ValueError where it unpacks to more than `most` bytes."""
    from cryptography.fernet import Fernet, InvalidToken

    salt, encrypted = token[len(_MAGIC) :][:_SALT], token[len(_MAGIC) + _SALT :]
    if not token.startswith(_MAGIC):
        raise NotOpened
    try:
        packed = Fernet(_key(passphrase, salt)).decrypt(encrypted)
    except InvalidToken:
        raise NotOpened from None
    opener = zlib.decompressobj()
    content = opener.decompress(packed, most)
    if opener.unconsumed_tail:
        raise ValueError(most)
    return json.loads(content)


def _key(passphrase: str, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    typed = unicodedata.normalize("NFKC", passphrase).encode()
    return base64.urlsafe_b64encode(Scrypt(salt=salt, length=32, n=_N, r=_R, p=_P).derive(typed))
