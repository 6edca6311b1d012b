"""The agency: renewals planted exactly, contracts that follow each other, files that are read whole, and what its story promises."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roi_core.companies.agency import generate, hubspot, plain, truth, zendesk
from roi_core.companies.agency.contracts import ENDED, RENEWED, RUNS, new_clients, referred, sign_contracts
from roi_core.companies.agency.knobs import AgencyKnobs
from roi_core.companies.agency.make import STORIES, tables_of
from roi_core.companies.agency.month import AgencyDo
from roi_core.companies.agency.process import AgencyPanel, rerun, simulate
from roi_core.companies.company import Company
from roi_core.companies.settings import Settings
from roi_core.companies.write import truth_text, write_company
from roi_core.ingest import take_in
from roi_core.measurement import measure
from roi_core.results import Absent
from roi_core.workspace import Workspace
from tests.shared import shared_path

ROOT = Path(__file__).resolve().parents[2]
SMALL = AgencyKnobs(customers=120, months=18, seed=5)


@pytest.fixture(scope="module")
def works() -> AgencyPanel:
    return simulate(AgencyKnobs(customers=4_000, months=30, seed=2))


@pytest.fixture(scope="module")
def panel() -> AgencyPanel:
    return simulate(STORIES["alder-moss"].knobs)


@pytest.fixture(scope="module")
def files(panel: AgencyPanel) -> dict[str, list[dict[str, str]]]:
    return {table.file: list(csv.DictReader(io.StringIO(table.text()))) for table in tables_of(panel)}


@pytest.fixture(scope="module")
def alder() -> Company:
    return generate()


@settings(max_examples=15)
@given(seed=st.integers(0, 10_000), month=st.integers(0, 17))
def test_running_again_without_intervention_changes_nothing(seed: int, month: int):
    agency = simulate(replace(SMALL, seed=seed))
    rows = np.arange(0, 120, 2)
    again = rerun(agency, month, rows, AgencyDo(), 18 - month)
    assert np.array_equal(again.renew_chance, agency.path.renew_chance[month:, rows])
    assert np.array_equal(again.resolved, agency.path.resolved[month:, rows])


def test_without_an_effect_every_difference_is_nothing():
    null = simulate(AgencyKnobs(customers=2_000, seed=2, effect=0.0))
    rows = truth.renewals(null)
    assert len(rows.treated) > 3_000
    assert not rows.renewed.any()
    assert not rows.value.any()
    assert not truth.first_contact_resolution(null).churn.any()


def test_support_that_works_renews_contracts(works: AgencyPanel):
    rows = truth.renewals(works)
    assert (rows.renewed >= 0).mean() > 0.97
    assert rows.renewed[rows.treated].mean() > 0.02
    assert truth.first_contact_resolution(works).ato > 0.02


def test_a_trial_covers_exactly_one_renewal(works: AgencyPanel):
    rows = truth.renewals(works)
    due = np.stack([works.path.due[rows.month + k, rows.customer] for k in range(1, 7)]).sum(axis=0)
    assert not works.path.due[rows.month, rows.customer].any()
    assert set(due.tolist()) == {1}
    assert works.alive[rows.month, rows.customer].all()
    assert not np.stack([works.contact[rows.month - back, rows.customer] for back in (1, 2, 3)]).any()


def test_truth_agrees_with_throwing_the_dice_again(works: AgencyPanel):
    """Brute force: whether each contract of one month's treated is renewed, on 400 new dice, contact made and not made."""
    month = 12
    rows = np.flatnonzero(truth.eligible(works)[month] & works.contact[month])
    found = truth.renewals(works)
    here = (found.month == month) & found.treated
    made, not_made = (rerun(works, month, rows, AgencyDo(contact=c), 7).renew_chance[1:] for c in (True, False))
    dice = np.random.default_rng(7).random((400, 6, len(rows)))
    realised = (dice < made).all(axis=1).mean() - (dice < not_made).all(axis=1).mean()
    assert realised == pytest.approx(found.renewed[here].mean(), abs=0.006)
    worth = (works.world.clients.fee * works.world.clients.term)[rows]
    assert found.value[here] == pytest.approx(found.renewed[here] * worth)


def test_clients_leave_only_where_a_contract_ends(works: AgencyPanel):
    month, client = np.nonzero(works.leaves)
    joined, term = works.world.clients.joined[client], works.world.clients.term[client]
    assert ((month - joined + 1) % term == 0).all()
    assert (works.leaves.sum(axis=0) <= 1).all()
    assert not works.alive[month + 1, client].any()


def test_contracts_of_a_client_follow_each_other_to_the_end(works: AgencyPanel):
    contracts = sign_contracts(works)
    for client in range(0, 400, 7):
        rows = np.flatnonzero(contracts.client == client)
        first, term, fate = contracts.first[rows], contracts.term[rows], contracts.fate[rows].tolist()
        assert first[0] == works.world.clients.joined[client]
        assert (first[1:] == first[:-1] + term[:-1]).all()
        assert set(fate[:-1]) <= {RENEWED}
        assert fate[-1] == (ENDED if works.leaves[:, client].any() else RUNS)


def test_headers_are_those_of_the_catalogue():
    entries = {e["id"]: e for e in json.loads(shared_path("formats/catalogue.json").read_text(encoding="utf-8"))}
    assert list(zendesk.HEADERS) == entries["zendesk_account_csv_export_admin_center_reports_export"]["headers"]
    deals = entries["hubspot_deals_export"]
    assert list(hubspot.HEADERS) == deals["headers"]
    chosen = {name for names in deals["header_variants"].values() for name in names}
    assert {"Create Date", "Associated Company IDs", "Associated Company"} <= chosen & set(hubspot.CHOSEN)


