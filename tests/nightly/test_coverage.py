"""How often intervals hold the effect that was planted in the very company they are told of, and what is said where it cannot be seen.

Stops after 50 minutes (MINUTES=) and goes on from there the next time; the scoreboard says how many replications there were. Comparing without
adjustment must fail where trouble brings contacts.
"""

from functools import partial

import numpy as np
import pytest

from tests.nightly import shapes, worlds
from tests.nightly.judged import BIAS, COVERED, judged, score
from tests.nightly.kept import STATS, replications
from tests.nightly.share import part_of
from tests.nightly.verdict import none_lost
from tests.store.scores import Score

SMALL, LARGE = 2_000, 20_000
RUNS = {SMALL: part_of(2_000), LARGE: part_of(1_000)}
HIDDEN_RUNS = part_of(200)
WAYS = ("closest", "those_helped", "resolution", "fast")
ELSEWHERE = {"shop": (worlds.shop, 2_000), "agency": (worlds.agency, 2_500)}


@pytest.mark.parametrize("customers", [SMALL, LARGE])
@pytest.mark.parametrize("scenario", ["S0", "S1", "S2"])
def test_intervals_hold_what_was_planted(scenario: str, customers: int) -> None:
    asked = RUNS[customers]
    rows = replications(f"{scenario}-{customers}", asked, partial(worlds.subscriptions, scenario=scenario, customers=customers))
    of = f"{scenario}, {customers:,} customers"
    scores = [score(f"coverage: {way}, {of}", found, kept=found.as_it_says) for way in WAYS if (found := judged(rows, way, asked))]
    raw = judged(rows, "same_start", asked)
    if scenario == "S1" and raw and raw.full:
        scores.append(score(f"coverage: not adjusted and yet as good, {of}", raw, kept=not raw.as_it_says))
    none_lost(scores)


@pytest.mark.parametrize("effect", [0.0, 1.0], ids=["nothing", "works"])
@pytest.mark.parametrize("kind", ELSEWHERE)
def test_intervals_hold_what_was_planted_in_other_businesses(kind: str, effect: float) -> None:
    one, customers = ELSEWHERE[kind]
    asked = RUNS[SMALL]
    rows = replications(f"{kind}-{effect:g}", asked, partial(one, effect=effect, customers=customers))
    ways = ("closest", "those_helped", "resolution")
    of = f"{kind}, effect {effect:g}, {customers:,} customers"
    none_lost([score(f"coverage: {way}, {of}", found, kept=found.as_it_says) for way in ways if (found := judged(rows, way, asked))])


@pytest.mark.parametrize("held", ["leaving", "help"])
def test_plain_weights_hold_what_was_planted_where_a_mark_tells_everything(held: str) -> None:
    """Their limits take the propensity as known, which is a little wide: too seldom is what must not be."""
    asked = part_of(1_000)
    found = judged(replications(f"separated-{held}", asked, partial(shapes.separated, held=held), STATS), "plain", asked)
    least, _ = COVERED
    none_lost(
        [score(f"coverage: plain weights, {held} is separated", found, kept=found.high >= least and abs(found.bias) <= BIAS + 2 * found.error)] if found else []
    )


@pytest.mark.parametrize("scenario", ["S3", "S4", "S5"])
def test_what_is_hidden_is_never_called_tested(scenario: str) -> None:
    """Bias is measured, not judged: no adjustment sees what the files do not show."""
    asked = HIDDEN_RUNS
    seen = replications(f"{scenario}-hidden", asked, partial(worlds.subscriptions, scenario=scenario, customers=SMALL))
    blind = replications(f"{scenario}-blind", asked, partial(worlds.without_health, scenario=scenario, customers=SMALL))
    scores = []
    if found := judged(seen, "closest", asked):
        scores.append(_graded(f"hidden trouble: called Tested, {scenario}", [row["grade"] for row in seen], "A", str(found)))
    if found := judged(blind, "closest", asked):
        scores.append(_graded(f"hidden trouble: called Compared without a health field, {scenario}", [row["grade"] for row in blind], "AB", str(found)))
    none_lost(scores)


def _graded(case: str, grades: list[str], never: str, measured: str) -> Score:
    return Score(case, len(grades), int(np.sum([grade in never for grade in grades])), measured=measured)
