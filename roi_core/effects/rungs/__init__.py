"""The ladder: every way of asking the same question, one a file, in the order in which they are shown."""

from roi_core.effects.rungs import closest, months_gained, same_start, spreadsheet, those_helped

LADDER = (spreadsheet.rung, same_start.rung, closest.rung, those_helped.rung, months_gained.rung)

__all__ = ["LADDER"]
