"""What the curves say, in one sentence or two."""

from roi_core.effects.staying.found import Staying
from roi_core.results import Absent, Result
from roi_core.sentences import say
from roi_core.show import show

_USUAL = 12
_SURE, _LEAST = 0.05, 0.001


def sentence(found: Staying) -> str:
    """Shares of everybody after the months that are told, or of each group after a year (or the last month that all reach) and whether they differ."""
    groups, reached = found.groups, found.reached
    if len(groups) == 1:
        told: list[tuple[int, Result]] = [(month, share) for month, share in groups[0].after.items() if not isinstance(share, Absent)]
        shares = ", ".join(_after(month, share) for month, share in told or [(reached, groups[0].curve[reached])])
        return say("staying.sentence", n=f"{groups[0].customers:,}", shares=shares)
    month = min(_USUAL, reached)
    shares = ", ".join(say("staying.of_group", share=show(group.curve[month]), name=group.name) for group in groups)
    return f"{say('staying.sentence_groups', months=f'{month}', shares=shares)} {_differ(found)}"


def _after(month: int, share: Result) -> str:
    return say("staying.after", share=show(share), months=f"{month}")


def _differ(found: Staying) -> str:
    if found.q is None:
        return say("staying.nothing_came")
    shown = say("staying.q_least") if found.q < _LEAST else say("staying.q", q=f"{found.q:.3f}")
    return say("staying.differ" if found.q <= _SURE else "staying.alike", q=shown, months=f"{found.reached}")
