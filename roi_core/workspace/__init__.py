"""The saved work of one set of files: Parquet by content, what is known about it, its keys and its vault."""

from roi_core.workspace.clients import Client, clients, last_used
from roi_core.workspace.copying import copy_of, moved
from roi_core.workspace.forgetting import forget_older
from roi_core.workspace.home import default_home, temporary_staging
from roi_core.workspace.keys import Keys
from roi_core.workspace.store import Workspace
from roi_core.workspace.sweep import saved, sweep
from roi_core.workspace.vault import Vault

__all__ = [
    "Client",
    "Keys",
    "Vault",
    "Workspace",
    "clients",
    "copy_of",
    "default_home",
    "forget_older",
    "last_used",
    "moved",
    "saved",
    "sweep",
    "temporary_staging",
]
