"""Which marks stand around the cells of a text: read as they were written where the cells show it, else asked about with both readings."""

from pathlib import Path

import pytest

from roi_core.ingest.apostrophes import AROUND, LETTERS, MARKS, SUBJECT
from tests.ingest.test_no_row_vanishes import counts, read

BACKSLASHES = {
    "text that ends with a backslash": ('id,note\n"1","say \\"hi\\""\n"2","C:\\"\n"3","x"\n', ['say "hi"', "C:\\", "x"]),
    "a backslash before a mark that is text": ('id;note\n"1";"say \\"hi\\""\n"2";"a\\\\"b"\n"3";"\\\\""\n', ['say "hi"', 'a\\"b', '\\"']),
    "in apostrophes": ("id,note\n'1','it\\'s'\n'2','C:\\'\n'3','\\'\\''\n", ["it's", "C:\\", "''"]),
}


@pytest.mark.parametrize(("content", "notes"), BACKSLASHES.values(), ids=BACKSLASHES.keys())
def test_a_backslash_escapes_marks_and_may_be_text(content: str, notes: list[str], tmp_path: Path) -> None:
    found = read(content, tmp_path)
    assert (counts(found), found.cells(1).to_pylist()) == ((3, 0, 0), notes)
    assert not any(note.startswith("ask: ") for note in found.notes)


def test_a_mark_that_closes_nothing_beside_backslashes_is_asked_about(tmp_path: Path) -> None:
    found = read('id,note\n1,"say \\"hi\\""\n2,"x" y\n3,z\n', tmp_path)
    assert found.cells(1).to_pylist() == ['say "hi"', '"x" y', "z"]
    assert any(note.startswith("ask: a quotation mark opens a cell on line 3") for note in found.notes)


def test_one_cell_that_needs_quotation_marks_outweighs_words_in_apostrophes(tmp_path: Path) -> None:
    found = read("name,\"say \"\"it\"\"\"\n'one',x\n'two',y\n'three',z\n", tmp_path)
    assert (found.headers, found.cells(0).to_pylist()) == (("name", 'say "it"'), ["'one'", "'two'", "'three'"])


@pytest.mark.parametrize(("said", "note"), [("", "'\"'"), (LETTERS, "'\"'"), (AROUND, '"')])
def test_apostrophes_around_a_quotation_mark_are_asked_about(said: str, note: str, tmp_path: Path) -> None:
    found = read("id,note\n1,x\n2,'\"'\n3,y\n", tmp_path, {MARKS: said} if said else {})
    assert (counts(found), found.cells(1).to_pylist()) == ((3, 0, 0), ["x", note, "y"])
    assert [(ask.key, ask.best, [way.answer for way in ask.ways]) for ask in found.asks] == ([] if said else [(MARKS, LETTERS, [LETTERS, AROUND])])
    assert any("on line 3 was read with its apostrophes" in told for told in found.notes) == (not said)


def test_a_line_that_shows_nothing_is_no_row_of_its_own_without_asking(tmp_path: Path) -> None:
    found = read("name;note\n00000;\n00001;\n00002;'\n;'", tmp_path)
    assert (counts(found), [ask.key for ask in found.asks]) == ((2, 2, 0), [SUBJECT])
    rows = read("name;note\n00000;\n00001;\n00002;'t Hart\n00003;Jones'\n", tmp_path)
    assert (counts(rows), rows.asks) == ((4, 0, 0), ())


IN_APOSTROPHES = {
    "a quotation mark in cells of a file with apostrophes around all": ("'a','b','c'\n'1','1',',\"\n'\n'2','2','\"\n'\n", [',"', '"']),
    "one beside the other": ("id,code,note\n1,T1,'|'\n2,T2,',\"'\n3,T3,',\"'\n", ["|", ',"', ',"']),
    "of another delimiter": ("'a';'b';'c'\n'1';'1';',\";\",'\n'2';'2';','\n", [',";",', ","]),
    "escaped by backslashes": ("'a','b','c'\n'1','1',''\n'2','\\'',',;'\n", ["", ",;"]),
}


@pytest.mark.parametrize(("content", "notes"), IN_APOSTROPHES.values(), ids=IN_APOSTROPHES.keys())
def test_a_quotation_mark_inside_of_apostrophes_is_text(content: str, notes: list[str], tmp_path: Path) -> None:
    found = read(content, tmp_path)
    assert (counts(found)[1], found.cells(2).to_pylist()) == (0, notes)


def test_an_apostrophe_beside_even_rows_is_a_letter(tmp_path: Path) -> None:
    found = read("name,note\n00000,'\n00001,\"end\n\"\n00002,Jones'", tmp_path)
    assert found.cells(1).to_pylist() == ["'", "end", "Jones'"]


def test_a_backslash_escapes_where_rows_are_whole_only_by_it(tmp_path: Path) -> None:
    found = read('Report of March\n\n"id","note"\n"1",""\n"2","\\"\na,"\n"3",""', tmp_path)
    assert (counts(found), found.cells(1).to_pylist()) == ((3, 0, 0), ["", '"\na,', ""])
    blank = read('"a","b","c"\n"1","1",""\n"2","2","\\"\n;"', tmp_path)
    assert (counts(blank), blank.cells(2).to_pylist()) == ((2, 0, 0), ["", '"\n;'])


def test_headers_in_apostrophes_say_how_many_cells_a_row_has(tmp_path: Path) -> None:
    found = read("Report of March\n\n'a','b','c'\n1,'\n',1\n2,'\n',2\n3,'\n',3\n", tmp_path)
    assert (counts(found), found.headers) == ((3, 0, 0), ("a", "b", "c"))


def test_commas_inside_of_apostrophes_make_no_columns_where_all_headers_stand_in_them(tmp_path: Path) -> None:
    """Each row has one comma in a cell, so that all are as even without marks, and have one cell more."""
    names, rows = ("a", "b", "c,d"), [("1", "", ","), ("2", ",", ""), ("3", "x", "y,z")]
    content = "".join(",".join(f"'{cell}'" for cell in row) + "\n" for row in (names, *rows))
    found = read(content, tmp_path)
    assert (found.headers, counts(found)) == (names, (3, 0, 0))
    assert [found.cells(i).to_pylist() for i in (1, 2)] == [["", ",", "x"], [",", "", "y,z"]]


def test_marks_of_both_kinds_that_cross_are_asked_about(tmp_path: Path) -> None:
    found = read("name\tnote\n00000\t\n00001\t'\n;\t\"'\n00002\t'\"\n\t'", tmp_path)
    assert [ask.key for ask in found.asks] == [MARKS]
    held = read("id,note\n1,\"he said,'hello', and left\"\n2,x\n", tmp_path)
    assert held.asks == ()


def test_cells_of_a_text_without_a_delimiter_are_no_proof_that_apostrophes_stand_around_cells(tmp_path: Path) -> None:
    """By the semicolon of one cell the text has one column, in which anything between two apostrophes is a cell; by the comma each line has two."""
    found = read("name,note\n,'t Hart\n',\n,\na;b,'", tmp_path)
    assert found.headers == ("name", "note")
    assert [ask.key for ask in found.asks] == [SUBJECT]
    assert found.cells(1).to_pylist() == ["'t Hart"]
