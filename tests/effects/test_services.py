"""Services on contracts, helped against not helped: the planted renewals are found, and the words are those of renewing."""

from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from roi_core.cohorts.design import Design
from roi_core.cohorts.trials import Trials, build_trials
from roi_core.companies.agency.knobs import AgencyKnobs
from roi_core.companies.settings import Settings
from roi_core.companies.write import company, write_company
from roi_core.effects import checks
from roi_core.effects.checks import renewals_recorded
from roi_core.effects.comparison import Comparison
from roi_core.effects.fit import fit
from roi_core.effects.inside import analyse_inside
from roi_core.effects.satisfaction import satisfaction
from roi_core.effects.supported import analyse_supported
from roi_core.measured import Dose
from roi_core.measurement import measure
from roi_core.results import Estimate, Grade
from roi_core.sentences import SERVICES, speaking
from roi_core.spine.calendar import start_of
from roi_core.valuation import value
from tests.simulated_agency import SimulatedAgency, simulated_agency

KEY = "supported.not_renewed_6m"


@pytest.fixture(scope="module")
def agency(tmp_path_factory: pytest.TempPathFactory) -> SimulatedAgency:
    return simulated_agency(tmp_path_factory.mktemp("agency"), AgencyKnobs(customers=4_000, seed=3))


@pytest.fixture(scope="module")
def comparison(agency: SimulatedAgency) -> Comparison[Trials]:
    rows = build_trials(agency.facts, Design(), 6)
    return Comparison("supported", agency.facts, Design(), rows, fit(rows))


def test_rows_are_those_of_the_generator(agency: SimulatedAgency, comparison: Comparison[Trials]) -> None:
    assert comparison.rows.rows == agency.rows


def test_the_planted_renewals_are_found_in_share_and_in_value(agency: SimulatedAgency) -> None:
    with speaking(SERVICES):
        found = analyse_supported(agency.facts, Design(), 6).effects
    assert found[KEY].grade is Grade.B
    for key, planted in ((KEY, agency.ato), ("supported.revenue_6m", agency.value[found["supported.revenue_6m"].estimand])):
        assert abs(found[key].result.value - planted) <= 2 * found[key].result.standard_error
    assert "more likely to be renewed" in found[KEY].sentence
    assert "renewed contract value" in found["supported.revenue_6m"].sentence


def test_resolving_is_followed_from_day_seven(agency: SimulatedAgency) -> None:
    found = analyse_inside(agency.facts, Design(), 6, "first_contact_resolution").effects["first_contact_resolution.not_renewed_6m"].result
    assert abs(found.value - agency.resolution_ato) <= 2 * found.standard_error


def test_where_support_does_nothing_nothing_is_found(tmp_path: Path) -> None:
    null = simulated_agency(tmp_path, AgencyKnobs(customers=3_000, seed=11, effect=0.0))
    found = analyse_supported(null.facts, Design(), 6).effects[KEY].result
    assert null.ato == 0
    assert found.low < 0 < found.high


def test_an_agency_in_order_passes_every_gate_that_can_be_made(comparison: Comparison[Trials]) -> None:
    verdicts = [gate(comparison) for gate in (*checks.BEFORE_SUPPORTED_SERVICES, *checks.AFTER_SUPPORTED)]
    assert [v.check.name for v in verdicts if v.check.passed is False] == []


def test_contracts_that_say_neither_refuse(comparison: Comparison[Trials], agency: SimulatedAgency) -> None:
    renewed = np.asarray(agency.facts.terms.column("renewed").fill_null(-1))
    blank = np.where(np.arange(len(renewed)) % 5 == 0, -1, renewed)
    column = pa.array(blank, pa.int64(), mask=blank < 0)
    terms = agency.facts.terms.set_column(3, "renewed", column)
    assert renewals_recorded.check(replace(comparison, facts=replace(agency.facts, terms=terms))).refuses
    assert not renewals_recorded.check(comparison).refuses


def test_exports_of_a_large_agency_give_the_planted_answer_in_its_own_words(tmp_path: Path) -> None:
    made = company("services", Settings(customers=1_500, seed=5, effect=1.0))
    measured = measure([path for path in write_company(made, tmp_path) if path.suffix == ".csv"])
    found = measured.main_effect
    assert found.key == KEY
    assert measured.funnel[-1].rows == made.truth["eligible_rows"]
    assert isinstance(found.result, Estimate)
    assert abs(found.result.value - made.truth["episode_effect_ato"]) <= 2 * found.result.standard_error
    said = [found.sentence, value(measured).customers_text, *(check.text for check in found.checks)]
    assert not [text for text in said if "likely to leave" in text or "customers left" in text]
    assert "contracts" in value(measured).customers_text


def test_renewal_by_satisfaction_is_counted_contract_by_contract(agency: SimulatedAgency) -> None:
    """The first rating of each client before a contract that comes due in the six months after."""
    contacts, terms = agency.facts.contacts, defaultdict(list)
    for one in agency.facts.terms.to_pylist():
        terms[one["customer_no"]].append(one)
    score = np.random.default_rng(4).choice([1.0, 3.0, 5.0], contacts.num_rows)
    facts = replace(agency.facts, contacts=contacts.set_column(contacts.schema.get_field_index("csat_raw"), "csat_raw", pa.array(score)))
    counted: dict[float, list[int]] = {1.0: [], 3.0: [], 5.0: []}
    seen: set[int] = set()
    for row, given in zip(contacts.to_pylist(), score, strict=True):
        begin, first, last = (start_of(row["month"] + k) for k in (0, 1, 7))
        due = [one for one in terms[row["customer_no"]] if one["renewed"] is not None and one["starts_s"] < begin and first <= one["ends_s"] < last]
        if due and row["customer_no"] not in seen and row["month"] <= facts.last_month - 6 and not row["asks_to_cancel"]:
            seen.add(row["customer_no"])
            counted[given].append(int(min(due, key=lambda one: one["ends_s"])["renewed"] == 0))
    with speaking(facts.words):
        found = satisfaction(facts, 6)
    assert isinstance(found, Dose)
    assert [(value, n, left) for value, n, left, _ in found.rows] == [(value, len(left), sum(left)) for value, left in counted.items()]
    assert "renew" in found.sentence
    assert "left" not in found.sentence
