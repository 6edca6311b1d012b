"""One file of saved work taken out again: its table no longer counts, and its report and the rows set aside are gone."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from roi_core.ingest.held import let_go
from roi_core.ingest.one_table import QUARANTINE, quarantine_key

if TYPE_CHECKING:
    from roi_core.workspace import Workspace


def take_out(workspace: "Workspace", entry: Mapping[str, Any]) -> None:
    """Withdraws what one report of `Workspace.reports` tells of; nothing happens where it is gone already."""
    source, member = entry.get("source"), entry.get("member")
    workspace.record_reports([report for report in workspace.reports() if report != entry])
    let_go(workspace)
    if source is None:
        return
    workspace.withdraw(part.digest for part in workspace.manifest() if part.meta.get("source") == source)
    aside = workspace.vault.labels(QUARANTINE)
    if aside.pop(quarantine_key(source, member), None) is not None:
        workspace.vault.replace(QUARANTINE, aside)
