"""The independent record count: hand-countable texts, the csv module as oracle, and bounded time."""

import csv
import io
import time
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.errors import FileRefused
from roi_core.ingest import records
from roi_core.ingest.records import BLOCK, Records, index_records
from tests.ingest.polluted import Style, line, styles, tables


def cut(text: str | bytes, width: int, delimiter: str = ",", block: int = BLOCK) -> Records:
    data = text.encode() if isinstance(text, str) else text
    return index_records(memoryview(data), 0, 1, delimiter, width, "f.csv", block)


def seen(text: str, width: int, block: int = BLOCK) -> list[tuple[str, int, int]]:
    data = text.encode()
    found = cut(data, width, block=block)
    return [(data[a:e].decode(), int(n), int(f)) for a, e, n, f in zip(found.start, found.end, found.line, found.fields, strict=True)]


def test_lines_are_physical_and_quoted_line_ends_do_not_end_a_record() -> None:
    assert seen('a,b\r\n1,"x\r\ny"\r\n3,4', 2) == [("a,b", 1, 2), ('1,"x\r\ny"', 2, 2), ("3,4", 4, 2)]


@pytest.mark.parametrize(("text", "count"), [("a,b\n", 1), ("a,b", 1), ("a,b\n\n", 2), ("a,b\rc,d", 2), ("a,b\r\nc,d\re,f\ng,h", 4), ('"",""', 1)])
def test_every_kind_of_line_end(text: str, count: int) -> None:
    assert len(cut(text, 2)) == count


def test_a_quotation_mark_inside_an_unquoted_cell_is_a_letter() -> None:
    assert seen('5" nail,x\n6" nail,y\n', 2) == [('5" nail,x', 1, 2), ('6" nail,y', 2, 2)]


def test_spaces_around_a_quoted_cell_are_allowed() -> None:
    assert seen('1, "b, c" ,3,4\n', 4) == [('1, "b, c" ,3,4', 1, 4)]


def test_a_mark_left_open_costs_its_own_line_only() -> None:
    found = cut('1,"b,c,d\n2,2,3,4\n5,"6",7,8\n', 4)
    assert list(found.faults) == [0]
    assert list(found.fields[1:]) == [4, 4]


def test_text_after_a_broken_cell_never_becomes_a_row() -> None:
    text = '1,"text one\nsays "hi", there, ok\nend",x\n4,5,6\n7,8,9\n'
    loaded = [content for content, _, fields in seen(text, 3) if fields == 3]
    assert loaded == ["4,5,6", "7,8,9"]


def test_text_of_a_closed_quotation_never_becomes_rows() -> None:
    """A customer could write them: a well-formed record of the wrong width is one record."""
    text = '1,hi,hello,open\n2,"quote","please see:\n901,fake,paid 9999,closed\n902,fake,paid 9999,closed\nthanks"\n3,x,y,open'
    assert [(content[:2], line, fields) for content, line, fields in seen(text, 4)] == [("1,", 1, 4), ("2,", 2, 3), ("3,", 6, 4)]


def test_text_of_a_quotation_with_backslashes_never_becomes_rows() -> None:
    text = '1,hi,hello,open\n2,"see \\"this\\":\n901,fake,paid,closed\n902,fake,paid,closed\nthanks",x,open\n3,x,y,open\n'
    assert [content for content, _, fields in seen(text, 4) if fields == 4] == ["1,hi,hello,open", "3,x,y,open"]
    assert [line for _, line, fields in seen(text, 4) if fields == 0] == [2, 3, 4]


def test_an_inch_mark_costs_its_own_row_only() -> None:
    text = '1,"5" pipe",x,y\n2,a,b,c\n3,"two\nlines",b,c\n'
    assert [content for content, _, fields in seen(text, 4) if fields == 4] == ["2,a,b,c", '3,"two\nlines",b,c']


def test_a_row_with_quoted_cells_ends_the_doubt() -> None:
    text = '1,"b,c,d\n2,a,b,c\n3,"x, y",b,c\n4,"text",a,b\n'
    assert [content[0] for content, _, fields in seen(text, 4) if fields == 4] == ["2", "3", "4"]


def test_a_mark_that_stays_open_over_many_lines_names_the_line_where_it_opens() -> None:
    data = b"1,2,3,4\n" * 5 + b'1,"2,3\n' + b"only words here\n" * 400_000
    started = time.process_time()
    with pytest.raises(FileRefused, match="line 6"):
        cut(data, 4)
    assert time.process_time() - started < 10


