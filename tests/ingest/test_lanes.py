"""Large files are read two at a time: the same is said of them as of one after the other, and nothing is taken twice."""

import errno
import threading
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from cryptography.fernet import Fernet

from roi_core.ingest import lanes, supervise
from roi_core.ingest.lanes import Told, apart
from roi_core.ingest.limits import LIMITS
from roi_core.ingest.run import Order, read_files
from roi_core.ingest.slots import Slot
from roi_core.schema.parts import QUARANTINE
from roi_core.workspace.sealing import Seal
from roi_core.workspace.vault import Vault
from tests.ingest.archives import zipped

HEADER = b"ticket_id,email,created_at\n"
FILES = [(f"{name}.csv", HEADER + b"".join(b"%s%d,p%d@x.example,2024-01-0%d\n" % (name.encode(), i, i, 1 + i) for i in range(9))) for name in "abcd"]


@pytest.fixture
def all_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "_LARGE", 1)
    monkeypatch.setattr(lanes, "cores", lambda: 2)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    path = tmp_path / "vault.sqlite"
    Vault.make(path)
    return Vault(path, Seal(Fernet.generate_key()))


def slots(folder: Path, *sizes: int) -> list[Slot]:
    made = []
    for place, size in enumerate(sizes):
        path = folder / f"{place}"
        path.write_bytes(b"x" * size)
        made.append(Slot(f"{place}", path))
    return made


def named(groups: list[list[Slot]]) -> list[list[str]]:
    return [[slot.name for slot in group] for group in groups]


def test_large_files_go_alone_and_the_largest_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "_LARGE", 10)
    monkeypatch.setattr(lanes, "cores", lambda: 2)
    nothing, little = Slot("refused"), replace(LIMITS, resident_bytes=1)
    assert named(apart([*slots(tmp_path, 3, 10, 12, 9), nothing], little)) == [["2"], ["1"], ["0", "3"]]
    assert named(apart(slots(tmp_path, 3, 10, 9), little)) == [["0", "1", "2"]], "one large file has nobody to be read beside"
    assert apart([nothing], little) == []
    assert named(apart(slots(tmp_path, 11, 10), replace(LIMITS, resident_bytes=1 << 60))) == [["0", "1"]], "there is no room for two"
    monkeypatch.setattr(lanes, "cores", lambda: 1)
    assert named(apart(slots(tmp_path, 11, 10), little)) == [["0", "1"]]


@pytest.mark.usefixtures("all_large")
def test_the_same_is_said_in_the_order_of_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [*FILES, ("none.csv", b"")]
    told: list[tuple[int, float]] = []
    at_once = read_files(files, made(tmp_path / "two"), Order(b"k" * 32), lambda _, share: told.append((threading.get_ident(), share)), LIMITS)
    monkeypatch.setattr(lanes, "_LARGE", 1 << 30)
    one_by_one = read_files(files, made(tmp_path / "one"), Order(b"k" * 32), None, LIMITS)
    assert [without_part(entry) for entry in at_once] == [without_part(entry) for entry in one_by_one]
    assert [entry["upload"] for entry in at_once] == [0, 1, 2, 3, 4]
    assert {thread for thread, _ in told} == {threading.get_ident()}, "who asked is told in their own thread"
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1)


@pytest.mark.usefixtures("all_large")
def test_of_files_with_the_same_bytes_the_first_counts(tmp_path: Path) -> None:
    bytes_of_a = FILES[0][1]
    files = [("a.csv", bytes_of_a), FILES[1], ("z.zip", zipped({"copy.csv": bytes_of_a, "c.csv": FILES[2][1]})), ("again.csv", bytes_of_a)]
    read = read_files(files, tmp_path, Order(b"k" * 32), None, LIMITS)
    assert [(entry["file"], entry["member"], "refused" in entry) for entry in read] == [
        ("a.csv", None, False), ("b.csv", None, False), ("z.zip", "copy.csv", True), ("z.zip", "c.csv", False), ("again.csv", None, True),
    ]  # fmt: skip
    assert all("it holds the same bytes as" in entry["refused"] and "a.csv" in entry["refused"] for entry in read if "refused" in entry)


@pytest.mark.usefixtures("all_large")
def test_of_two_ways_to_write_a_name_the_one_of_the_later_file_is_kept(tmp_path: Path, vault: Vault) -> None:
    """As if one were read after the other, though the smaller one is through first."""
    first = b"ticket_id,email,company,created_at\n" + b"".join(b"%d,p%d@x.example,Acme GmbH,2024-01-01\n" % (i, i) for i in range(20_000))
    later = b"ticket_id,email,company,created_at\nx,q@x.example,ACME GMBH,2024-01-01\n"
    order = Order(b"k" * 32, (vault.path, vault.seal.key))
    read_files([("later.csv", later), ("first.csv", first)], made(tmp_path / "one"), order, None, LIMITS)
    assert list(vault.labels("company").values()) == ["Acme GmbH"]
    read_files([("first.csv", first), ("later.csv", later)], made(tmp_path / "two"), order, None, LIMITS)
    assert list(vault.labels("company").values()) == ["ACME GMBH"]


