"""JSON as text rows: lists of objects wherever they stand, one object a line, every record accounted for, no number rounded."""

import gzip
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.errors import FileRefused
from roi_core.ingest.archive import unpack
from roi_core.ingest.limits import LIMITS, ReadLimits
from roi_core.ingest.members import Contents
from roi_core.ingest.read_table import read_table
from roi_core.ingest.run import Order, read_files
from roi_core.ingest.text_table import TextTable
from tests.ingest.archives import zipped


@pytest.fixture
def opened(tmp_path: Path):
    def unpacked(data: str | bytes, name: str = "f.json", limits: ReadLimits = LIMITS) -> Contents:
        path = tmp_path / "upload"
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return unpack(path, name, tmp_path, limits)

    return unpacked


@pytest.fixture
def only(opened, tmp_path: Path):
    """The one table of a document."""

    def read(data: str | bytes, name: str = "f.json", limits: ReadLimits = LIMITS) -> TextTable:
        (member,) = opened(data, name, limits).members
        return read_table(member.path, member.name or name, tmp_path, limits)

    return read


def rows_of(found: TextTable) -> list[list[str]]:
    return [list(row.values()) for row in found.text.drop_columns(["line"]).to_pylist()]


def lines_of(found: TextTable) -> list[int]:
    return found.text.column("line").to_pylist()


def counts(found: TextTable) -> tuple[int, int, int, int]:
    assert found.ledger.unaccounted == 0
    assert found.ledger.loaded == found.text.num_rows
    assert found.ledger.quarantined == len(found.quarantined)
    return found.ledger.records, found.ledger.loaded, found.ledger.quarantined, found.ledger.not_data


RECORDS = '[\n {"id": 1, "name": "Ann"},\n {"id": 2, "name": "Bob"}\n]'
LINES = '{"id": 1, "name": "Ann"}\n{"id": 2, "name": "Bob"}\n'


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (RECORDS, [2, 3]),
        (f'{{"tickets": {RECORDS}, "count": 2}}', [2, 3]),
        (f'{{"data": {{"tickets": {{"nodes": {RECORDS}}}}}}}', [2, 3]),
        (LINES, [1, 2]),
        (LINES.replace("\n", "\r\n"), [1, 2]),
        ('{"ticket": {"id": 1, "name": "Ann"}}\n{"ticket": {"id": 2, "name": "Bob"}}', [1, 2]),
        (RECORDS.replace("\n", ""), [1, 2]),
        ('[{"id": 1, "name": "Ann"}]\n[{"id": 2, "name": "Bob"}]', [1, 2]),
        ("\ufeff" + RECORDS, [2, 3]),
        (RECORDS.encode("utf-16"), [2, 3]),
        (gzip.compress(RECORDS.encode()), [2, 3]),
    ],
)
def test_the_same_records_in_every_shape(data: str | bytes, lines: list[int], only) -> None:
    found = only(data)
    assert found.headers == ("id", "name")
    assert rows_of(found) == [["1", "Ann"], ["2", "Bob"]]
    assert lines_of(found) == lines
    assert counts(found) == (2, 2, 0, 0)
    assert found.delimiter is None


def test_several_lists_are_several_tables_and_the_rest_is_named(opened, tmp_path: Path) -> None:
    contents = opened('{"tickets": [{"id": 1}],\n "next_page": null, "users": [{"id": 7}, {"id": 8}], "tags": ["a"], "more": {"count": 2}}', "zd.json")
    assert [member.name for member in contents.members] == ["zd.json / tickets", "zd.json / users"]
    assert contents.notes == ('left out of "zd.json", as no tables: "next_page" (null), "tags" (a list without objects), "more.count" (a number).',)
    assert [read_table(member.path, member.name, tmp_path).ledger.loaded for member in contents.members] == [1, 2]


def test_objects_become_dotted_columns_and_lists_become_text(only) -> None:
    found = only(
        '[{"id": 1, "via": {"channel": "web", "source": {"from": {"id": 0.10}}}, "tags": ["a", "b", 3, null, true],'
        ' "fields": [{"id": 10, "value": "é"}], "x": []}]'
    )
    assert dict(zip(found.headers, rows_of(found)[0], strict=True)) == {
        "id": "1",
        "via.channel": "web",
        "via.source.from.id": "0.10",
        "tags": "a, b, 3, , true",
        "fields": '[{"id": 10, "value": "é"}]',
        "x": "",
    }


def test_columns_are_all_keys_in_the_order_in_which_they_were_first_seen(only) -> None:
    found = only('[{"b": 1, "score": null}, {"a": 2, "b": null, "score": {"value": "good"}}, {"c": false}]')
    assert found.headers == ("b", "a", "score.value", "c")
    assert rows_of(found) == [["1", "", "", ""], ["", "2", "good", ""], ["", "", "", "false"]]


