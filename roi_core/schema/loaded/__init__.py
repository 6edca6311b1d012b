"""Tables that files are read into, declared by subject. They are also the plain templates of the product."""

from collections.abc import Mapping
from types import MappingProxyType

from roi_core.schema.columns import Table
from roi_core.schema.loaded import customers, money, shop, support

LOADED: Mapping[str, Table] = MappingProxyType({table.name: table for subject in (support, customers, money, shop) for table in subject.TABLES})

__all__ = ["LOADED"]
