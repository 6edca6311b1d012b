"""Generated companies taken the whole way: written as vendors' exports, read, linked, estimated; beside the truth that was planted."""

import json
from dataclasses import dataclass
from pathlib import Path

from roi_core.cohorts.design import Design
from roi_core.companies import write_sample
from roi_core.companies.write import TRUTH_FILE
from roi_core.effects.supported import analyse_supported
from roi_core.ingest import take_in
from roi_core.results import Effect, Estimate
from roi_core.spine import facts_of
from roi_core.spine.saved import Saved
from roi_core.workspace import Workspace

Z = 1.959964
KEY = "supported.churn_6m"


@dataclass(frozen=True, slots=True)
class Answered:
    """One company: the effect that was planted (treated minus control; on the overlap, and on those helped) and the one found in its exports."""

    planted: float
    planted_on_helped: float
    effect: Effect

    def within(self, rung: str, errors: float = 2.0, *, on_helped: bool = False) -> bool:
        """Whether a rung lies within so many of its standard errors of the planted effect."""
        found = self.rung(rung)
        return abs(found.value - (self.planted_on_helped if on_helped else self.planted)) <= errors * (float(found.high or 0) - float(found.low or 0)) / (2 * Z)

    def holds_nothing(self, rung: str) -> bool:
        """Whether the interval of a rung holds 0."""
        found = self.rung(rung)
        return float(found.low or 0) <= 0 <= float(found.high or 0)

    def rung(self, key: str) -> Estimate:
        """The estimate of a rung."""
        result = next(rung.result for rung in self.effect.ladder if rung.key == key)
        assert isinstance(result, Estimate), result
        return result


def answered(folder: Path, seed: int, effect: float, customers: int = 20_000) -> Answered:
    """Generates, writes, reads and links one company under `folder`, and makes the comparison that leads its answer."""
    written = write_sample(folder, "saas", customers=customers, seed=seed, effect=effect)
    tables = [path for path in written if path.suffix != ".json"]
    truth = json.loads((folder / TRUTH_FILE).read_text(encoding="utf-8"))
    with Workspace.temporary() as workspace:
        take_in(tables, workspace)
        leading = analyse_supported(facts_of(Saved.now(workspace)), Design(), Design().horizon_months).effects[KEY]
    return Answered(float(truth["episode_effect_ato"]), float(truth["episode_effect_att"]), leading)
