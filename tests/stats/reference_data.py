"""Published figures and the data behind them, from the shared folder."""

import csv
import json
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.shared import shared_path


@dataclass(frozen=True, slots=True)
class Published:
    """One published figure with its tolerance."""

    name: str
    value: float
    tolerance: float


def block(identifier: str) -> dict[str, Any]:
    """One block of references.json."""
    blocks = json.loads(shared_path("references/references.json").read_text(encoding="utf-8"))
    return next(b for b in blocks if b["id"] == identifier)


def published(identifier: str) -> tuple[Published, ...]:
    """The figures of one block that were published."""
    figures = block(identifier)["figures"].items()
    return tuple(Published(name, f["published"], f["abs_tol"]) for name, f in figures if f["published"] is not None)


def columns(name: str) -> dict[str, NDArray[np.str_]]:
    """The columns of a reference CSV file as text."""
    with shared_path(f"data/reference/{name}").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {column: np.array([row[column] for row in rows]) for column in rows[0]}