@pytest.mark.usefixtures("all_large")
def test_nothing_is_sealed_of_a_copy_that_does_not_count(tmp_path: Path, vault: Vault) -> None:
    bad = HEADER + b"1,a@x.example,2024-01-01\n2,b@x.example,never\n"
    files = [("a.csv", bad), FILES[1], ("z.zip", zipped({"copy.csv": bad}))]
    read_files(files, made(tmp_path / "staging"), Order(b"k" * 32, (vault.path, vault.seal.key)), None, LIMITS)
    assert [key.partition("/")[2] for key in vault.labels(QUARANTINE)] == [""]


@pytest.mark.usefixtures("all_large")
def test_a_file_that_was_ended_beside_another_is_read_once_more_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_tables_as(
        "    mark = pathlib.Path(job.staging) / 'tried'\n"
        "    if file == 'b.csv' and not mark.exists():\n"
        "        mark.touch()\n        os.kill(os.getpid(), 9)\n"
        "    if file == 'd.csv':\n        os.kill(os.getpid(), 9)\n"
        "    return before(path, file, member, job)\n",
        tmp_path,
        monkeypatch,
    )
    told: list[tuple[str, float]] = []
    read = read_files(FILES, made(tmp_path / "staging"), Order(b"k" * 32), lambda name, share: told.append((name, share)), LIMITS)
    assert ["refused" in entry for entry in read] == [False, False, False, True]
    assert "was ended by the system" in read[3]["refused"]
    assert all(name for name, share in told if share < 1 - 1 / len(FILES)), "somebody is still at a file"
    assert max(share for _, share in told) <= 1


@pytest.mark.usefixtures("all_large")
def test_a_reader_that_cannot_be_started_is_told_before_the_others_are_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = supervise._start  # noqa: SLF001
    calls: list[str] = []

    def start(program: str) -> object:
        calls.append(program)
        if len(calls) == 1:
            raise OSError(errno.ENOMEM, "no memory")
        return started(program)

    monkeypatch.setattr(supervise, "_start", start)
    with pytest.raises(OSError, match="no memory"):
        read_files(FILES, made(tmp_path / "staging"), Order(b"k" * 32), None, LIMITS)
    assert len(calls) < len(FILES)


@pytest.mark.usefixtures("all_large")
def test_who_no_longer_wants_to_hear_ends_all_of_them_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = load_tables_as("    job.tell(0.1)\n    time.sleep(60)\n", tmp_path, monkeypatch)

    def enough(_name: str, share: float) -> None:
        if share:
            raise InterruptedError

    began = time.monotonic()
    with pytest.raises(InterruptedError):
        read_files(FILES, made(tmp_path / "staging"), Order(b"k" * 32), enough, LIMITS)
    assert time.monotonic() - began < 30
    assert not [child for child in psutil.Process().children() if str(script) in child.cmdline()]


def test_what_is_told_from_elsewhere_waits_for_the_one_who_asked() -> None:
    heard: list[tuple[str, float]] = []
    told = Told(4, lambda name, share: heard.append((name, share)))
    told.of("one", "a", 0.5)
    told.collect()
    told.of("other", "b", 1.5)
    assert heard == [("a", 0.125)]
    told.pass_on(0)
    told.pass_on(0)
    assert heard == [("a", 0.125), ("b", 0.5)]


def test_while_others_are_at_a_file_no_name_is_empty() -> None:
    heard: list[tuple[str, float]] = []
    told = Told(2, lambda name, share: heard.append((name, share)))
    told.expect("one", "a")
    told.expect("other", "b")
    told.of("one", "", 1.0)
    told.of("other", "", 1.0)
    assert heard == [("b", 0.5), ("", 1.0)]


def load_tables_as(body: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Reading processes from now on run a script in which this is done with each table; `before` is what is done else."""
    script = folder / "reading.py"
    script.write_text(
        "import os, pathlib, time\nimport roi_core.ingest.child as child\nimport roi_core.ingest.upload as upload\nbefore = upload.load_table\n"
        f"def load_table(path, file, member, job):\n{body}upload.load_table = load_table\nchild.main()\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(supervise, "_COMMAND", ("-P", str(script)))
    return script


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def without_part(entry: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in entry.items() if key != "part"}
