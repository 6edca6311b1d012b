"""What if: the same tail on the same draws, with some of today's figures moved."""

from roi_core.scenarios.best import Best, best_lever, best_title
from roi_core.scenarios.fan import Fan, FanRow, fan
from roi_core.scenarios.inverse import share_that_pays
from roi_core.scenarios.offered import Offer, offered
from roi_core.scenarios.pace import pace
from roi_core.scenarios.run import run_scenario
from roi_core.scenarios.scenario import Scenario
from roi_core.scenarios.tornado import Tornado, TornadoRow, tornado

__all__ = [
    "Best",
    "Fan",
    "FanRow",
    "Offer",
    "Scenario",
    "Tornado",
    "TornadoRow",
    "best_lever",
    "best_title",
    "fan",
    "offered",
    "pace",
    "run_scenario",
    "share_that_pays",
    "tornado",
]
