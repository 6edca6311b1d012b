"""What the user has begun to say of a file: kept at each choice, so that a refresh loses none, and gone once the file is read by it.

It is no decision yet, so it is no step of *Undo*, and the next file with these headers is not read by it. Headers can hold names: the vault has it.
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from roi_core.ingest.plan import Plan
from roi_core.schema.parts import DRAFTS

if TYPE_CHECKING:
    from roi_core.workspace import Workspace

Report = Mapping[str, Any]


def drafted(workspace: "Workspace", report: Report) -> Plan | None:
    """What was begun of this file, or None."""
    kept = workspace.vault.get(DRAFTS, _place(report)) if report.get("source") else None
    return None if kept is None else Plan.of(json.loads(kept))


def keep_draft(workspace: "Workspace", report: Report, plan: Plan) -> None:
    """In place of the one before. Raises WorkspaceLocked, NotSaved."""
    workspace.insist_on_change()
    if report.get("source"):
        workspace.vault.put(DRAFTS, _place(report), json.dumps(plan.as_json()))


def drop_draft(workspace: "Workspace", report: Report) -> None:
    """Overwrites it."""
    if drafted(workspace, report) is not None:
        workspace.vault.amend(DRAFTS, lambda kept: {place: plan for place, plan in kept.items() if place != _place(report)})


def _place(report: Report) -> str:
    return f"{report['source']}/{report['member'] or ''}"
