"""Marks, totals and blank rows that once took rows of data out of a file: each is kept, set aside with a reason, or asked about."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from roi_core.errors import FileRefused
from roi_core.ingest import swallowed
from roi_core.ingest.groups import fill_down
from roi_core.ingest.questions import NOTHING_SAID
from roi_core.ingest.read import read_text
from roi_core.ingest.sheet_rows import rows_of_table
from roi_core.ingest.text_table import TextTable
from tests.ingest.text_tables import text_table

INVOICES = "invoice_id,customer_id,memo,issued_at,amount\n"
CUSTOMERS = "customer_id,name,company,email,started_at,churned_at,plan,mrr\nc1,,Acme,a@acme.com,2024-01-01,,Pro,100\nc2,,Bolt,b@bolt.com,2024-01-01,,Pro,200\n"


def read(content: str, folder: Path, said: Mapping[str, str] = NOTHING_SAID) -> TextTable:
    path = folder / "rows.csv"
    path.write_bytes(content.encode())
    found = read_text(path, "rows.csv", folder, said=said)
    assert found.ledger.unaccounted == 0
    assert found.ledger.loaded == found.text.num_rows
    return found


def counts(table: TextTable) -> tuple[int, int, int]:
    return table.ledger.loaded, table.ledger.quarantined, table.ledger.not_data


def last_row(table: TextTable) -> list[str]:
    return list(table.text.slice(table.text.num_rows - 1).to_pylist()[0].values())[:-1]


def test_an_apostrophe_that_opens_a_cell_takes_no_row_below_into_it(tmp_path: Path) -> None:
    rows = "".join(f"{i},c{i},'memo, {i}',2025-01-{i:02d},{i}00\n" for i in range(1, 19))
    odd = "19,c19,'cause it broke,2025-02-01,1900\n20,c20,for all users',2025-02-02,2000\n21,c21,'ok',2025-02-03,2100\n"
    found = read(INVOICES + rows + odd, tmp_path)
    assert counts(found) == (21, 0, 0)
    by_id = {row["c0"]: row for row in found.text.to_pylist()}
    assert (by_id["19"]["c3"], by_id["19"]["c4"], by_id["20"]["c4"]) == ("2025-02-01", "1900", "2000")
    assert by_id["1"]["c2"] == "memo, 1"
    assert any(note.startswith("ask: an apostrophe opens a cell on line 20") for note in found.notes)


def test_one_cell_in_apostrophes_does_not_make_them_quotation_marks(tmp_path: Path) -> None:
    found = read(INVOICES + "0,c0,'x',2025-01-01,1\n" + "".join(f"{i},c{i},plain,2025-01-01,1\n" for i in range(1, 20)), tmp_path)
    assert found.text.column("c2")[0].as_py() == "'x'"
    assert not any("apostrophe" in note for note in found.notes)


OVER_LINES = {
    "some cells": ("id,name\nc1,'two\nlines'\nc2,'one'\n", [["c1", "two\nlines"], ["c2", "one"]]),
    "one cell": ("id,name\nc1,two\nc2,'one\n\nlines'\nc3,x\n", [["c1", "two"], ["c2", "one\n\nlines"], ["c3", "x"]]),
    "a first cell": ("name;id\r'two\rlines';c1\r'one';c2\r", [["two\rlines", "c1"], ["one", "c2"]]),
    "all cells": ("'id','name'\n'c1','two\nlines, more'\n'c2','it''s'\n", [["c1", "two\nlines, more"], ["c2", "it's"]]),
    "a backslash": ("id,name\nc1,'it\\'s\nlines'\nc2,'o, ne'\nc3,'x'\n", [["c1", "it's\nlines"], ["c2", "o, ne"], ["c3", "x"]]),
    "ids tell": ("id,name\n" + "c1,x\n" * 8 + "c2,'two\nlines, more'\n", [["c1", "x"]] * 8 + [["c2", "two\nlines, more"]]),
}


@pytest.mark.parametrize(("content", "rows"), OVER_LINES.values(), ids=OVER_LINES.keys())
def test_a_cell_in_apostrophes_over_lines_is_one_cell(content: str, rows: list[list[str]], tmp_path: Path) -> None:
    found = read(content, tmp_path)
    assert (counts(found), [list(row.values())[:-1] for row in found.text.to_pylist()]) == ((len(rows), 0, 0), rows)
    assert any("inside of apostrophes: 1, the first on line" in note for note in found.notes)


@pytest.mark.parametrize(("said", "names"), [("", ["one", "x"]), ("cells", ["two\nlines, more", "one", "x"]), ("rows", ["'two", " more'", "'one'", "x"])])
def test_what_may_be_one_row_or_two_is_set_aside_and_asked(said: str, names: list[str], tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text("id,name\na,'two\nlines, more'\nb,'one'\nc,x\n", encoding="utf-8")
    found = read_text(path, "f.csv", tmp_path, said={"apostrophes": said} if said else {})
    assert [name.strip("'") if not said else name for name in found.text.column("c1").to_pylist()] == names
    assert [ask.key for ask in found.asks] == ([] if said else ["apostrophes"])
    assert [(row.line, row.raw) for row in found.quarantined] == ([] if said else [(2, "a,'two"), (3, "lines, more'")])
    assert found.ledger.unaccounted == 0


def test_names_that_begin_and_end_with_an_apostrophe_are_rows(tmp_path: Path) -> None:
    found = read("name,id\n't Hart,c1\nJones',c2\nx,c3\n", tmp_path)
    assert (counts(found), found.asks, found.notes) == ((3, 0, 0), (), ())


DATA = {
    "a company called Total": "company,customer_id,started_at,mrr\nAcme,c1,2024-01-01,100\nBolt,c2,2024-01-01,50\nTotal,c3,2024-01-01,90000\n",
    "an id that is SUM": "customer_id,started_at,mrr\nALPHA,2024-01-01,5\nBETA,2024-01-01,5\nSUM,2024-01-01,500\n",
    "two of them": "company,customer_id,started_at,mrr\nAcme,a,2024-01-01,5\nTotale,b,2024-01-01,500\nTotal (France),c,2024-01-01,700\n",
    "a sparse row with a date": CUSTOMERS + "Total Care Ltd,,,,2024-01-01,,,900\n",
    "a ticket about a report": "subject,ticket_id,created_at\nhelp,1,2025-01-01\nReport created twice by mistake,,\n",
    "an id above a total": "ticket_id,created_at,amount\nc1,2025-01-01,3\nc2,2025-01-02,4\n\nc3,,\nTotal,,7\n",
}


@pytest.mark.parametrize("content", DATA.values(), ids=DATA.keys())
def test_the_last_customers_are_rows(content: str, tmp_path: Path) -> None:
    found = read(content, tmp_path)
    said = {"a ticket about a report": "Report created twice by mistake", "an id above a total": "c3"}
    rows = [line for line in content.splitlines()[1:] if line and not line.startswith("Total,,")]
    assert (found.ledger.loaded, found.ledger.quarantined) == (len(rows), 0), found.notes
    assert any(text in last_row(found)[0] for text in ("Total", "SUM", *said.values()))


DOUBTFUL = {
    "a name that begins so": CUSTOMERS + "Total Care Ltd,,,,,,,900\n",
    "numbers under filled first cells": "name,id,start,end,mrr,plan\nA,101,2024-01-01,,10,P\nB,102,2024-01-01,,10,P\nC,103,2024-01-01,,10,P\n,104,,,50,\n",
    "a sum with an id": "company,customer_id,mrr\nAcme,c1,100\nBolt,c2,50\nTotal,c3,150\n",
    "a dated sum": "company,started_at,mrr\nAcme,2024-01-01,100\nBolt,2024-01-02,50\nTotal,2024-12-31,150\n",
    "a total of something else": "month,amount\n2024-01,100\n2024-02,50\nTotal,151\n",
    "a footer directly below": "a,b,c,d\n1,2,3,4\n5,6,7,8\nCreated by mistake,,,\n",
}


@pytest.mark.parametrize("content", DOUBTFUL.values(), ids=DOUBTFUL.keys())
def test_what_may_be_a_total_is_set_aside_and_not_dropped(content: str, tmp_path: Path) -> None:
    found = read(content, tmp_path)
    rows = content.count("\n") - 1
    assert counts(found) == (rows - 1, 1, 0), found.notes
    assert found.quarantined[0].raw == content.splitlines()[-1]
    assert found.quarantined[0].reason.startswith("looks like")
    assert any("1 row was set aside" in note for note in found.notes)


PERIODS = {
    "a wrong total of a month": ("company,started_at,amount\nAcme,2024-03-01,100\nBolt,2024-03-02,50\nTotal March,2024-03-31,160\n", 1, 0),
    "without a date": ("company,started_at,amount\nAcme,2024-03-01,100\nBolt,2024-03-02,50\nTotal March 2024,,160\n", 1, 0),
    "a right one": ("company,started_at,amount\nAcme,2024-03-01,100\nBolt,2024-03-02,50\nTotal March,2024-03-31,150\n", 0, 1),
    "in the middle": (
        "company,day,amount\nAcme,2024-03-01,100\nTotal March,,100\nAcme,2024-04-01,40\nBolt,2024-04-02,5\nTotal April,,45\nSumme Q1 2024,,145\n", 0, 3,
    ),
    "wrong in the middle": ("company,day,amount\nAcme,2024-03-01,100\nM\u00e4rz gesamt,,90\nAcme,2024-04-01,40\nApril total,,40\n", 1, 1),
    "a plain total with a date": ("company,started_at,mrr\nAcme,2024-01-01,100\nBolt,2024-01-02,50\nTotal,2024-12-31,160\n", 1, 0),
}  # fmt: skip


@pytest.mark.parametrize(("content", "aside", "no_data"), PERIODS.values(), ids=PERIODS.keys())
def test_a_total_of_a_period_is_never_added(content: str, aside: int, no_data: int, tmp_path: Path) -> None:
    found = read(content, tmp_path)
    assert counts(found) == (content.count("\n") - 1 - aside - no_data, aside, no_data), found.notes
    assert all("otal" in cell or "esamt" in cell for cell in (row.raw for row in found.quarantined))


@pytest.mark.parametrize(
    "row", ["Total March,m1,,160", "Total Wine,,2024-03-31,160", "Summer 2024,,2024-03-31,160", "Total May Ltd,,,160", "Total 2024 GmbH,,,9"]
)
def test_what_is_no_total_of_a_period_stays_a_row(row: str, tmp_path: Path) -> None:
    found = read(f"company,code,started_at,amount\n{row}\nAcme,a,2024-01-01,100\nBolt,b,2024-01-02,50\n", tmp_path)
    assert (found.ledger.loaded, found.ledger.quarantined, found.ledger.not_data) == (3, 0, 0), found.notes


TOTALS = {
    "the sum": "month,amount\n2024-01,100\n2024-02,50.5\nTotal,150.5\n",
    "the sum with signs": 'month,amount\n2024-01,"$1,100.00"\n2024-02,(50.00)\nTotal,"$1,050.00"\n',
    "the sum with decimal commas": "month;amount\n2024-01;1.100,25\n2024-02;50,25\nSumme;1.150,50\n",
    "a name and the sum": "name,plan,seats,mrr\nAcme,P,2,100\nBolt,Q,3,50\nTotal Europe,,,150\n",
    "a group above": "name,num,type,amount\nAnn,1,x,5\nAnn,2,x,-9\nTotal for Ann,,,31\n",
}


@pytest.mark.parametrize("content", TOTALS.values(), ids=TOTALS.keys())
def test_a_total_is_no_row(content: str, tmp_path: Path) -> None:
    found = read(content, tmp_path)
    assert counts(found) == (2, 0, 1), found.quarantined
    assert any(note.startswith("line 4 closes the table and is not a row") for note in found.notes)


def test_a_blank_row_and_a_row_of_words_do_not_cut_a_table(tmp_path: Path) -> None:
    head = "ticket_id,created_at,subject,csat_score\nT1,2025-01-01,help,5\nT2,2025-01-02,help,4\nT3,2025-01-03,help,5\n\n"
    found = read(head + "T4,Jan 4 2025,help,offered\nT5,2025-01-05,help,5\nT6,2025-01-06,help,5\n", tmp_path)
    assert counts(found) == (6, 0, 1)
    found = read("company,plan,seats\nAcme,Free,5\nBolt,Pro,6\n\nDelta,Free,unlimited\nEcho,Pro,7\n", tmp_path)
    assert counts(found) == (4, 0, 1)


def test_a_second_table_says_how_to_keep_it_as_one(tmp_path: Path) -> None:
    found = read("id,amount\n1,2\n2,3\n\nagent,count\nAnn,5\nBob,6\n", tmp_path)
    assert counts(found) == (2, 3, 1)
    assert any(note.startswith("ask: two tables?") and "take out the blank rows above line 5" in note for note in found.notes)


ONE_COLUMN = {
    "names of two words": "Customer name\nAcme Ltd\nBolt Inc\nCord Ltd\n",
    "comments of two words": "comment\nvery good\nnot bad\nso slow\n",
    "comments of three words": "what they said\nit was good\nnot so bad\ntoo slow now\n",
}


@pytest.mark.parametrize("content", ONE_COLUMN.values(), ids=ONE_COLUMN.keys())
def test_a_text_of_one_column_is_not_split_at_blanks(content: str, tmp_path: Path) -> None:
    header, *rows = content.splitlines()
    found = read(content, tmp_path)
    assert found.headers == (header,)
    assert found.text.column("c0").to_pylist() == rows


@pytest.mark.parametrize("header", ["id,name,note,note,seats,mrr", ",name,note,plan,seats,mrr"])
def test_a_first_row_of_words_is_no_header_below_a_name_that_stands_twice(header: str, tmp_path: Path) -> None:
    found = read(f"{header}\na,Ann,x,Pro,none,unknown\nb,Bob,y,Pro,4,5\nc,Cid,z,Free,6,7\n", tmp_path)
    assert found.headers == tuple(header.split(","))
    assert counts(found) == (3, 0, 0)


@pytest.mark.parametrize("content", ['",' * 20_000, '",' * 400_000])
def test_a_file_of_marks_alone_is_not_called_blank(content: str, tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match=r'"rows\.csv" holds no value: it is nothing but ') as refusal:
        read(content, tmp_path)
    assert "blank" not in str(refusal.value)


def test_a_customer_that_is_called_as_the_total_of_a_group_keeps_its_rows() -> None:
    rows = [
        ("Wine", "", ""),
        ("", "1", "100.00"),
        ("Total for Wine", "", "100.00"),
        ("Total Wine", "", ""),
        ("", "2", "900.00"),
        ("", "3", "900.00"),
        ("Total for Total Wine", "", "1800"),
        ("TOTAL", "", "1900"),
    ]
    found = fill_down(text_table(("", "Num", "Amount"), rows), 0)
    assert found.text.column("c0").to_pylist() == ["Wine", "Total Wine", "Total Wine"]
    assert (found.ledger.quarantined, found.ledger.not_data) == (0, 5)


SHEETS = {
    "the sum": ([("a", "x", "2"), ("b", "y", "3"), ("Total", "", "5")], (2, 0, 1)),
    "a customer with a date": ([("a", "2024-01-01", "2"), ("b", "2024-01-02", "3"), ("Total Care", "2024-01-03", "9")], (3, 0, 0)),
    "no sum": ([("a", "x", "2", ""), ("b", "y", "3", "z"), ("Total Care", "", "9", "")], (2, 1, 0)),
    "a footer below a total": ([("a", "x", "2", "y"), ("b", "y", "3", "z"), ("Total", "", "5", ""), ("Created by Ann", "", "", "")], (2, 0, 2)),
    "a footer directly below": ([("a", "x", "2", "y"), ("b", "y", "3", "z"), ("Created by mistake", "", "", "")], (2, 1, 0)),
}


@pytest.mark.parametrize(("rows", "kept"), SHEETS.values(), ids=SHEETS.keys())
def test_the_last_rows_of_a_sheet_are_settled_as_those_of_a_text(rows: list[tuple[str, ...]], kept: tuple[int, int, int]) -> None:
    found = rows_of_table(text_table([f"h{i}" for i in range(len(rows[0]))], rows))
    assert counts(found) == kept
    assert found.ledger.unaccounted == 0


def test_customers_with_few_cells_below_a_blank_row_of_a_sheet_are_rows() -> None:
    full = [(f"c{i}", "Acme", f"a{i}@x.example", f"2024-01-0{i}", "Pro", "DE", "5") for i in range(1, 5)]
    few = [(f"c{i}", "Acme", "", f"2024-01-0{i}", "", "", "") for i in range(5, 7)]
    blank = ("",) * 7
    assert counts(rows_of_table(text_table(list("abcdefg"), [*full, blank, *few]))) == (6, 0, 1)
    notes = [("Notes", "2", "", "", "", "", ""), ("5", "of the year", "", "", "", "", "")]
    assert counts(rows_of_table(text_table(list("abcdefg"), [*full, blank, *notes]))) == (4, 2, 1)


@pytest.mark.parametrize("upper", ["Order,Customer,,Ticket", "Order,Order,Customer,Customer", "Ticket,,When,"])
def test_groups_above_the_names_are_no_header(upper: str, tmp_path: Path) -> None:
    assert read(f"{upper}\nid,name,mail,cost\n1,Ann,a@x.example,5\n2,Bob,b@x.example,6\n", tmp_path).headers == ("id", "name", "mail", "cost")


@pytest.mark.parametrize("last", ["\n", ""])
def test_two_bare_quotation_marks_that_take_the_rows_between_them_are_asked_about(last: str, tmp_path: Path) -> None:
    notes = ["x", "x", '"', "x", "x", '"']
    rows = [f"{i},{note},{i}.50" for i, note in enumerate(notes, 1)]
    found = read("id,note,amount\n" + "\n".join(rows) + last, tmp_path)
    assert counts(found) == (3, 0, 0)
    told = next(note for note in found.notes if note.startswith("ask: "))
    assert '"rows.csv", lines 4 to 7: one row or several?' in told
    assert "these 4 lines" in told
    (asked,) = found.asks
    assert (asked.key, asked.best, [way.answer for way in asked.ways]) == (swallowed.SUBJECT, swallowed.CELL, [swallowed.CELL, swallowed.ROWS])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("notes", [["x", "x", '"', "x", "y", '"'], ['"', 'say ""hi"""', "x", "x"]], ids=["bare", "doubled"])
