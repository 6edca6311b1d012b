"""Errors of saved work: unknown, broken, locked, not saved, changed elsewhere."""

from roi_core.errors.base import SupportRoiError
from roi_core.errors.quoting import quoted


class WorkspaceMissing(SupportRoiError):
    """A workspace that does not exist, or is not this user's: the same words for both."""

    @classmethod
    def unknown(cls) -> "WorkspaceMissing":
        """The neutral answer to any unknown or foreign id."""
        return cls("This address belongs to no saved work on this computer. Open your files again, or start from an example.")


class WorkspaceBroken(SupportRoiError):
    """Saved work that cannot be trusted as it is."""

    @classmethod
    def table(cls, table: str) -> "WorkspaceBroken":
        """A table whose bytes are not those that were saved."""
        return cls(f"The saved table {quoted(table)} has changed on disk since it was written. Load the files again; nothing was computed from it.")

    @classmethod
    def unreadable(cls) -> "WorkspaceBroken":
        """A database, a key or a sealed text that is not as it was written."""
        return cls("This work has changed on disk since it was saved, so nothing was computed from it. Open an export of it, or load the files again.")

    @classmethod
    def disk(cls) -> "WorkspaceBroken":
        """The disk fails, is too full to be read from, or lets nobody read; nothing was seen of what it holds."""
        return cls("This work could not be read: the disk is full or failing, or it may not be read. Nothing was changed. Look at the disk and try again.")

    @classmethod
    def newer(cls, found: int, known: int) -> "WorkspaceBroken":
        """Saved by a later release."""
        return cls(f"This work was saved by a newer release (format {found}; this one knows {known}). Update Support ROI to open it.")


class NotSaved(SupportRoiError):
    """A change that did not reach the disk; what was saved before is as it was."""

    @classmethod
    def disk(cls) -> "NotSaved":
        """The disk is full, read-only or failing."""
        return cls("This could not be saved: the disk is full, read-only or failing. What was saved before is as it was. Make room and do it again.")

    @classmethod
    def no_room(cls, needed: int, free: int) -> "NotSaved":
        """It was not begun, because the disk would run full; sizes in bytes."""
        return cls(
            f"This was not saved: it needs {_megabytes(needed)} free on the disk to be safe, and {_megabytes(free)} are. "
            "What was saved before is as it was. Make room and do it again."
        )

    @classmethod
    def too_large(cls, size: int) -> "NotSaved":
        """More in one piece than the database of a work takes; its size in bytes."""
        return cls(
            f"This was not saved: it is {_megabytes(size)} in one piece, more than saved work takes. "
            "What was saved before is as it was. Split the file, such as by year, and load its parts."
        )

    @classmethod
    def not_deleted(cls) -> "NotSaved":
        """A deletion that the disk stopped half way; nobody can open what is left."""
        return cls("This could not be deleted whole: the disk is failing or refused it. It cannot be opened any more; the next start deletes the rest.")

    @classmethod
    def busy(cls) -> "NotSaved":
        """Somebody else was writing all the time."""
        return cls("This could not be saved: the same work is being written elsewhere on this computer. Nothing was changed; do it again in a moment.")


def _megabytes(size: int) -> str:
    return f"{-(-size >> 20):,} MB" if size >= 1 << 20 else "less than 1 MB"


class StaleSave(SupportRoiError):
    """A change of something that somebody else, such as another tab, changed in the meantime; nothing was overwritten."""

    @classmethod
    def at(cls, when: str) -> "StaleSave":
        """`when` is ISO 8601, UTC."""
        return cls(f"This was changed elsewhere at {when[11:16]} (UTC), after this page was drawn. Nothing was overwritten.")

    @classmethod
    def step(cls) -> "StaleSave":
        """The step to be taken back or made again is not the last one any more."""
        return cls("Something else was changed in the meantime, in another tab. Nothing was undone; look at it first.")


class WorkspaceLocked(SupportRoiError):
    """A change of work that its owner locked."""

    @classmethod
    def now(cls) -> "WorkspaceLocked":
        """Says how to go on."""
        return cls("This work is locked, so nothing of it can be changed or deleted. Unlock it first, in the list of companies.")
