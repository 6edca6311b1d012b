"""What is found in the XML of a sheet is the same however it comes in pieces."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.ingest.sheet_scan import SheetFacts, SheetScan, true_reach
from tests.ingest.workbooks import sheet, table

_XML = sheet(
    table(30)
    + '<row r="40" hidden="1"><c r="A40" s="3"><v>0.5</v></c><c r="B40" t="e"><v>#N/A</v></c><c r="C40"><f>A40</f></c></row>'
    + '<row r="41"><c s="3" r="AB41"><v>1</v></c><c r="AC41"><f t="shared" si="0"/><v></v></c><c r="AD41" t="str"><f>x</f><v></v></c></row>',
    after='<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>',
).replace("<sheetData>", '<cols><col min="2" max="4" hidden="1"/></cols><sheetData>')


def _facts(*pieces: bytes) -> tuple[SheetFacts, int]:
    scan = SheetScan("x", frozenset({3}))
    for piece in pieces:
        scan.feed(piece)
    return scan.facts(), scan.columns


def test_what_is_found() -> None:
    facts, columns = _facts(_XML.encode())
    assert facts == SheetFacts(67, True, 1, {3: ((40, 40),), 29: ((41, 41),)}, {1: ((40, 40),), 28: ((41, 41),)}, 1, 3)
    assert columns >= 30


@given(cuts=st.lists(st.integers(0, len(_XML)), max_size=8).map(sorted))
def test_it_is_found_in_any_pieces(cuts: list[int]) -> None:
    data = _XML.encode()
    ends = [0, *cuts, len(data)]
    assert _facts(*(data[first:last] for first, last in pairwise(ends))) == _facts(data)


@given(cuts=st.lists(st.integers(0, len(_XML)), max_size=8).map(sorted))
def test_the_reach_is_exact_in_any_pieces(cuts: list[int]) -> None:
    data = _XML.encode()
    ends = [0, *cuts, len(data)]
    assert true_reach(data[first:last] for first, last in pairwise(ends)) == (41, 30, 68)


def test_formatted_cells_without_a_value_do_not_count() -> None:
    data = sheet('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row><row r="1048576"><c r="A1048576" s="1"/></row>').encode()
    assert true_reach(iter([data])) == (1, 1, 1)


@pytest.mark.parametrize("reference", ["AAAA1", "A12345678", "A9999999"])
def test_a_reference_outside_of_any_sheet_reaches_far(reference: str) -> None:
    rows, columns, _ = true_reach(iter([sheet(f'<row><c r="{reference}"><v>1</v></c></row>').encode()]))
    assert rows * columns > 1_048_576
