"""What else ratings say, one subject a file; worked out together, when it is asked for. None of it is a cause of anything by itself."""

from roi_core.effects.ratings.finding import Finding
from roi_core.effects.ratings.list import RATINGS, all_ratings

__all__ = ["RATINGS", "Finding", "all_ratings"]
