"""Plans that the user made, kept in the vault by the fingerprint of the headers: the next file with these headers is read with no question."""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from roi_core.ingest.headers import fingerprint
from roi_core.ingest.plan import Plan
from roi_core.schema.parts import KEEP_TEXTS

if TYPE_CHECKING:
    from roi_core.workspace import Workspace

_KIND = "plans"


def remembered(workspace: "Workspace") -> dict[str, Any]:
    """The plans by fingerprint, as `Choices.of` takes them under `headers`. Headers can hold names, so they are kept as the reports are."""
    return {key: json.loads(text) for key, text in workspace.vault.labels(_KIND).items()}


def remember(workspace: "Workspace", headers: Sequence[str], plan: Plan) -> None:
    """Keeps a plan for files with these headers, in place of the one before, and a line in the journal where that was another."""
    key, said = fingerprint(headers), json.dumps({**plan.as_json(), "headers": list(headers)})
    if workspace.vault.get(_KIND, key) != said:
        workspace.vault.amend(_KIND, lambda kept: {**kept, key: said})
        workspace.note("said")


def plan_for(workspace: "Workspace", headers: Sequence[str]) -> Plan:
    """What was said of files with these headers; an empty plan where nothing was."""
    return Plan.of(remembered(workspace).get(fingerprint(headers), {}))


def forget(workspace: "Workspace", headers: Sequence[str]) -> None:
    """The next file with these headers is read as it is recognised; the journal says that something was forgotten. Raises WorkspaceLocked."""
    workspace.insist_on_change()
    gone = fingerprint(headers)
    if gone in remembered(workspace):
        workspace.vault.amend(_KIND, lambda kept: {key: said for key, said in kept.items() if key != gone})
        workspace.note("unsaid")


def with_remembered(workspace: "Workspace", mapping: Mapping[str, Any] | None) -> dict[str, Any]:
    """What is given for one load, with everything that was said before."""
    given = dict(mapping or {})
    return {**given, "headers": {**remembered(workspace), **given.get("headers", {})}, "texts": bool(workspace.recall(KEEP_TEXTS))}
