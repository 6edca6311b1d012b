"""Many cut sockets and killed servers in a real browser: what was typed is lost in none of them."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CUTS, RESTARTS = os.environ.get("SUPPORT_ROI_CUTS", "100"), os.environ.get("SUPPORT_ROI_RESTARTS", "20")


def test_no_input_is_lost_by_cut_sockets_and_killed_servers() -> None:
    command = [sys.executable, "-m", "pytest", "-n", "0", "-q", "-rP", "--timeout", "3600", "tests/browser/test_saving.py", "-k", "cut or dies"]
    env = os.environ | {"SUPPORT_ROI_CUTS": CUTS, "SUPPORT_ROI_RESTARTS": RESTARTS}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    told = re.findall(r"^(?:socket cuts|restarts): .*$", done.stdout, re.MULTILINE)
    print(*told, sep="\n")
    assert done.returncode == 0, done.stdout
    assert told == [f"socket cuts: {CUTS} tried, 0 inputs lost", f"restarts: {RESTARTS} tried, 0 inputs lost"]
