"""One file of saved work taken out again: its table, its report and its rows set aside no longer count; what is forgotten is `workspace.forgetting`."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from roi_core.ingest.held import let_go
from roi_core.workspace.manifest import Part

if TYPE_CHECKING:
    from roi_core.workspace import Workspace


def take_out(workspace: "Workspace", entry: Mapping[str, Any]) -> None:
    """Withdraws what one report of `Workspace.reports` tells of; nothing happens where it is gone already."""
    source = entry.get("source")

    def gone(parts: Sequence[Part]) -> list[str]:
        return [part.digest for part in parts if source is not None and part.meta.get("source") == source]

    workspace.advance(without=gone, reports=lambda reports: [report for report in reports if report != entry])
    let_go(workspace)
