"""Support ROI: what customer support is worth, how we know, and what would happen if it changed."""

__version__ = "0.1.0"
