"""Known weaknesses of the locked packages: `make audit`. It says passed only where every package was looked up.

pip-audit alone says "no known vulnerabilities" and ends with 0 where no advisory source answers it.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Found = Mapping[str, Any]
_LOCK = Path(__file__).resolve().parents[1] / "requirements.lock"
_OPTIONS = ("--require-hashes", "--disable-pip", "--progress-spinner", "off", "--timeout", "15", "--format", "json")


def packages(lock: str) -> list[str]:
    """The entries of a lock, each with its hashes."""
    return [entry for entry in re.split(r"\n(?=\S)", lock.strip()) if not entry.startswith("#")]


def verdict(found: Sequence[Found]) -> tuple[str, int]:
    """One line and the exit code for what was found of each package: 1 for a weakness, a package that was skipped, or no package at all."""
    weak = [f"{one['name']} {one['version']}: {', '.join(fault['id'] for fault in one['vulns'])}" for one in found if one.get("vulns")]
    skipped = [str(one["name"]) for one in found if "skip_reason" in one]
    if weak or skipped or not found:
        return f"audit: failed. Weak: {'; '.join(weak) or 'none'}. Not looked up: {', '.join(skipped) or 'none'}. Looked up: {len(found) - len(skipped)}.", 1
    return f"audit: passed. {len(found)} packages, no known weakness.", 0


def audit(command: Sequence[str], lock: str) -> tuple[str, int]:
    """Line and exit code for a lock. Skipped, which is not passed, where the advisory source does not know the first package either."""
    entries = packages(lock)
    if not any("skip_reason" not in one for one in _look_up(command, entries[:1])):
        return "audit: skipped. No advisory source is reachable, so nothing was looked up.", 0
    return verdict(_look_up([*command, "--strict"], entries) or _look_up(command, entries))


def _look_up(command: Sequence[str], entries: Sequence[str]) -> list[Found]:
    """What pip-audit says of each package; nothing where it says nothing, as --strict does at the first that it cannot look up."""
    with tempfile.TemporaryDirectory() as folder:
        asked = Path(folder) / "requirements.txt"
        asked.write_text("\n".join(entries) + "\n", encoding="utf-8")
        done = subprocess.run([*command, *_OPTIONS, "--requirement", str(asked)], capture_output=True, text=True, check=False)
    try:
        return list(json.loads(done.stdout)["dependencies"])
    except ValueError:
        return []


if __name__ == "__main__":
    line, code = audit(sys.argv[1:], _LOCK.read_text(encoding="utf-8"))
    print(line)
    sys.exit(code)
