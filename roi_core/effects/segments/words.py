"""What several levels say together, in one sentence each: which of them show a sign, their average, and whether they differ from each other."""

from roi_core.effects.segments.finding import SURE, Segments
from roi_core.sentences import say
from roi_core.show import number, show
from roi_core.units import Unit

_LEAST = 0.01


def one(dimension: str) -> str:
    """A level of a dimension, as a reader calls it."""
    return say(f"segments.one_{dimension}")


def several(dimension: str) -> str:
    """Its levels."""
    return say(f"segments.several_{dimension}")


def sentence(found: Segments) -> str:
    """Which levels show a sign of what by themselves, what all of them come to, and whether they differ.

    Of many levels none may be found by itself though their average is: that is said in one breath.
    """
    slots = {"n": f"{len(found.compared)}", "several": several(found.dimension)}
    said = [
        say(f"segments.{way}", k=f"{len(called)}", names=", ".join(level.name for level in called), **slots)
        for way in ("helped", "harm")
        if (called := found.called(way))
    ]
    average = say("segments.average", months=f"{found.months}", average=show(found.average, points=True), **slots)
    return " ".join([*(said or [say("segments.none", **slots)]), average, differ(found)])


def differ(found: Segments) -> str:
    """Whether the levels differ from each other at all; one that was found and one that was not are no difference yet."""
    test = found.differ
    slots = {"several": several(found.dimension), "q": number(test.statistic, Unit.SCORE), "p": chance(test.p)}
    return say("segments.differ" if test.p <= SURE else "segments.alike", **slots)


def chance(p: float) -> str:
    """A p or q; a very small one is not shown as none."""
    return say("segments.under", least=number(_LEAST, Unit.RATIO)) if p < _LEAST else number(p, Unit.RATIO)
