"""A slider: everything that is computed again when an assumption or a lever moves, on draws that are made once."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import numpy as np

from benchmarks.timing import Figure, seconds
from roi_core.cohorts.design import Design
from roi_core.measured import Company, Joint, Lever, Measured, Stream
from roi_core.money.draws import Draws
from roi_core.results import Absent, Episodes, Estimate, Grade
from roi_core.scenarios import Scenario, fan, run_scenario, tornado
from roi_core.units import Unit
from roi_core.valuation import value

ANSWERS = {"agents": 8, "cost_per_agent_year": 60_000, "tools_per_year": 40_000}
CONTRASTS = ("supported", "first_contact_resolution", "fast_reply")
TIMES = 51


def figures() -> Iterator[Figure]:
    """Medians of 51 steps of a slider; no step repeats another, so nothing is read back from a cache of answers."""
    measured, step = _measured(), count(1)
    yield Figure("20,000 joint draws of 40 estimates, once per set of files", 1e3 * seconds(lambda: Draws.of(_moved(measured, next(step)).joint)), "ms")
    yield Figure("value: margin slider", 1e3 * seconds(lambda: value(measured, ANSWERS | {"gross_margin": _share(step)}), TIMES), "ms", limit=5)
    yield Figure("scenario: two levers and the margin", 1e3 * seconds(lambda: run_scenario(measured, _scenario(step), ANSWERS), TIMES), "ms", limit=5)
    yield Figure("tornado of that scenario", 1e3 * seconds(lambda: tornado(measured, _scenario(step), ANSWERS), TIMES), "ms")
    yield Figure("fan over 24 months of that scenario", 1e3 * seconds(lambda: fan(measured, _scenario(step), ANSWERS), TIMES), "ms")


def _scenario(step: Iterator[int]) -> Scenario:
    return Scenario(first_contact_resolution=_share(step), agents=9, gross_margin=_share(step))


def _share(step: Iterator[int]) -> float:
    return 0.5 + next(step) % 1_000 / 4_000


def _measured() -> Measured:
    episodes = Episodes(2_400, 30_000, 2_000, 1_900.0, 4_000, 24_300, 24_311)
    streams = tuple(
        Stream(c, c, 6, "ATT", Grade.B, episodes, "first contacts", "augmented overlap weights", part_of=None if c == "supported" else "supported")
        for c in CONTRASTS
    )
    names = [f"{c}.revenue_6m.{t}" for c in CONTRASTS for t in range(1, 7)] + [f"supported.revenue_12m.{t}" for t in range(1, 13)]
    names += [f"other.{i}" for i in range(40 - len(names))]
    influence = np.random.default_rng(1).standard_normal((200, len(names)))
    today = Estimate(0.6, 0.58, 0.62, 2_000, "", Unit.FRACTION)
    nothing = Absent("not part of a benchmark")
    return Measured(
        design=Design(),
        digest="benchmark",
        files=(),
        company=Company(6_000, 12_000, "USD", 24_290, 24_320, 24_290, (), 5_000, Estimate(400_000, None, None, 5_000, "", Unit.MONEY_PER_MONTH)),
        identity=nothing,
        metrics={},
        effects={},
        streams=streams,
        joint=Joint(tuple(names), np.full(len(names), 12.0), influence.T @ influence / 50),
        costs=(),
        levers={key: Lever(key, key, today, 0.5, 0.8, 4_000.0, key) for key in CONTRASTS[1:]},
        curves=nothing,
        balance=nothing,
        funnel=(),
        satisfaction=nothing,
        propensity=nothing,
    )


def _moved(measured: Measured, by: int) -> Measured:
    return replace(measured, joint=replace(measured.joint, mean=measured.joint.mean + by))
