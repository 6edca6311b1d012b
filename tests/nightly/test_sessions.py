"""Many visitors at once, and the same visitor many times: nobody sees another's work, everybody is answered, memory comes back. All of it to the scoreboard."""

import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Event

import numpy as np
import psutil

from roi_core.companies import write_sample
from roi_core.ingest import take_in
from roi_core.workspace import Workspace, copy_of
from tests.browser.callers import Opened, opened
from tests.browser.serve import serving
from tests.browser.sessions import foreign_sent, growth, server_at
from tests.browser.test_sessions import CANARIES, canary_work
from tests.nightly.scoreboard import append
from tests.nightly.share import part_of
from tests.store.apart import lost
from tests.store.scores import Score

VISITORS, ACTIONS = max(2, part_of(20)), part_of(50)
LIGHT, HEAVY, CUSTOMERS = part_of(50), max(2, part_of(20)), 600
CYCLES, WARM_UP, MEGABYTES = part_of(200), part_of(20), 20
_CAP_BYTES, _GROWTH_BYTES = 3 << 30, 50 << 20
_LIGHT_SECONDS, _PATIENCE = 3.0, 1800.0


def test_visitors_of_two_works_are_sent_no_word_of_the_other(tmp_path: Path) -> None:
    works = {canary: canary_work(tmp_path, canary) for canary in CANARIES}
    with serving(tmp_path) as address:
        seen = foreign_sent(address, works, VISITORS, ACTIONS)
    score = Score(f"{VISITORS} visitors of two works: words of the other sent", VISITORS * ACTIONS, len(seen))
    append([score])
    assert lost([score]) == []


def test_many_open_the_app_while_others_measure(tmp_path: Path) -> None:
    """Works of a generated company, read once and copied, are measured at once, while others open a page that needs none, ten at a time.

    The same files give the same finding; memory is that of the server with its children, the most that was seen.
    """
    files = [path for path in write_sample(tmp_path / "exports", customers=CUSTOMERS) if path.suffix == ".csv"]
    home = tmp_path / "home"
    read = Workspace.create(home)
    take_in(files, read)
    works = [read.id, *(copy_of(read).id for _ in range(HEAVY - 1))]
    light = Workspace.create(home).id
    with serving(home) as address, ThreadPoolExecutor(HEAVY + 11) as visitors:
        opened(address, "methods", light, _PATIENCE)
        ended = Event()
        most = visitors.submit(_most_bytes, server_at(address), ended)
        measured = [visitors.submit(opened, address, "overview", work, _PATIENCE) for work in works]
        looked = list(visitors.map(partial(opened, address, "methods", light), [_PATIENCE] * LIGHT))
        answers = [answer.result() for answer in measured]
        ended.set()
        scores = _of_load(answers, looked, most.result())
    append(scores)
    assert lost(scores) == []


def _of_load(answers: list[Opened], looked: list[Opened], most: int) -> list[Score]:
    findings = [answer.headings for answer in answers]
    wrong = sum(not found or found != findings[0] for found in findings) + sum(not one.headings for one in looked)
    errors = sum(bool(one.errors) for one in (*answers, *looked))
    slow, tried = float(np.quantile([one.seconds for one in looked], 0.95)), len(answers) + len(looked)
    measuring = f"{len(answers)} measure while {len(looked)} open the app"
    return [
        Score(f"{measuring}: wrong or no answer", tried, wrong, measured=f"{max(one.seconds for one in answers):.0f} s until the last answer"),
        Score(f"{measuring}: errors told to a visitor", tried, errors),
        Score(f"{measuring}: a light page takes over {_LIGHT_SECONDS:.0f} s (95 %)", len(looked), int(slow > _LIGHT_SECONDS), measured=f"{slow:.2f} s"),
        Score(f"{measuring}: server and children over {_CAP_BYTES >> 30} GB", 1, int(most > _CAP_BYTES), measured=f"{most >> 20:,} MB"),
    ]


def _most_bytes(server: psutil.Process, ended: Event) -> int:
    """The most memory that it and its children had, looked at five times a second."""
    most = 0
    while not ended.is_set():
        most = max(most, sum(map(_bytes, [server, *server.children(recursive=True)])))
        time.sleep(0.2)
    return most


def _bytes(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def test_uploads_leave_the_memory_as_it_was(tmp_path: Path) -> None:
    with serving(tmp_path) as address:
        grew = growth(address, MEGABYTES, WARM_UP, CYCLES)
    case = f"uploads of {MEGABYTES} MB: memory grew by more than {_GROWTH_BYTES >> 20} MB"
    score = Score(case, CYCLES, int(grew > _GROWTH_BYTES), measured=f"{grew / (1 << 20):+.0f} MB")
    append([score])
    assert lost([score]) == []
