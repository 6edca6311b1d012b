"""Linden & Loom, an invented fashion shop: buyers who come back or do not, and a bot that answers in seconds."""

from roi_core.companies.shop.make import STORIES, generate

__all__ = ["STORIES", "generate"]