def test_more_records_than_are_held_at_once(only) -> None:
    found = only("".join(f'{{"id": {n}, "k{n // 15_000}": {n}}}\n' for n in range(45_000)))
    assert found.headers == ("id", "k0", "k1", "k2")
    assert counts(found) == (45_000, 45_000, 0, 0)
    assert found.text.column("c2")[20_000].as_py() == "20000"
    assert found.text.column("c3")[44_999].as_py() == "44999"


@pytest.mark.parametrize("number", ["12345678901234567890", "1.10", "1e999", "-0", "1E5", "0.1000000000000000055511151231257827", "7" * 5_000])
def test_numbers_stay_as_they_are_written(number: str, only) -> None:
    assert rows_of(only(f'[{{"id": {number}}}]')) == [[number]]


def test_one_broken_line_costs_one_record(only) -> None:
    found = only('{"id": 1}\n{"id": 2, "a": }\n\n{"id": 3} x\n[4]\n"5"\n{"id": 6}\n', "f.ndjson")
    assert rows_of(found) == [["1"], ["6"]]
    assert counts(found) == (7, 2, 4, 1)
    assert [(row.line, row.reason, row.raw) for row in found.quarantined] == [
        (2, "is not JSON at column 16: expecting value", '{"id": 2, "a": }'),
        (4, "goes on at column 10 after its end", '{"id": 3} x'),
        (5, "is a list, not an object", "[4]"),
        (6, "is a text, not an object", '"5"'),
    ]
    assert '4 records were set aside from "f.ndjson"' in found.notes[-1]


@pytest.mark.parametrize(
    ("record", "why"),
    [
        ('{"id": 9, "id": 8}', "has a key that stands twice"),
        ('{"id": 9, "a": {"b": 1, "b": 2}}', "has a key that stands twice"),
        ('{"id": NaN}', "holds NaN, which is no JSON"),
        ('{"id": [1, -Infinity]}', "holds -Infinity, which is no JSON"),
        ('{"id": "\\ud800"}', "holds half of a surrogate pair, which is no text"),
        ('{"\\udc00": 1}', "holds half of a surrogate pair, which is no text"),
        ("null", "is null, not an object"),
        ("3", "is a number, not an object"),
    ],
)
def test_a_record_that_cannot_be_a_row_is_set_aside_where_it_stands(record: str, why: str, only) -> None:
    found = only(f'[\n  {{"id": 1}},\n  {record},\n  {{"id": "\\ud83d\\ude00"}}\n]')
    assert rows_of(found) == [["1"], ["😀"]]
    assert [(row.line, row.reason, row.raw) for row in found.quarantined] == [(3, f"{why} (column 3)", record)]


def test_a_byte_that_is_no_text_costs_one_record(only) -> None:
    found = only('{"id": "é"}\n{"id": "ü"}\n'.encode() + b'{"id": "\xe9"}\n{"id": 4}\n')
    assert rows_of(found) == [["é"], ["ü"], ["4"]]
    assert [row.line for row in found.quarantined] == [3]
    assert "0xE9" in found.quarantined[0].reason


@pytest.mark.parametrize("cut", ['[{"id": 1},\n{"id": 2, "na', '[{"id": 1},\n{"id": 2, ', '[{"id": 1},\n{"id"', '{"tickets": [{"id": 1},\n{"id": 2'])
def test_a_file_that_breaks_off_keeps_what_stands_before(cut: str, only) -> None:
    found = only(cut)
    assert rows_of(found) == [["1"]]
    assert counts(found) == (2, 1, 1, 0)
    assert found.quarantined[0].reason.startswith("the file ends inside this record, so the export may have been cut off")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (
            '{"theme": "dark", "size": 3, "on": true, "list": [1]}',
            r'holds "theme" \(a text\), "size" \(a number\), "on" \(true or false\), "list" \(a list without objects\)',
        ),
        ("{}", r"without a list of records in it \(it holds nothing\)"),
        ("[]", "a JSON document with an empty list"),
        ('["a", "b"]', "without a record that can be a row .the first, on line 1, is a text, not an object"),
        ("[[1, 2], [3, 4]]", "is a list, not an object"),
        ('[{"id": 1}\n {"id": 2}]', r'not well formed \(line 2, column 2: expecting "]"\)'),
        ('[{"id": 1},\n {"id" 2}, {"id": 3}]', r"not well formed \(line 2, column 8: expecting ':' delimiter\)"),
        ('{"a": [{"id": 1}] "b": 2}', r'not well formed \(line 1, column 19: expecting "}"\)'),
        ('[{"id": 1}] and more', r'not well formed \(line 1, column 13: expecting "\["\)'),
        ("[" * 100_000, "the depth of its objects and lists is over 64; the limit is 64"),
        ('{"a":' * 100_000, "the depth of its objects and lists is over 64; the limit is 64"),
        ('[{"a":' + "[" * 70 + "]" * 70 + "}]", "the depth of its objects and lists is over 64; the limit is 64"),
        ('[{"a":' * 33 + "1" + "}]" * 33, "the depth of its objects and lists is over 64; the limit is 64"),
        ("[" + ",".join(f'{{"k{n}": 1}}' for n in range(2_001)) + "]", "the number of different keys is over 2,000; the limit is 2,000"),
    ],
)
def test_what_is_no_table_says_what_it_is(data: str, why: str, only) -> None:
    with pytest.raises(FileRefused, match=why):
        only(data)


