"""Real and reference data that stand outside the project: `$SUPPORT_ROI_SHARED`, else the folder `shared` beside the checkout."""

import os
from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[2] / "shared"


def shared_folder() -> Path:
    """Where the shared data would stand; it need not exist."""
    return Path(os.environ.get("SUPPORT_ROI_SHARED") or _BESIDE)


def shared_path(inside: str) -> Path:
    """A file of the shared data, such as `data/flat/telco_customers.csv`. Skips without the folder; fails where only the file is missing."""
    folder = shared_folder()
    if not folder.is_dir():
        pytest.skip("the shared data folder is not here; set SUPPORT_ROI_SHARED to it")
    path = folder / inside
    if not path.exists():
        pytest.fail(f"the shared data folder has no {inside}")
    return path
