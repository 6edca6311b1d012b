"""Well-handled against other contacts: the answer of the contrast inside contacts, set beside that of helped against not."""

from collections.abc import Mapping
from dataclasses import replace

from roi_core.effects.comparison import Comparison
from roi_core.effects.fit import Rows
from roi_core.results import Absent, Effect, Result, Rung
from roi_core.sentences import say

KEY, CONTRAST = "well_handled", "first_contact_resolution"


def answer(comparison: Comparison[Rows], hidden: frozenset[str]) -> Result | None:  # noqa: ARG001 - every way has the same shape
    """Not known yet while helped is compared with not helped; `beside` fills it in. Asked for the months fixed in advance alone."""
    return Absent(say("rung.well_handled_apart")) if comparison.rows.horizon == comparison.design.horizon_months else None


def beside(effect: Effect, others: Mapping[str, Effect]) -> Effect:
    """The effect with the answer about the same outcome inside contacts on its ladder."""
    asked = others.get(f"{CONTRAST}.{effect.key.partition('.')[2]}")
    return effect if asked is None else replace(effect, ladder=tuple(_filled(rung, asked.result) for rung in effect.ladder))


def _filled(rung: Rung, result: Result) -> Rung:
    return replace(rung, result=result) if rung.key == KEY else rung
