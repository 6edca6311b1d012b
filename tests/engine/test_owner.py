import os
import subprocess
import sys
from pathlib import Path

from roi_core.engine.owner import abandoned, owned_name


def test_what_a_running_process_owns_is_not_abandoned():
    assert owned_name() != owned_name()
    assert not abandoned(Path(owned_name()))


def test_what_an_ended_process_owned_is_abandoned():
    printed = subprocess.run(
        [sys.executable, "-c", "from roi_core.engine.owner import owned_name; print(owned_name())"], capture_output=True, text=True, check=True
    )
    assert abandoned(Path(printed.stdout.strip()))


def test_a_reused_process_id_is_told_from_the_owner():
    assert abandoned(Path(f"{os.getpid()}-1000000000-00"))


def test_a_foreign_name_is_left_alone():
    assert not abandoned(Path("my-notes"))
    assert not abandoned(Path("notes"))
