"""Plans that the user made, kept by the fingerprint of the headers: the next file with these headers is read with no question.

Each is a decision of the work under a name of its own, sealed with all others: undone together with the reading that it came with.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from roi_core.ingest.headers import fingerprint
from roi_core.ingest.plan import Plan
from roi_core.schema.parts import KEEP_TEXTS, SAID

if TYPE_CHECKING:
    from roi_core.workspace import Workspace


def remembered(workspace: "Workspace") -> dict[str, Any]:
    """The plans by fingerprint, as `Choices.of` takes them under `headers`."""
    return {name.removeprefix(SAID): plan for name, plan in workspace.root.values.items() if name.startswith(SAID)}


def decision(headers: Sequence[str], plan: Plan | None) -> dict[str, Any]:
    """A plan for files with these headers as values of a work (`remember_all`, `advance`); None takes back what was said."""
    return {f"{SAID}{fingerprint(headers)}": None if plan is None else {**plan.as_json(), "headers": list(headers)}}


def remember(workspace: "Workspace", headers: Sequence[str], plan: Plan) -> None:
    """Keeps a plan for files with these headers, in place of the one before. Raises WorkspaceLocked."""
    workspace.remember_all(decision(headers, plan))


def plan_for(workspace: "Workspace", headers: Sequence[str]) -> Plan:
    """What was said of files with these headers; an empty plan where nothing was."""
    return Plan.of(remembered(workspace).get(fingerprint(headers), {}))


def forget(workspace: "Workspace", headers: Sequence[str]) -> None:
    """The next file with these headers is read as it is recognised. Raises WorkspaceLocked."""
    workspace.remember_all(decision(headers, None))


def with_remembered(workspace: "Workspace", mapping: Mapping[str, Any] | None) -> dict[str, Any]:
    """What is given for one load, with everything that was said before."""
    given = dict(mapping or {})
    return {**given, "headers": {**remembered(workspace), **given.get("headers", {})}, "texts": bool(workspace.recall(KEEP_TEXTS))}
