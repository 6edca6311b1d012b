"""Every gate of a randomised test lets pass, caps or refuses where it should, and every refusal has a next step."""

import tomllib
from collections.abc import Sequence
from dataclasses import asdict, replace
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

import roi_core.sentences
from roi_core.cohorts.assigned import build_assigned
from roi_core.cohorts.covariates import Covariates
from roi_core.cohorts.design import Design, Planned
from roi_core.cohorts.drawn import Drawn, listed_tests
from roi_core.effects.checks import enough_leavers
from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.tested import analyse_tests, gates, words
from roi_core.effects.tested.gates import Tested
from roi_core.effects.titles import effect_title
from roi_core.errors import DesignRefused
from roi_core.measurement import measure
from roi_core.results import Absent, Check, Effect, Estimate, Grade
from roi_core.sentences import say
from roi_core.spine import Facts
from roi_core.units import Unit
from tests.drawn_by_hand import Customer, arms, facts_of

IN_ORDER = Drawn(listed=(500, 500), found=(490, 488), unknown=0, undated=0, both=0, left_before=0, not_yet=0, not_followed=0, nothing_due=0, customers=2_000)


@pytest.fixture(scope="module")
def tested(tmp_path_factory: pytest.TempPathFactory) -> Tested:
    facts = facts_of(tmp_path_factory.mktemp("gates"), arms((24, 100), (48, 100), mrr=10.0))
    (test,) = listed_tests(facts)
    return Comparison("randomised", facts, Design(), build_assigned(facts, test))


def of_the_list(tested: Tested, **changes: object) -> Tested:
    return replace(tested, rows=replace(tested.rows, drawn=replace(IN_ORDER, **changes)))


def of_sizes(tested: Tested, helped: int, others: int, planned: Planned | None = None) -> Tested:
    treated = np.arange(helped + others) < helped
    who = np.arange(helped + others)
    return replace(tested, rows=replace(tested.rows, treated=treated, cluster=who, customer=who), design=Design(planned=planned or Planned()))


def outcome(verdict: Verdict) -> str:
    return "refused" if verdict.refuses else {True: "passed", False: "capped", None: "unknown"}[verdict.check.passed]


OF_THE_LIST: list[tuple[gates.Gate, dict[str, object], str, str]] = [
    (gates.arms_told, {}, "passed", "says of everybody"),
    (gates.arms_told, {"unknown": 10}, "passed", "broken, have no arm, or one that is not understood: 10;"),
    (gates.arms_told, {"unknown": 11}, "refused", "Which arm went without the help is not known"),
    (gates.two_arms, {}, "passed", "500 drawn to be helped, 500 to go without"),
    (gates.two_arms, {"listed": (500, 0), "found": (500, 0)}, "refused", "holds only one arm: 500 drawn to be helped, 0"),
    (gates.two_arms, {"listed": (0, 500), "found": (0, 500)}, "refused", "holds only one arm: 0 drawn to be helped"),
    (gates.two_arms, {"listed": (2_000, 0), "found": (2_000, 0)}, "refused", "Every customer was drawn to be helped"),
    (gates.found_alike, {}, "passed", "97.8 % of the list were found"),
    (gates.found_alike, {"found": (490, 476)}, "passed", "96.6 % of the list were found"),
    (gates.found_alike, {"found": (490, 455)}, "refused", "98.0 % of the helped arm were found among the customers and 91.0 % of the other"),
    (gates.found_alike, {"found": (490, 0)}, "refused", "490 of 1,000 on the list were found"),
    (gates.one_arm_each, {}, "passed", "in one arm alone"),
    (gates.one_arm_each, {"both": 18}, "passed", "Customers in both arms: 9"),
    (gates.one_arm_each, {"both": 20}, "refused", "Customers in both arms: 10 (1.0 % of those found)"),
    (gates.days_agree, {}, "passed", "was a customer on the day"),
    (gates.days_agree, {"left_before": 5, "not_yet": 4}, "passed", "before the day of the draw: 5; who came after it: 4; whose day cannot be read: 0"),
    (gates.days_agree, {"left_before": 90, "not_yet": 7}, "capped", "the draw: 90; who came after it: 7; whose day cannot be read: 0; that is 9.9 %"),
    (gates.days_agree, {"undated": 9}, "passed", "whose day cannot be read: 9"),
    (gates.days_agree, {"undated": 10}, "capped", "whose day cannot be read: 10; that is 1.0 %"),
    (gates.days_agree, {"undated": 109}, "refused", "whose day cannot be read: 109; that is 10.0 %"),
    (gates.days_agree, {"left_before": 98}, "refused", "Such days are those of a later export"),
]  # fmt: skip
"""Gate, what the list holds otherwise, what follows, and what is said."""


