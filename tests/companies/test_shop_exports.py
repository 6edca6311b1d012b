"""The written files of the shop: vendors' headers and quirks, every row read and accounted for, the process to be read back."""

import csv
import io
import json
import zipfile
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from roi_core.companies.company import Company
from roi_core.companies.settings import Settings
from roi_core.companies.shop import STORIES, generate, gorgias, shopify
from roi_core.companies.shop.make import tables_of
from roi_core.companies.shop.process import ShopPanel, simulate
from roi_core.companies.write import truth_text, write_company
from roi_core.errors import SampleRefused
from roi_core.ingest import take_in
from roi_core.workspace import Workspace
from tests.shared import shared_path

COLUMNS = {"gorgias_tickets_csv_export": gorgias.HEADERS, "shopify_orders_export": shopify.ORDERS, "shopify_customers_export": shopify.CUSTOMERS}
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def panel() -> ShopPanel:
    return simulate(STORIES["linden-loom"].knobs)


@pytest.fixture(scope="module")
def linden() -> Company:
    return generate()


@pytest.fixture(scope="module")
def files(panel: ShopPanel) -> dict[str, list[dict[str, str]]]:
    return {table.file: list(csv.DictReader(io.StringIO(table.text()))) for table in tables_of(panel)}


@pytest.mark.parametrize("export", COLUMNS)
def test_headers_are_those_of_the_catalogue(export: str):
    entries = json.loads(shared_path("formats/catalogue.json").read_text(encoding="utf-8"))
    assert list(COLUMNS[export]) == next(e["headers"] for e in entries if e["id"] == export)


def test_same_arguments_same_bytes_and_another_seed_another_shop(tmp_path: Path):
    def written(name: str, seed: int) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in write_company(generate(settings=Settings(customers=120, seed=seed)), tmp_path / name)}

    one, other = written("one", 4), written("other", 5)
    assert written("same", 4) == one
    assert {name for name in one if one[name] == other[name]} == {"costs.csv"}


@pytest.mark.parametrize("slug", STORIES)
def test_our_reader_reads_the_archive_and_accounts_for_every_row(slug: str, tmp_path: Path):
    (path,) = write_company(generate(slug, Settings(customers=400)), tmp_path, as_zip=True)
    with Workspace.temporary() as workspace:
        reports = take_in([path], workspace).as_json()
    found = {r["member"]: (r["export"], r["rows"]) for r in reports}
    assert {export for export, _ in found.values()} == {
        "gorgias_tickets_csv_export", "shopify_orders_export", "shopify_customers_export", "plain_returns", "plain_carts", "plain_surveys", "plain_costs",
    }  # fmt: skip
    for name, (_, rows) in found.items():
        assert rows["unaccounted"] == rows["quarantined"] == 0, name
        assert rows["records"] == rows["loaded"] + rows["not_data"], name


def test_orders_of_the_process_can_be_read_back(panel: ShopPanel, files: dict[str, list[dict[str, str]]]):
    """One first row an order; what was voided is no order; their sum is what was bought."""
    rows = [row for row in files["shopify_orders.csv"] if row["Total"]]
    kept = [row for row in rows if not row["Cancelled at"]]
    assert len(kept) == int(panel.path.order.sum())
    assert sum(float(row["Total"]) for row in kept) == pytest.approx(panel.world.buyers.amount[panel.path.order].sum(), rel=1e-9)
    assert {row["Financial Status"] for row in rows} == {"paid", "refunded", "voided"}
    assert sum(row["Financial Status"] == "refunded" for row in rows) == int(panel.path.recorded.sum())


def test_items_of_an_order_add_up_to_it(files: dict[str, list[dict[str, str]]]):
    total: Counter[str] = Counter()
    for row in files["shopify_orders.csv"]:
        total[row["Name"]] += round(float(row["Lineitem price"]) * 100) * int(row["Lineitem quantity"])
    stated = {row["Name"]: round(float(row["Total"]) * 100) for row in files["shopify_orders.csv"] if row["Total"]}
    assert total == stated


def test_a_return_is_known_before_the_month_after_its_order_begins(files: dict[str, list[dict[str, str]]]):
    ordered = {row["Name"]: row["Created at"] for row in files["shopify_orders.csv"] if row["Total"]}
    for row in files["returns.csv"]:
        assert ordered[row["order_id"]][:19] < row["at"]
        assert ordered[row["order_id"]][:7] == row["at"][:7]


def test_contacts_of_the_process_can_be_read_back(panel: ShopPanel, files: dict[str, list[dict[str, str]]]):
    number = {row["Email"]: i for i, row in enumerate(files["shopify_customers.csv"])}
    found = np.zeros_like(panel.path.contact)
    for row in files["gorgias_tickets.csv"]:
        if row["Ticket Field: Contact reason"] != gorgias.PRE_SALE_REASON:
            month = int(row["Creation date"][:4]) * 12 + int(row["Creation date"][5:7]) - 1
            found[month - panel.knobs.first_month, number[row["Customer email"]]] = True
    assert np.array_equal(found, panel.path.contact)


