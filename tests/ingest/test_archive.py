"""ZIP and GZIP: read by index under names of our own, refused by name, bounded in bytes."""

import gzip
import random
import time
import zipfile
from pathlib import Path

import pytest

from roi_core.errors import FileRefused
from roi_core.ingest.archive import Contents, unpack
from roi_core.ingest.limits import LIMITS, ReadLimits
from tests.ingest.archives import lying, overlapping, with_flag, with_link, with_name, zipped
from tests.shared import shared_path

TABLE = b"a,b\n1,2\n"


@pytest.fixture
def opened(tmp_path: Path):
    """Unpacks bytes in a folder, and sees that nothing is written outside of its staging folder."""
    staging = tmp_path / "inside" / "staging"
    staging.mkdir(parents=True)

    def unpacked(data: bytes, limits: ReadLimits = LIMITS) -> Contents:
        upload = tmp_path / "inside" / "upload.zip"
        upload.write_bytes(data)
        try:
            return unpack(upload, "upload.zip", staging, limits)
        finally:
            files = {path for path in tmp_path.rglob("*") if path.is_file()}
            assert all(path == upload or path.parent == staging for path in files)
            assert not any(path.is_symlink() for path in files)

    return unpacked


def refusals(contents: Contents) -> dict[str | None, str]:
    return {member.name: member.refused for member in contents.members if member.refused}


def test_members_are_read_under_their_names(opened) -> None:
    contents = opened(zipped({"x/a.csv": TABLE, "b.csv": b"c\n"}))
    assert [(member.name, member.path.read_bytes()) for member in contents.members] == [("x/a.csv", TABLE), ("b.csv", b"c\n")]


def test_what_is_no_archive_is_itself(opened) -> None:
    (member,) = opened(TABLE).members
    assert (member.name, member.path.read_bytes()) == (None, TABLE)


def test_gzip(opened) -> None:
    (member,) = opened(gzip.compress(TABLE)).members
    assert (member.name, member.path.read_bytes()) == (None, TABLE)


def test_what_is_no_table_is_left_out_and_told(opened) -> None:
    left_out = ["__MACOSX/._a.csv", ".DS_Store", "x/.DS_Store", "README", "readme.md", "License.txt", "x/README.txt", "truth.json"]
    contents = opened(zipped({"a.csv": TABLE, **dict.fromkeys(left_out, b"x")}))
    assert [member.name for member in contents.members] == ["a.csv"]
    assert contents.notes == ("left out of the ZIP, as no tables: " + ", ".join(f'"{name}"' for name in left_out) + ".",)


@pytest.mark.parametrize("name", ["readme_tickets.csv", "licenses.csv", ".hidden.csv", "read.pdf", "other.json", "notes.md", "x__MACOSX/a.csv"])
def test_what_may_be_a_table_is_never_left_out(name: str, opened) -> None:
    contents = opened(zipped({name: TABLE}))
    assert ([member.name for member in contents.members], contents.notes) == ([name], ())


def test_a_folder_with_bytes_is_refused_by_name_and_one_without_is_nothing(opened) -> None:
    contents = opened(zipped({"empty/": b"", "hidden/": TABLE, "a.csv": TABLE}))
    assert [member.name for member in contents.members] == ["hidden/", "a.csv"]
    assert "a folder that holds bytes of its own" in refusals(contents)["hidden/"]


