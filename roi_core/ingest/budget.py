"""How much one upload may unpack to, counted while it is unpacked."""

from dataclasses import dataclass

from roi_core.errors import FileRefused
from roi_core.ingest.limits import ReadLimits


@dataclass(slots=True)
class Budget:
    """Counts unpacked bytes of one upload of `packed` bytes."""

    limits: ReadLimits
    packed: int
    spent: int = 0

    def spend(self, size: int, name: str) -> None:
        """Raises FileRefused.too_large where the unpacked bytes, or their ratio to the packed ones, pass the limit."""
        self.spent += size
        if self.spent > self.limits.unpacked_bytes:
            raise FileRefused.too_large(name, "its unpacked size", f"over {self.limits.unpacked_bytes:,} bytes", f"{self.limits.unpacked_bytes:,} bytes")
        ratio = self.spent // max(self.packed, 1)
        if self.spent > self.limits.ratio_from and ratio > self.limits.unpacked_ratio:
            raise FileRefused.too_large(name, "its unpacked size", f"{ratio:,} times its packed size", f"{self.limits.unpacked_ratio:,} times")
