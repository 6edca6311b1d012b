"""Files on their way in from a browser: announced, given room, received straight to disk, handed over once, gone.

One file an owner (a visitor's session) at a time, under a random name in a private folder that the next start sweeps.
"""

import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from threading import Lock

from roi_core.errors import TicketUnknown, UploadRefused
from roi_core.workspace.disk import private_file
from roi_core.workspace.home import temporary_staging
from roi_core.workspace.upload import ROOM, Arriving, Room, Stage, Upload, insist


def free_bytes(folder: Path) -> int:
    """What the disk under a folder still holds."""
    return shutil.disk_usage(folder).free


class Incoming:
    """The desk where files are announced and received. Every method may be called from any thread.

    `is_there` tells whether an owner still is; `stage` makes the private folder, entered at the first announcement.
    """

    def __init__(
        self,
        is_there: Callable[[str], bool],
        room: Room = ROOM,
        stage: Callable[[], AbstractContextManager[Path]] = temporary_staging,
        free: Callable[[Path], int] = free_bytes,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._is_there, self.room, self._stage, self._free, self._clock = is_there, room, stage, free, clock
        self._uploads: dict[str, Upload] = {}
        self._folder: Path | None = None
        self._open = ExitStack()
        self._lock = Lock()

    def ask(self, owner: str, browser: bytes, name: str, size: int) -> str:
        """A ticket for one file of `size` bytes, good once and for a minute; it replaces one that was not used.

        Raises UploadRefused where a file of this owner is on its way, or the file, or all together, would be too much, or
        the disk has not twice the size free: once for the file, once for its tables.
        """
        with self._lock:
            self._forget_late()
            before = self._uploads.get(owner)
            if before and before.stage is not Stage.PROMISED:
                raise UploadRefused.busy(before.name)
            folder = self._folder = self._folder or self._open.enter_context(self._stage())
            self._insist_on_room(folder, owner, name, size)
            upload = Upload(owner, browser, name, size, folder / secrets.token_hex(16), self._clock())
            self._uploads[owner] = upload
            return upload.token

    def _insist_on_room(self, folder: Path, owner: str, name: str, size: int) -> None:
        others = [upload for upload in self._uploads.values() if upload.owner != owner]
        if size > self.room.file_bytes:
            raise UploadRefused.too_large(name, size, self.room.file_bytes)
        if size + sum(upload.size for upload in others) > self.room.all_bytes:
            raise UploadRefused.full(name)
        needed = 2 * size + sum(2 * upload.size - upload.received for upload in others)
        if (free := self._free(folder)) < needed:
            raise UploadRefused.no_room(name, needed, free)

    @contextmanager
    def receive(self, token: str, browser: bytes, size: int | None = None) -> Iterator[Arriving]:
        """Takes the bytes that the block writes; unless all of them came when it ends, nothing is kept.

        `size` is what the request declares. Raises TicketUnknown for a ticket that is none, used, late or another
        browser's, UploadRefused where the bytes are not as many as announced.
        """
        upload = self._redeem(token, browser)
        try:
            insist(upload, size is None or size == upload.size)
            with private_file(upload.path).open("wb") as out:
                yield Arriving(upload, out, lambda: self._free(upload.path.parent))
            insist(upload, upload.received == upload.size)
        except BaseException:
            self._forget(upload)
            raise
        upload.since, upload.stage = self._clock(), Stage.HERE

    def _redeem(self, token: str, browser: bytes) -> Upload:
        with self._lock:
            self._forget_late()
            for upload in self._uploads.values():
                if upload.stage is Stage.PROMISED and secrets.compare_digest(upload.token.encode(), token.encode()):
                    upload.stage = Stage.COMING
                    break
            else:
                raise TicketUnknown.refused()
        if not (browser and secrets.compare_digest(upload.browser, browser) and self._is_there(upload.owner)):
            self._forget(upload)
            raise TicketUnknown.refused()
        return upload

    @contextmanager
    def arrived(self, owner: str) -> Iterator[Upload | None]:
        """The owner's file, where one is here; deleted when the block ends or fails.

        A block that is only broken off (a BaseException: Streamlit starts a script again at any moment) leaves it for the next.
        """
        upload = self._uploads.get(owner)
        here = upload if upload and upload.stage is Stage.HERE else None
        try:
            yield here
        except BaseException as stopped:
            if here and isinstance(stopped, Exception):
                self._forget(here)
            raise
        if here:
            self._forget(here)

    def sweep(self) -> None:
        """Removes tickets that nobody used, and files that nobody read in time or whose owner is gone."""
        with self._lock:
            self._forget_late()

    def close(self) -> None:
        """Removes everything, with the folder."""
        with self._lock:
            self._uploads.clear()
            self._folder = None
            self._open.close()

    def _forget_late(self) -> None:
        for upload in [upload for upload in self._uploads.values() if self._is_late(upload)]:
            self._remove(upload)

    def _is_late(self, upload: Upload) -> bool:
        age = self._clock() - upload.since
        if upload.stage is Stage.HERE:
            return age > self.room.kept_seconds or (age > self.room.ticket_seconds and not self._is_there(upload.owner))
        return upload.stage is Stage.PROMISED and age > self.room.ticket_seconds

    def _forget(self, upload: Upload) -> None:
        with self._lock:
            self._remove(upload)

    def _remove(self, upload: Upload) -> None:
        upload.path.unlink(missing_ok=True)
        if self._uploads.get(upload.owner) is upload:
            del self._uploads[upload.owner]
