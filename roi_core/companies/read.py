"""What was planted in a sample company, out of its archive."""

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from roi_core.companies.write import TRUTH_FILE


def read_truth(archive: Path) -> Mapping[str, Any]:
    """truth.json of a sample company's archive. Raises OSError, zipfile.BadZipFile, KeyError where there is none."""
    with zipfile.ZipFile(archive) as packed:
        truth: Mapping[str, Any] = json.loads(packed.read(TRUTH_FILE))
    return truth
