"""Texts made to make a sniffer slow: the head is looked at in linear time, whatever stands in it and behind it."""

from collections.abc import Callable
from contextlib import suppress
from time import process_time

import pytest

from roi_core.errors import FileRefused
from roi_core.ingest.dialects import find_odd, find_wrapped
from roi_core.ingest.limits import LIMITS
from roi_core.ingest.sniff import readings_of, sniff

SECONDS = 4.0  # of the processor: 1 at most on a quiet machine, up to three times that where others share the cores; what is not linear takes minutes
TRIES = 3
SEARCHED = 4 << 20  # bytes in which cells over several lines are looked for, of a text of any size
SIZES = (40_000, 40 << 20)
PIECES = (
    b'",', b"',", b'"', b"'", b"'',", b"x", b" ", b"\0", b"\t", b"a,", b'\\"', b'"a\\"b",', b' "', b"\r", b"\n", b"a,b\r", b'"x\n', b'""\n', b'""x,\n',
    b'"""x\n', b'"\r\n', b";;\n", b"a b c\n", b"'a''b,", b"'\n", b"a,'\n", b'"a""b,\n', b"sep=;\n",
)  # fmt: skip


def repeated(piece: bytes) -> Callable[[int], bytes]:
    return lambda size: piece * (size // len(piece))


def an_open_quote(size: int) -> bytes:
    return b'id,text\n1,"open\n' + b"2,words here only\n" * (size // 18)


def one_long_line(size: int) -> bytes:
    return b"id,text\n1,2\n" + b"x" * size


def many_columns(size: int) -> bytes:
    row = b",".join([b"1"] * 20_000) + b"\n"
    return b",".join(b"c%d" % i for i in range(20_000)) + b"\n" + row * (size // len(row))


def marks_of_apostrophes(size: int) -> bytes:
    return b"a,b\n'x','y'\n" * 20 + b"'" + b"''x," * (size // 4)


def marks_in_an_apostrophe(size: int) -> bytes:
    return b"a,b\n1,'" + b'"' * size


def marks_after_a_backslash(size: int) -> bytes:
    return b'a,b\n"x\\"y","z"\n' + b'"x\\"y,' * (size // 6)


SHAPES = (an_open_quote, one_long_line, many_columns, marks_of_apostrophes, marks_in_an_apostrophe, marks_after_a_backslash, *map(repeated, PIECES))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("shape", SHAPES, ids=[*(shape.__name__ for shape in SHAPES[:6]), *(repr(piece) for piece in PIECES)])
def test_the_head_of_any_text_is_read_in_linear_time(shape: Callable[[int], bytes], size: int) -> None:
    text, took = memoryview(shape(size)), list[float]()
    while len(took) < TRIES and min(took, default=SECONDS) >= SECONDS:
        started = process_time()
        readings = readings_of(text)
        find_odd(text[:SEARCHED], readings)
        find_wrapped(text, readings)
        with suppress(FileRefused):
            sniff(text, readings, "f.csv", LIMITS)
        took.append(process_time() - started)
    assert min(took) < SECONDS


def test_blank_lines_above_the_table_are_counted_and_left_out() -> None:
    text = memoryview(b"\r\n ,,\n\t\n;\n\rid,text\n1,2\n")
    found = sniff(text, readings_of(text), "f.csv", LIMITS)
    assert (found.headers, found.line) == (("id", "text"), 7)
