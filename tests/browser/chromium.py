"""Where the browser for the tests is, installed where it is missing: `python -m tests.browser.chromium` prints its path.

In this order: $CHROMIUM, chromium or google-chrome on PATH, the distribution's package where we are root, Playwright's own download.
The build without windows of its own comes first, as Playwright's own download is one: a flow takes a fifth less of the processor.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

_HEADLESS = "chromium-headless-shell"
_LOOK = ("apt-cache", "show", _HEADLESS)
_NAMES = (_HEADLESS, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def installed() -> str | None:
    """The browser that is already here."""
    named = os.environ.get("CHROMIUM")
    if named:
        if not shutil.which(named):
            raise SystemExit(f"CHROMIUM is set to {named!r}, which is no program here. Unset it, or set it to the path of Chromium.")
        return named
    return next((path for name in _NAMES if (path := shutil.which(name))), None) or _downloaded()


def install() -> str:
    """Fetches a browser and returns its path."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        _run("apt-get", "update")
        _run("apt-get", "install", "--yes", "--no-install-recommends", _offered())
    else:
        _run(sys.executable, "-m", "playwright", "install", "chromium")
    return installed() or _give_up()


def _offered() -> str:
    """The package of this distribution; older ones have only the one with windows."""
    known = subprocess.run(_LOOK, capture_output=True, check=False)
    return _HEADLESS if known.returncode == 0 else "chromium"


def _downloaded() -> str | None:
    """Playwright's own Chromium, where it was downloaded before."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return str(path) if path.exists() else None


def _run(*command: str) -> None:
    print("No Chromium here; running:", *command, file=sys.stderr)
    if subprocess.run(command, stdout=sys.stderr, check=False).returncode:
        _give_up()


def _give_up() -> str:
    raise SystemExit("Chromium could not be installed. Install it by hand (Debian: apt install chromium) or set CHROMIUM to its path.")


if __name__ == "__main__":
    print(installed() or install())
