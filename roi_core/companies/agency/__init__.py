"""Alder & Moss, an invented agency: few clients on contracts that are renewed or not, some of whom cost more than they pay."""

from roi_core.companies.agency.make import STORIES, generate

__all__ = ["STORIES", "generate"]
