"""The disk as a power cut leaves it, counted by hand: what was synced is there, and of the rest a beginning."""

from pathlib import Path

from tests.store.power import Step, Traced, kept_after, written

ROOT = Path("/disk")


def hexed(text: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in text.encode())


def line(call: str, *words: str, gave: str = "0") -> str:
    """As strace writes it: `<path>` after a descriptor and every text in hexadecimal digits."""
    return f"{call}({', '.join(words)}) = {gave}\n"


def text(content: str) -> str:
    return f'"{hexed(content)}"'


def of(descriptor: int, path: str) -> str:
    return f"{descriptor}<{hexed(path)}>"


HERE = f"AT_FDCWD<{hexed('/elsewhere')}>"
SAVE = [
    line("openat", HERE, text("/disk/new"), "O_RDWR|O_CREAT|O_CLOEXEC", "0600", gave=of(3, "/disk/new")),
    line("write", of(3, "/disk/new"), text("abcd"), "4", gave="2"),
    line("write", of(3, "/disk/new"), text("cd"), "2", gave="2"),
    line("fsync", of(3, "/disk/new")),
    line("pwrite64", of(3, "/disk/new"), text("Z"), "1", "1", gave="1"),
    line("rename", text("/disk/new"), text("/disk/kept")),
    line("openat", HERE, text("/disk"), "O_RDONLY|O_CLOEXEC", gave=of(4, "/disk")),
    line("fsync", of(4, "/disk")),
    line("write", of(1, "/elsewhere/out"), text("acknowledged 7"), "14", gave="14"),
    line("unlink", text("/elsewhere/kept")),
    line("rename", text("/disk/kept"), text("/disk/gone"), gave="-1 ENOENT (No such file or directory)"),
]


def traced() -> Traced:
    made = Traced(ROOT)
    for one in SAVE:
        made.read(one)
    return made


def disk(tmp_path: Path, cut: int, unsynced: int) -> dict[str, str]:
    made, place = traced(), tmp_path / "made"
    written(kept_after(made.steps, cut, unsynced), list(made.folders), place)
    return {path.name: path.read_text() for path in place.iterdir()}


def test_every_call_inside_the_folder_is_a_step_and_no_other() -> None:
    assert traced().steps == [
        Step("names", names=((0, "new", 1),)),
        Step("bytes", 1, 0, b"ab"),
        Step("bytes", 1, 2, b"cd"),
        Step("synced", 1),
        Step("bytes", 1, 1, b"Z"),
        Step("names", names=((0, "kept", 1), (0, "new", None))),
        Step("synced", 0),
        Step("acknowledged", at=7),
    ]


def test_without_a_sync_of_the_folder_the_file_has_no_name(tmp_path: Path) -> None:
    assert disk(tmp_path, cut=5, unsynced=0) == {}


def test_what_was_not_synced_is_there_as_far_as_it_came(tmp_path: Path) -> None:
    assert disk(tmp_path, cut=3, unsynced=2) == {"new": "ab"}


def test_synced_bytes_are_there_and_a_later_change_is_not(tmp_path: Path) -> None:
    assert disk(tmp_path, cut=6, unsynced=1) == {"new": "abcd"}


def test_the_change_comes_before_the_new_name(tmp_path: Path) -> None:
    assert disk(tmp_path, cut=6, unsynced=3) == {"kept": "aZcd"}


def test_after_the_sync_of_the_folder_the_new_name_stands_without_the_unsynced_change(tmp_path: Path) -> None:
    assert disk(tmp_path, cut=8, unsynced=0) == {"kept": "abcd"}
