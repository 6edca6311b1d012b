"""Every table of the product, declared: what files are read into, and what is derived from them."""

from roi_core.schema.columns import Column, ColumnType, Lines, Privacy, Table
from roi_core.schema.derived import DERIVED
from roi_core.schema.loaded import LOADED

__all__ = ["DERIVED", "LOADED", "Column", "ColumnType", "Lines", "Privacy", "Table"]
