"""What of saved work is measured: one version of its tables, and the links and rules that count with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from roi_core.spine.decisions import SETTING, Decisions
from roi_core.spine.exclusions import SETTING as OFF
from roi_core.spine.exclusions import Exclusions
from roi_core.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Saved:
    """A version of the tables, the links decided on, the rules switched off; `until_s` closes the window there, though the tables may go on (epoch seconds).

    `lasting` is False where the work ends with its answer, so that nothing need be kept for a next one.
    """

    workspace: Workspace
    version: int
    decisions: Decisions
    exclusions: Exclusions
    until_s: float | None = None
    lasting: bool = True

    @classmethod
    def now(cls, workspace: Workspace) -> Self:
        """What counts now, read at one moment. Raises WorkspaceBroken, ValueError."""
        root = workspace.root
        return cls(workspace, root.version, Decisions.of(root.values.get(SETTING)), Exclusions.of(root.values.get(OFF)))

    @property
    def tables(self) -> Mapping[str, tuple[Path, ...]]:
        """Files of each table that has any."""
        return self.workspace.tables(self.version)

    @property
    def reports(self) -> tuple[dict[str, Any], ...]:
        """What was told of each file."""
        return tuple(self.workspace.reports(self.version))

    @property
    def digest(self) -> str:
        """SHA-256 over the tables."""
        return self.workspace.digest_of(self.version)
