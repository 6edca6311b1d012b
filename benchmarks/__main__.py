"""Speed and scale in one run: `python -m benchmarks [NAME ...]`. Each module beside this one has `figures()`. Exit 1 where a limit is missed."""

import importlib
import os
import platform
import sys
from pathlib import Path

from benchmarks.timing import Figure

_NOT_MEASURING = {"__init__", "__main__", "catalogue_data", "catalogue_part", "empty_fragment", "from_files", "reading", "timing"}


def main(names: list[str]) -> int:
    """Prints every figure as it is measured. Processes that are started keep what they compile, as an installation does."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    print(f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}")
    found: list[Figure] = []
    for name in names or sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem not in _NOT_MEASURING):
        print(f"\n{name}")
        for figure in importlib.import_module(f"benchmarks.{name}").figures():
            print(figure, flush=True)
            found.append(figure)
    return 0 if all(figure.kept for figure in found) else 1


sys.exit(main(sys.argv[1:]))
