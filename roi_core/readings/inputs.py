"""What an answer was made from: release, tables, comparison, links, rules and answers. The same inputs give the same answer."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from roi_core import __version__
from roi_core.assumptions import Assumptions
from roi_core.cohorts.design import Design
from roi_core.measured import Measured
from roi_core.spine import Decisions
from roi_core.spine.exclusions import Exclusions
from roi_core.spine.saved import Saved
from roi_core.workspace import Workspace
from roi_core.workspace.store import known_versions


@dataclass(frozen=True, slots=True)
class Inputs:
    """`tables` is the digest of a version; `until_s` closes the window there, though the tables may go on (epoch seconds)."""

    release: str
    tables: str
    design: Design
    links: Decisions
    rules: Exclusions
    assumptions: Assumptions
    until_s: int | None = None

    @classmethod
    def now(cls, workspace: Workspace, design: Design, assumptions: Assumptions) -> Self:
        """Today's tables, links and rules of a work, under a comparison and answers. Raises WorkspaceBroken."""
        saved = Saved.now(workspace)
        return cls(__version__, saved.digest, design, saved.decisions, saved.exclusions, assumptions)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """From what `as_json` gave. Raises SupportRoiError, KeyError, TypeError, ValueError where it is none."""
        links, rules = Decisions.of(kept["links"]), Exclusions.of(kept["rules"])
        return cls(kept["release"], kept["tables"], Design.of(kept["design"]), links, rules, Assumptions.of(kept["assumptions"]))

    def as_json(self) -> dict[str, Any]:
        """As a reading keeps it."""
        return {
            "release": self.release,
            "tables": self.tables,
            "design": asdict(self.design),
            "links": self.links.as_json(),
            "rules": self.rules.as_json(),
            "assumptions": self.assumptions.as_json(),
        }


Measure = Callable[[Inputs], Measured]
"""How facts and effects of inputs are had; a page takes them from where they are kept."""


def measured_from(workspace: Workspace) -> Measure:
    """Measures anew, each time. The measured inputs must be of this workspace, and their tables not forgotten (`saved_of`)."""
    from roi_core.measurement import measure_saved

    def measure(inputs: Inputs) -> Measured:
        return measure_saved(saved_of(workspace, inputs), inputs.design)

    return measure


def saved_of(workspace: Workspace, inputs: Inputs) -> Saved:
    """The version with those tables. Raises KeyError where it was forgotten."""
    return Saved(workspace, versions(workspace)[inputs.tables], inputs.links, inputs.rules, inputs.until_s)


def versions(workspace: Workspace) -> Mapping[str, int]:
    """Every kept version by the digest of its tables; of two with the same, the later one."""
    return {workspace.digest_of(version): version for version in sorted(known_versions(workspace))}
