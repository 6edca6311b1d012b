"""Every bad input of the design: a message that names what was found and what to do, nothing lost, and the other files still answer."""

import csv
import io
from collections.abc import Callable

import pytest

from roi_core.companies import write_sample
from roi_core.errors import NothingToAnalyse
from roi_core.ingest import inspect
from roi_core.measured import Identity
from roi_core.measurement import measure
from roi_core.results import Absent, Estimate

pytestmark = pytest.mark.usefixtures("read_here")

TICKETS, CUSTOMERS, SUBSCRIPTIONS, INVOICES = "freshdesk_tickets.csv", "stripe_customers.csv", "stripe_subscriptions.csv", "stripe_invoices.csv"
Files = dict[str, str]
FLAT = "customer_id,supported,churned\n" + "".join(f"k{i},{'yes' if i % 2 else 'no'},{'yes' if i % 3 == 0 else 'no'}\n" for i in range(300))


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Files:
    folder = tmp_path_factory.mktemp("company")
    write_sample(folder, "saas", customers=400, seed=4)
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.csv")}


def as_files(files: Files) -> list[tuple[str, bytes]]:
    return [(name, text.encode()) for name, text in files.items()]


def column(text: str, header: str, change: Callable[[str, dict[str, str]], str]) -> str:
    """The same CSV with one column changed, row by row."""
    rows = list(csv.DictReader(io.StringIO(text)))
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows([{**row, header: change(row[header], row)} for row in rows])
    return out.getvalue()


def report(files: Files, name: str) -> dict[str, object]:
    found = inspect(as_files(files))["files"]
    entry: dict[str, object] = next(f for f in found if f["file"] == name)
    return entry


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("tickets.csv", b"", "0 bytes"),
        ("tickets.csv", b"\xef\xbb\xbf  \n\n", "blank"),
        ("tickets.csv", b"PK\x03\x04" + b"\x00" * 40, "ZIP"),
        ("tickets.csv", b"%PDF-1.7 and so on", "PDF"),
        ("tickets.csv", b"SQLite format 3\x00 and so on", "SQLite"),
        ("tickets.csv", b"\x89PNG\r\n\x1a\n and so on", "PNG"),
    ],
)
def test_a_file_that_is_no_table_is_refused_as_what_it_is_and_the_others_answer(company: Files, name: str, content: bytes, says: str) -> None:
    found = inspect([(name, content), (CUSTOMERS, company[CUSTOMERS].encode())])["files"]
    assert says.lower() in str(found[0]["refused"]).lower()
    assert name in str(found[0]["refused"])
    assert found[1]["rows"]["loaded"] > 0


def test_a_header_alone_has_no_rows(company: Files) -> None:
    entry = report({TICKETS: company[TICKETS].splitlines()[0] + "\n"}, TICKETS)
    assert entry["rows"] == {"records": 0, "loaded": 0, "quarantined": 0, "not_data": 0, "unaccounted": 0}
    assert entry["entity"] == "tickets"


def test_an_unknown_export_asks() -> None:
    entry = report({"odd.csv": "alpha,beta\n1,2\n3,4\n"}, "odd.csv")
    assert not entry["entity"]
    assert any("ask" in str(note) for note in entry["notes"])  # type: ignore[attr-defined]


def test_an_unclosed_quote_names_its_line() -> None:
    entry = report({"t.csv": 'ticket_id,created_at,subject\n1,2025-01-01,fine\n2,2025-01-02,"never closed\n3,2025-01-03,lost?\n'}, "t.csv")
    told = f"{entry.get('refused')} {entry['notes']}"
    assert "line 3" in told


def test_ragged_rows_and_the_total_are_set_aside_and_add_up(company: Files) -> None:
    text = company[CUSTOMERS] + "cus_short,only,three\n" + "Total" + "," * 12 + "\n"
    before = company[CUSTOMERS].count("\n") - 1
    rows = report({CUSTOMERS: text}, CUSTOMERS)["rows"]
    assert rows == {"records": before + 2, "loaded": before, "quarantined": 1, "not_data": 1, "unaccounted": 0}


