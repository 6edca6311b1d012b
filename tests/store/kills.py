"""SIGKILL at random points of save, load, undo, copy, delete, forget, migrate and import: what was acknowledged is there, whole, and nothing else is."""

import json
import os
import random
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from roi_core.bundle import export_work, import_work
from roi_core.companies import write_sample
from roi_core.errors import WorkspaceMissing
from roi_core.ingest import take_in
from roi_core.ingest.remembered import remembered
from roi_core.workspace import Workspace, copy_of, forget_older, forgetting, saved, sweep
from tests.store.contents import contents, counting, halves, labels, orphans, unreadable
from tests.store.forking import Acknowledge, Work, killed, run
from tests.store.scores import Score, Tally

FIXTURE = Path(__file__).parents[1] / "workspace" / "format_1.zip"
EACH_KEEPS = 40
_SHARES = {"save": 0.25, "undo": 0.1, "load": 0.1, "copy": 0.1, "delete": 0.15, "forget": 0.1, "migrate": 0.1, "import": 0.1}


@dataclass(frozen=True, slots=True)
class Trial:
    """One kind of work: what a child does, how long that takes, and what is wrong afterwards given what the child had said."""

    work: Work
    faults: Callable[[tuple[str, ...]], list[str]]
    once: bool = True


class Kills:
    """All trials in one folder, with draws from one seed."""

    def __init__(self, folder: Path, seed: int = 1) -> None:
        self.folder, self.home, self.draw = folder, folder / "home", random.Random(seed)
        self.seconds: dict[str, float] = {}
        forgetting.YOUNG_SECONDS = -60.0
        part(folder, "loads whatever the first table loads")
        self.files = [path for path in write_sample(folder / "exports", customers=20) if path.name in ("costs.csv", "stripe_customers.csv")]

    def all(self, count: int) -> list[Score]:
        """About so many kills, shared out; at least one of each kind."""
        return [self.kind(name, max(1, round(share * count))) for name, share in _SHARES.items()]

    def kind(self, name: str, count: int) -> Score:
        """Kills of one kind."""
        tally = Tally(f"killed during {name}")
        for number in range(count):
            if number % EACH_KEEPS == 0:
                shutil.rmtree(self.home, ignore_errors=True)
            trial: Trial = getattr(self, f"_{name}")()
            if name not in self.seconds:
                self.seconds[name] = run(trial.work).seconds if trial.once else 0.3
                trial = getattr(self, f"_{name}")()
            ended = killed(trial.work, self.draw.uniform(0, self.seconds[name] * 1.05))
            sweep(self.home)
            faults = [*(line for line in ended.said if line.startswith("raised")), *trial.faults(ended.said)]
            self._let_keys_grow_old()
            sweep(self.home)
            tally.add([*faults, *orphans(self.home)])
        return tally.score

    def _let_keys_grow_old(self) -> None:
        """A key is written before its work appears; one without work is swept once it is an hour old."""
        for key in (self.home / "keys").glob("*"):
            os.utime(key, (0, 0))

    def _some(self) -> Workspace:
        """Work with two versions of two tables."""
        workspace = Workspace.create(self.home)
        for number in (1, 2):
            workspace.publish_all([("tickets", part(self.folder, f"t{number}"), {}), ("usage", part(self.folder, f"u{number}"), {})])
            workspace.remember_all({"a": number, "b": number})
        return workspace

    def _save(self) -> Trial:
        workspace = self._one("save")
        start = workspace.recall("a") or 0

        def work(acknowledge: Acknowledge) -> None:
            for number in range(start + 1, start + 10_000):
                paths = [part(self.folder, f"{table}{number}") for table in ("t", "u")]
                workspace.publish_all([("tickets", paths[0], {"n": number}), ("usage", paths[1], {"n": number})])
                workspace.remember_all({"a": number, "b": number})
                acknowledge(str(number))

        def faults(said: tuple[str, ...]) -> list[str]:
            last = max(map(int, said), default=start)
            values, parts = workspace.root.values, [[part.meta["n"] for part in workspace.manifest() if part.table == table] for table in ("tickets", "usage")]
            wrong = [] if values.get("a") == values.get("b") and parts[0] == parts[1] else ["half saved"]
            lost = [] if (values.get("a") or 0) >= last and parts[0] == list(range(1, len(parts[0]) + 1)) and len(parts[0]) >= last else ["lost"]
            return [*wrong, *lost, *unreadable(workspace)]

        return Trial(work, faults, once=False)

    def _one(self, mark: str) -> Workspace:
        """The work of a series, made where it is gone."""
        place = self.folder / mark
        if place.is_file() and place.read_text() in saved(self.home):
            return Workspace.open(self.home, place.read_text())
        workspace = Workspace.create(self.home)
        place.write_text(workspace.id)
        return workspace

    def _undo(self) -> Trial:
        workspace = Workspace.create(self.home)
        changes = [workspace.remember_all({"a": number, "b": number}) for number in range(8)]

        def work(acknowledge: Acknowledge) -> None:
            for change in reversed(changes):
                workspace.undo(change)
                acknowledge(f"-{change}")
            for change in changes:
                workspace.redo(change)
                acknowledge(f"+{change}")

        def faults(said: tuple[str, ...]) -> list[str]:
            now = workspace.root
            place, steps = len(now.done), [*range(7, -1, -1), *range(1, 9)]
            expected = [len(changes) if not said else steps[len(said) - 1], steps[min(len(said), 15)]]
            wrong = [] if now.values.get("a") == now.values.get("b") == (place - 1 if place else None) else ["half undone"]
            return [*wrong, *([] if place in expected else [f"lost: {place} {expected}"]), *unreadable(workspace)]

        return Trial(work, faults)

    def _load(self) -> Trial:
        workspace = Workspace.create(self.home)

        def work(acknowledge: Acknowledge) -> None:
            take_in(self.files, workspace)
            acknowledge("loaded")

        def faults(said: tuple[str, ...]) -> list[str]:
            if workspace.id not in saved(self.home):
                return ["the work is gone"]
            parts = workspace.manifest()
            lost = [] if len(parts) in ((2,) if said else (0, 2)) else [f"lost: {len(parts)} parts"]
            return [*lost, *halves(workspace), *unreadable(workspace)]

        return Trial(work, faults)

    def _copy(self) -> Trial:
        workspace = self._some()
        before, known = contents(workspace), set(saved(self.home))

        def work(acknowledge: Acknowledge) -> None:
            acknowledge(copy_of(workspace).id)

        def faults(said: tuple[str, ...]) -> list[str]:
            new = set(saved(self.home)) - known
            copies = [Workspace.open(self.home, work) for work in new]
            lost = [] if set(said) <= new else ["lost"]
            same = [] if contents(workspace) == before and all(counting(copy) == counting(workspace) for copy in copies) else ["not the same"]
            return [*lost, *same, *(fault for copy in copies for fault in unreadable(copy))]

        return Trial(work, faults)

    def _import(self) -> Trial:
        bundle, known = self._bundle(), set(saved(self.home))
        expected = counting(import_work(bundle, self.folder / "aside"))
        shutil.rmtree(self.folder / "aside")

        def work(acknowledge: Acknowledge) -> None:
            acknowledge(import_work(bundle, self.home).id)

        def faults(said: tuple[str, ...]) -> list[str]:
            new = set(saved(self.home)) - known
            lost = [] if set(said) <= new else ["lost"]
            imported = [Workspace.open(self.home, work) for work in new]
            halves = [f"half imported: {work.id}" for work in imported if counting(work) != expected]
            return [*lost, *halves, *(fault for work in imported for fault in unreadable(work))]

        return Trial(work, faults)

    def _bundle(self) -> Path:
        """Exported once, of the real tables."""
        path = self.folder / "work.zip"
        if not path.exists():
            workspace = Workspace.create(self.folder / "exported")
            take_in(self.files, workspace)
            workspace.remember("scenario", {"first_contact_resolution": 0.8})
            export_work(workspace, path)
        return path

    def _delete(self) -> Trial:
        workspace = self._some()
        before = contents(workspace)

        def work(acknowledge: Acknowledge) -> None:
            workspace.delete()
            acknowledge("deleted")

        def faults(said: tuple[str, ...]) -> list[str]:
            left = [path for path in self.home.rglob("*") if workspace.id in str(path)]
            try:
                whole = contents(Workspace.open(self.home, workspace.id)) == before
            except WorkspaceMissing:
                return [f"left of it: {path.name}" for path in left]
            return [] if whole and not said else ["deleted and still there" if said else "half deleted"]

        return Trial(work, faults)

    def _forget(self) -> Trial:
        workspace = self._some()
        workspace.vault.put("quarantine", "source/", "a row")
        before = counting(workspace)

        def work(acknowledge: Acknowledge) -> None:
            forget_older(workspace)
            acknowledge("forgot")

        def faults(said: tuple[str, ...]) -> list[str]:
            known = workspace.tables_folder.glob("*/*.parquet")
            lost = [] if counting(workspace) == before else ["what counts has changed"]
            kept = ["not forgotten"] if said and (len(list(known)) > 4 or labels(workspace).get("quarantine")) else []
            return [*lost, *kept, *unreadable(workspace)]

        return Trial(work, faults)

    def _migrate(self) -> Trial:
        shutil.rmtree(self.home, ignore_errors=True)
        expected = unpacked(self.home)

        def work(acknowledge: Acknowledge) -> None:
            Workspace.open(self.home, expected["id"])
            acknowledge("open")

        def faults(_: tuple[str, ...]) -> list[str]:
            workspace = Workspace.open(self.home, expected["id"])
            return [*differences(workspace, expected), *unreadable(workspace)]

        return Trial(work, faults)


