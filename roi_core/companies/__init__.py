"""Invented companies with planted truth, written in real vendors' export formats."""

from roi_core.companies.generated import Generated, generate
from roi_core.companies.read import read_truth
from roi_core.companies.stories import STORIES, Story
from roi_core.companies.write import write_bundle, write_exports, write_sample

__all__ = ["STORIES", "Generated", "Story", "generate", "read_truth", "write_bundle", "write_exports", "write_sample"]
