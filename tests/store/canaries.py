"""One load of an address, a company and an amount that stand nowhere else, in a process with folders of its own: `python -m tests.store.canaries PLACE`.

Prints what it found as JSON. While the load runs a thread looks through every folder but staging.
"""

import json
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from roi_core.ingest import take_in
from roi_core.workspace import Workspace, sweep
from tests.store.contents import labels

EMAIL, COMPANY, AMOUNT = "canary.zq@canary-zq.example", "Canary Zq Holdings", "918273.64"
CANARIES = (EMAIL, "canary.zq", COMPANY, AMOUNT)
ROWS = 20_000


def forms(text: str) -> Iterator[bytes]:
    """How a text can stand in a file."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        yield text.encode(encoding)
    yield text.encode().hex().encode()


def found(place: Path, without: str = "") -> list[str]:
    """Files in which one of them stands; those whose path holds `without` are not looked at."""
    looked = [path for path in place.rglob("*") if path.is_file() and not (without and without in path.parts)]
    return [f"{path.relative_to(place)}: {canary}" for path in looked for canary in CANARIES if _holds(path, canary)]


def _holds(path: Path, canary: str) -> bool:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return False
    return any(form in content for form in forms(canary))


def files() -> list[tuple[str, bytes]]:
    """Invoices, with one line too many, and tickets that ask a question."""
    bills = [f"i{n},c{n % 50},2024-01-{n % 28 + 1:02d},{AMOUNT if n == 7 else n},paid,{EMAIL}" for n in range(ROWS)]
    invoices = "\n".join(["invoice_id,customer_id,date,amount,status,email", *bills, f"too,few,{EMAIL},{AMOUNT}"])
    people = [f"c{n},{COMPANY if n == 7 else f'Firm {n}'},{EMAIL if n == 7 else f'u{n}@firm{n}.example'},2023-01-01" for n in range(50)]
    customers = "\n".join(["customer_id,company,email,created_at", *people])
    unknown = "\n".join(["Wer,Was,Wann", *(f"{EMAIL},{COMPANY},{AMOUNT}" for _ in range(50))])
    return [("invoices.csv", invoices.encode()), ("customers.csv", customers.encode()), (f"{COMPANY}.csv", unknown.encode())]


def main(place: Path) -> None:
    """Loads, looks, deletes, looks again."""
    home, during, ended = place / "home", set(), threading.Event()

    def watch() -> None:
        while not ended.is_set():
            during.update(found(place, "staging"))

    workspace = Workspace.create(home)
    watcher = threading.Thread(target=watch)
    watcher.start()
    intake = take_in(files(), workspace)
    ended.set()
    watcher.join()
    workspace.remember("company", COMPANY)
    told = {"loaded": sum(report.rows.loaded for report in intake.files if report.rows), "during": sorted(during), "after": found(place)}
    kept = labels(workspace)
    sealed = {"aside": all(text in str(kept["quarantine"]) for text in (EMAIL, AMOUNT)), "held": len(kept["held"])}
    workspace.delete()
    sweep(home)
    left = [str(path.relative_to(place)) for path in place.rglob("*") if workspace.id in str(path) or path.suffix in (".sqlite", ".parquet")]
    print(json.dumps({**told, **sealed, "deleted": found(place), "left": left}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
