"""The written files: real vendors' headers and quirks, deterministic bytes, and the process to be read back from them."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import numpy as np
import pytest

from roi_core.companies import freshdesk, stripe, surveys
from roi_core.companies.clock import business_seconds, month_start, stamps
from roi_core.companies.generated import Generated, generate
from roi_core.companies.names import directory
from roi_core.companies.stories import STORIES
from roi_core.companies.write import export_tables, truth_text, write_exports, write_sample, write_withheld
from roi_core.errors import SampleRefused
from tests.shared import shared_path

COLUMNS = {
    "freshdesk_ticket_export": freshdesk.HEADERS,
    "stripe_customers_export": stripe.CUSTOMERS,
    "stripe_subscriptions_export": stripe.SUBSCRIPTIONS,
    "stripe_invoices_export": stripe.INVOICES,
}


@pytest.fixture(scope="module")
def harbour() -> Generated:
    return generate("saas", customers=700)


@pytest.fixture(scope="module")
def files(harbour: Generated) -> dict[str, list[dict[str, str]]]:
    return {table.file: list(csv.DictReader(io.StringIO(table.text()))) for table in export_tables(harbour)}


def seconds(text: str) -> int:
    return int(np.datetime64(text.replace(" ", "T"), "s").astype(np.int64))


@pytest.mark.parametrize("export", COLUMNS)
def test_headers_are_those_of_the_catalogue(export: str):
    entries = json.loads(shared_path("formats/catalogue.json").read_text(encoding="utf-8"))
    assert list(COLUMNS[export]) == next(e["headers"] for e in entries if e["id"] == export)


def test_every_file_parses_and_no_row_is_ragged(harbour: Generated):
    for table in export_tables(harbour):
        rows = list(csv.reader(io.StringIO(table.text(), newline="")))
        assert tuple(rows[0]) == table.headers
        assert len(rows) > 20
        assert {len(row) for row in rows} == {len(table.headers)}


def test_same_arguments_same_bytes(tmp_path: Path):
    one, other = (write_exports(generate("saas", customers=150, seed=4), tmp_path / name) for name in ("one", "other"))
    assert [f.name for f in one] == [f.name for f in other]
    assert [f.read_bytes() for f in one] == [f.read_bytes() for f in other]


def test_another_seed_is_another_company(tmp_path: Path):
    one, other = (write_exports(generate("saas", customers=150, seed=s), tmp_path / str(s)) for s in (4, 5))
    assert all(a.read_bytes() != b.read_bytes() for a, b in zip(one, other, strict=True))


def test_contacts_of_the_process_can_be_read_back(harbour: Generated, files: dict[str, list[dict[str, str]]]):
    """By e-mail domain, in the month in which they were made; what is no contact is told by its tag, type, source or subject."""
    panel, people = harbour.panel, directory(harbour.panel.knobs.seed, harbour.panel.knobs.customers)
    number = {email: i for i, emails in enumerate(people.emails) for email in emails}
    found = np.zeros_like(panel.contact)
    for row in files["freshdesk_tickets.csv"]:
        noise = row["Tags"] or row["Source"] == "Outbound Email" or row["Type"] in {"Account change", "Presales", "Others", "Weekly Report"}
        if not noise:
            month = int(row["Created time"][:4]) * 12 + int(row["Created time"][5:7]) - 1
            found[month - panel.knobs.first_month, number[row["Contact ID"]]] = True
    assert np.array_equal(found, panel.contact)


def test_first_contact_resolution_can_be_read_back(harbour: Generated, files: dict[str, list[dict[str, str]]]):
    """Unresolved comes back on the same matter within 7 days and within the month; resolved does not within the month."""
    people = directory(harbour.panel.knobs.seed, harbour.panel.knobs.customers)
    number = {email: i for i, emails in enumerate(people.emails) for email in emails}
    opened: dict[tuple[int, int], list[tuple[int, str]]] = {}
    for row in files["freshdesk_tickets.csv"]:
        if row["Contact ID"] in number and not row["Tags"] and row["Type"] != "Account change" and row["Source"] != "Outbound Email":
            month = int(row["Created time"][:4]) * 12 + int(row["Created time"][5:7]) - 1
            opened.setdefault((month - harbour.panel.knobs.first_month, number[row["Contact ID"]]), []).append((seconds(row["Created time"]), row["Type"]))
    for (month, customer), tickets in opened.items():
        assert len(tickets) == 1 + (not harbour.panel.path.resolved[month, customer])
        assert tickets[-1][0] - tickets[0][0] < 7 * 86_400
        assert len({kind for _, kind in tickets}) == 1


def test_the_snapshot_is_older_than_the_contact_it_explains(harbour: Generated, files: dict[str, list[dict[str, str]]]):
    usage = [row["as_of"] for row in files["usage.csv"]]
    tomorrow = {stamps(np.array([seconds(day + "T00:00:00") + 86_400]), "D")[0] for day in usage}
    assert {day[-2:] for day in tomorrow} == {"01"}
    first = min(row["Created time"] for row in files["freshdesk_tickets.csv"])
    assert min(usage) < first[:10]
    assert len(usage) == int(harbour.panel.alive[:-1].sum())


def test_customers_leave_on_the_last_day_of_a_month_after_their_last_ticket(harbour: Generated, files: dict[str, list[dict[str, str]]]):
    people = directory(harbour.panel.knobs.seed, harbour.panel.knobs.customers)
    subscriptions = files["stripe_subscriptions.csv"]
    last = {row["Contact ID"]: row["Created time"] for row in files["freshdesk_tickets.csv"]}
    ended = [(row, people.emails[i]) for i, row in enumerate(subscriptions) if row["Ended At (UTC)"]]
    assert len(ended) == int(harbour.panel.leaves.sum())
    for row, emails in ended:
        assert row["Ended At (UTC)"].endswith("23:59")
        assert seconds(row["Ended At (UTC)"]) + 60 in month_start(np.arange(2024 * 12, 2026 * 12 + 1))
        assert row["Canceled At (UTC)"] < row["Ended At (UTC)"]
        assert all(last.get(email, "")[:16] <= row["Canceled At (UTC)"] for email in emails)


def test_cancelled_at_period_end_is_still_active():
    subscriptions = next(t for t in export_tables(generate("saas", customers=1_500)) if t.file == "stripe_subscriptions.csv").columns
    both = list(zip(subscriptions["Status"], subscriptions["Canceled At (UTC)"], subscriptions["Ended At (UTC)"], strict=True))
    assert any(status == "active" and canceled and not ended for status, canceled, ended in both)


def test_nothing_is_later_than_the_export(files: dict[str, list[dict[str, str]]]):
    for name, rows in files.items():
        for header in rows[0]:
            is_event = re.search(r"time$|Date|Paid At|Ended At|Canceled At|_at$|as_of|Created", header) and header != "Due by Time"
            if is_event and rows[0][header][:2] in {"", "19", "20"}:
                assert max(row[header] for row in rows) < "2026", (name, header)


def test_durations_are_business_hours_that_run_past_a_day_and_zero_means_two_things(files: dict[str, list[dict[str, str]]]):
    tickets = files["freshdesk_tickets.csv"]
    durations = [row["Resolution time (in hrs)"] for row in tickets]
    assert all(re.fullmatch(r"\d{2,}:[0-5]\d:[0-5]\d", d) for d in durations)
    assert max(int(d.split(":")[0]) for d in durations) > 24
    zero = [row["Initial response time"] != "" for row in tickets if row["First response time (in hrs)"] == "00:00:00"]
    assert True in zero
    assert False in zero


def test_business_seconds_by_hand():
    """Friday 2024-03-01 16:30 to Monday 10:00 is half an hour and an hour; a night is nothing."""
    at = {t: np.array([seconds(t)]) for t in ("2024-03-01T16:30:00", "2024-03-04T10:00:00", "2024-03-01T20:00:00", "2024-03-02T20:00:00")}
    assert business_seconds(at["2024-03-01T16:30:00"], at["2024-03-04T10:00:00"]).tolist() == [5_400]
    assert business_seconds(at["2024-03-01T20:00:00"], at["2024-03-02T20:00:00"]).tolist() == [0]


def test_revenue_of_a_month_is_billed_in_major_units(harbour: Generated, files: dict[str, list[dict[str, str]]]):
    invoices = files["stripe_invoices.csv"]
    regular = [row for row in invoices if row["Date (UTC)"].startswith("2025-06-01") and row["Status"] != "void"]
    step = 2025 * 12 + 5 - harbour.panel.knobs.first_month
    there = harbour.panel.alive[step]
    assert sum(float(row["Total"]) for row in regular) == pytest.approx(harbour.panel.world.customers.mrr[there].sum(), rel=1e-9)
    assert {row["Status"] for row in invoices} >= {"paid", "void", "open"}
    assert len({row["id"] for row in invoices}) == len(invoices)


def test_tickets_and_billing_share_keys_and_not_always(files: dict[str, list[dict[str, str]]]):
    billing = {row["Email"] for row in files["stripe_customers.csv"]}
    tickets = files["freshdesk_tickets.csv"]
    by_email = np.mean([row["Contact ID"] in billing for row in tickets])
    blank = np.mean([row["Company Name"] == "" for row in tickets])
    assert 0.6 < by_email < 0.85
    assert 0.15 < blank < 0.32
    assert all(re.fullmatch(r"[a-z0-9.]+@[a-z0-9-]+\.example", row["Contact ID"]) for row in tickets)


def test_company_names_differ_also_without_their_legal_form():
    people = directory(seed=3, customers=45_000)
    assert len({name.lower() for name in people.company}) == 45_000
    assert any(written != legal for written, legal in zip(people.company, people.legal_name, strict=True))


def test_surveys_answer_before_the_month_ends_and_at_the_rate_of_the_study(harbour: Generated, files: dict[str, list[dict[str, str]]]):
    """Method evidence, section 4: 43 % answer; the mean score of those who do is 4.2."""
    rows = files["surveys.csv"]
    assert tuple(rows[0]) == surveys.HEADERS
    csat = [row for row in rows if row["kind"] == "csat"]
    assert len(csat) / harbour.panel.contact.sum() == pytest.approx(0.43, abs=0.06)
    assert np.mean([int(row["score"]) for row in csat]) == pytest.approx(4.2, abs=0.2)
    opened = {row["Ticket ID"]: row["Created time"] for row in files["freshdesk_tickets.csv"]}
    assert all(opened[row["ticket_id"]] < row["sent_at"] <= row["answered_at"] for row in csat)
    assert all(row["answered_at"][:7] == opened[row["ticket_id"]][:7] for row in csat)
    assert {row["scale"] for row in rows if row["kind"] == "nps"} == {"10"}


def test_fogbank_keeps_its_usage_back(tmp_path: Path):
    fogbank = generate("fogbank", customers=120)
    names = {path.name for path in write_exports(fogbank, tmp_path)}
    assert "usage.csv" not in names
    with zipfile.ZipFile(write_withheld(fogbank, tmp_path)) as archive:
        assert archive.namelist() == ["usage.csv"]


def test_sample_writes_plain_files_and_the_truth_with_its_knobs(tmp_path: Path):
    written = write_sample(tmp_path, "saas", customers=90, seed=7, effect=0.2, confounding=1.5, hidden=0.3)
    assert {path.parent for path in written} == {tmp_path}
    knobs = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))["knobs"]
    assert [knobs[k] for k in ("customers", "seed", "effect", "confounding", "hidden")] == [90, 7, 0.2, 1.5, 0.3]


def test_a_company_that_nobody_has_built_is_named_beside_those_that_are(tmp_path: Path):
    with pytest.raises(SampleRefused, match=r"bank.*saas, shop, services, harbour-desk.*alder-moss"):
        write_sample(tmp_path, "bank")


@pytest.mark.parametrize(
    ("knobs", "words"),
    [({"story": "saaas"}, "must be one of"), ({"customers": 0}, "from 1 to"), ({"hidden": 1.5}, "hidden == 1.5"), ({"months": 6}, "from 10 to")],
)
def test_a_knob_out_of_range_is_named(knobs: dict[str, object], words: str):
    with pytest.raises(SampleRefused, match=words):
        generate(**knobs)  # type: ignore[arg-type]


@pytest.mark.parametrize("slug", STORIES)
def test_shipped_sample_is_what_the_generator_writes(slug: str, repository: Path):
    generated = generate(slug)
    with zipfile.ZipFile(repository / "sample_data" / f"{slug.replace('-', '_')}.zip") as archive:
        shipped = {name: archive.read(name).decode() for name in archive.namelist()}
    tables = {table.file: table.text() for table in export_tables(generated)}
    assert shipped.keys() == tables.keys() | {"truth.json"}
    assert all(shipped[name] == text for name, text in tables.items())
    assert shipped["truth.json"] == truth_text(generated.truth)


def test_shipped_samples_are_small(repository: Path):
    assert sum(path.stat().st_size for path in (repository / "sample_data").glob("*.zip")) < 6_000_000


@pytest.fixture(scope="module")
def repository() -> Path:
    return Path(__file__).resolve().parents[2]
