"""One flat file with a row per customer: what can be said of it, and what must be left out first."""

from roi_core.effects.flat.answer import FlatAnalysis, analyse_flat
from roi_core.effects.flat.rows import FlatRows, read_flat

__all__ = ["FlatAnalysis", "FlatRows", "analyse_flat", "read_flat"]
