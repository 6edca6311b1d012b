"""For whom does it work: the main comparison within each level of one dimension, pulled toward the average; worked out when it is asked for."""

from roi_core.effects.segments.asking import compare, dimensions_known
from roi_core.effects.segments.finding import MOST_LEVELS, SURE, Level, Segments, segments_as_json

__all__ = ["MOST_LEVELS", "SURE", "Level", "Segments", "compare", "dimensions_known", "segments_as_json"]
