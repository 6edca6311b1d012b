"""Visitors without a browser: each opens the socket of a page as Chromium does, and reads what the server sends until the page stands.

Twenty or seventy windows of Chromium on a small machine would be timed instead of the server, and show less: here every byte is read that is sent.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlparse

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

_LARGEST = 200 << 20


@dataclass(frozen=True, slots=True)
class Opened:
    """How long a page took until its script had ended, in seconds, its headings, and errors of the program on it."""

    seconds: float
    headings: tuple[str, ...]
    errors: tuple[str, ...]


def opened(address: str, page: str, work: str, patience: float) -> Opened:
    """A visit of its own. Raises TimeoutError, and ConnectionClosed where the server goes away."""
    began, headings, errors = time.monotonic(), list[str](), list[str]()
    with connected(address, patience) as socket:
        socket.send(_asking(page, work).SerializeToString())
        for _, came in _answers(socket, patience):
            kind = came.WhichOneof("type")
            if kind == "new_session":
                headings, errors = [], []
            elif kind == "delta":
                element = came.delta.new_element
                headings += [element.heading.body] if element.WhichOneof("type") == "heading" else []
                errors += [element.exception.message] if element.WhichOneof("type") == "exception" else []
    return Opened(time.monotonic() - began, tuple(headings), tuple(errors))


@dataclass(slots=True)
class Visitor:
    """One session on one work that goes from page to page; `words` are looked for in every byte that it is sent."""

    address: str
    work: str
    words: tuple[str, ...]
    patience: float
    _socket: ClientConnection | None = None
    _drawers: dict[str, bool] = field(default_factory=dict)

    def go(self, page: str, chance: Random, *, anew: bool = False) -> set[str]:
        """Words that were seen on a page, with drawers opened and closed by chance; `anew` is a refresh, which begins another session."""
        if anew or self._socket is None:
            self.leave()
            self._socket = connected(self.address, self.patience)
            self._drawers = {}
        message = _asking(page, self.work)
        for id in self._drawers:
            message.rerun_script.widget_states.widgets.add(id=id, bool_value=chance.random() < _OPENED)
        self._socket.send(message.SerializeToString())
        seen = set[str]()
        for content, came in _answers(self._socket, self.patience):
            seen |= {word for word in self.words if word.encode() in content}
            self._drawers |= dict.fromkeys(_drawers_in(came), False)
        return seen

    def leave(self) -> None:
        """Closes the session."""
        if self._socket:
            self._socket.close()


_OPENED = 0.3


def connected(address: str, patience: float) -> ClientConnection:
    """A new session."""
    stream = f"ws://{urlparse(address).netloc}/_stcore/stream"
    return connect(stream, origin=Origin(address), subprotocols=[Subprotocol("streamlit")], max_size=_LARGEST, open_timeout=patience)


def _asking(page: str, work: str) -> BackMsg:
    message = BackMsg()
    message.rerun_script.query_string, message.rerun_script.page_name = f"work={work}", page
    return message


def _answers(socket: ClientConnection, patience: float) -> Iterator[tuple[bytes, ForwardMsg]]:
    """What is sent until the script has ended by itself: a rerun that it asks for is waited for too."""
    began = time.monotonic()
    while True:
        content = socket.recv(timeout=max(0.1, patience - (time.monotonic() - began)), decode=False)
        came = ForwardMsg.FromString(content)
        yield content, came
        if came.WhichOneof("type") == "script_finished" and came.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
            return


def _drawers_in(came: ForwardMsg) -> list[str]:
    """Ids of what opens and closes."""
    if came.WhichOneof("type") != "delta" or came.delta.WhichOneof("type") != "add_block":
        return []
    block = came.delta.add_block
    kind = block.WhichOneof("type")
    id = getattr(getattr(block, kind), "id", "") if kind in ("expandable", "popover") else ""
    return [id] if id else []
