"""Saved work on the command line: which there is, one of it as a file, and back."""

import os
from argparse import Namespace

VARIABLE = "SUPPORT_ROI_PASSPHRASE"
"""The variable that holds the passphrase; it is never an argument, which other users of the machine can read."""


def listed(_arguments: Namespace) -> int:
    """One work a line: id, name, files."""
    from roi_core.errors import printable
    from roi_core.workspace import clients

    for client in clients():
        told = client.broken or f"{client.name or client.sample or 'without a name'}; files: {client.files}{'; locked' if client.locked else ''}"
        print(printable(f"{client.id}  {told}"))
    return 0


def export(arguments: Namespace) -> int:
    """One work as one file."""
    from roi_core.bundle import export_work
    from roi_core.workspace import Workspace

    workspace = Workspace.open(None, arguments.id)
    export_work(workspace, arguments.file, _passphrase(arguments, twice=True))
    print(arguments.file.name)
    return 0


def bring(arguments: Namespace) -> int:
    """A file becomes work; prints its id, and what it lacks."""
    from roi_core.bundle import import_work, is_keyless
    from roi_core.sentences import say

    workspace = import_work(arguments.file, passphrase=_passphrase(arguments))
    print(workspace.id)
    if is_keyless(workspace):
        print(say("bundle.keyless"))
    return 0


def _passphrase(arguments: Namespace, *, twice: bool = False) -> str | None:
    """From the environment, else typed without being shown, and for a new file typed again. Raises BundleRefused where the two differ."""
    from getpass import getpass

    from roi_core.errors import BundleRefused

    if not arguments.with_names:
        return None
    if VARIABLE in os.environ:
        return os.environ[VARIABLE]
    typed = getpass("Passphrase: ")
    if twice and typed != getpass("Again: "):
        raise BundleRefused.differs()
    return typed
