"""A work as one file: exported for a colleague or another computer, imported to the same numbers."""

from roi_core.bundle.export import export_work, write_bundle
from roi_core.bundle.importing import import_work, is_keyless
from roi_core.bundle.layout import SUFFIX
from roi_core.bundle.sealed import LEAST_CHARACTERS

__all__ = ["LEAST_CHARACTERS", "SUFFIX", "export_work", "import_work", "is_keyless", "write_bundle"]
