"""The process that reads customers' files, so that a hostile one ends it and nothing else.

`python -m roi_core.ingest.child` takes one line of JSON on stdin and writes one JSON object a line on stdout: `{"begin": i}`,
`{"members": [...], "notes": [...]}` once a file is open, `{"share": s}` on the way, `{"report": {...}}` for each table,
`{"end": i}`. Nothing goes to stderr. It ends at once where stdin is closed, which the system does when the parent is gone, and at
its own end leaves its memory to the system.
"""

import base64
import gc
import json
import os
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from importlib.abc import MetaPathFinder
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from roi_core.ingest.limits import ReadLimits

if TYPE_CHECKING:
    from roi_core.ingest.aside import Aside
    from roi_core.workspace.vault import Vault

_THREADS = 2
_PIECE = 1 << 16


Say = Callable[[Mapping[str, Any]], None]
Handle = Callable[[Mapping[str, Any], Say, ReadLimits], None]


def main() -> None:
    """Reads the order from stdin, then file after file."""
    serve(read)


def serve(handle: Handle) -> None:
    """Takes one order from stdin and hands it on, in a process that limits and silences itself.

    Garbage is looked for between files alone: among a million cells that are all needed that takes an eighth of the time.
    """
    os.umask(0o077)
    spec = json.loads(_order())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    say = _only_channel()
    limits = ReadLimits(**spec["limits"])
    _limit_this_process(limits, len(spec["files"]))
    sys.meta_path.insert(0, _WithoutPandas())
    gc.disable()
    handle(spec, say, limits)


def read(spec: Mapping[str, Any], say: Say, limits: ReadLimits) -> None:
    """The tables of file after file. Raises nothing that is a file's fault."""
    from roi_core.ingest.upload import Choices, Job, messages_of

    staging = Path(spec["staging"])
    vault = _sealing(staging, spec["vault"])
    match_key, choices = base64.b64decode(spec["match"]), Choices.of(spec["mapping"])
    job = Job(staging, match_key, vault, choices, limits, spec["dump"], dict(spec["sources"]), lambda share: say({"share": share}))
    for number, file in enumerate(spec["files"]):
        say({"begin": number})
        for message in messages_of(Path(file["path"]), file["name"], job, file["from"]):
            say(_with_sealed(message, vault))
        if not gc.isenabled():
            gc.collect()
        say({"end": number})


def _sealing(staging: Path, spec: Mapping[str, Any] | None) -> "Vault | Aside | None":
    """Where what is sealed goes: into the vault, or aside where another reader is at work; nowhere without a vault."""
    from roi_core.ingest.aside import aside_in, vault_at

    if not spec:
        return None
    key = spec["key"].encode("ascii")
    return aside_in(staging, key) if spec["aside"] else vault_at(Path(spec["path"]), key)


def _with_sealed(message: Mapping[str, Any], vault: "Vault | Aside | None") -> Mapping[str, Any]:
    """A report says where what was sealed of its table lies aside."""
    from roi_core.ingest.aside import Aside

    if not isinstance(vault, Aside) or "report" not in message:
        return message
    return {"report": {**message["report"], "sealed": vault.taken()}}


def _order() -> bytes:
    """The first line of stdin, read without a buffer, so that no lock is held on it when this process ends."""
    line = bytearray()
    while not line.endswith(b"\n") and (piece := os.read(0, _PIECE)):
        line += piece
    return bytes(line)


def _end_with_parent() -> None:
    """Waits for the end of stdin, and ends this process in the middle of whatever it does."""
    while os.read(0, _PIECE):
        continue
    os._exit(1)


def _only_channel() -> Say:
    """The real stdout for our lines; whatever else writes to stdout or stderr is thrown away."""
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)

    def say(message: Mapping[str, Any]) -> None:
        channel.write(json.dumps(message) + "\n")
        channel.flush()

    return say


def _limit_this_process(limits: ReadLimits, files: int) -> None:
    """A backstop where the system has one; the parent watches memory and time everywhere."""
    if sys.platform == "win32":
        return
    import resource

    seconds = _THREADS * limits.seconds * (files + 1)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (limits.address_bytes, limits.address_bytes))


class _WithoutPandas(MetaPathFinder):
    """pyarrow loads pandas at the first `pa.array` where it is installed, 0.2 s for nothing; here it finds none."""

    def find_spec(self, fullname: str, _path: Sequence[str] | None, _target: ModuleType | None = None, /) -> None:
        """Raises ModuleNotFoundError for pandas, and leaves every other module to the finders after it."""
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname)


if __name__ == "__main__":
    main()
    os._exit(0)