def test_what_is_not_resolved_comes_back_within_a_week_and_its_month(panel: ShopPanel, files: dict[str, list[dict[str, str]]]):
    number = {row["Email"]: i for i, row in enumerate(files["shopify_customers.csv"])}
    tickets: Counter[tuple[int, int]] = Counter()
    for row in files["gorgias_tickets.csv"]:
        if row["Ticket Field: Contact reason"] != gorgias.PRE_SALE_REASON:
            month = int(row["Creation date"][:4]) * 12 + int(row["Creation date"][5:7]) - 1
            tickets[month - panel.knobs.first_month, number[row["Customer email"]]] += 1
    assert all(count == 1 + (not panel.path.resolved[at]) for at, count in tickets.items())


def test_nothing_is_later_than_the_export_and_nothing_ends_before_it_begins(files: dict[str, list[dict[str, str]]]):
    for row in files["gorgias_tickets.csv"]:
        assert row["Creation date"] < "2026"
        assert not row["Closed date"] or row["Creation date"] < row["Closed date"] < "2026"
        assert row["Survey score"] == "" or row["Closed date"]
    assert all(row["at"] < "2026" for row in files["returns.csv"])
    assert all(row["created_at"] < "2026" for row in files["carts.csv"])


def test_replies_go_from_hours_to_seconds_and_satisfaction_rises(files: dict[str, list[dict[str, str]]]):
    """The bot begins in January 2025; December 2024 is the month of slow replies."""
    seconds: dict[str, list[int]] = {}
    scores: dict[str, list[int]] = {}
    for row in files["gorgias_tickets.csv"]:
        if row["Ticket Field: Contact reason"] != gorgias.PRE_SALE_REASON:
            year = row["Creation date"][:4]
            if row["First response time (s)"]:
                seconds.setdefault(year, []).append(int(row["First response time (s)"]))
                seconds.setdefault(row["Creation date"][:7], []).append(int(row["First response time (s)"]))
            if row["Survey score"]:
                scores.setdefault(year, []).append(int(row["Survey score"]))
    assert 3 * 3_600 < np.median(seconds["2024"]) < 7 * 3_600
    assert np.median(seconds["2025"]) == 15
    assert np.median(seconds["2024-12"]) > 2 * np.median(seconds["2024-11"])
    assert np.mean(scores["2025"]) > np.mean(scores["2024"]) + 0.15


def test_carts_name_the_first_order_of_their_buyer(files: dict[str, list[dict[str, str]]]):
    first: dict[str, str] = {}
    for row in files["shopify_orders.csv"]:
        if row["Total"] and not row["Cancelled at"]:
            first.setdefault(row["Email"], row["Name"])
    bought = [row for row in files["carts.csv"] if row["order_id"]]
    assert len(bought) > 500
    assert all(first[row["email"]] == row["order_id"] for row in bought)
    assert not {row["email"] for row in files["carts.csv"] if not row["order_id"]} & first.keys()


def test_truth_of_the_shop_is_what_its_story_promises(linden: Company):
    found = linden.truth
    assert found["spreadsheet"] < 2.5 * found["episode_effect_ato"] < 0
    assert -0.1 < found["episode_effect_ato"] < found["episode_effect_ato_90d"] < 0
    assert found["episode_margin_att"] == pytest.approx(found["gross_margin"] * found["episode_revenue_att"], abs=1e-6)
    assert found["presale_conversion_effect"] > 0.04
    assert found["size_advice_return_effect"] < -0.03
    assert found["slow_december_effect"] > 0.05
    assert found["trial_months"] == ["2024-01", "2025-06"]
    assert (found["horizon_months"], found["horizon_months_90d"]) == (6, 3)


def test_its_twin_keeps_the_buyers_and_the_spreadsheet_and_loses_every_effect(linden: Company):
    twin = generate("plain-weave")
    names = [next(t for t in made.tables if t.file == "shopify_customers.csv").columns["Email"] for made in (linden, twin)]
    assert names[0] == names[1]
    effects = {key: value for key, value in twin.truth.items() if "_effect" in key}
    assert len(effects) == 12
    assert set(effects.values()) == {0.0}
    assert twin.truth["spreadsheet"] < -0.12


@pytest.mark.parametrize(("turned", "words"), [({"hidden": 1.5}, "hidden == 1.5"), ({"customers": 0}, "customers == 0"), ({"effect": -1}, "effect == -1")])
def test_a_knob_out_of_range_is_named(turned: dict[str, float], words: str):
    with pytest.raises(SampleRefused, match=words):
        Settings(**turned)  # type: ignore[arg-type]


def test_few_buyers_leave_holes_in_the_truth_and_no_crash():
    found = generate(settings=Settings(customers=2)).truth
    assert found["eligible_rows"] >= 0


@pytest.mark.parametrize("slug", STORIES)
def test_shipped_sample_is_what_the_generator_writes(slug: str, linden: Company):
    made = linden if slug == linden.slug else generate(slug)
    with zipfile.ZipFile(ROOT / "sample_data" / f"{slug.replace('-', '_')}.zip") as archive:
        shipped = {name: archive.read(name).decode() for name in archive.namelist()}
    assert shipped == {table.file: table.text() for table in made.tables} | {"truth.json": truth_text(made.truth)}
