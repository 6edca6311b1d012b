"""Errors that a user can act on. One class per cause; each text is built by a named constructor.

A text says what happened, where (file, line, column), what was found, what was expected and what to do. It never
holds a path of the machine or a whole cell of customer data: `quoted` shortens and masks what it repeats.
"""

from collections.abc import Iterable

from roi_core.errors.base import SupportRoiError as SupportRoiError
from roi_core.errors.moved_work import BundleRefused as BundleRefused
from roi_core.errors.moved_work import FileUnlinked as FileUnlinked
from roi_core.errors.numbers import NumbersRefused as NumbersRefused
from roi_core.errors.quoting import printable as printable
from roi_core.errors.quoting import quoted as quoted
from roi_core.errors.saved_work import NotSaved as NotSaved
from roi_core.errors.saved_work import StaleSave as StaleSave
from roi_core.errors.saved_work import WorkspaceBroken as WorkspaceBroken
from roi_core.errors.saved_work import WorkspaceLocked as WorkspaceLocked
from roi_core.errors.saved_work import WorkspaceMissing as WorkspaceMissing

_EXPECTED = "Expected a CSV, Excel or JSON file, or a ZIP of those. Export the table as one of them and try again."
_ON_THE_COMMAND_LINE = "A file of any size is read from disk by: support-roi analyse FILE --json OUT"


class FileRefused(SupportRoiError):
    """A file that cannot be read at all; nothing of it was kept."""

    @classmethod
    def empty(cls, name: str, size: int) -> "FileRefused":
        """A file without a single record in it."""
        what = "0 bytes" if size == 0 else f"{size} bytes, all of them blank"
        return cls(f"{quoted(name)} is empty ({what}). Export it again and check that the export had finished.")

    @classmethod
    def no_value(cls, name: str, marks: Iterable[str]) -> "FileRefused":
        """A file of cells that are all blank; `marks` is what it holds beside blanks."""
        return cls(f"{quoted(name)} holds no value: it is nothing but {' and '.join(marks)}. Export it again and check that the export had finished.")

    @classmethod
    def wrong_type(cls, name: str, found: str) -> "FileRefused":
        """The content is something else than the name says."""
        return cls(f"{quoted(name)} is {found}, not a table. {_EXPECTED}")

    @classmethod
    def too_large(cls, name: str, what: str, found: str, limit: str) -> "FileRefused":
        """A limit of the reader was passed."""
        return cls(f"{quoted(name)}: {what} is {found}; the limit is {limit}. Export a shorter period, or split the file.")

    @classmethod
    def unclosed_quote(cls, name: str, line: int) -> "FileRefused":
        """A quote opens and never closes, so the records after it cannot be told apart."""
        return cls(
            f"{quoted(name)}, line {line}: a quotation mark opens here and is never closed, so the rows after it cannot be told apart. "
            "Close or double the quotation mark in that line, or export the file again."
        )

    @classmethod
    def stopped(cls, name: str, why: str) -> "FileRefused":
        """The reading process was ended by a limit or by the machine."""
        return cls(f"{quoted(name)} could not be read: {why}. Nothing of it was kept; your other files are as they were.")

    @classmethod
    def loaded_already(cls, name: str, other: str) -> "FileRefused":
        """The bytes of another table, which counts."""
        return cls.stopped(name, f"it holds the same bytes as {quoted(other)}, which is loaded already")

    @classmethod
    def member_stopped(cls, name: str, archive: str, why: str) -> "FileRefused":
        """The reading process was ended while it read one file of an archive."""
        return cls(
            f"{quoted(name)} in {quoted(archive)} could not be read: {why}. Nothing of this file was kept; "
            "the other files of the archive are listed one by one, and those that were read are kept."
        )


class UploadRefused(SupportRoiError):
    """A file that is too much for the disk or the limits, or did not come as announced; nothing of it was kept."""

    @classmethod
    def too_large(cls, name: str, size: int, most: int) -> "UploadRefused":
        """Over the limit of one file; sizes in bytes."""
        return cls(f"{quoted(name)} has {size >> 20:,} MB; the limit in the browser is {most >> 20:,} MB. {_ON_THE_COMMAND_LINE}")

    @classmethod
    def no_room(cls, name: str, needed: int, free: int) -> "UploadRefused":
        """The disk would run full; sizes in bytes."""
        return cls(f"{quoted(name)} needs {needed >> 20:,} MB of disk while it is read; {free >> 20:,} MB are free. Free some space and load it again.")

    @classmethod
    def full(cls, name: str) -> "UploadRefused":
        """Other visitors' files take up all that may be on their way at one time."""
        return cls(f"{quoted(name)} has to wait: other large files are being loaded. Load it again in some minutes. {_ON_THE_COMMAND_LINE}")

    @classmethod
    def busy(cls, name: str) -> "UploadRefused":
        """The last file of this visitor is still on its way, or being read."""
        return cls(f"{quoted(name)} is still being loaded. Large files are taken one after the other: wait until it is read, then load the next.")

    @classmethod
    def changed(cls, name: str) -> "UploadRefused":
        """More bytes, or fewer, than its browser announced."""
        return cls(f"{quoted(name)} changed while it was loaded, or did not arrive whole. Nothing of it was kept. Load it again.")


class TicketUnknown(SupportRoiError):
    """A large file without leave to send it; one text for every reason, so that it tells a stranger nothing."""

    @classmethod
    def refused(cls) -> "TicketUnknown":
        """No such ticket, or used, late, or given to another browser."""
        return cls("This file was not announced on Your files, or too long ago. Choose it there once more.")