@pytest.mark.parametrize("compression", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_member_whose_packed_bytes_are_damaged_is_refused_alone(compression: int, opened) -> None:
    noise = bytes(random.Random(1).randbytes(5_000))
    data = bytearray(zipped({"bad.csv": noise, "good.csv": TABLE}, compression))
    data[60:4_000] = bytes(255 - byte for byte in data[60:4_000])
    contents = opened(bytes(data))
    assert "a damaged file of the ZIP" in refusals(contents)["bad.csv"]
    assert [member.name for member in contents.members if member.path] == ["good.csv"]


def test_names_of_members_steer_no_terminal(opened) -> None:
    contents = opened(zipped({"a\x1b[31m\u202evsc.csv": TABLE, "x" * 300 + ".csv": TABLE}))
    assert [member.name for member in contents.members] == ["a?[31m?vsc.csv", "x" * 53 + "…" + "x" * 22 + ".csv"]


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("bad.csv", with_flag(zipped({"bad.csv": TABLE, "good.csv": TABLE}), 1), "a password-protected file"),
        ("in.zip", zipped({"in.zip": b"PK", "good.csv": TABLE}), "an archive inside of an archive"),
        ("link.csv", with_link("link.csv", "/etc/passwd"), "a link to another file"),
        ("../a.csv", zipped({"../a.csv": TABLE, "good.csv": TABLE}), "a path that leads out"),
        ("..\\..\\a.csv", zipped({"..\\..\\a.csv": TABLE, "good.csv": TABLE}), "a path that leads out"),
        ("/a.csv", zipped({"/a.csv": TABLE, "good.csv": TABLE}), "a path that leads out"),
        ("C:\\a.csv", zipped({"C:\\a.csv": TABLE, "good.csv": TABLE}), "a path that leads out"),
        ("a?b.csv", with_name(zipped({"a_b.csv": TABLE, "good.csv": TABLE}), b"a_b.csv", b"a\x00b.csv"), "a path that leads out"),
        ("GOOD.csv", zipped({"good.csv": TABLE, "GOOD.csv": TABLE}), "a second file of that name"),
        ("bad.csv", zipped({"bad.csv": TABLE * 9, "good.csv": TABLE}, 0).replace(TABLE * 9, TABLE * 8 + b"x" * 8), "a damaged file"),
    ],
)
def test_a_bad_member_is_refused_by_name_and_the_others_go_on(name: str, data: bytes, kind: str, opened) -> None:
    contents = opened(data)
    (refused,) = refusals(contents).items()
    assert refused[0] == name
    assert kind in refused[1]
    assert "good.csv" in [member.name for member in contents.members if member.path]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (zipped({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}), r"an Excel workbook \(XLSX\)"),
        (zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "a Word document"),
        (zipped({"mimetype": b"x", "content.xml": b"<x/>"}), "an OpenDocument file"),
        (overlapping(zipped({"a.csv": TABLE, "b.csv": TABLE})), 'a ZIP file in which "a.csv" overlaps another file|"b.csv" overlaps'),
        (zipped({"a.csv": TABLE})[:-30], "a damaged ZIP file"),
        (zipped({"README": b"x", ".DS_Store": b"x"}), r'a ZIP file without a table in it \(it holds "README", ".DS_Store"\)'),
        (zipped({}), "a ZIP file without a table in it"),
        (gzip.compress(TABLE * 1000)[:-20], "a damaged GZIP file"),
    ],
)
def test_an_archive_that_is_not_opened_says_what_it_is(data: bytes, kind: str, opened) -> None:
    with pytest.raises(FileRefused, match=kind):
        opened(data)


def test_bombs_are_refused_before_they_are_unpacked(opened) -> None:
    bomb = zipped({"a.csv": b"\x00" * (120 << 20)})
    started = time.process_time()
    with pytest.raises(FileRefused, match="times its packed size; the limit is 200 times"):
        opened(bomb)
    assert time.process_time() - started < 1


def test_many_small_files_are_refused(opened) -> None:
    with pytest.raises(FileRefused, match="the number of files inside is 101; the limit is 100"):
        opened(zipped({f"{n}.csv": TABLE for n in range(101)}))


def test_a_gzip_bomb_ends_at_the_byte_budget(opened) -> None:
    with pytest.raises(FileRefused, match="over 1,000,000 bytes"):
        opened(gzip.compress(b"1,2\n" * 2_000_000), ReadLimits(unpacked_bytes=1_000_000))


@pytest.mark.parametrize("said", [8, 1_000])
def test_a_member_that_lies_about_its_size_is_refused(said: int, opened) -> None:
    contents = opened(lying(zipped({"a.csv": b"1,2\n" * 17_000, "good.csv": TABLE}), 68_000, said), ReadLimits(unpacked_bytes=100_000))
    assert "a damaged file of the ZIP" in refusals(contents)["a.csv"]


def test_a_real_archive(opened) -> None:
    (member,) = opened(shared_path("data/tickets/incident_event_log.zip").read_bytes()).members
    assert member.name == "incident_event_log/incident_event_log.csv"
    assert member.path.stat().st_size == 27_370_060
