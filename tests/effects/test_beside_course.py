"""Contacts by their course, and early help: nothing is found where nothing was planted, harm is said as what it is, and money is not asked for."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from roi_core.cohorts.course import COURSES
from roi_core.cohorts.design import Design
from roi_core.companies.agency.knobs import AgencyKnobs
from roi_core.companies.knobs import SimulationKnobs
from roi_core.companies.shop.knobs import ShopKnobs
from roi_core.effects.beside.course import by_course
from roi_core.effects.beside.early import early
from roi_core.effects.checks.enough_leavers import NAME as ENOUGH
from roi_core.effects.titles import effect_title
from roi_core.results import Absent, Effect, Estimate, Grade
from roi_core.sentences import SERVICES, SHOP, say, speaking
from roi_core.spine import Facts
from roi_core.spine.facts import booleans, integers
from tests.simulated_agency import simulated_agency
from tests.simulated_course import simulated_course, with_columns
from tests.simulated_shop import simulated_shop

NOTHING = SimulationKnobs(customers=5_000, seed=101, effect=0.0)
"""Of 50 seeds the range misses zero in 2 to 12 % for each of the five, 6 % over all."""


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    return simulated_course(tmp_path_factory.mktemp("course"), NOTHING)


@pytest.fixture(scope="module")
def found(facts: Facts) -> Mapping[str, Effect]:
    return {contrast: by_course(facts, Design(), contrast) for contrast in COURSES}


def estimate(effect: Effect, rung: str = "closest") -> Estimate:
    result = next(r.result for r in effect.ladder if r.key == rung)
    assert isinstance(result, Estimate)
    return result


@pytest.mark.parametrize("contrast", COURSES)
def test_where_nothing_was_planted_nothing_is_found(found: Mapping[str, Effect], contrast: str) -> None:
    result = estimate(found[contrast])
    assert result.low < 0 < result.high
    assert result.high - result.low < 0.11, "the range is narrow enough to tell"
    assert found[contrast].grade is Grade.C
    assert "no difference in leaving within 6 months could be found" in found[contrast].sentence
    assert found[contrast].sentence.endswith(say(f"beside.unseen_{contrast}"))


def test_without_priority_escalated_contacts_look_worse_than_they_are(facts: Facts, found: Mapping[str, Effect]) -> None:
    """Trouble drives both: the raw difference is above that among similar contacts."""
    assert estimate(found["escalated"], "same_start").value > estimate(found["escalated"]).value + 0.01
    unknown = np.full(facts.contacts.num_rows, None)
    blind = by_course(with_columns(facts, priority=unknown, category=unknown), Design(), "escalated")
    assert say("check.no_difficulty_told") in [check.text for check in blind.checks]


def test_who_is_set_aside_and_which_channel_or_team_it_is_are_told(found: Mapping[str, Effect]) -> None:
    assert found["channel"].notes[-1] == say("beside.named_channel", what="Email")
    assert say("beside.named_team", what="One") in found["team"].notes
    assert any(note.startswith("Both are followed from day 28 on. Set aside: ") for note in found["escalated"].notes)
    assert any(note.startswith("Both are followed from day 7 on. Set aside: ") for note in found["bot"].notes)


def test_ways_of_asking_do_not_speak_of_those_who_were_helped_where_all_were(found: Mapping[str, Effect]) -> None:
    assert all([rung.key for rung in effect.ladder] == ["same_start", "twins", "closest", "everybody"] for effect in found.values())


def test_no_money_is_worked_out_from_them(found: Mapping[str, Effect]) -> None:
    assert all(effect.details["strongest_covariate_bias"].unit.value == "fraction" for effect in found.values())


@pytest.fixture(scope="module")
def leaving(facts: Facts) -> Facts:
    """The same company, in which customers who leave later are escalated and opened again more often, and bots answer them less."""
    leaves = integers(facts.spine, "churned_s")[integers(facts.contacts, "customer_no")] >= 0
    luck = np.random.default_rng(1).random(len(leaves))
    more = luck < np.where(leaves, 0.5, 0.2)
    return with_columns(facts, escalated=more, reopened=more, handled_by=np.where(more, "human", "bot"))


@pytest.mark.parametrize("contrast", ["reopened", "escalated"])
def test_leaving_more_often_is_said_with_what_may_explain_it(leaving: Facts, contrast: str) -> None:
    effect = by_course(leaving, Design(), contrast)
    assert effect.sentence.startswith(f"{say(f'beside.who_{contrast}')} left more often within 6 months than those with a similar contact that was not, by ")
    assert effect.sentence.endswith(say(f"beside.unseen_{contrast}"))
    assert "harder to begin with" in effect.sentence
    assert say("beside.unseen") not in effect.sentence
    assert effect_title(effect) == f"{say(f'beside.who_{contrast}')} left more often (a sign, not a measurement)"


def test_leaving_less_often_is_said_with_what_may_explain_it(leaving: Facts) -> None:
    effect = by_course(leaving, Design(), "bot")
    assert "less likely to leave within 6 months than those with a similar contact that a person answered" in effect.sentence
    assert effect.sentence.endswith(say("beside.unseen_bot"))


def test_checks_name_the_groups_that_are_compared(leaving: Facts) -> None:
    texts = " ".join(check.text for check in by_course(leaving, Design(), "escalated").checks)
    assert f"among {say('check.who_escalated')}" in texts
    assert f"of {say('check.who_escalated')} have a comparable customer among the others" in texts
    assert "those helped" not in texts


def test_with_few_leavers_in_the_smaller_group_nothing_is_claimed(facts: Facts) -> None:
    rare = booleans(facts.contacts, "escalated") & (np.arange(facts.contacts.num_rows) % 60 == 0)
    effect = by_course(with_columns(facts, escalated=rare), Design(), "escalated")
    assert isinstance(effect.result, Absent)
    assert next(check for check in effect.checks if check.name == ENOUGH).passed is False
    assert effect.notes, "who was set aside is told here too"


def test_what_no_file_says_is_refused_with_the_next_step(facts: Facts) -> None:
    effect = by_course(with_columns(facts, handled_by=np.full(facts.contacts.num_rows, None)), Design(), "bot")
    assert effect.sentence == f"{say('beside.no_bot')} {say('beside.next_bot')}"
    assert effect_title(effect) == say("beside.title_absent")


def test_early_help_that_does_nothing_shows_nothing_and_counts_who_went_before(tmp_path: Path) -> None:
    effect = early(simulated_course(tmp_path, replace(NOTHING, customers=15_000)), Design(), "early")
    result = estimate(effect)
    assert result.low < 0 < result.high
    assert effect.grade is Grade.C
    assert effect.sentence.startswith(f"{say('beside.who_early')} against similar new customers who did not: no difference in leaving")
    assert effect.sentence.endswith(say("beside.unseen_early"))
    assert any(note.startswith("Both are followed from day 30 on. Set aside") for note in effect.notes)


def test_early_help_that_works_is_seen(tmp_path: Path) -> None:
    effect = early(simulated_course(tmp_path, replace(NOTHING, customers=40_000, effect=1.0)), Design(), "early")
    assert estimate(effect).high < 0
    assert "less likely to leave within 6 months than similar new customers who did not" in effect.sentence
    assert effect_title(effect) == f"{say('beside.who_early')} stayed longer (a sign, not a measurement)"


def test_in_a_shop_early_help_is_about_ordering_again(tmp_path: Path) -> None:
    facts = simulated_shop(tmp_path, ShopKnobs(customers=4_000, seed=3)).facts
    with speaking(SHOP):
        effect = early(facts, Design(), "early")
        assert effect.key == "early.no_order_6m"
        assert isinstance(effect.result, Estimate)
        assert "orde" in effect.sentence
        assert say("beside.unseen_early", SHOP) in effect.sentence
    assert not any("Add the returns" in check.text for check in effect.checks), "a return comes after the start"


def test_contracts_of_new_customers_that_come_due_too_late_are_the_reason_why_not(tmp_path: Path) -> None:
    facts = simulated_agency(tmp_path, AgencyKnobs(customers=400, seed=3)).facts
    with speaking(SERVICES):
        effect = early(replace(facts, terms=facts.terms.slice(0, 1)), Design(), "early")
    assert effect.sentence == f"{say('beside.no_due', months='6')} {say('beside.next_due')}"
    assert effect.key == "early.not_renewed_6m"