def test_after_an_open_mark_sure_rows_are_read_on() -> None:
    found = cut(b'1,"2,3,4\n' + b"1,2,3,4\n" * 100_000, 4)
    assert (len(found), len(found.faults)) == (100_001, 1)


@pytest.mark.parametrize("piece", [b'",\n', b'",', b'"""x\n', b'"x"y\n1,2,3\n4,5,6\n', b'a"b",c\n"\n', b'"a""b\n,"x\n'])
def test_time_grows_with_the_size_and_not_faster(piece: bytes) -> None:
    def seconds(size: int) -> float:
        data = piece * (size // len(piece))
        best = []
        for _ in range(2):
            started = time.process_time()
            cut(data, 3)
            best.append(time.process_time() - started)
        return min(best)

    assert seconds(200_000) < 4 * 2.3 * seconds(50_000) + 0.025


@given(tables('ab é,;\t|"\n'), styles)
def test_well_formed_files_count_as_the_csv_module_counts(table: tuple[list[str], list[list[str]]], style: Style) -> None:
    _, rows = table
    text = style.line_end.join(line(row, style) for row in rows)
    known = list(csv.reader(io.StringIO(text, newline=""), delimiter=style.delimiter))
    found = cut(text, len(rows[0]), style.delimiter)
    assert (len(found), set(found.fields.tolist())) == (len(known), {len(rows[0])})


@given(st.text('ab,"\n\r ', max_size=60), st.integers(1, 3), st.integers(8, 40))
def test_blocks_and_walk_agree_wherever_a_block_ends(text: str, width: int, block: int) -> None:
    assert _or_refusal(text, width, block) == _or_refusal(text, width, BLOCK)


@given(st.lists(st.sampled_from(["a", "b", ",", "\n", "\r\n", "\r"]), max_size=60).map("".join), st.integers(1, 3), st.integers(1, 40))
def test_lines_without_a_quotation_mark_are_cut_as_others_are(text: str, width: int, block: int) -> None:
    places = tuple(range(width))
    in_one_look = index_records(memoryview(text.encode()), 0, 1, ",", width, "f.csv", block, places=places)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(records, "_cut_unquoted", lambda *_: None)
        general = index_records(memoryview(text.encode()), 0, 1, ",", width, "f.csv", block, places=places)
    for one in fields(Records):
        assert np.array_equal(getattr(in_one_look, one.name), getattr(general, one.name)), one.name


@given(st.text('ab,"\n\r ', max_size=80), st.integers(1, 3), st.integers(8, 40))
def test_two_halves_are_what_one_walk_finds(text: str, width: int, block: int) -> None:
    whole = _or_refusal(text, width, block)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(records, "_LARGE", 0)
        assert _or_refusal(text, width, block) == whole


@pytest.mark.parametrize("odd", ["", '5,"a\n6,b"\n', '5,a "b" c\n', '5,"a" b\n', '5,"a\n', "5\n"])
def test_a_fault_in_the_middle_of_two_halves(odd: str, monkeypatch: pytest.MonkeyPatch) -> None:
    half = "".join(f'{n},"b, {n}"\n' for n in range(30))
    whole = _or_refusal(half + odd + half, 2, 16)
    monkeypatch.setattr(records, "_LARGE", 0)
    assert _or_refusal(half + odd + half, 2, 16) == whole


def _or_refusal(text: str, width: int, block: int) -> object:
    try:
        return seen(text, width, block)
    except FileRefused as refusal:
        return str(refusal)


@given(st.binary(max_size=200), st.integers(1, 4))
def test_any_bytes_are_cut_without_gap_or_overlap(data: bytes, width: int) -> None:
    found = cut(data, width)
    assert found.start.tolist() == [0, *found.next.tolist()[:-1]][: len(found)]
    assert (int(found.next[-1]) if len(found) else 0) == len(data)


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        (b'lamp"solid oak, oiled",x', 0),
        (b'13" screen,MacBook 15",x', 3),
        (b'5",6",x', 3),
        (b'"a ""b"" c, d",e"f,x', 3),
        (b"a\"b,'c\" d',x", 3),
    ],
)
def test_a_quotation_that_runs_over_cells_makes_no_row(line: bytes, fields: int) -> None:
    """A lost delimiter before a quoted cell leaves the right number of cells, with text in the wrong ones."""
    text = memoryview(b"1,2,3\n" + line + b"\n4,5,6\n")
    assert index_records(text, 0, 1, ",", 3, "f.csv").fields.tolist() == [3, fields, 3]