def test_our_reader_reads_the_archive_and_accounts_for_every_row(alder: Company, tmp_path: Path):
    (path,) = write_company(alder, tmp_path, as_zip=True)
    with Workspace.temporary() as workspace:
        reports = take_in([path], workspace).as_json()
    assert {r["export"] for r in reports} == {
        "zendesk_account_csv_export_admin_center_reports_export", "hubspot_deals_export", "plain_customers", "plain_contracts", "plain_projects",
        "plain_referrals", "plain_usage", "plain_surveys", "plain_costs",
    }  # fmt: skip
    for report in reports:
        rows = report["rows"]
        assert rows["records"] == rows["loaded"], report["member"]
        assert rows["unaccounted"] == rows["quarantined"] == 0


def test_renewal_by_help_is_refused_as_too_few(alder: Company, tmp_path: Path):
    paths = [path for path in write_company(alder, tmp_path) if path.suffix == ".csv"]
    measured = measure(paths)
    assert measured.main_effect.key == "supported.not_renewed_6m"
    assert measured.funnel[-1].rows == alder.truth["eligible_rows"]
    assert isinstance(measured.main_effect.result, Absent)
    assert "Too few customers did not renew to compare" in measured.main_effect.result.reason
    assert "counted in the first month compared alone, without contracts lost after a later one:" in measured.main_effect.result.reason


def test_contacts_of_the_process_can_be_read_back(panel: AgencyPanel, files: dict[str, list[dict[str, str]]]):
    number = {row["email"].partition("@")[2]: i for i, row in enumerate(files["clients.csv"])}
    found = np.zeros_like(panel.contact)
    for row in files["zendesk_tickets.csv"]:
        month = int(row["Created at"][:4]) * 12 + int(row["Created at"][5:7]) - 1
        if row["Requester domain"] != "postbox.example":
            found[month - panel.knobs.first_month, number[row["Requester domain"]]] = True
    shared = np.array([row["email"].endswith("@postbox.example") for row in files["clients.csv"]])
    assert np.array_equal(found[:, ~shared], panel.contact[:, ~shared])


def test_three_clients_cost_more_than_they_pay_and_no_other_does(panel: AgencyPanel, files: dict[str, list[dict[str, str]]], alder: Company):
    """Hours at cost against the value of their contracts, over the whole files."""
    client = {row["contract_id"]: row["customer_id"] for row in files["contracts.csv"]}
    margin: dict[str, float] = {}
    for row in files["projects.csv"]:
        paid = float(row["planned_hours"]) * plain.RATE
        spent = (float(row["actual_hours"]) + float(row["overhead_hours"])) * plain.HOUR_COST
        margin[client[row["contract_id"]]] = margin.get(client[row["contract_id"]], 0.0) + paid - spent
    assert sorted(key for key, value in margin.items() if value < 0) == sorted(alder.truth["costly_clients"])
    assert len(alder.truth["costly_clients"]) == 3 == panel.knobs.costly


def test_thirty_one_percent_of_new_business_was_referred(panel: AgencyPanel, files: dict[str, list[dict[str, str]]]):
    brought, by = referred(panel)
    assert f"{len(brought) / len(new_clients(panel)):.0%}" == "31%"
    assert not set(brought.tolist()) & set(by.tolist()) or (panel.world.clients.joined[by] < panel.world.clients.joined[brought]).all()
    won = [row for row in files["hubspot_deals.csv"] if row["Deal Type"] == "New business" and row["Deal Stage"] == "Closed won"]
    assert len(won) == len(new_clients(panel))
    assert sum(row["Deal Source"] == "Referral" for row in won) == len(files["referrals.csv"]) == len(brought)


def test_a_renewal_deal_tells_what_the_contract_tells(files: dict[str, list[dict[str, str]]]):
    deals = [row for row in files["hubspot_deals.csv"] if row["Deal Type"] == "Renewal"]
    ended = [row for row in files["contracts.csv"] if row["renewed"] and row["ends_at"] >= "2024"]
    assert len(deals) == len(ended) > 100
    assert sum(row["Deal Stage"] == "Closed won" for row in deals) == sum(row["renewed"] == "yes" for row in ended)


def test_truth_of_the_agency_is_what_its_files_show(alder: Company, files: dict[str, list[dict[str, str]]]):
    ended = [row for row in files["contracts.csv"] if row["renewed"] and row["ends_at"] >= "2024"]
    assert sum(row["renewed"] == "yes" for row in ended) / len(ended) == pytest.approx(alder.truth["renewal_rate"], abs=1e-8)
    assert alder.truth["episode_margin_att"] == pytest.approx(alder.truth["gross_margin"] * alder.truth["episode_value_att"], abs=1e-6)
    assert alder.truth["episode_effect_ato"] < -0.02


def test_same_arguments_same_bytes_and_another_seed_another_agency():
    one, same, other = (generate(settings=Settings(seed=s)).tables for s in (4, 4, 5))
    assert [t.text() for t in one] == [t.text() for t in same]
    assert {a.file for a, b in zip(one, other, strict=True) if a.text() == b.text()} == {"costs.csv"}


def test_two_clients_leave_holes_in_the_truth_and_no_crash():
    assert generate(settings=Settings(customers=2)).truth["eligible_rows"] >= 0


def test_shipped_sample_is_what_the_generator_writes(alder: Company):
    with zipfile.ZipFile(ROOT / "sample_data" / "alder_moss.zip") as archive:
        shipped = {name: archive.read(name).decode() for name in archive.namelist()}
    assert shipped == {table.file: table.text() for table in alder.tables} | {"truth.json": truth_text(alder.truth)}
