"""How work comes into being and goes: made beside the others and moved into its place whole, given up and moved out of it before it is deleted."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from roi_core.engine.owner import owned_name
from roi_core.errors import NotSaved, SupportRoiError
from roi_core.workspace import root
from roi_core.workspace.database import writing
from roi_core.workspace.disk import insist_on_room, private_folder, remove, saved_in_words, sync_folder
from roi_core.workspace.keys import Keys
from roi_core.workspace.places import Places


@contextmanager
def appearing(workspace: Places, keys: Keys) -> Iterator[Path]:
    """A folder to make work in; it gets its place with its keys when the block ends, and leaves nothing where that fails. Raises NotSaved."""
    with saved_in_words():
        insist_on_room(private_folder(workspace.home), 0)
        making = workspace.home / "making" / owned_name()
        try:
            yield private_folder(making)
            sync_folder(making)
            keys.write(workspace.keys_path)
            making.replace(private_folder(workspace.folder.parent) / workspace.id)
            sync_folder(workspace.folder.parent)
        except BaseException:
            for path in (making, workspace.folder, workspace.keys_path):
                with suppress(OSError):
                    remove(path)
            raise


def delete(workspace: Places) -> None:
    """Unlinks everything, broken work as well; `sweep` finishes after a crash. Raises NotSaved where the disk refuses.

    Given up first, so that nobody who still has it open is told that something was saved; a disk that is too full for that stops no deletion.
    """
    given_up = False
    with suppress(SupportRoiError), writing(workspace.meta_path) as con:
        root.give_up(con)
        given_up = True
    gone = workspace.home / "gone" / workspace.id
    try:
        private_folder(gone.parent)
        with suppress(FileNotFoundError):
            workspace.folder.replace(gone)
            sync_folder(gone.parent)
        workspace.keys_path.unlink(missing_ok=True)
        remove(gone)
    except OSError:
        raise (NotSaved.not_deleted() if given_up or not workspace.folder.is_dir() else NotSaved.disk()) from None
    if gone.exists():
        raise NotSaved.not_deleted()
