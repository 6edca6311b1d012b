"""How many bytes of uploads may be in memory. Streamlit limits each file, not their number, and takes files that no page asked for."""

from collections import Counter
from collections.abc import Callable, Mapping

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime import get_instance
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

PER_SESSION = 419_430_400  # 400 MB
IN_TOTAL = 838_860_800  # 800 MB
_UPLOAD = "/_stcore/upload_file/"


def held() -> Mapping[str, int]:
    """Bytes of uploaded files that Streamlit keeps, by session; they go when the page has read them, or the session ends."""
    files = get_instance().uploaded_file_mgr
    kept = list(files.file_storage.items()) if isinstance(files, MemoryUploadedFileManager) else []
    return {session: sum(len(file.data) for file in list(uploads.values())) for session, uploads in kept}


class UploadBudget:
    """ASGI middleware that refuses an upload with 413 where the session, or all together, would hold more than the limit.

    Counted are the bytes that are kept and those on their way; a length that was declared is refused before it is read.
    """

    def __init__(self, app: ASGIApp, kept: Callable[[], Mapping[str, int]] = held, per_session: int = PER_SESSION, in_total: int = IN_TOTAL) -> None:
        self._app = app
        self._kept = kept
        self._limits = per_session, in_total
        self._coming: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; all but uploads pass."""
        session = _session(scope)
        if session is None:
            await self._app(scope, receive, send)
        elif self._is_over(session, _declared(scope)):
            await PlainTextResponse("File too large", 413)(scope, receive, send)
        else:
            await self._pass(session, scope, receive, send)

    async def _pass(self, session: str, scope: Scope, receive: Receive, send: Send) -> None:
        came: Counter[str] = Counter()

        async def receive_counted() -> Message:
            message = await receive()
            size = {session: len(message.get("body", b""))}
            came.update(size)
            self._coming.update(size)
            if self._is_over(session, 0):
                raise HTTPException(413, "File too large")
            return message

        try:
            await self._app(scope, receive_counted, send)
        finally:
            self._coming.subtract(came)
            if not self._coming[session]:
                del self._coming[session]

    def _is_over(self, session: str, more: int) -> bool:
        together = Counter(self._kept())
        together.update(self._coming)
        together.update({session: more})
        per_session, in_total = self._limits
        return together[session] > per_session or together.total() > in_total


def _session(scope: Scope) -> str | None:
    """The session that a PUT of a file names, or None for anything else."""
    if scope["type"] != "http" or scope["method"] != "PUT":
        return None
    _, found, rest = str(scope["path"]).partition(_UPLOAD)
    return rest.partition("/")[0] if found else None


def _declared(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "")
    return int(length) if length.isdecimal() else 0