def test_a_column_that_is_all_blank_is_named(company: Files) -> None:
    entry = report({CUSTOMERS: column(company[CUSTOMERS], "Plan", lambda _, __: "")}, CUSTOMERS)
    assert any("blank in every row" in str(note) and "Plan" in str(note) for note in entry["notes"])  # type: ignore[attr-defined]


def test_no_shared_customer_is_said_with_the_match_rate(company: Files) -> None:
    strangers = column(company[TICKETS], "Contact ID", lambda _, row: f"x{row['Ticket ID']}@nowhere.example")
    strangers = column(strangers, "Company Name", lambda _, row: f"Nowhere {row['Ticket ID']}")
    found = measure(as_files({**company, TICKETS: strangers}))
    assert isinstance(found.identity, Identity)
    assert not isinstance(found.identity.match_rate_tickets, Absent)
    assert found.identity.match_rate_tickets.value < 0.02
    assert isinstance(found.main_effect.result, Absent)


@pytest.mark.parametrize(("end", "says"), [("2030", "Nobody in these files ever left"), ("2024-06-15 10:00", "")])
def test_nobody_and_everybody_left(company: Files, end: str, says: str) -> None:
    changed = column(company[SUBSCRIPTIONS], "Ended At (UTC)", lambda _, __: "" if end == "2030" else end)
    effect = measure(as_files({**company, SUBSCRIPTIONS: changed})).main_effect
    assert isinstance(effect.result, Absent)
    assert says in effect.sentence


def test_only_one_cohort(company: Files) -> None:
    rows = company[TICKETS].splitlines(keepends=True)
    found = measure(as_files({**company, TICKETS: "".join(rows[:2])}))
    assert isinstance(found.main_effect.result, Absent)
    assert found.main_effect.sentence


def test_mixed_currencies_are_never_added_up(company: Files) -> None:
    some = column(company[SUBSCRIPTIONS], "Currency", lambda old, row: "eur" if int(row["id"][-2:], 36) % 2 else old)
    found = measure(as_files({**company, SUBSCRIPTIONS: some}))
    assert isinstance(found.metrics["monthly_revenue"], Absent)
    assert "currenc" in found.metrics["monthly_revenue"].reason.lower()
    assert isinstance(found.effects["supported.revenue_6m"].result, Absent)


def test_tickets_before_sign_up_are_counted_and_refused_when_many(company: Files) -> None:
    late = column(company[SUBSCRIPTIONS], "Start Date (UTC)", lambda _, __: "2024-09-01 00:00")
    found = measure(as_files({**company, SUBSCRIPTIONS: column(late, "Ended At (UTC)", lambda old, _: old if old > "2024-10" else "")}))
    assert isinstance(found.main_effect.result, Absent)
    assert "before their customer signed up" in found.main_effect.sentence


def test_resolved_before_created_gives_no_duration_and_is_noted(company: Files) -> None:
    early = column(company[TICKETS], "Resolved time", lambda old, _: "2019-01-01 00:00:00" if old else old)
    entry = report({TICKETS: early}, TICKETS)
    assert any("before" in str(note) for note in entry["notes"])  # type: ignore[attr-defined]
    found = measure(as_files({**company, TICKETS: early}))
    assert isinstance(found.metrics["resolution_hours"], Absent)


def test_files_without_any_customer_say_what_to_add_and_what_tickets_say_alone(company: Files) -> None:
    found = measure(as_files({TICKETS: company[TICKETS]}))
    assert found.tickets_alone
    assert "customers or subscriptions export" in found.main_effect.sentence
    assert all(isinstance(effect.result, Absent) for effect in found.effects.values())
    assert isinstance(found.metrics["first_response_minutes"], Estimate)
    assert isinstance(found.metrics["monthly_churn"], Absent)


def test_nothing_readable_says_so() -> None:
    with pytest.raises(NothingToAnalyse, match="could be read"):
        measure([("x.csv", b"")])


def test_a_small_flat_file_answers_or_refuses_in_words() -> None:
    found = measure([("customers.csv", FLAT.encode())])
    assert found.main_effect.sentence
    assert found.main_effect.grade.value == "C"
