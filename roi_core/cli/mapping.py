"""Mappings from a JSON file: what the app asks in its editor, said on the command line."""

import json
from pathlib import Path
from typing import Any

from roi_core.errors import MappingRefused

_KINDS = {"flat", "files", "headers"}
_PLAN = {"entity", "columns", "constants", "answers", "export"}


def mapping_of(file: Path) -> dict[str, Any]:
    """`{"files": {name: {"entity", "columns", "constants", "answers"}}}`; all keys of a plan are optional. Raises MappingRefused, OSError."""
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise MappingRefused.file(file.name, f"it is not JSON ({type(error).__name__})") from None
    if not isinstance(said, dict) or not _KINDS.issuperset(said):
        raise MappingRefused.file(file.name, f"its keys must be among {', '.join(sorted(_KINDS))}")
    for name, plan in said.get("files", {}).items():
        if not isinstance(plan, dict) or not _PLAN.issuperset(plan):
            raise MappingRefused.file(file.name, f"the plan of {name} must have keys among {', '.join(sorted(_PLAN))}")
    return said
