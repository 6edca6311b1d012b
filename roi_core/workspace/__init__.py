"""The saved work of one set of files: Parquet by content, what is known about it, its keys and its vault."""

from roi_core.workspace.home import default_home, temporary_staging
from roi_core.workspace.keys import Keys
from roi_core.workspace.store import Workspace
from roi_core.workspace.sweep import saved, sweep
from roi_core.workspace.vault import Vault

__all__ = ["Keys", "Vault", "Workspace", "default_home", "saved", "sweep", "temporary_staging"]
