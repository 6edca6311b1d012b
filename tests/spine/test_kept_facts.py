"""Facts that were kept are the facts, or they are worked out again."""

import shutil
import time
from dataclasses import replace

import pyarrow as pa
import pytest

from roi_core.companies import write_sample
from roi_core.errors import NotSaved
from roi_core.ingest import take_in
from roi_core.spine import Decision, build_facts, facts_of, forget, kept_facts
from roi_core.spine.exclusions import SETTING as OFF
from roi_core.spine.saved import Saved
from roi_core.workspace import Workspace, copy_of, derived, forget_older, saved, sweep

pytestmark = pytest.mark.usefixtures("read_here")


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kept")
    workspace = Workspace.create(folder / "home")
    take_in([path for path in write_sample(folder / "exports", customers=80) if path.suffix == ".csv"], workspace)
    return workspace


@pytest.fixture
def workspace(filled):
    copied = copy_of(filled)
    yield copied
    copied.lock(locked=False)
    copied.delete()


@pytest.fixture(scope="module")
def once():
    """Facts by all that they follow from, the clock with it: copies of the same files have the same names."""
    return {}


@pytest.fixture(autouse=True)
def built(monkeypatch, once):
    """How often facts were worked out; here the same ones are handed out again."""
    calls = []

    def build(*args):
        calls.append(args)
        tables, decisions, exclusions, until_s = args
        names = tuple((table, *(part.name for part in parts)) for table, parts in tables.items())
        key = names, decisions.digest, exclusions.digest, until_s, time.time() // 1e6
        if key not in once:
            once[key] = build_facts(*args)
        return once[key]

    monkeypatch.setattr(kept_facts, "WORTH_KEEPING", 100)
    monkeypatch.setattr(kept_facts, "build_facts", build)
    return calls


def files(workspace):
    return sorted((workspace.folder / derived.FOLDER).glob("*"))


def same(one, other):
    for name in one.__slots__:
        own, its = getattr(one, name), getattr(other, name)
        assert own.equals(its, check_metadata=True) and own.schema == its.schema if isinstance(own, pa.Table) else (own, repr(own)) == (its, repr(its)), name
    return True


def test_kept_facts_are_the_facts(workspace, built):
    first = facts_of(Saved.now(workspace))
    assert same(facts_of(Saved.now(workspace)), first)
    assert len(built) == 1
    assert {path.stat().st_mode & 0o077 for path in (*files(workspace), workspace.folder / derived.FOLDER)} == {0}


def test_another_answer_gives_other_facts_and_takes_the_place_of_those_before(workspace, built):
    facts_of(Saved.now(workspace))
    before = files(workspace)
    workspace.remember(OFF, ["automated"])
    facts_of(Saved.now(workspace))
    assert len(built) == 2
    assert len(files(workspace)) == len(before)
    workspace.remember(OFF, None)
    facts_of(Saved.now(workspace))
    assert len(built) == 3


def test_facts_of_another_program_are_worked_out_again(workspace, built, monkeypatch):
    facts_of(Saved.now(workspace))
    monkeypatch.setattr(kept_facts, "_program", lambda: "another release")
    facts_of(Saved.now(workspace))
    assert len(built) == 2


def test_a_changed_byte_of_any_file_is_noticed(workspace, built):
    expected = facts_of(Saved.now(workspace))
    for times, path in enumerate(files(workspace), start=2):
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
        assert same(facts_of(Saved.now(workspace)), expected)
        assert len(built) == times
    assert same(facts_of(Saved.now(workspace)), expected)
    assert len(built) == times


@pytest.mark.parametrize("suffix", [".parquet", ".sealed"])
def test_a_file_that_is_gone_or_cut_is_noticed(workspace, built, suffix):
    for times, harm in enumerate((lambda path: path.unlink(), lambda path: path.write_bytes(path.read_bytes()[:40])), start=2):
        facts_of(Saved.now(workspace))
        harm(next(path for path in files(workspace) if path.suffix == suffix))
        facts_of(Saved.now(workspace))
        assert len(built) == times


def test_kept_facts_under_the_name_of_others_are_not_believed(workspace, built):
    facts_of(Saved.now(workspace))
    (own,) = (path for path in files(workspace) if path.suffix == ".sealed")
    kept = own.read_bytes()
    workspace.remember(OFF, ["automated"])
    facts_of(Saved.now(workspace))
    (other,) = (path for path in files(workspace) if path.suffix == ".sealed")
    other.write_bytes(kept)
    facts_of(Saved.now(workspace))
    assert len(built) == 3


