"""Every export that is known, one declaration file a vendor."""

from collections.abc import Mapping
from types import MappingProxyType

from roi_core.ingest.export import Export
from roi_core.ingest.vendors import freshdesk, plain, stripe

VENDORS = (freshdesk, stripe, plain)
EXPORTS: Mapping[str, Export] = MappingProxyType({export.id: export for vendor in VENDORS for export in vendor.EXPORTS})

__all__ = ["EXPORTS", "VENDORS"]
