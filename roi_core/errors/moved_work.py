"""Errors of a work on its way as one file: refused, or without its keys."""

from roi_core.errors.base import SupportRoiError
from roi_core.errors.quoting import quoted


class BundleRefused(SupportRoiError):
    """An exported work that cannot be imported, or not be made; nothing of it was kept."""

    @classmethod
    def foreign(cls, name: str) -> "BundleRefused":
        """Some other file."""
        return cls(f"{quoted(name)} is no exported work. Choose the file that Export this work made; exports of your systems go to the place above.")

    @classmethod
    def newer(cls, name: str, found: int, known: int) -> "BundleRefused":
        """Written by a later release."""
        return cls(f"{quoted(name)} was exported by a newer release (format {found}; this one knows {known}). Update Support ROI to import it.")

    @classmethod
    def changed(cls, name: str, what: str) -> "BundleRefused":
        """Not as it was written."""
        return cls(f"{quoted(name)} has changed since it was exported: {what}. Nothing of it was kept. Export the work again.")

    @classmethod
    def too_large(cls, name: str, what: str) -> "BundleRefused":
        """More than is ever unpacked."""
        return cls(f"{quoted(name)}: {what}. Nothing of it was kept.")

    @classmethod
    def stopped(cls, name: str, why: str) -> "BundleRefused":
        """The reading process was ended by a limit or by the machine."""
        return cls(f"{quoted(name)} could not be imported: {why}. Nothing of it was kept.")

    @classmethod
    def passphrase(cls, name: str) -> "BundleRefused":
        """The sealed part does not open."""
        return cls(f"The passphrase does not open the keys and names in {quoted(name)}. Type it again, or leave it empty to import the numbers without them.")

    @classmethod
    def nothing_sealed(cls, name: str) -> "BundleRefused":
        """A passphrase for a file that has no sealed part."""
        return cls(f"{quoted(name)} was exported without a passphrase, so it holds no keys and no names. Leave the passphrase empty to import it.")

    @classmethod
    def weak(cls, least: int) -> "BundleRefused":
        """A passphrase that can be guessed."""
        return cls(f"The passphrase must have at least {least} characters: whoever has the file can try as many as they like. Nothing was exported.")

    @classmethod
    def differs(cls) -> "BundleRefused":
        """Typed twice, not the same."""
        return cls("The two passphrases are not the same. Nothing was exported.")


class FileUnlinked(SupportRoiError):
    """A further file for work whose keys are not its own: its customers would be nobody's."""

    @classmethod
    def keyless(cls, name: str, table: str) -> "FileUnlinked":
        """Why, and the two ways out."""
        return cls(
            f"{quoted(name)} was not taken in: this work was imported without its keys, so the customers of a further file of {table} cannot be recognised "
            "as those it has. Import an export that was made with a passphrase, or load all files into new work."
        )
