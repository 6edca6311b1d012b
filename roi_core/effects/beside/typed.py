"""A figure from elsewhere in place of a group of one's own: what was typed is assumed, and nobody was compared."""

from roi_core.cohorts.design import Design
from roi_core.cohorts.helped_alone import left_after_first_contact
from roi_core.effects import words
from roi_core.effects.beside.declared import effect_key, unanswered
from roi_core.results import Absent, Effect, Estimate, Grade
from roi_core.sentences import say
from roi_core.show import number
from roi_core.spine import Facts
from roi_core.stats import proportion
from roi_core.units import Unit

LEAST_HELPED = 30
METHOD = "share of helped customers that left, Wilson interval, less a share that was typed in and is taken as exact"


def quoted(facts: Facts, design: Design, contrast: str) -> Effect:
    """Leaving of helped customers less what the yearly share typed in comes to over the same months; grade D."""
    asked = design.quoted.churn_a_year
    left = left_after_first_contact(facts, design.horizon_months)
    if (why := _why_not(facts, asked, len(left))) is not None:
        return unanswered(facts, design, contrast, why)
    yearly = asked or 0.0
    expected = 1 - (1 - yearly) ** (design.horizon_months / 12)
    share = proportion.wilson(int(left.sum()), len(left))
    result = Estimate(share.value - expected, share.low - expected, share.high - expected, len(left), METHOD, Unit.FRACTION)
    sentence = say(
        "beside.quoted_sentence",
        months=f"{design.horizon_months}",
        share=number(share.value, Unit.FRACTION),
        expected=number(expected, Unit.FRACTION),
        yearly=number(yearly, Unit.FRACTION),
        points=words.points(result.value),
        way=say("beside.less" if result.value < 0 else "beside.more"),
        **(words.bounds(result) if result.value < 0 else words.limits(result)),
    )
    note = say("beside.quoted_from", source=design.quoted.source) if design.quoted.source else say("beside.quoted_nobody")
    return Effect(effect_key(facts, design, contrast), result, "ATT", Grade.D, sentence, notes=(note, say("beside.quoted_why")))


def _why_not(facts: Facts, asked: float | None, helped: int) -> Absent | None:
    if facts.outcome != "churn":
        return Absent(say("beside.quoted_other"))
    if asked is None:
        return Absent(say("beside.quoted_missing"), say("beside.next_quoted"))
    if helped < LEAST_HELPED:
        return Absent(say("beside.quoted_few", n=f"{helped:,}", needed=f"{LEAST_HELPED}"))
    return None
