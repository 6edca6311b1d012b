"""One load of an address, a company and an amount that stand nowhere else, in a process with folders of its own: `python -m tests.store.canaries PLACE`.

Prints what it found as JSON. While the load runs a thread looks through every folder but staging; then all is measured, told as JSON, deleted.
"""

import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from roi_core.cli import main as command_line
from roi_core.ingest import take_in
from roi_core.measurement import measure_workspace
from roi_core.spine import kept_facts
from roi_core.workspace import Workspace, sweep
from tests.store.apart import ROOT
from tests.store.contents import labels

EMAIL, COMPANY, AMOUNT = "canary.zq@canary-zq.example", "Canary Zq Holdings", "918273.64"
CANARIES = (EMAIL, "canary.zq", COMPANY, AMOUNT)
ROWS, CUSTOMERS = 20_000, 400
MOMENTS = ("during", "after", "measured", "deleted", "left", "log")
GIVEN = "given"
_FOLDERS = ("TMPDIR", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "SQLITE_TMPDIR", "HOME")


def loaded_apart(place: Path) -> dict[str, Any]:
    """What that process found, by moment, and what it wrote to stderr."""
    folders = {name: str(place / name) for name in _FOLDERS}
    for folder in folders.values():
        Path(folder).mkdir()
    command = [sys.executable, "-m", "tests.store.canaries", str(place)]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **folders}, capture_output=True, text=True, check=True)
    return {**json.loads(done.stdout), "log": done.stderr.splitlines()}


def forms(text: str) -> Iterator[bytes]:
    """How a text can stand in a file."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        yield text.encode(encoding)
    yield text.encode().hex().encode()


def found(place: Path, *without: str) -> list[str]:
    """Files in which one of them stands; those whose path holds one of `without` are not looked at."""
    looked = [path for path in place.rglob("*") if path.is_file() and not {*without} & {*path.parts}]
    return [f"{path.relative_to(place)}: {canary}" for path in looked for canary in _held(path)]


def _held(path: Path) -> list[str]:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return []
    texts = _decoded(content) if content[:4] == b"PAR1" else []
    return [canary for canary in CANARIES if any(form in content for form in forms(canary)) or any(canary in text for text in texts)]


def _decoded(content: bytes) -> list[str]:
    """Every text of a table, which is compressed on disk, and what is noted about it; nothing of a file that is not whole yet."""
    try:
        file = pq.ParquetFile(pa.BufferReader(content))
        columns = file.read(use_threads=False).columns
    except (pa.ArrowException, OSError):
        return []
    noted = [text.decode(errors="replace") for pair in (file.schema_arrow.metadata or {}).items() for text in pair]
    return [*noted, *file.schema_arrow.names, *(text for column in columns if _is_text(column.type) for text in pc.unique(column).to_pylist() if text)]


def _is_text(kind: pa.DataType) -> bool:
    return pa.types.is_string(kind) or pa.types.is_large_string(kind) or (pa.types.is_dictionary(kind) and _is_text(kind.value_type))


def files() -> list[tuple[str, bytes]]:
    """Invoices, with one line too many and a total that is no data, customers and tickets; and a table that asks a question."""
    bills = [f"i{n},c{n % CUSTOMERS},2024-{n % 12 + 1:02d}-{n % 28 + 1:02d},{AMOUNT if n == 7 else n % 90 + 1},paid,{EMAIL}" for n in range(ROWS)]
    invoices = "\n".join(["invoice_id,customer_id,date,amount,status,email", *bills, f"too,few,{EMAIL},{AMOUNT}", f"Total,,,{_total():.2f},,"])
    people = [f"c{n},{COMPANY if n == 7 else f'Firm {n}'},{_email(n)},2023-01-01,{'2024-09-03' if n % 5 == 0 else ''},20" for n in range(CUSTOMERS)]
    customers = "\n".join(["customer_id,company,email,started_at,churned_at,mrr", *people])
    asked = [f"t{n},c{n % 300},{_email(n % 300)},2024-{n % 12 + 1:02d}-{n % 28 + 1:02d},{COMPANY if n == 7 else 'billing'}" for n in range(2_000)]
    tickets = "\n".join(["ticket_id,customer_id,email,created_at,company", *asked])
    unknown = "\n".join(["Wer,Was,Wann", *(f"{EMAIL},{COMPANY},{AMOUNT}" for _ in range(50))])
    known = {"invoices.csv": invoices, "customers.csv": customers, "tickets.csv": tickets}
    return [(name, text.encode()) for name, text in {**known, f"{COMPANY}.csv": unknown}.items()]


def _total() -> float:
    return float(AMOUNT) + sum(n % 90 + 1 for n in range(ROWS) if n != 7)


def _email(n: int) -> str:
    return EMAIL if n == 7 else f"u{n}@firm{n}.example"


def _told(place: Path) -> None:
    """What the command line writes about them, beside all else; their names are its user's own words, so that which names a company is left out."""
    given, out = place / GIVEN, place / "told"
    for folder in (given, out):
        folder.mkdir()
    paths = [given / name for name, _ in files()[:-1]]
    for path, (_, content) in zip(paths, files(), strict=False):
        path.write_bytes(content)
    shown = io.StringIO()
    with redirect_stdout(shown):
        codes = [command_line(["inspect", *map(str, paths), "--json"]), command_line(["analyse", *map(str, paths), "--json", str(out / "analyse.json")])]
    (out / "inspect.json").write_text(f"{codes} {shown.getvalue()}")


def _sizes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in folder.iterdir()}


def main(place: Path) -> None:
    """Loads, looks, deletes, looks again."""
    home, during, ended = place / "home", set(), threading.Event()

    def watch() -> None:
        while not ended.is_set():
            during.update(found(place, "staging"))
            ended.wait(0.05)

    workspace = Workspace.create(home)
    watcher = threading.Thread(target=watch)
    watcher.start()
    intake = take_in(files(), workspace)
    ended.set()
    watcher.join()
    workspace.remember("company", COMPANY)
    told = {"loaded": sum(report.rows.loaded for report in intake.files if report.rows), "during": sorted(during), "after": found(place)}
    kept_facts.WORTH_KEEPING = 0
    measure_workspace(workspace)
    _told(place)
    told |= {"measured": found(place, GIVEN), "derived": len(list(workspace.folder.glob("derived/*.parquet"))), "json": _sizes(place / "told")}
    kept = labels(workspace)
    sealed = {
        "aside": all(text in str(kept["quarantine"]) for text in (EMAIL, AMOUNT)),
        "no_data": f"Total,,,{_total():.2f}" in str(kept["no_data"]),
        "held": len(kept["held"]),
    }
    workspace.delete()
    sweep(home)
    left = [str(path.relative_to(place)) for path in place.rglob("*") if workspace.id in str(path) or path.suffix in (".sqlite", ".parquet")]
    print(json.dumps({**told, **sealed, "deleted": found(place, GIVEN), "left": left}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
