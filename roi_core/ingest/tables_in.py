"""Which tables one file holds: the sheets of a workbook, the lists of a JSON document, else itself."""

from pathlib import Path

from roi_core.ingest.budget import Budget
from roi_core.ingest.filetype import OLE, ZIP, head_of, is_json
from roi_core.ingest.members import Contents, Member
from roi_core.ingest.zip_directory import is_workbook


def tables_in(path: Path, name: str, member: str | None, staging: Path, budget: Budget) -> Contents:
    """The tables of one file that is no archive. `member` is what a table is called that is the whole file, None for an upload.

    Raises FileRefused where it cannot be opened.
    """
    head = head_of(path)
    if head.startswith(ZIP) and is_workbook(path):
        from roi_core.ingest.workbook import sheets_in

        return sheets_in(path, name, staging, budget)
    if head.startswith(OLE):
        from roi_core.ingest.old_workbook import sheets_in_old

        return sheets_in_old(path, name, staging)
    if is_json(head):
        from roi_core.ingest.json_lists import lists_in

        return lists_in(path, name, member, staging, budget)
    return Contents((Member(member, path),))
