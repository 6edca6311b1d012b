"""The reading process: what it says, what it never says, and how it ends."""

import json
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path
from subprocess import PIPE

import psutil
import pytest

from roi_core.ingest import supervise
from roi_core.ingest.limits import LIMITS, ReadLimits
from roi_core.ingest.run import Order, read_files
from tests.ingest.archives import zipped

CANARY = "canary.person@secret-company.example"
TICKETS = f"ticket_id,email,company,created_at,subject\n1,{CANARY},Secret Company,2024-01-01,Canary subject\n2,x@y.example,B,never,z\n".encode()


def order(staging: Path, files: dict[str, bytes]) -> str:
    listed = []
    for name, data in files.items():
        path = staging / f"upload-{len(listed)}"
        path.write_bytes(data)
        listed.append({"path": str(path), "name": name, "from": 0})
    asked = {**Order(b"k" * 32).as_json(), "staging": str(staging), "limits": asdict(LIMITS), "files": listed}
    return json.dumps(asked)


def run(spec: str) -> subprocess.CompletedProcess[str]:
    """One reading process, whose stdin stays open until it has said all."""
    with subprocess.Popen([sys.executable, "-P", "-m", "roi_core.ingest.child"], stdin=PIPE, stdout=PIPE, stderr=PIPE, text=True, encoding="utf-8") as process:
        process.stdin.write(f"{spec}\n")
        process.stdin.flush()
        said = process.stdout.read()
        return subprocess.CompletedProcess([], process.wait(), said, process.stderr.read())


def test_one_object_a_line_and_nothing_on_stderr(tmp_path: Path) -> None:
    done = run(order(tmp_path, {"t.csv": TICKETS, "e.csv": b"", "x.csv": b"%PDF"}))
    messages = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, "")
    assert [m["begin"] for m in messages if "begin" in m] == [m["end"] for m in messages if "end" in m] == [0, 1, 2]
    reports = [m["report"] for m in messages if "report" in m]
    assert [report["file"] for report in reports] == ["t.csv", "e.csv", "x.csv"]
    assert reports[0]["rows"]["unaccounted"] == 0
    assert "0 bytes" in reports[1]["refused"]


def test_no_text_of_a_customer_leaves_in_clear(tmp_path: Path) -> None:
    done = run(order(tmp_path, {"t.csv": TICKETS}))
    (part,) = tmp_path.glob("*.parquet")
    for secret in ("canary.person", "Secret Company", "Canary subject"):
        assert secret not in done.stdout
        assert secret.encode() not in part.read_bytes()


def test_a_fault_of_the_program_is_told_by_its_type_and_place_alone(tmp_path: Path) -> None:
    spec = json.loads(order(tmp_path, {"t.csv": TICKETS}))
    spec["staging"] = str(tmp_path / "no_such_folder")
    done = run(json.dumps(spec))
    assert (done.returncode, done.stderr) == (0, "")
    refused = next(m["report"]["refused"] for m in map(json.loads, done.stdout.splitlines()) if "report" in m)
    assert "a fault of the program (FileNotFoundError in " in refused
    assert "no_such_folder" not in refused


