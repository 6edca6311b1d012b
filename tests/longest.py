"""The ten longest files and functions, as a question and not a verdict: `python -m tests.longest`."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Length:
    """How many lines something has."""

    lines: int
    what: str


def source_files() -> list[Path]:
    """What ships: the app, its pages and the package."""
    return [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py")), *sorted((ROOT / "roi_core").rglob("*.py"))]


def files() -> list[Length]:
    """Source files, longest first."""
    lengths = [Length(len(path.read_text(encoding="utf-8").splitlines()), str(path.relative_to(ROOT))) for path in source_files()]
    return sorted(lengths, key=lambda length: -length.lines)


def functions() -> list[Length]:
    """Functions and methods of the source files, longest first; a docstring counts."""
    return sorted((length for path in source_files() for length in _functions(path)), key=lambda length: -length.lines)


def _functions(path: Path) -> Iterator[Length]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            yield Length(node.end_lineno - node.lineno + 1, f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")


if __name__ == "__main__":
    for title, found in (("files", files()), ("functions", functions())):
        print(f"The longest {title} of {len(found)}, median {found[len(found) // 2].lines} lines. Is each one job?")
        for length in found[:_SHOWN]:
            print(f"{length.lines:6}  {length.what}")
