"""Every export that is known, one declaration file a vendor."""

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType

from roi_core.ingest.export import Export

VENDORS = tuple(importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__))
EXPORTS: Mapping[str, Export] = MappingProxyType({export.id: export for vendor in VENDORS for export in vendor.EXPORTS})

__all__ = ["EXPORTS", "VENDORS"]
