"""Trials in a process of their own, without threads: `python -m tests.store FOLDER TRIAL COUNT`; one JSON score a line."""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from tests.store import damage, failing, full, kills, power, races
from tests.store.scores import Score

TRIALS: Mapping[str, Callable[[Path, int], Sequence[Score]]] = {
    "kills": lambda folder, count: kills.Kills(folder).all(count),
    "failing": failing.all_calls,
    "flips": lambda folder, count: [damage.flips(folder, count)],
    "truncations": lambda folder, count: [damage.truncations(folder, count)],
    "writers": races.writers,
    "stale": lambda folder, count: [races.stale(folder, count)],
    "power": lambda folder, count: [power.cuts(folder, count)],
    "full": full.saves,
    "migrating": lambda folder, count: [races.migrating(folder, count)],
}

if __name__ == "__main__":
    place, trial, number = sys.argv[1:]
    for score in TRIALS[trial](Path(place), int(number)):
        print(json.dumps(asdict(score)), flush=True)
