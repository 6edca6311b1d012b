"""Archives for tests, among them those that the zipfile module would not write by itself."""

import io
import stat
import zipfile
from collections.abc import Mapping


def zipped(members: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def with_link(name: str, target: str) -> bytes:
    out = io.BytesIO()
    entry = zipfile.ZipInfo(name)
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(entry, target)
        archive.writestr("good.csv", b"a,b\n1,2\n")
    return out.getvalue()


def with_flag(data: bytes, flag: int) -> bytes:
    """The first member's flags changed, in its local header and in the central directory."""
    changed = bytearray(data)
    changed[6] |= flag
    changed[data.index(b"PK\x01\x02") + 8] |= flag
    return bytes(changed)


def with_name(data: bytes, old: bytes, new: bytes) -> bytes:
    """A name of the same length in both places."""
    assert len(old) == len(new)
    return data.replace(old, new)


def overlapping(data: bytes) -> bytes:
    """The second entry of the central directory points to the first file."""
    changed = bytearray(data)
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    changed[second + 42 : second + 46] = (0).to_bytes(4, "little")
    return bytes(changed)


def lying(data: bytes, true: int, said: int) -> bytes:
    """The unpacked size of a member, as both headers say it, changed."""
    return data.replace(true.to_bytes(4, "little"), said.to_bytes(4, "little"))