@pytest.mark.parametrize("change", ["until", "older", "locked", "small", "future"])
def test_what_may_not_be_kept_is_not(workspace, monkeypatch, change):
    now = Saved.now(workspace)
    if change == "until":
        now = Saved(workspace, now.version, now.decisions, now.exclusions, until_s=time.time() - 1e7)
    elif change == "older":
        workspace.advance(without=[workspace.manifest()[-1].digest])
    elif change == "locked":
        workspace.lock(locked=True)
    elif change == "small":
        monkeypatch.setattr(kept_facts, "WORTH_KEEPING", 10**9)
    else:
        seen_s = build_facts(now.tables).seen_s
        monkeypatch.setattr(time, "time", lambda: seen_s - 1e6)
    facts_of(now)
    assert not files(workspace)


def test_a_window_that_closes_after_now_is_not_read(workspace, monkeypatch):
    seen_s = facts_of(Saved.now(workspace)).seen_s
    monkeypatch.setattr(time, "time", lambda: seen_s - 1e6)
    assert facts_of(Saved.now(workspace)).seen_s < seen_s


def test_they_go_with_forgotten_versions_and_with_the_work_and_never_into_a_copy(workspace):
    facts_of(Saved.now(workspace))
    held = sum(path.stat().st_size for path in files(workspace))
    copied = copy_of(workspace)
    assert not files(copied)
    copied.delete()
    assert forget_older(workspace) >= held
    assert not files(workspace)
    facts_of(Saved.now(workspace))
    leaving = copy_of(workspace)
    facts_of(Saved.now(leaving))
    folder = leaving.folder
    leaving.delete()
    assert not folder.exists()
    assert leaving.id not in saved(workspace.home)


def test_what_a_crash_left_half_written_is_swept(workspace):
    facts_of(Saved.now(workspace))
    left = workspace.folder / derived.FOLDER / "999999999-1-00.unfinished"
    shutil.copyfile(files(workspace)[0], left)
    sweep(workspace.home)
    assert not left.exists()
    assert files(workspace)


def test_a_disk_that_is_full_keeps_nothing_and_says_the_facts(workspace, monkeypatch):
    monkeypatch.setattr(derived, "insist_on_room", _no_room)
    assert facts_of(Saved.now(workspace)).spine.num_rows
    assert not files(workspace)


def _no_room(*_):
    raise NotSaved.disk()


def test_a_decision_is_part_of_what_they_follow_from(workspace, built):
    now = Saved.now(workspace)
    key = build_facts(now.tables).spine.column("customer_key")[0].as_py()
    facts_of(now)
    facts_of(Saved(workspace, now.version, now.decisions.decide(Decision("add", "domain", "a", key)), now.exclusions))
    assert len(built) == 2


def test_a_company_that_has_become_small_keeps_nothing(workspace, monkeypatch):
    facts_of(Saved.now(workspace))
    assert files(workspace)
    monkeypatch.setattr(kept_facts, "WORTH_KEEPING", 1_000_000)
    workspace.remember(OFF, ["automated"])
    facts_of(Saved.now(workspace))
    assert files(workspace) == []


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(kept_facts, "WORTH_KEEPING", 1_000_000)


@pytest.mark.usefixtures("small")
def test_facts_of_a_small_company_are_at_hand_until_anything_they_follow_from_is_another(workspace, built):
    now = Saved.now(workspace)
    assert same(facts_of(now), facts_of(replace(Saved.now(workspace), lasting=False)))
    assert len(built) == 1
    facts_of(replace(now, until_s=time.time() - 1e7))
    workspace.remember(OFF, ["automated"])
    facts_of(Saved.now(workspace))
    assert len(built) == 3
    workspace.remember(OFF, None)
    facts_of(Saved.now(workspace))
    assert len(built) == 3


@pytest.mark.usefixtures("small")
def test_facts_at_hand_go_with_the_work_and_are_few(workspace, built):
    now = Saved.now(workspace)
    facts_of(now)
    forget(workspace.id)
    facts_of(now)
    assert len(built) == 2
    for days in range(4):
        facts_of(replace(now, until_s=time.time() - 1e7 - 1e5 * days))
    facts_of(now)
    assert len(built) == 7


@pytest.mark.usefixtures("small")
def test_facts_at_hand_of_a_window_that_closes_after_now_are_not_read(workspace, built, monkeypatch):
    seen_s = facts_of(Saved.now(workspace)).seen_s
    monkeypatch.setattr(time, "time", lambda: seen_s - 1e6)
    assert facts_of(Saved.now(workspace)).seen_s < seen_s
    facts_of(Saved.now(workspace))
    assert len(built) == 3


def test_work_that_ends_with_its_answer_keeps_nothing(workspace):
    facts_of(replace(Saved.now(workspace), lasting=False))
    assert files(workspace) == []