def test_the_process_starts_without_pandas() -> None:
    code = (
        "import sys, roi_core.ingest.child as c; sys.meta_path.insert(0, c._WithoutPandas()); import roi_core.ingest.upload; "
        "print(sorted({'pandas', 'scipy', 'statsmodels', 'altair', 'streamlit'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


FILES = [("a.csv", b"a,b\n1,2\n"), ("hostile.csv", b"a,b\n3,4\n"), ("c.csv", b"a,b\n5,6\n")]

_HOSTILE = {
    "ended": "os.kill(os.getpid(), 9)",
    "memory": "held = bytearray(600 << 20); held[::4096] = b'x' * len(held[::4096]); import time; time.sleep(60)",
    "time": "import time; time.sleep(60)",
}


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """A reading process that does something to itself at the file called hostile.csv."""

    def arm(deed: str) -> None:
        script = tmp_path / "hostile.py"
        script.write_text(
            "import os, sys\n"
            "import roi_core.ingest.child as child\n"
            "import roi_core.ingest.upload as upload\n"
            "before = upload.load_table\n"
            "def load_table(path, file, member, job):\n"
            "    if 'hostile' in (member or file):\n"
            f"        {_HOSTILE[deed]}\n"
            "    return before(path, file, member, job)\n"
            "upload.load_table = load_table\n"
            "child.main()\n",
            encoding="utf-8",
        )
        monkeypatch.setattr(supervise, "_COMMAND", ("-P", str(script)))

    return arm


@pytest.mark.parametrize(
    ("deed", "why", "limits"),
    [
        ("ended", "the process that read it was ended by the system", LIMITS),
        ("memory", "it needs more than the 400 MB", replace(LIMITS, resident_bytes=400 << 20)),
        ("time", "it took longer than 2 seconds", replace(LIMITS, seconds=2)),
    ],
)
def test_a_hostile_file_ends_the_process_and_the_others_go_on(deed: str, why: str, limits: ReadLimits, hostile, tmp_path: Path) -> None:
    hostile(deed)
    entries = read_files(FILES, tmp_path, Order(b"k" * 32), None, limits)
    assert [entry["file"] for entry in entries] == ["a.csv", "hostile.csv", "c.csv"]
    assert why in entries[1]["refused"]
    assert [entries[i]["rows"]["loaded"] for i in (0, 2)] == [1, 1]
    assert _readers() == []


def _readers() -> list[int]:
    """Reading processes of this test that still run; other tests' servers may be children of the same process."""
    children = psutil.Process().children(recursive=True)
    return [
        p.pid
        for p in children
        if p.status() != psutil.STATUS_ZOMBIE and any(Path(part).name in {"hostile.py", "roi_core.ingest.child"} for part in p.cmdline())
    ]


def test_an_archive_goes_on_after_the_member_that_ended_the_process(hostile, tmp_path: Path) -> None:
    hostile("ended")
    members = {name: f"a,b\n{n},2\n".encode() for n, name in enumerate(["a.csv", "hostile.csv", "c.csv", "d.csv"])}
    entries = read_files([("all.zip", zipped({**members, "README": b"x"})), FILES[0]], tmp_path, Order(b"k" * 32), None, LIMITS)
    assert [(entry["file"], entry["member"]) for entry in entries] == [*(("all.zip", member) for member in members), ("a.csv", None)]
    assert ["refused" in entry for entry in entries] == [False, True, False, False, False]
    assert entries[1]["refused"].startswith('"hostile.csv" in "all.zip" could not be read: the process that read it was ended by the system.')
    assert "those that were read are kept" in entries[1]["refused"]
    assert entries[0]["notes"][0] == 'left out of the ZIP, as no tables: "README".'


def test_an_archive_is_given_up_after_four_ends_and_names_every_member(hostile, tmp_path: Path) -> None:
    hostile("ended")
    names = ["a.csv", *(f"hostile{n}.csv" for n in range(5)), "z.csv"]
    entries = read_files([("all.zip", zipped({name: f"a,b\n{name},2\n".encode() for name in names})), FILES[0]], tmp_path, Order(b"k" * 32), None, LIMITS)
    assert [entry["member"] for entry in entries] == [*names, None]
    assert ["refused" in entry for entry in entries] == [False, *[True] * 6, False]
    assert "ended the process that reads it 4 times" in entries[6]["refused"]


def test_the_same_bytes_are_refused_after_a_restart_too(hostile, tmp_path: Path) -> None:
    hostile("ended")
    entries = read_files([*FILES, ("again.csv", FILES[0][1])], tmp_path, Order(b"k" * 32), None, LIMITS)
    assert 'the same bytes as "a.csv"' in entries[3]["refused"]


def test_the_reading_process_ends_with_its_parent(tmp_path: Path) -> None:
    script = tmp_path / "slow.py"
    script.write_text(
        "import time\nimport roi_core.ingest.child as child\nimport roi_core.ingest.upload as upload\n"
        "def load_table(*_):\n    time.sleep(300)\n"
        "upload.load_table = load_table\nchild.main()\n",
        encoding="utf-8",
    )
    code = (
        "import pathlib, sys\nfrom roi_core.ingest import supervise\nfrom roi_core.ingest.limits import LIMITS\n"
        "from roi_core.ingest.run import Order, read_files\n"
        f"supervise._COMMAND = ('-P', {str(script)!r})\nprint('on', flush=True)\n"
        f"read_files([('a.csv', b'a,b')], pathlib.Path({str(tmp_path)!r}), Order(b'k' * 32), lambda *_: print('heard', flush=True), LIMITS)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=PIPE, text=True) as parent:
        assert [parent.stdout.readline() for _ in range(2)] == ["on\n", "heard\n"]
        (child,) = psutil.Process(parent.pid).children()
        parent.kill()
        gone, alive = psutil.wait_procs([child], timeout=10)
        assert (gone, alive) == ([child], [])


def test_a_process_that_never_begins_refuses_every_file_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(supervise, "_COMMAND", ("-c", "raise SystemExit(3)"))
    entries = read_files(FILES, tmp_path, Order(b"k" * 32), None, LIMITS)
    assert [entry["file"] for entry in entries] == ["a.csv", "hostile.csv", "c.csv"]
    assert all("ended by the system" in entry["refused"] for entry in entries)


def test_an_address_space_that_is_too_small_is_a_refusal(tmp_path: Path) -> None:
    entries = read_files(FILES[:1], tmp_path, Order(b"k" * 32), None, replace(LIMITS, address_bytes=256 << 20))
    assert "refused" in entries[0]