class ColumnMissing(SupportRoiError):
    """A column that is needed is not in the file."""

    @classmethod
    def in_file(cls, name: str, column: str, present: list[str]) -> "ColumnMissing":
        """Names the column that is missing and those that are there."""
        there = ", ".join(quoted(c) for c in present[:8]) + (" ..." if len(present) > 8 else "")
        return cls(f"{quoted(name)} has no column {quoted(column)}. It has {there}. Choose one of these, or add the column.")


class MappingRefused(SupportRoiError):
    """A mapping of columns that cannot be read: nothing is changed by it."""

    @classmethod
    def file(cls, name: str, why: str) -> "MappingRefused":
        """A file of mappings that cannot be understood."""
        return cls(f'{quoted(name)} is no mapping: {why}. Expected JSON with an object of plans by file name under "files".')

    @classmethod
    def table(cls, name: str, found: str, known: Iterable[str]) -> "MappingRefused":
        """A table that does not exist."""
        return cls(f"{quoted(name)}: there is no table {quoted(found)}. Choose one of {', '.join(known)}.")

    @classmethod
    def role(cls, name: str, found: str, table: str) -> "MappingRefused":
        """A column that the chosen table does not have."""
        return cls(f"{quoted(name)}: {quoted(found)} is no column of {table}. Choose a column of {table}, or leave it out.")

    @classmethod
    def twice(cls, name: str, role: str, headers: Iterable[str]) -> "MappingRefused":
        """Several columns of the file for one role."""
        both = " and ".join(quoted(header) for header in headers)
        return cls(f"{quoted(name)}: {both} are all read as {role}. Choose one of them, and another role or none for the rest.")

    @classmethod
    def lacks(cls, name: str, table: str, roles: Iterable[str]) -> "MappingRefused":
        """Roles that a table cannot do without."""
        return cls(f"{quoted(name)}: {table} cannot be read without {', '.join(roles)}. Say which column of the file holds it.")


class DesignRefused(SupportRoiError):
    """A cohort or design that cannot be compared."""

    @classmethod
    def value(cls, key: str, found: object, allowed: str) -> "DesignRefused":
        """A design setting outside of what is allowed."""
        return cls(f"design: {key} == {quoted(found)}, must be {allowed}.")


class AssumptionRefused(SupportRoiError):
    """An assumption that is unknown or outside of its range."""

    @classmethod
    def unknown(cls, key: str, nearest: str) -> "AssumptionRefused":
        """A key that is not declared."""
        return cls(f"assumptions: {quoted(key)} is not known. Did you mean {quoted(nearest)}?")

    @classmethod
    def value(cls, key: str, found: object, allowed: str) -> "AssumptionRefused":
        """A value of the wrong type or outside of the declared range."""
        return cls(f"assumptions: {key} == {quoted(found)}, must be {allowed}.")


class NothingToAnalyse(SupportRoiError):
    """The files were read, but no question can be asked of them."""

    @classmethod
    def because(cls, reason: str, next_step: str) -> "NothingToAnalyse":
        """What is missing and which file would bring it."""
        return cls(f"{reason} {next_step}")


class QueryStopped(SupportRoiError):
    """A question to the tables that passed a limit, so that other visitors of the same computer are answered too."""

    @classmethod
    def limit(cls) -> "QueryStopped":
        """Too long, too much memory, or too much room on disk."""
        return cls("This needs more time or memory than one question may take, so it was stopped. Your files are as they were. Load a shorter period.")


class ReportRefused(SupportRoiError):
    """An audience or a format of a report that does not exist."""

    @classmethod
    def unknown(cls, what: str, found: object, known: Iterable[str]) -> "ReportRefused":
        """Names what was asked for and what there is."""
        return cls(f"report: {what} == {quoted(found)}, must be one of {', '.join(known)}.")


class TemplateRefused(SupportRoiError):
    """A template of a table, or in a format, that does not exist."""

    @classmethod
    def unknown(cls, what: str, found: object, known: Iterable[str]) -> "TemplateRefused":
        """Names what was asked for and what there is."""
        return cls(f"template: {what} == {quoted(found)}, must be one of {', '.join(known)}.")


class SampleRefused(SupportRoiError):
    """A sample company that cannot be made."""

    @classmethod
    def unknown(cls, found: str, known: Iterable[str]) -> "SampleRefused":
        """No story of that name."""
        return cls(f"sample company == {quoted(found)}, must be one of {', '.join(known)}.")

    @classmethod
    def value(cls, key: str, found: object, allowed: str) -> "SampleRefused":
        """A knob outside of what is allowed."""
        return cls(f"sample: {key} == {found}, must be {allowed}.")


class AppNotStarted(SupportRoiError):
    """The web server did not come up; what it said itself stands above on stderr."""

    @classmethod
    def ended(cls, code: int) -> "AppNotStarted":
        """It ended before it answered."""
        return cls(f"the app ended before it answered (code {code}); the reason stands above.")

    @classmethod
    def silent(cls, seconds: float) -> "AppNotStarted":
        """It runs and says nothing."""
        return cls(f"the app did not answer within {seconds:.0f} seconds. Close other programs and try again.")


class NotDeleted(SupportRoiError):
    """Saved work that stays until it is said for certain that it shall go."""

    @classmethod
    def unconfirmed(cls, works: int) -> "NotDeleted":
        """Says how much would go."""
        return cls(f"nothing was deleted. Saved work on this computer: {works}. Add --yes to delete it for good.")
