"""Every bad input of the design: a message that names what was found and what to do, nothing lost, and the other files still answer."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from roi_core.companies import write_sample
from roi_core.effects.titles import effect_title
from roi_core.errors import NothingToAnalyse
from roi_core.examination import measure_whole
from roi_core.ingest import inspect, take_in
from roi_core.measured import Identity
from roi_core.measurement import measure
from roi_core.results import Absent, Estimate
from roi_core.sentences import say
from roi_core.valuation import value
from roi_core.workspace import Workspace

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
    return rewritten(text, lambda rows: [{**row, header: change(row[header], row)} for row in rows])


def keep_rows(text: str, keep: Callable[[dict[str, str]], bool]) -> str:
    """The same CSV with some of its rows."""
    return rewritten(text, lambda rows: [row for row in rows if keep(row)])


def rewritten(text: str, change: Callable[[list[dict[str, str]]], list[dict[str, str]]]) -> str:
    """The same header over what becomes of the rows."""
    rows = list(csv.DictReader(io.StringIO(text)))
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(change(rows))
    return out.getvalue()


def told(entry: dict[str, object], begins: str) -> str:
    """The one note of a file that begins so."""
    notes = entry["notes"]
    assert isinstance(notes, list)
    (note,) = [note for note in notes if note.startswith(begins)]
    return str(note)


def report(files: Files, name: str) -> dict[str, object]:
    found = inspect(as_files(files))["files"]
    entry: dict[str, object] = next(f for f in found if f["file"] == name)
    return entry


@pytest.mark.parametrize(
    ("content", "says", "to_do"),
    [
        (b"", "0 bytes", "Export it again"),
        (b"\xef\xbb\xbf  \n\n", "blank", "Export it again"),
        (b"PK\x03\x04" + b"\x00" * 40, "ZIP", "xport"),
        (b"%PDF-1.7 and so on", "PDF", "xport"),
        (b"SQLite format 3\x00 and so on", "SQLite", "xport"),
        (b"\x89PNG\r\n\x1a\n and so on", "PNG", "xport"),
    ],
)
def test_a_file_that_is_no_table_is_refused_as_what_it_is_and_the_others_answer(company: Files, content: bytes, says: str, to_do: str) -> None:
    found = inspect([("tickets.csv", content), (CUSTOMERS, company[CUSTOMERS].encode())])["files"]
    refused = found[0]["refused"]
    assert '"tickets.csv"' in refused
    assert says in refused
    assert to_do in refused
    assert found[1]["rows"]["loaded"] > 0


def test_a_header_alone_has_no_rows(company: Files) -> None:
    entry = report({TICKETS: company[TICKETS].splitlines()[0] + "\n"}, TICKETS)
    assert entry["rows"] == {"records": 0, "loaded": 0, "quarantined": 0, "not_data": 0, "unaccounted": 0}
    assert entry["entity"] == "tickets"
    found = told(entry, "0 rows, 29 columns: ")
    assert f'"{TICKETS}" has a header on line 1 and nothing below it. Export it again' in found


def test_another_table_than_the_name_says_is_asked_about(company: Files) -> None:
    entry = report({"Tickets export (2).csv": company[INVOICES]}, "Tickets export (2).csv")
    assert entry["entity"] == "invoices"
    found = told(entry, 'ask: "Tickets export (2).csv", line 1: the name says tickets, ')
    assert 'its headers ("Customer", "Date (UTC)", "Finalized At (UTC)") are those of Stripe invoices' in found
    assert found.endswith("If tickets were meant, remove it and load the file that holds them")


@pytest.mark.parametrize("name", [INVOICES, "invoices.csv", "data.csv", "tickets_and_invoices.csv", "invoices of customers.csv"])
def test_a_name_that_says_the_same_or_several_things_or_nothing_is_no_question(company: Files, name: str) -> None:
    notes = report({name: company[INVOICES]}, name)["notes"]
    assert not any("the name says" in note for note in notes)  # type: ignore[attr-defined]


def test_a_list_with_a_row_per_customer_may_be_called_customers_and_not_tickets() -> None:
    assert not any("the name says" in note for note in report({"customers.csv": FLAT}, "customers.csv")["notes"])  # type: ignore[attr-defined]
    assert "the name says tickets" in told(report({"tickets.csv": FLAT}, "tickets.csv"), 'ask: "tickets.csv", line 1: ')


def test_an_unknown_export_asks() -> None:
    entry = report({"odd.csv": "alpha,beta\n1,2\n3,4\n"}, "odd.csv")
    assert not entry["entity"]
    found = told(entry, "ask: no known export")
    assert found.endswith('("alpha", "beta"): "odd.csv", line 1, and no column says who left. Say which table this is')


def test_an_unclosed_quote_names_its_line() -> None:
    entry = report({"t.csv": 'ticket_id,created_at,subject\n1,2025-01-01,fine\n2,2025-01-02,"never closed\n3,2025-01-03,lost?\n'}, "t.csv")
    found = told(entry, 'ask: "t.csv", line 3: ')
    assert 'a quotation mark opens in column 3 ("subject") and is never closed' in found
    assert "close or double the mark in that line" in found
    assert entry["rows"] == {"records": 3, "loaded": 2, "quarantined": 1, "not_data": 0, "unaccounted": 0}


def test_ragged_rows_and_the_total_are_set_aside_and_add_up(company: Files) -> None:
    text = company[CUSTOMERS] + "cus_short,only,three\n" + "Total" + "," * 12 + "\n"
    before = company[CUSTOMERS].count("\n") - 1
    entry = report({CUSTOMERS: text}, CUSTOMERS)
    ragged = told(entry, f'1 row was set aside from "{CUSTOMERS}" ')
    assert f"the first is on line {before + 2}: 3 fields where the header has 13. Correct the rows and load them again" in ragged
    assert told(entry, f"line {before + 3} closes the table and is not a row") == f'line {before + 3} closes the table and is not a row: "Total".'
    assert entry["rows"] == {"records": before + 2, "loaded": before, "quarantined": 1, "not_data": 1, "unaccounted": 0}


def test_a_column_that_is_all_blank_is_named(company: Files) -> None:
    entry = report({CUSTOMERS: column(company[CUSTOMERS], "Plan", lambda _, __: "")}, CUSTOMERS)
    assert told(entry, "blank in every row: ") == "blank in every row: Description, Plan; nothing is read there. Export again with what the system holds of it"


def test_a_column_without_which_no_row_can_be_loaded_is_the_reason_with_its_first_line(company: Files) -> None:
    undated = column(company[TICKETS], "Created time", lambda _, __: "")
    rows = len(undated.splitlines()) - 1
    first = f'{rows:,} rows were set aside from "{TICKETS}" and can be downloaded; the first is on line 2: Created time is blank.'
    assert first in told(report({TICKETS: undated}, TICKETS), f"{rows:,} rows were")
    with pytest.raises(NothingToAnalyse, match=re.escape(first)):
        measure(as_files({TICKETS: undated}))


def test_no_shared_customer_is_said_with_the_match_rate(company: Files) -> None:
    strangers = column(company[TICKETS], "Contact ID", lambda _, row: f"x{row['Ticket ID']}@nowhere.example")
    strangers = column(strangers, "Company Name", lambda _, row: f"Nowhere {row['Ticket ID']}")
    found = measure(as_files({**company, TICKETS: strangers}))
    assert isinstance(found.identity, Identity)
    assert not isinstance(found.identity.match_rate_tickets, Absent)
    assert found.identity.match_rate_tickets.value < 0.02
    assert isinstance(found.main_effect.result, Absent)
    assert say("effect.nobody_linked") in found.main_effect.sentence
    assert f"{say('origin.owners')}: read from " in found.main_effect.origins[0]
    assert '"Contact ID"' in found.main_effect.origins[0]
    assert found.main_effect.sentence.endswith(say("next.links"))


def test_nobody_left(company: Files) -> None:
    changed = column(company[SUBSCRIPTIONS], "Ended At (UTC)", lambda _, __: "")
    effect = measure(as_files({**company, SUBSCRIPTIONS: changed})).main_effect
    assert isinstance(effect.result, Absent)
    gone = sum(row["Status"] == "canceled" for row in csv.DictReader(io.StringIO(company["stripe_customers.csv"])))
    assert say("ends.undated", n=f"{gone}") in effect.sentence
    assert f'{say("origin.ends")}: read from "Ended At (UTC)" in "{SUBSCRIPTIONS}".' in effect.origins
    assert effect.sentence.endswith(say("ends.untold_check")), "a longer history would bring no end either"
    assert "Ended At (UTC)" in told(report({SUBSCRIPTIONS: changed}, SUBSCRIPTIONS), "blank in every row: ")


def test_everybody_left_is_the_one_reason_and_the_column_that_says_so_is_named(company: Files) -> None:
    changed = column(company[SUBSCRIPTIONS], "Ended At (UTC)", lambda _, __: "2024-06-15 10:00")
    effect = measure(as_files({**company, SUBSCRIPTIONS: changed})).main_effect
    assert isinstance(effect.result, Absent)
    assert effect.sentence.startswith("Too early to tell. Hardly anybody stayed (")
    assert f'{say("origin.ends")}: read from "Ended At (UTC)" in "{SUBSCRIPTIONS}".' in effect.origins
    assert effect.sentence.endswith(say("next.everybody_left"))
    assert "only customers who stayed" not in effect.sentence + "".join(check.text for check in effect.checks)
    assert "clocks" not in effect.sentence
    found = told(report({SUBSCRIPTIONS: changed}, SUBSCRIPTIONS), "ask: has everybody left?")
    assert '"Ended At (UTC)" holds a day in all 400 rows. Where others are still there, export them too' in found


def test_where_some_stayed_nobody_asks_whether_everybody_left(company: Files) -> None:
    assert not any("everybody" in note for note in report(company, SUBSCRIPTIONS)["notes"])  # type: ignore[attr-defined]


def test_only_one_cohort(company: Files) -> None:
    rows = company[TICKETS].splitlines(keepends=True)
    found = measure(as_files({**company, TICKETS: "".join(rows[:2])}))
    assert isinstance(found.main_effect.result, Absent)
    assert say("effect.no_follow_up", months="6") in found.main_effect.sentence
    assert f'{say("origin.contacts")}: read from "Created time" in "{TICKETS}".' in " ".join(found.main_effect.origins)
    assert found.main_effect.sentence.endswith(say("next.months"))


@pytest.mark.parametrize("given", ["yes", "no"])
def test_a_list_of_one_group_alone_is_refused_as_that(given: str) -> None:
    one = column(FLAT, "supported", lambda _, __: given)
    found = measure([("customers.csv", one.encode())])
    assert isinstance(found.main_effect.result, Absent)
    assert found.main_effect.sentence == f"{say('effect.nobody_helped')} {say('next.one_group')}"
    assert told(report({"customers.csv": one}, "customers.csv"), "supported by ") == f"supported by supported: {given} 300"


def test_mixed_currencies_are_never_added_up(company: Files) -> None:
    some = column(company[SUBSCRIPTIONS], "Currency", lambda old, row: "eur" if int(row["id"][-2:], 36) % 2 else old)
    found = measure(as_files({**company, SUBSCRIPTIONS: some}))
    assert isinstance(found.metrics["monthly_revenue"], Absent)
    assert "currenc" in found.metrics["monthly_revenue"].reason.lower()
    assert isinstance(found.effects["supported.revenue_6m"].result, Absent)
    asked = told(report({SUBSCRIPTIONS: some}, SUBSCRIPTIONS), "ask: mixed currencies (")
    assert "USD 209 rows (lines 4, 6, ...), EUR 191 rows (lines 2, 3, ...)" in asked
    assert asked.endswith('Load rows of one currency in "Currency"')


def test_tickets_before_sign_up_are_counted_and_refused_when_many(company: Files) -> None:
    late = column(company[SUBSCRIPTIONS], "Start Date (UTC)", lambda _, __: "2024-09-01 00:00")
    found = measure(as_files({**company, SUBSCRIPTIONS: column(late, "Ended At (UTC)", lambda old, _: old if old > "2024-10" else "")}))
    assert isinstance(found.main_effect.result, Absent)
    assert re.search(r"33\.0 % of contacts lie before their customer signed up \(\d+\) or after they left \(0\)", found.main_effect.sentence)
    assert f'{say("origin.starts")}: read from "Created (UTC)", "Start (UTC)", "Start Date (UTC)" in "{SUBSCRIPTIONS}"' in " ".join(found.main_effect.origins)
    assert f'{say("origin.contacts")}: read from "Created time" in "{TICKETS}".' in " ".join(found.main_effect.origins)
    assert found.main_effect.sentence.endswith(say("next.clocks"))


def test_where_no_month_is_left_since_all_signed_up_late_the_clocks_are_the_reason(company: Files) -> None:
    late = column(column(company[SUBSCRIPTIONS], "Start Date (UTC)", lambda _, __: "2025-09-01 00:00"), "Ended At (UTC)", lambda _, __: "")
    effect = measure(as_files({**company, SUBSCRIPTIONS: late})).main_effect
    assert isinstance(effect.result, Absent)
    assert "of contacts lie before their customer signed up" in effect.sentence
    assert effect.sentence.endswith(say("next.clocks"))


def test_a_headline_without_money_has_the_title_of_the_effect_it_speaks_of(tmp_path: Path) -> None:
    write_sample(tmp_path, "saas", customers=600, seed=5)
    files = {name: (tmp_path / name).read_text(encoding="utf-8") for name in (TICKETS, CUSTOMERS, SUBSCRIPTIONS)}
    some = column(files[SUBSCRIPTIONS], "Currency", lambda old, row: "eur" if int(row["id"][-2:], 36) % 2 else old)
    valued = value(measure(as_files({**files, SUBSCRIPTIONS: some})))
    assert valued.basis.lead is None
    assert valued.spoken_of.key == "first_contact_resolution.churn_6m"
    assert valued.headline.text.startswith(valued.spoken_of.sentence)
    assert effect_title(valued.spoken_of) == valued.headline.title


def test_resolved_before_created_gives_no_duration_and_is_noted(company: Files) -> None:
    early = column(company[TICKETS], "Resolved time", lambda old, _: "2019-01-01 00:00:00" if old else old)
    note = told(report({TICKETS: early}, TICKETS), "times in the wrong order")
    rows = sum(bool(row["Resolved time"]) for row in csv.DictReader(io.StringIO(early)))
    assert note.startswith(f'times in the wrong order: rows with resolved_at ("Resolved time") before created_at ("Created time"): {rows} (line 2, ')
    assert "no duration is taken from them. Correct these times" in note
    found = measure(as_files({**company, TICKETS: early}))
    assert isinstance(found.metrics["resolution_hours"], Absent)


def test_files_without_any_customer_say_what_to_add_and_what_tickets_say_alone(company: Files) -> None:
    found = measure(as_files({TICKETS: company[TICKETS]}))
    assert found.tickets_alone
    assert "customers or subscriptions export" in found.main_effect.sentence
    assert all(isinstance(effect.result, Absent) for effect in found.effects.values())
    assert isinstance(found.metrics["first_response_minutes"], Estimate)
    assert isinstance(found.metrics["monthly_churn"], Absent)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", r'"x\.csv" is empty \(0 bytes\)'),
        (b"ticket_id,customer_id,created_at\n", r'"x\.csv" has a header on line 1 and nothing below it'),
        (b"alpha,beta\n1,2\n3,4\n", r'No known export has these headers \("alpha", "beta"\): "x\.csv", line 1'),
    ],
)
def test_nothing_readable_says_why_of_each_file(content: bytes, says: str) -> None:
    with pytest.raises(NothingToAnalyse, match=says):
        measure([("x.csv", content)])


def test_a_list_of_those_who_left_alone_is_refused_whatever_is_asked(company: Files) -> None:
    rows = list(csv.DictReader(io.StringIO(company[SUBSCRIPTIONS])))
    gone = {row["Customer ID"] for row in rows if row["Ended At (UTC)"]}
    left = {name: keep_rows(company[name], lambda row, key=key: row[key] in gone) for name, key in ((CUSTOMERS, "id"), (SUBSCRIPTIONS, "Customer ID"))}
    found = measure(as_files({**company, **left}))
    for effect in found.effects.values():
        if "churn" in effect.key:
            assert isinstance(effect.result, Absent)
            assert say("next.everybody_left") in effect.sentence
    assert f"Of {len(gone)} customers in these files 0 are still there" in found.main_effect.sentence


def test_tickets_of_which_no_row_could_be_loaded_are_not_said_to_be_too_short(company: Files) -> None:
    found = measure(as_files({**company, TICKETS: column(company[TICKETS], "Created time", lambda _, __: "")}))
    assert say("effect.no_tickets") in found.main_effect.sentence
    assert found.main_effect.sentence.endswith(say("next.tickets"))


@pytest.mark.parametrize("tickets", [None, "", "the header alone"])
def test_billing_without_a_ticket_says_so_of_ratings_too(company: Files, tickets: str | None) -> None:
    billing = {name: company[name] for name in (CUSTOMERS, SUBSCRIPTIONS)}
    given = {} if tickets is None else {TICKETS: tickets and company[TICKETS].splitlines()[0] + "\n"}
    with Workspace.temporary() as workspace:
        take_in(as_files({**given, **billing}), workspace)
        whole = measure_whole(workspace)
    assert whole.ratings
    assert all(isinstance(one.result, Absent) for one in whole.ratings)
    assert whole.measured.main_effect.sentence.endswith(say("next.tickets"))


def test_a_small_flat_file_answers_or_refuses_in_words() -> None:
    found = measure([("customers.csv", FLAT.encode())])
    assert found.main_effect.sentence
    assert found.main_effect.grade.value == "C"
