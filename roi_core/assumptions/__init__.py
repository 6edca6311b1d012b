"""What has to be typed or agreed, because no export holds it: declared once, checked on the way in."""

from roi_core.assumptions.declared import DECLARED, Assumption
from roi_core.assumptions.typed import Assumptions, Correlation, Range, Value

__all__ = ["DECLARED", "Assumption", "Assumptions", "Correlation", "Range", "Value"]