@pytest.mark.parametrize("data", ['{"tickets": [\n{"id": 1},\n{"id": 2}\n]}', '{\n"tickets": [\n{"id": 1},\n{"id": 2}\n]\n}', '[\n{"id": 1},\n{"id": 2}\n]'])
def test_a_list_over_several_lines_is_no_list_of_lines(data: str, only) -> None:
    assert rows_of(only(data)) == [["1"], ["2"]]


def test_lines_longer_than_what_is_looked_at_together(only) -> None:
    found = only("".join(json.dumps({"id": n, "text": str(n) * 300_000}) + "\n" for n in range(10)))
    assert [row[1] for row in rows_of(found)] == [str(n) * 300_000 for n in range(10)]
    assert lines_of(found) == list(range(1, 11))


def test_a_record_over_the_limit_is_named_and_not_quoted(only) -> None:
    with pytest.raises(FileRefused, match="the record on line 1 is 1,500,010 characters; the limit is 1,048,576") as refusal:
        only('[{"id": "' + "secret" * 250_000 + '"}]')
    assert "secret" not in str(refusal.value)


def test_one_record_alone_is_a_table_only_where_the_name_says_one_a_line(only) -> None:
    assert rows_of(only('{"id": 1}', "t.ndjson")) == [["1"]]
    with pytest.raises(FileRefused, match="without a list of records"):
        only('{"id": 1}', "t.json")


def test_documents_of_an_archive_each_alone(tmp_path: Path) -> None:
    archive = zipped(
        {"a.json": RECORDS.encode(), "b.json": b'{"x": 1}', "c.ndjson": LINES.encode().replace(b"Ann", b"Zoe"), "d.json": b'{"u": [{"k": 1}], "v": [{"k": 2}]}'}
    )
    entries = read_files([("all.zip", archive)], tmp_path, Order(b"k" * 32), None, LIMITS)
    assert [entry["member"] for entry in entries] == ["a.json", "b.json", "c.ndjson", "d.json / u", "d.json / v"]
    assert "without a list of records" in entries[1]["refused"]
    assert [entry["rows"]["loaded"] for entry in entries if "rows" in entry] == [2, 2, 1, 1]


_HARD = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)
_VALUE: st.SearchStrategy[Any] = st.one_of(_HARD, st.integers(), st.booleans(), st.none())


def _shown(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value)


@given(
    records=st.lists(st.dictionaries(st.sampled_from("abcdef"), _VALUE, min_size=1), min_size=2, max_size=8),
    style=st.sampled_from(["list", "indented", "lines", "wrapped", "wrapped lines"]),
    ascii_only=st.booleans(),
)
def test_any_records_come_back_as_they_were(records: list[dict[str, Any]], style: str, ascii_only: bool, tmp_path_factory: pytest.TempPathFactory) -> None:
    def dump(value: Any, indent: int | None = None) -> str:
        return json.dumps(value, ensure_ascii=ascii_only, indent=indent)

    text = {
        "list": dump(records),
        "indented": dump(records, 2),
        "lines": "\n".join(dump(record) for record in records),
        "wrapped": dump({"page": 1, "tickets": records}),
        "wrapped lines": "\n".join(dump({"ticket": record}) for record in records),
    }[style]
    staging = tmp_path_factory.mktemp("s")
    path = staging / "upload"
    path.write_bytes(text.encode())
    (member,) = unpack(path, "f.json", staging, LIMITS).members
    found = read_table(member.path, "f.json", staging)
    keys = tuple(dict.fromkeys(key for record in records for key in record))
    assert found.headers == keys
    assert counts(found) == (len(records), len(records), 0, 0)
    assert rows_of(found) == [[_shown(record.get(key)) for key in keys] for record in records]


@given(rest=st.text(st.sampled_from('[]{}",:\\u0aé1.-eE \nNntf'), max_size=60), start=st.sampled_from(["[", '{"', '[{"a":1},']))
def test_whatever_stands_there_is_read_in_balance_or_refused(rest: str, start: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    staging = tmp_path_factory.mktemp("s")
    path = staging / "upload"
    path.write_bytes((start + rest).encode())
    with suppress(FileRefused):
        for member in unpack(path, "f.json", staging, LIMITS).members:
            counts(read_table(member.path, "f.json", staging))
