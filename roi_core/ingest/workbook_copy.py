"""A copy of the parts of a workbook that are read, unpacked, each checked byte by byte: nothing else ever reaches the parser."""

import hashlib
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from roi_core.errors import FileRefused
from roi_core.ingest.budget import Budget

_BLOCK = 1 << 20
_TAIL = 64
_DTD = re.compile(rb"<!(?i:\s*doctype|\s*entity)")
_LONGEST_TEXT = 1 << 18
_DAMAGED = (zipfile.BadZipFile, OSError, EOFError, RuntimeError, ValueError)


@dataclass(slots=True)
class PartCopy:
    """Copies parts of `archive` into `target`, a ZIP that is not packed; `name` is what messages call the workbook."""

    archive: zipfile.ZipFile
    target: zipfile.ZipFile
    name: str
    budget: Budget

    def copy(self, part: str, look: "Callable[[bytes], None] | None" = None) -> bytes:
        """The SHA-256 of one part; `look` is shown all of its bytes.

        Raises FileRefused.wrong_type where it is missing, damaged, no UTF-8 or holds a DTD, and .too_large over the budget or for a text too long.
        """
        check, digest = _Check(part, self.name), hashlib.sha256()
        try:
            with self.archive.open(part) as source, self.target.open(zipfile.ZipInfo(part), "w", force_zip64=True) as out:
                while block := source.read(_BLOCK):
                    self.budget.spend(len(block), self.name)
                    check.feed(block)
                    digest.update(block)
                    out.write(block)
                    if look:
                        look(block)
        except KeyError:
            raise FileRefused.wrong_type(self.name, f"an Excel workbook (XLSX) that lacks its part {part}") from None
        except _DAMAGED:
            raise FileRefused.wrong_type(self.name, f"a damaged Excel workbook (XLSX): its part {part} cannot be unpacked") from None
        return digest.digest()


@dataclass(slots=True)
class _Check:
    """Looks for what no workbook of Excel has: a DTD, zero bytes, a text of a quarter of a megabyte."""

    part: str
    name: str
    _tail: bytes = b""
    _since: int = field(default=0)

    def feed(self, block: bytes) -> None:
        if _DTD.search(self._tail + block):
            raise FileRefused.wrong_type(self.name, f"an Excel workbook (XLSX) that contains a DTD, in its part {self.part}")
        if b"\x00" in block:
            raise FileRefused.wrong_type(self.name, f"an Excel workbook (XLSX) whose part {self.part} is not written in UTF-8")
        self._tail = block[-_TAIL:]
        tags = np.flatnonzero(np.frombuffer(block, np.uint8) == ord("<"))
        edges = np.concatenate(([-self._since], tags, [len(block)]))
        longest = int(np.diff(edges).max())
        if longest > _LONGEST_TEXT:
            raise FileRefused.too_large(self.name, f"a text in its part {self.part}", f"over {_LONGEST_TEXT:,} bytes", f"{_LONGEST_TEXT:,} bytes")
        self._since = len(block) - int(tags[-1]) if len(tags) else self._since + len(block)