def unpacked(home: Path) -> dict[str, object]:
    """The home that the code before format 2 wrote, and what it held by its own account."""
    with zipfile.ZipFile(FIXTURE) as archive:
        archive.extractall(home)
    expected = home / "expected.json"
    found: dict[str, object] = json.loads(expected.read_text())
    expected.unlink()
    return found


def differences(workspace: Workspace, expected: dict[str, object]) -> list[str]:
    """What is not as it was by the account of the code that had written it."""
    values = {name: workspace.recall(name) for name in ("assumptions", "company", "design")}
    kept = labels(workspace)
    sealed = {kind: len(content) for kind, content in kept.items() if kind.startswith("held:")}
    found = {
        "digest": workspace.digest,
        "manifest": [[part.table, part.digest, dict(part.meta)] for part in workspace.manifest()],
        "reports": workspace.reports(),
        "values": values,
        "looked": [digest for digest, opened in workspace.root.designs.items() if not opened["fixed"]],
        "labels": {kind: content for kind, content in kept.items() if kind not in sealed} | _plans(workspace),
        "held": sealed,
        "sums": {table: _sums(paths) for table, paths in workspace.tables().items()},
    }
    return [f"{name} differs" for name, value in found.items() if value != expected[name]]


def _plans(workspace: Workspace) -> dict[str, object]:
    """What was said of headers, where the code before format 2 kept it."""
    return {"plans": {key: json.dumps(plan) for key, plan in said.items()}} if (said := remembered(workspace)) else {}


def _sums(paths: tuple[Path, ...]) -> dict[str, object]:
    table = pa.concat_tables([pq.ParquetFile(path).read(use_threads=False) for path in paths], promote_options="default")
    numbers = [field.name for field in table.schema if pa.types.is_floating(field.type) or pa.types.is_integer(field.type)]
    return {"rows": table.num_rows, **{name: pc.sum(table[name]).as_py() for name in numbers if name != "file_no"}}


def part(folder: Path, text: str) -> Path:
    path = folder / "part.parquet" if not text.startswith("u") else folder / "usage.parquet"
    pq.write_table(pa.table({"ticket_id": [text] * 50}), path)
    return path
