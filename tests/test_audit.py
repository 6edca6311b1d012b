"""The audit of the packages: what is not looked up never passes."""

import sys
from pathlib import Path

import pytest

from tests.audit import audit, bill, packages, secrets, verdict

LOCK = "altair==1 \\\n    --hash=sha256:aa\nstarlette==2 ; sys_platform == 'linux' \\\n    --hash=sha256:bb\n"
GOOD, WEAK, SKIPPED = (
    {"name": "altair", "version": "1", "vulns": []},
    {"name": "b", "version": "2", "vulns": [{"id": "CVE-1"}]},
    {"name": "c", "skip_reason": "?"},
)


def auditor(said: object) -> list[str]:
    """A program that says this of any packages."""
    return [sys.executable, "-c", f"import json; print(json.dumps({said!r}))"]


def test_the_entries_of_a_lock_keep_their_hashes() -> None:
    assert [entry.split("==")[0] for entry in packages(LOCK)] == ["altair", "starlette"]
    assert packages(LOCK)[1].endswith("--hash=sha256:bb")


@pytest.mark.parametrize(
    ("found", "word", "code"), [([GOOD], "passed", 0), ([GOOD, WEAK], "b 2: CVE-1", 1), ([GOOD, SKIPPED], "Not looked up: c", 1), ([], "failed", 1)]
)
def test_only_packages_that_were_all_looked_up_pass(found: list[dict[str, object]], word: str, code: int) -> None:
    line, ended = verdict(found)
    assert word in line
    assert ended == code


@pytest.mark.parametrize("said", [{"dependencies": [SKIPPED]}, {"dependencies": []}, "no JSON of ours"])
def test_without_an_advisory_source_it_is_skipped_and_not_passed(said: object) -> None:
    command = auditor(said) if isinstance(said, dict) else [sys.executable, "-c", "print('unreachable')"]
    assert audit(command, LOCK) == ("audit: skipped. No advisory source is reachable, so nothing was looked up.", 0)


def test_with_a_source_the_whole_lock_is_audited() -> None:
    assert audit(auditor({"dependencies": [GOOD]}), LOCK) == ("audit: passed. 1 packages, no known weakness.", 0)
    assert audit(auditor({"dependencies": [GOOD, WEAK]}), LOCK)[1] == 1


def test_a_program_that_is_strict_about_one_package_is_asked_again_for_its_name() -> None:
    script = f"import json, sys; print('' if '--strict' in sys.argv else json.dumps({ {'dependencies': [GOOD, SKIPPED]}!r}))"
    line, code = audit([sys.executable, "-c", script], LOCK)
    assert (code, "Not looked up: c" in line) == (1, True)


NOTHING = [sys.executable, "-c", "print('no such program')"]


def test_what_was_not_searched_is_skipped_and_not_passed(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text(LOCK)
    for line, code in (secrets(NOTHING), secrets(["/no/such/program"]), bill(NOTHING, lock), bill(["/no/such/program"], lock)):
        assert ("skipped" in line, "passed" in line, code) == (True, False, 0)


def test_a_secret_is_told_with_its_place() -> None:
    found = {"results": {"a.py": [{"line_number": 3, "type": "Private Key"}]}}
    assert secrets(auditor(found)) == ("secrets: failed. a.py:3 (Private Key).", 1)
    assert secrets(auditor({"results": {}}))[1] == 0


def test_a_bill_lists_every_locked_package(tmp_path: Path) -> None:
    lock, out = tmp_path / "requirements.lock", tmp_path / "dist" / "bill.json"
    lock.write_text(LOCK)
    assert bill(auditor({"components": [{"name": "Altair"}]}), lock, out) == ("bill of materials: failed. Not on it: starlette.", 1)
    assert not out.exists()
    assert bill(auditor({"components": [{"name": "Altair"}, {"name": "starlette"}]}), lock, out)[1] == 0
    assert out.exists()
