"""Each test from its list to its effects: gates, differences, sentence, grade, and the money of a test that passed all of them."""

from dataclasses import replace

from roi_core.cohorts.assigned import Assigned, build_assigned
from roi_core.cohorts.design import Design
from roi_core.cohorts.drawn import Listed, listed_tests
from roi_core.effects.analysis import NOT_DRAWN, Analysis
from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.tested import difference, words
from roi_core.effects.tested.gates import OF_THE_ARMS, OF_THE_LIST, Tested, grade_of
from roi_core.measured import TESTED, DrawnTest, Stream
from roi_core.results import Absent, Effect, Episodes, Estimate, Grade, Result, Rung
from roi_core.sentences import say
from roi_core.spine import Facts
from roi_core.stats import proportion
from roi_core.units import Unit

_SHARES, _SHARES_BY_ACCOUNT = "share of customers, Wilson interval", "share of customers, Wilson interval of as many accounts"
_TITLE, _TERM = "As drawn", "difference by arm as assigned (intention to treat)"


def analyse_tests(facts: Facts, design: Design) -> tuple[Analysis, ...]:
    """Every test of the treatment lists, the first draw first."""
    tests = listed_tests(facts)
    found = [analyse(facts, design, test, TESTED if place == 1 else f"{TESTED}_{place}") for place, test in enumerate(tests, 1)]
    return tuple(found) if len(found) < 2 else tuple(_one_of(len(found), one) for one in found)


def _one_of(tests: int, found: Analysis) -> Analysis:
    """Said beside each of several tests: of twenty tests of nothing one shows a difference."""
    note = say("tested.several", n=f"{tests}")
    return replace(found, effects={key: replace(effect, notes=(*effect.notes, note)) for key, effect in found.effects.items()})


def analyse(facts: Facts, design: Design, test: Listed, contrast: str) -> Analysis:
    """One test: its effects on what is followed and on revenue, or its refusal with one next step."""
    tested: Tested = Comparison(contrast, facts, design, build_assigned(facts, test))
    verdicts = _asked(tested)
    refusing = next((v for v in verdicts if v.refuses), None)
    return _answered(tested, verdicts) if refusing is None else _refused(tested, verdicts, refusing)


def _asked(tested: Tested) -> list[Verdict]:
    """The gates up to the first of the list that refuses; those of the arms look at all of them."""
    verdicts: list[Verdict] = []
    for gate in OF_THE_LIST:
        verdicts.append(gate(tested))
        if verdicts[-1].refuses:
            return verdicts
    return [*verdicts, *(gate(tested) for gate in OF_THE_ARMS)]


def _refused(tested: Tested, verdicts: list[Verdict], refusing: Verdict) -> Analysis:
    absent = words.refusal(tested, refusing)
    ladder = (Rung("as_drawn", _TITLE, _TERM, absent, default=True),)
    sentence, checks = f"{absent.reason} {absent.next_step}".strip(), tuple(v.check for v in verdicts)
    effect = Effect(_key(tested, tested.facts.outcome), absent, "ATE", Grade.C, sentence, checks, ladder, notes=words.set_aside(tested.rows))
    return Analysis({effect.key: effect}, curves=NOT_DRAWN, test=_test(tested))


def _answered(tested: Tested, verdicts: list[Verdict]) -> Analysis:
    grade = grade_of(verdicts)
    churn = _leaving(tested, grade, verdicts)
    paid = _revenue(tested, grade, verdicts, churn)
    joint = difference.joint(tested.rows, tested.facts.spine.num_rows)
    names = (churn.key, *(f"{paid.key}.{month}" for month in range(1, tested.rows.revenue.shape[1] + 1)))
    return Analysis(
        effects={churn.key: churn, paid.key: paid},
        values=dict(zip(names, map(float, joint.gaps), strict=True)),
        errors=joint.errors,
        stream=_stream(tested, churn, paid.result),
        curves=NOT_DRAWN,
        test=_test(tested, words.settled_by(tested, churn.result)),
    )


def _test(tested: Tested, settle: str = "") -> DrawnTest:
    return DrawnTest(tested.rows.name, tested.rows.funnel, settle)


def _key(tested: Tested, outcome: str) -> str:
    return f"{tested.contrast}.{outcome}_{tested.rows.horizon}m"


def _leaving(tested: Tested, grade: Grade, verdicts: list[Verdict]) -> Effect:
    rows = tested.rows
    result = difference.leaving(rows)
    ladder = (
        Rung("as_drawn", _TITLE, _TERM, result, default=True),
        Rung("sharper", "Sharper by what was known before", "CUPED, as assigned", difference.sharper(rows)),
        Rung("watched", "If it is looked at while it runs", "always-valid interval, as assigned", difference.watched(rows)),
    )
    return Effect(
        key=_key(tested, tested.facts.outcome),
        result=result,
        estimand="ATE",
        grade=grade,
        sentence=words.sentence(tested, result, grade, verdicts),
        checks=tuple(v.check for v in verdicts),
        ladder=ladder,
        episodes=_episodes(rows, tested.customers),
        details=_shares(tested),
        notes=words.set_aside(rows),
    )


def _shares(tested: Tested) -> dict[str, Result]:
    """The share that left of each arm, with Wilson's interval; of accounts as if all persons of one did the same, so that it is never too narrow."""
    found = {}
    method = _SHARES if difference.by_account(tested.rows) is None else _SHARES_BY_ACCOUNT
    for name, (x, n), units in zip(("arm_helped", "arm_others"), words.counts(tested), tested.sizes, strict=True):
        share = proportion.wilson(x / n * units, units)
        found[name] = Estimate(share.value, share.low, share.high, units, method, Unit.FRACTION)
    return dict(found)


def _revenue(tested: Tested, grade: Grade, verdicts: list[Verdict], churn: Effect) -> Effect:
    result = difference.revenue(tested.rows) if tested.rows.has_revenue else Absent(say("revenue.missing"))
    graded = grade if isinstance(result, Estimate) else Grade.C
    sentence = words.revenue_sentence(tested, result, grade, verdicts)
    return Effect(_key(tested, "revenue"), result, "ATE", graded, sentence, churn.checks, (), churn.episodes, {}, churn.notes)


def _episodes(rows: Assigned, customers: int) -> Episodes:
    """One episode a customer drawn. No contact is covered by a test, so none is counted."""
    treated = int(rows.treated.sum())
    return Episodes(
        treated=treated,
        control=rows.rows - treated,
        customers=customers,
        overlap_mass=float(treated),
        contacts=0,
        first_month=int(rows.month.min()),
        last_month=int(rows.month.max()),
    )


def _stream(tested: Tested, churn: Effect, paid: Result) -> Stream | None:
    """Money of a test that passed every gate: what was tested is a way of helping, so it is counted inside what support is worth."""
    if churn.grade is not Grade.A or churn.episodes is None or isinstance(paid, Absent):
        return None
    return Stream(
        contrast=tested.contrast,
        title=say("tested.stream", name=words.named(tested.rows)),
        horizon_months=tested.rows.horizon,
        estimand="ATE",
        grade=churn.grade,
        episodes=churn.episodes,
        population="customers drawn to be helped",
        method=paid.method,
        part_of="supported",
        outcome=tested.facts.outcome,
    )
