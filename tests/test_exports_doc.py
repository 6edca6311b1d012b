"""docs/exports.md lists every declared export. `python -m tests.test_exports_doc` writes it anew."""

from pathlib import Path

from roi_core.ingest.export import Export
from roi_core.ingest.vendors import EXPORTS
from roi_core.schema import LOADED

PAGE = Path(__file__).resolve().parents[1] / "docs" / "exports.md"
HEAD = """# Exports that are read

Recognised by their headers, with no question asked. *Read verbatim* means that the headers were read from a real file or the vendor's own list; the
others are said to rest on less wherever they are read. Anything else is guessed and shown to be confirmed, or filled into a template (`support-roi template`).

| Export | Becomes | What its columns rest on |
| --- | --- | --- |
"""


def page() -> str:
    """The page as it must be."""
    rows = sorted((export for export in EXPORTS.values() if export.vendor != "plain"), key=lambda export: export.title.casefold())
    return HEAD + "".join(f"| {export.title} | {becomes(export)} | {export.confidence.value} |\n" for export in rows)


def becomes(export: Export) -> str:
    """The table in words, or why none."""
    return "nothing: its rows are no records" if export.aggregated else LOADED[export.entity].title.lower()


def test_the_page_lists_every_export() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
