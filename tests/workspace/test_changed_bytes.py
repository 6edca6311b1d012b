"""One bit of a stored part turns over; the work must say so, and never answer from it."""

import random

import duckdb
import pytest

from roi_core import measurement
from roi_core.companies import write_sample
from roi_core.errors import WorkspaceBroken
from roi_core.ingest import take_in
from roi_core.measurement import measure_workspace
from roi_core.workspace import Workspace

FLIPS = 25


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("changed")
    workspace = Workspace.create(folder / "home")
    take_in([path for path in write_sample(folder / "exports", customers=300) if path.suffix == ".csv"], workspace)
    return workspace


def flip(path, bit):
    content = bytearray(path.read_bytes())
    content[bit // 8] ^= 1 << bit % 8
    path.write_bytes(content)


def test_no_turned_bit_is_silent(loaded):
    draw, paths = random.Random(5), [path for parts in loaded.tables().values() for path in parts]
    for _ in range(FLIPS):
        path = draw.choice(paths)
        bit = draw.randrange(path.stat().st_size * 8)
        flip(path, bit)
        with pytest.raises(WorkspaceBroken, match=path.parent.name):
            measure_workspace(loaded)
        flip(path, bit)
    assert measure_workspace(loaded).metrics


@pytest.mark.parametrize("cause", [duckdb.IOException, OSError])
def test_an_error_while_reading_own_parts_names_the_table_that_changed(loaded, monkeypatch, cause):
    def broken(*_):
        flip(path, 80)
        raise cause("/a/path/of/this/machine")

    (path, *_) = loaded.parts("tickets")
    monkeypatch.setattr(measurement, "facts_of", broken)
    with pytest.raises(WorkspaceBroken, match="tickets"):
        measure_workspace(loaded)
    flip(path, 80)


def test_an_error_of_the_program_over_whole_parts_stays_what_it_is(loaded, monkeypatch):
    def broken(*_):
        raise duckdb.BinderException("no such column")

    monkeypatch.setattr(measurement, "facts_of", broken)
    with pytest.raises(duckdb.BinderException):
        measure_workspace(loaded)
