"""Where saved work lives, and folders for work that deletes itself.

<home>/workspaces/<id>/     meta.sqlite, vault.sqlite, tables/<table>/<sha-256>.parquet, staging/<owner>/
<home>/last.json            which work was looked at last
<home>/keys/<id>            the keys of that workspace, apart from it
<home>/temporary/<owner>/   homes and staging folders of work that deletes itself
<home>/making, <home>/gone  workspaces on their way in and out
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from roi_core.engine.owner import owned_name
from roi_core.workspace.disk import private_folder, remove
from roi_core.workspace.sweep import sweep

_NAME = "support-roi"


def default_home() -> Path:
    """The folder of this user's saved work: $SUPPORT_ROI_HOME, else the platform's folder for application data."""
    if chosen := os.environ.get("SUPPORT_ROI_HOME"):
        return Path(chosen).expanduser().resolve()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / _NAME
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / _NAME
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / _NAME


@contextmanager
def temporary_staging(home: Path | None = None) -> Iterator[Path]:
    """A private folder in `home` (default: this user's) that is gone when the block ends; after a crash the next `sweep` takes it away.

    What earlier processes left there is swept first.
    """
    home = home or default_home()
    sweep(home)
    own = private_folder(home / "temporary" / owned_name())
    try:
        yield own
    finally:
        remove(own)
