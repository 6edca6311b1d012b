"""`make audit`: known weaknesses of the locked packages, secrets in the files of the project, and its bill of materials.

Each line says passed, failed or skipped. pip-audit alone says "no known vulnerabilities" and ends with 0 where no advisory source answers it.
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
Verdict = tuple[str, int]
ROOT = Path(__file__).resolve().parents[1]
_LOCK = ROOT / "requirements.lock"
_OPTIONS = ("--require-hashes", "--disable-pip", "--progress-spinner", "off", "--timeout", "15", "--format", "json")
_BY_CHANCE = ("Base64HighEntropyString", "HexHighEntropyString", "KeywordDetector")
"""Detectors that take any digest for a secret: of a lock, of tests and of a scoreboard nothing but digests would be found."""
_BILL = ROOT / "dist" / "bill-of-materials.json"


def packages(lock: str) -> list[str]:
    """The entries of a lock, each with its hashes."""
    return [entry for entry in re.split(r"\n(?=\S)", lock.strip()) if not entry.startswith("#")]


def verdict(found: Sequence[Found]) -> Verdict:
    """One line and the exit code for what was found of each package: 1 for a weakness, a package that was skipped, or no package at all."""
    weak = [f"{one['name']} {one['version']}: {', '.join(fault['id'] for fault in one['vulns'])}" for one in found if one.get("vulns")]
    skipped = [str(one["name"]) for one in found if "skip_reason" in one]
    if weak or skipped or not found:
        return f"audit: failed. Weak: {'; '.join(weak) or 'none'}. Not looked up: {', '.join(skipped) or 'none'}. Looked up: {len(found) - len(skipped)}.", 1
    return f"audit: passed. {len(found)} packages, no known weakness.", 0


def audit(command: Sequence[str], lock: str) -> Verdict:
    """Line and exit code for a lock. Skipped, which is not passed, where the advisory source does not know the first package either."""
    entries = packages(lock)
    if not any("skip_reason" not in one for one in _look_up(command, entries[:1])):
        return "audit: skipped. No advisory source is reachable, so nothing was looked up.", 0
    return verdict(_look_up([*command, "--strict"], entries) or _look_up(command, entries))


def secrets(command: Sequence[str], root: Path = ROOT) -> Verdict:
    """Keys and tokens of known forms in the files that git knows; skipped where detect-secrets is not there or gives no answer."""
    without = [part for name in _BY_CHANCE for part in ("--disable-plugin", name)]
    said = _said([*command, "scan", *without], root) if (root / ".git").exists() else None
    if said is None:
        return "secrets: skipped. No git, or detect-secrets gave no answer, so no file was searched.", 0
    found = [f"{file}:{one['line_number']} ({one['type']})" for file, listed in said["results"].items() for one in listed]
    return (f"secrets: failed. {'; '.join(found)}.", 1) if found else ("secrets: passed. No key or token of a known form in the files of the project.", 0)


def bill(command: Sequence[str], lock: Path = _LOCK, out: Path = _BILL) -> Verdict:
    """The bill of materials of the lock (CycloneDX); failed where a locked package is not on it, skipped where there is no program for it."""
    said = _said([*command, "requirements", str(lock), "--output-format", "JSON"], lock.parent)
    if said is None:
        return "bill of materials: skipped. cyclonedx-py gave no answer, so none was written.", 0
    listed, locked = {str(one["name"]).lower() for one in said["components"]}, {entry.partition("==")[0].lower() for entry in packages(lock.read_text())}
    if missing := sorted(locked - listed):
        return f"bill of materials: failed. Not on it: {', '.join(missing)}.", 1
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(said), encoding="utf-8")
    return f"bill of materials: passed. {len(listed)} packages in {out.relative_to(lock.parent)}.", 0


def _look_up(command: Sequence[str], entries: Sequence[str]) -> list[Found]:
    """What pip-audit says of each package; nothing where it says nothing, as --strict does at the first that it cannot look up."""
    with tempfile.TemporaryDirectory() as folder:
        asked = Path(folder) / "requirements.txt"
        asked.write_text("\n".join(entries) + "\n", encoding="utf-8")
        said = _said([*command, *_OPTIONS, "--requirement", str(asked)], Path(folder))
    return list(said.get("dependencies", ())) if said else []


def _said(command: Sequence[str], folder: Path) -> dict[str, Any] | None:
    """The JSON that a program prints, or None where it is not there or prints none."""
    try:
        said = json.loads(subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout)
    except (OSError, ValueError):
        return None
    return said if isinstance(said, dict) else None


if __name__ == "__main__":
    tools = Path(sys.argv[1])
    made = [audit([str(tools / "pip-audit")], _LOCK.read_text(encoding="utf-8")), secrets([str(tools / "detect-secrets")]), bill([str(tools / "cyclonedx-py")])]
    print("\n".join(line for line, _ in made))
    sys.exit(max(code for _, code in made))
