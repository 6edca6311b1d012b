"""Published figures and the data behind them, from the shared folder."""

import csv
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.references.left_out import LEFT_OUT
from tests.shared import shared_path


@dataclass(frozen=True, slots=True)
class Published:
    """One published figure with its tolerance."""

    name: str
    value: float
    tolerance: float


def blocks() -> list[dict[str, Any]]:
    """All blocks of references.json."""
    found: list[dict[str, Any]] = json.loads(shared_path("references/references.json").read_text(encoding="utf-8"))
    return found


def block(identifier: str) -> dict[str, Any]:
    """One block of references.json."""
    return next(b for b in blocks() if b["id"] == identifier)


def published(identifier: str) -> tuple[Published, ...]:
    """The figures of one block that were published."""
    figures = block(identifier)["figures"].items()
    return tuple(Published(name, f["published"], f["abs_tol"]) for name, f in figures if f["published"] is not None)


def covered(identifier: str) -> tuple[Published, ...]:
    """The published figures of one block that ours must reproduce."""
    return tuple(f for f in published(identifier) if not any(re.fullmatch(pattern, f.name) for pattern in LEFT_OUT[identifier]))


def walk(identifier: str, compute: Callable[[str], float | None]) -> int:
    """Compare every covered figure of a block with what `compute` says of its name; how many there are."""
    figures = covered(identifier)
    for figure in figures:
        assert compute(figure.name) == pytest.approx(figure.value, abs=figure.tolerance + 1e-12), figure
    return len(figures)


def columns(name: str) -> dict[str, NDArray[np.str_]]:
    """The columns of a reference CSV file as text."""
    with shared_path(f"data/reference/{name}").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {column: np.array([row[column] for row in rows]) for column in rows[0]}
