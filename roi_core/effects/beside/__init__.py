"""Comparisons declared beside the one fixed in advance, one a file; worked out together, when they are asked for."""

from roi_core.effects.beside.declared import Beside, Tell
from roi_core.effects.beside.family import BESIDE, all_beside

__all__ = ["BESIDE", "Beside", "Tell", "all_beside"]
