"""A sample company as it is handed on: its files, and what was planted in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from roi_core.companies.table import Table


@dataclass(frozen=True, slots=True)
class Company:
    """The exports of one company, with `truth` as truth.json holds it."""

    slug: str
    name: str
    tables: tuple[Table, ...]
    truth: Mapping[str, Any]
