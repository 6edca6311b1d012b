"""What is no export of ours, or not as it was written, is refused in words, and nothing of it is kept."""

import hashlib
import io
import json
import random
import stat
import zipfile

import pytest

from roi_core.bundle import export_work, import_work
from roi_core.bundle.layout import Manifest, Member
from roi_core.errors import BundleRefused, NotSaved
from roi_core.ingest.limits import ReadLimits
from roi_core.workspace import saved
from tests.bundle.conftest import FINDING, OPENS


def refused(content, tmp_path, passphrase=None, limits=None):
    home = tmp_path / "other"
    with pytest.raises(BundleRefused) as told:
        import_work(("work.zip", content), home, passphrase, *([limits] if limits else []))
    assert saved(home) == ()
    assert not [path for path in home.rglob("*") if path.is_file()]
    return str(told.value)


def rewritten(content, change=lambda _, member: member, more=(), version=1, **manifest):
    """The bundle with each member changed, and a manifest that says so, as a forger would write it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        members = {name: change(name, old.read(name)) for name in old.namelist() if name != "manifest.json"} | dict(more)
        listed = {name: Member(len(member), hashlib.sha256(member).hexdigest()) for name, member in members.items()}
        for name, member in members.items():
            new.writestr(name, member)
        new.writestr("manifest.json", Manifest("0.1.0", listed, version, **manifest).as_bytes())
    return out.getvalue()


def in_work(**changed):
    return lambda name, member: json.dumps({**json.loads(member), **changed}).encode() if name == "work.json" else member


def in_part(**changed):
    def change(name, member):
        if name != "work.json":
            return member
        work = json.loads(member)
        return json.dumps({**work, "parts": [{**work["parts"][0], **changed}, *work["parts"][1:]]}).encode()

    return change


def test_a_json_of_many_depths_is_refused(bundle, tmp_path):
    content = rewritten(bundle().read_bytes(), lambda name, member: b"[" * 200_000 if name == "work.json" else member)
    assert "cannot be read" in refused(content, tmp_path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"a,b\n1,2\n", b"PAR1" * 10], ids=["empty", "cut", "csv", "parquet"])
@pytest.mark.usefixtures("in_this_process")
def test_a_file_that_is_no_zip_is_foreign(tmp_path, content):
    assert "is no exported work" in refused(content, tmp_path)


@pytest.mark.usefixtures("in_this_process")
def test_another_zip_is_foreign(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("tickets.csv", "a,b\n1,2\n")
    assert "is no exported work" in refused(out.getvalue(), tmp_path)
    assert "is no exported work" in refused(rewritten(out.getvalue(), format="another"), tmp_path)


@pytest.mark.usefixtures("in_this_process")
def test_a_newer_format_is_refused_with_the_way_out(bundle, tmp_path):
    assert "Update Support ROI" in refused(rewritten(bundle().read_bytes(), version=2), tmp_path)


@pytest.mark.usefixtures("in_this_process")
def test_no_changed_byte_is_taken_for_the_work(bundle, tmp_path, workspace):
    """A byte that matters is told; one that does not (a date or a mark in the directory of the ZIP) gives the same work."""
    content = bundle().read_bytes()
    draw, same, told = random.Random(1), 0, 0
    for _ in range(24):
        place = draw.randrange(len(content))
        changed = bytearray(content)
        changed[place] ^= 1 << draw.randrange(8)
        try:
            again = import_work(("work.zip", bytes(changed)), tmp_path / "other")
        except BundleRefused:
            told += 1
            continue
        same += 1
        assert again.root.values["assumptions"] == workspace.root.values["assumptions"]
        assert [part.table for part in again.manifest()] == [part.table for part in workspace.manifest()]
        again.delete()
    assert told > same


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
@pytest.mark.usefixtures("in_this_process")
def test_a_file_that_was_cut_is_refused(bundle, tmp_path, share):
    content = bundle().read_bytes()
    assert refused(content[: int(len(content) * share)], tmp_path)


@pytest.mark.usefixtures("in_this_process")
def test_a_member_more_or_less_is_refused(bundle, tmp_path):
    content = bundle().read_bytes()
    assert "other files than it lists" in refused(rewritten(content, more={"notes.txt": b"x"}), tmp_path)
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("tables/9.csv", "x\n")
    assert "other files than it lists" in refused(out.getvalue(), tmp_path)


@pytest.mark.parametrize("name", ["../out.csv", "/etc/out.csv", "tables/../../out.csv", "C:\\out.csv", "tables/a.zip", "TABLES/0.CSV"])
@pytest.mark.usefixtures("in_this_process")
def test_a_member_with_another_name_is_refused(bundle, tmp_path, name):
    assert refused(rewritten(bundle().read_bytes(), more={name: b"x"}), tmp_path)
    assert not list(tmp_path.glob("**/out.csv"))


def test_a_bomb_is_refused_before_it_is_unpacked(bundle, tmp_path):
    content = rewritten(bundle().read_bytes(), lambda name, member: member + b"\n" * (80 << 20) if name == "tables/0.csv" else member)
    assert "Nothing of it was kept" in refused(content, tmp_path, limits=ReadLimits(unpacked_bytes=64 << 20))
    assert "times its packed size" in refused(content, tmp_path)


def test_a_member_that_lies_about_its_size_is_refused(bundle, tmp_path):
    content = bytearray(bundle().read_bytes())
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        size = archive.getinfo("work.json").file_size
    place = content.rfind(size.to_bytes(4, "little"))
    content[place : place + 4] = (5).to_bytes(4, "little")
    assert refused(bytes(content), tmp_path)


CRAFTED = {
    "another header": lambda text: text.replace('"ticket_id"', '"other"', 1),
    "one cell too many": lambda text: text + "1,2,3\n",
    "text in a time": lambda text: text.replace("2025-01-05 00:00:00.000000", "yesterday"),
    "rows that are not announced": lambda text: text + text.splitlines()[1] + "\n",
    "an open quotation": lambda text: text + '"',
    "nothing": lambda _: "",
    "not UTF-8": lambda text: text.replace("billing", "\udcff"),
}


@pytest.mark.parametrize("name", CRAFTED)
@pytest.mark.usefixtures("in_this_process")
def test_a_crafted_csv_is_refused(bundle, tmp_path, name):
    def change(member_name, member):
        if member_name != "tables/0.csv":
            return member
        changed = CRAFTED[name](member.decode())
        assert changed != member.decode()
        return changed.encode(errors="surrogateescape")

    assert "is not the table that it says it is" in refused(rewritten(bundle().read_bytes(), change), tmp_path)


WORKS = {
    "no object": lambda name, member: b"[]" if name == "work.json" else member,
    "no JSON": lambda name, member: b"\xff" if name == "work.json" else member,
    "values": in_work(values=[]),
    "a name of a value": in_work(values={"../x": 1}),
    "designs": in_work(designs={"abcdef12": 1}),
    "a moment": in_work(records=[{"kind": "reading", "at": "yesterday", "content": 1}]),
    "reports": in_work(reports=[{"file": "a"}]),
    "a margin": in_work(values={"assumptions": {"gross_margin": 7}}),
    "an answer that is none": in_work(values={"assumptions": {"nonsense": 7}}),
    "a comparison": in_work(values={"design": {"horizon_months": 5}}),
    "links": in_work(values={"links": [[{"verdict": "drop", "kind": "e-mail", "key": "k", "customer": "c"}]]}),
    "a value that no work has": in_work(values={"surprise": 1}),
    "a finding": in_work(values={"findings": [{"kind": "effect"}]}),
    "a finding of no list": in_work(values={"findings": 7}),
    "a number of a finding": in_work(values={"findings": [{**FINDING, "then": {"title": "t", "text": "x", "numbers": ["much"]}}]}),
    "a scenario": in_work(values={"scenario": {"reply": "fast"}}),
    "a switch": in_work(values={"keep_texts": "yes"}),
    "a colour": in_work(values={"colour": "</style>"}),
    "a table": in_part(table="secrets"),
    "a member": in_part(member="../a.csv"),
    "a type": in_part(columns=[["ticket_id", "int64"]]),
    "a column": in_part(columns=[["ticket_id", "string"], ["surprise", "string"]]),
    "rows": in_part(rows="many"),
    "covariates": in_part(meta={"covariates": [{"column": 1}]}),
}


@pytest.mark.parametrize("name", WORKS)
@pytest.mark.usefixtures("in_this_process")
def test_what_no_export_says_is_refused(bundle, tmp_path, name):
    assert "Nothing of it was kept" in refused(rewritten(bundle().read_bytes(), WORKS[name]), tmp_path)


@pytest.mark.usefixtures("in_this_process")
def test_a_wrong_passphrase_and_one_too_many_are_told_apart(bundle, tmp_path):
    assert "does not open" in refused(bundle(OPENS).read_bytes(), tmp_path, "correct horse batter")
    assert "without a passphrase" in refused(bundle().read_bytes(), tmp_path, OPENS)


@pytest.mark.usefixtures("in_this_process")
def test_a_changed_sealed_part_opens_nothing(bundle, tmp_path):
    content = rewritten(bundle(OPENS).read_bytes(), lambda name, member: member[:-9] + b"A" + member[-8:] if name == "sealed" else member)
    assert "does not open" in refused(content, tmp_path, OPENS)


def test_a_passphrase_that_can_be_guessed_makes_no_file(workspace, tmp_path):
    with pytest.raises(BundleRefused, match="at least 12 characters"):
        export_work(workspace, tmp_path / "out.zip", "short")
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_a_disk_that_refuses_leaves_the_file_of_before(workspace, bundle, monkeypatch):
    path = bundle()
    before = path.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(NotSaved):
        export_work(workspace, path)
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir() if one.is_file()] == [path.name]


def test_an_export_is_its_owners_alone(bundle):
    assert stat.S_IMODE(bundle().stat().st_mode) == 0o600
