"""A process is killed while it publishes; what is left must be a whole version that reads and checks."""

import os
import random
import signal
import subprocess
import sys
from contextlib import suppress

import pyarrow.parquet as pq
import pytest

from roi_core.workspace import Workspace, sweep

KILLS = int(os.environ.get("SUPPORT_ROI_KILLS", "20"))
PUBLISH = """
import sys
from pathlib import Path
import pyarrow as pa, pyarrow.parquet as pq
from roi_core.workspace import Workspace
home, id, scratch, start = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])
workspace = Workspace.open(home, id)
print("ready", flush=True)
for i in range(start, start + 100_000):
    paths = [scratch / f"{i}-{part}.parquet" for part in "ab"]
    for part, path in zip("ab", paths):
        pq.write_table(pa.table({"ticket_id": [f"{i}{part}"] * 2000}), path)
    workspace.publish_all([("tickets", paths[0], {"save": i}), ("usage", paths[1], {"save": i})])
    print(i, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_killed_save_loses_nothing_acknowledged_and_leaves_nothing_half(home, workspace, tmp_path):
    draw = random.Random(7)
    for kill in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, "-c", PUBLISH, str(home), workspace.id, str(tmp_path), str(kill * 100_000)], stdout=subprocess.PIPE, text=True
        )
        with process:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
            process.stdout.readline()
            with suppress(subprocess.TimeoutExpired):
                process.wait(draw.uniform(0, 0.08))
            process.send_signal(signal.SIGKILL)
            acknowledged = [int(line) for line in process.stdout.read().splitlines() if line] + [kill * 100_000]
        sweep(home)
        found = Workspace.open(home, workspace.id)
        found.verify()
        saves = {table: [p.meta["save"] for p in found.manifest() if p.table == table] for table in ("tickets", "usage")}
        assert saves["tickets"] == saves["usage"]
        assert set(acknowledged) <= set(saves["tickets"])
        assert not list(found.tables_folder.rglob("*.unfinished"))
    for paths in found.tables().values():
        assert all(pq.read_table(path).num_rows == 2000 for path in paths)