@pytest.mark.parametrize(("gate", "changes", "wanted", "says"), OF_THE_LIST)
def test_gates_of_the_list(tested: Tested, gate: gates.Gate, changes: dict[str, object], wanted: str, says: str) -> None:
    verdict = gate(of_the_list(tested, **changes))
    assert (outcome(verdict), says in verdict.check.text) == (wanted, True), verdict.check.text
    assert bool(verdict.next_step) == verdict.refuses


@pytest.mark.parametrize(
    ("helped", "others", "share", "wanted"),
    [
        (500, 500, None, "passed"), (500, 402, None, "passed"), (500, 390, None, "refused"), (900, 100, None, "refused"), (900, 100, 0.9, "passed"),
        (860, 140, 0.9, "refused"),
    ],
)  # fmt: skip
def test_arms_must_be_as_large_as_the_draw_makes_them(tested: Tested, helped: int, others: int, share: float | None, wanted: str) -> None:
    verdict = gates.fits_the_draw(of_sizes(tested, helped, others, Planned(treated_share=share)))
    assert outcome(verdict) == wanted
    assert f"{helped} and {others}" in verdict.check.text


def known(tested: Tested, moved: float, rows: int = 400) -> Tested:
    """One number from before, whose mean is `moved` standard deviations higher in the helped arm."""
    sized = of_sizes(tested, rows // 2, rows - rows // 2)
    x = np.random.default_rng(7).normal(size=(rows, 1))
    x = (x - x.mean()) / x.std() + moved * sized.rows.treated[:, None]
    return replace(sized, rows=replace(sized.rows, covariates=Covariates(x, ("log monthly revenue",), np.array([True]))))


def test_a_list_of_whom_somebody_chose_is_a_sign_only(tested: Tested) -> None:
    assert outcome(gates.drawn_at_random(known(tested, 0.0))) == "passed"
    chosen = gates.drawn_at_random(known(tested, 0.6))
    assert (outcome(chosen), chosen.cap) == ("capped", Grade.C)
    assert "most in log monthly revenue" in chosen.check.text
    assert gates.grade_of([chosen]) is Grade.C


def test_where_nothing_is_known_before_the_check_is_not_passed(tested: Tested) -> None:
    bare = replace(tested.rows, covariates=tested.rows.covariates.rows(np.arange(0)))
    verdict = gates.drawn_at_random(replace(tested, rows=replace(bare, covariates=Covariates(np.empty((200, 0)), (), np.empty(0, dtype=bool)))))
    assert (outcome(verdict), gates.grade_of([verdict])) == ("unknown", Grade.A)


def test_nobody_can_be_followed(tested: Tested) -> None:
    none = replace(tested.rows, customer=np.empty(0, dtype=np.int64), drawn=replace(IN_ORDER, not_followed=978))
    assert outcome(gates.followed(replace(tested, rows=none))) == "refused"
    assert outcome(gates.followed(tested)) == "passed"


def test_the_worst_gate_decides_the_grade() -> None:
    def verdict(passed: bool | None, cap: Grade) -> Verdict:
        return Verdict(Check("x", passed, "x"), cap=cap)

    assert gates.grade_of([verdict(True, Grade.C), verdict(None, Grade.C)]) is Grade.A
    assert gates.grade_of([verdict(True, Grade.C), verdict(False, Grade.B)]) is Grade.B
    assert gates.grade_of([verdict(False, Grade.B), verdict(False, Grade.C)]) is Grade.C


def test_what_a_capped_test_is_called(tested: Tested) -> None:
    late = gates.days_agree(of_the_list(tested, left_before=20))
    assert words.how(tested, Grade.B, [late]).startswith("Drawn at random, but: Customers who had left before the day of the draw: 20;")
    assert words.how(tested, Grade.C, [late, gates.drawn_at_random(known(tested, 0.6))]).startswith(
        "A sign, not a measurement. Please do not budget on it: What was known"
    )


def only(facts: Facts, planned: Planned | None = None) -> Effect:
    (found,) = analyse_tests(facts, Design(planned=planned or Planned()))
    (effect,) = found.effects.values()
    return effect


EVERYBODY = [Customer(f"h{n}", "treatment") for n in range(30)]


@pytest.mark.parametrize(
    ("people", "says"),
    [
        ([Customer("h", "treatment")], "Every customer was drawn to be helped"),
        ([*EVERYBODY, *(Customer(f"r{n}", None) for n in range(30))], "only one arm: 30 drawn to be helped, 0 to go without"),
        ([*EVERYBODY, *(Customer(f"o{n}", "control") for n in range(1))], "as large as the draw should have made them: 30 and 1"),
        (arms((9, 100), (40, 100)), "Too few customers left to compare: 9 among those helped, 40 among the others"),
        (arms((95, 100), (40, 100)), "Hardly anybody stayed"),
        (arms((0, 50), (0, 50))[1:], "Nobody in these files ever left"),
        ([Customer(f"{arm}{n}", arm, drawn="2025-07-15") for arm in ("treatment", "control") for n in range(40)], "can be followed for a month"),
        ([Customer(f"{arm}{n}", arm, left="2024-06-01") for arm in ("treatment", "control") for n in range(40)], "had left before the day of the draw"),
        ([Customer(f"{arm}{n}", arm) for arm in ("red", "blue") for n in range(40)], "Which arm went without the help is not known"),
    ],
)  # fmt: skip
def test_bad_lists_are_refused_with_a_reason_and_a_next_step(tmp_path: Path, people: Sequence[Customer], says: str) -> None:
    effect = only(facts_of(tmp_path, people))
    assert isinstance(effect.result, Absent)
    assert says in effect.sentence
    assert effect.result.next_step
    assert effect.result.next_step in effect.sentence
    assert effect_title(effect) == "The test cannot be read yet"


def test_a_refusal_shows_the_difference_only_where_it_is_one_of_the_test(tmp_path: Path) -> None:
    few = only(facts_of(tmp_path / "few", arms((9, 100), (40, 100))))
    assert "9 of 100 of those drawn to be helped left and 40 of 100 of the others, a difference of -31.0 points (-41.7 points to -19.4 points)" in few.sentence
    off = only(facts_of(tmp_path / "off", arms((30, 200), (40, 100))))
    assert "No difference is shown" in off.sentence
    assert "points" not in off.sentence


def test_the_same_customers_in_both_arms_are_refused(tmp_path: Path) -> None:
    people = arms((24, 100), (48, 100))
    effect = only(facts_of(tmp_path, people, extra=[(f"t{n}", "control", "2025-01-12") for n in range(5)]))
    assert "Customers in both arms: 5 (2.5 % of those found)" in effect.sentence


@pytest.mark.parametrize(("share", "margin"), [(0.0, None), (1.0, None), (-0.1, None), (None, 0.0), (None, 1.0), (float("nan"), None)])
def test_a_plan_that_cannot_be_is_refused(share: float | None, margin: float | None) -> None:
    with pytest.raises(DesignRefused, match="between 0 and 1"):
        Planned(share, margin)


def test_a_plan_chooses_no_comparison_and_an_empty_one_leaves_the_digest() -> None:
    planned = Design(planned=Planned(0.9, 0.02))
    assert not planned.chosen_after_looking
    assert planned.digest != Design().digest == "d05f78a7305c3a3e"
    kept = asdict(Design())
    del kept["planned"]
    assert Design.of(kept) == Design(), "what an earlier release kept"
    assert Design.of(asdict(planned)) == planned
    assert (planned.planned.share_percent, planned.planned.margin_points) == (90.0, 2.0)


def _said_by_every_way(tested: Tested) -> None:
    """Each gate in each of its ways, and each sentence of a finding."""
    for gate, changes, _, _ in OF_THE_LIST:
        gate(of_the_list(tested, **changes))
    for helped, share in ((500, None), (900, None)):
        gates.fits_the_draw(of_sizes(tested, helped, 500, Planned(treated_share=share)))
    for moved in (0.0, 0.6):
        gates.drawn_at_random(known(tested, moved))
    gates.drawn_at_random(replace(tested, rows=replace(tested.rows, covariates=Covariates(np.empty((200, 0)), (), np.empty(0, dtype=bool)))))
    gates.followed(replace(tested, rows=replace(tested.rows, customer=np.empty(0, dtype=np.int64), drawn=replace(IN_ORDER, not_followed=978))))
    none_due = replace(tested.rows, customer=np.empty(0, dtype=np.int64), drawn=replace(IN_ORDER, undated=22, nothing_due=978))
    gates.followed(replace(tested, rows=none_due))
    words.set_aside(none_due)
    words.set_aside(replace(tested.rows, cluster=np.arange(200) // 2))
    for value, low, high in ((-0.1, -0.2, -0.05), (0.0, -0.01, 0.01), (0.1, 0.05, 0.2), (0.01, -0.1, 0.1), (-0.01, -0.1, 0.1)):
        found = Estimate(value, low, high, 200, "by hand", Unit.FRACTION)
        for grade in Grade.A, Grade.B:
            words.sentence(replace(tested, design=Design(planned=Planned(margin=0.02))), found, grade, [gates.days_agree(of_the_list(tested, left_before=20))])
        words.revenue_sentence(tested, replace(found, unit=Unit.MONEY), Grade.A, [])
    words.how(of_sizes(tested, 150, 50), Grade.A, [])
    for verdict in (gates.two_arms(of_the_list(tested, listed=(9, 0))), enough_leavers.check(tested)):
        words.refusal(tested, verdict)


def test_months_without_leavers_count_while_somebody_is_followed_and_not_after(tmp_path: Path) -> None:
    """96 of 400 leave by June, drawn in January and followed for 12 months to January 2026: July to January have no leaver and refuse the test.

    Followed for 5 months, to June 2025, no month is silent; those after it are none of the test.
    """
    facts = facts_of(tmp_path, [one for one in arms((36, 200), (60, 200), mrr=10.0) if "bystander" not in one.name], seen="2026-01-31")
    (test,) = listed_tests(facts)
    long = Comparison("randomised", facts, Design(), build_assigned(facts, test))
    assert (long.rows.horizon, outcome(gates.outcome_recorded(long))) == (12, "refused")
    short = replace(long, rows=replace(long.rows, horizon=5))
    assert outcome(gates.outcome_recorded(short)) == "passed"


def test_every_sentence_of_a_test_is_said(tested: Tested, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: set[str] = set()
    slots = roi_core.sentences.slots
    monkeypatch.setattr(roi_core.sentences, "slots", lambda key, language: said.add(key) or slots(key, language))
    _said_by_every_way(tested)
    analyse_tests(facts_of(tmp_path, arms((24, 100), (48, 100), mrr=10.0)), Design())
    elsewhere = {"tested.many", "tested.covers", "tested.several"}
    text = resources.files("roi_core.sentences").joinpath("en/tests.toml").read_text(encoding="utf-8")
    assert {f"{family}.{name}" for family, sentences in tomllib.loads(text).items() for name in sentences} - said == elsewhere


def test_a_list_with_a_hundred_names_says_how_many_are_read() -> None:
    rows = "\n".join(["customer_id,arm,assigned_at,test", *(f"c{n},control,2025-01-10,name {n}" for n in range(100))])
    people = "\n".join(["customer_id,started_at", *(f"c{n},2024-01-0{1 + n % 9}" for n in range(100)), "last,2025-07-31"])
    measured = measure([("list.csv", rows.encode()), ("customers.csv", people.encode())])
    assert len(measured.tests) == 20
    assert say("tested.many", n="100", shown="20") in measured.notes