def test_lines_are_rows_where_the_user_says_so(notes: list[str], end: str, tmp_path: Path) -> None:
    content = end.join(["id,note,amount", *(f"{i},{note},{i}.50" for i, note in enumerate(notes, 1)), ""])
    found = read(content, tmp_path, {swallowed.SUBJECT: swallowed.ROWS})
    assert (counts(found), found.asks) == ((len(notes), 0, 0), ())
    assert found.cells(1).to_pylist() == notes
    assert [float(amount) for amount in found.cells(2).to_pylist()] == [i + 0.5 for i in range(1, len(notes) + 1)]
    assert found.lines.tolist() == list(range(2, len(notes) + 2))
    first = notes.index('"') + 2
    assert any(note.endswith(f"as you said: 1 times, first on line {first}.") for note in found.notes)


COMMENTS = {
    "a comment with commas": 'id,note\n1,"first, line\nsecond, line"\n2,"one\nand, more"\n3,x\n',
    "a table in a cell": 'id,note,amount\n1,"a,b,c\n4,5,6\n",2.50\n2,x,3.50\n3,y,4.50\n',
}


@pytest.mark.parametrize("content", COMMENTS.values(), ids=COMMENTS.keys())
def test_text_over_lines_is_not_asked_about(content: str, tmp_path: Path) -> None:
    found = read(content, tmp_path)
    assert counts(found) == (3, 0, 0)
    assert not any(note.startswith("ask: ") for note in found.notes)
