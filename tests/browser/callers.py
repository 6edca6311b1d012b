"""Visitors without a browser: each opens the socket of a page as Chromium does, and reads what the server sends until the page stands.

Seventy windows of Chromium on a small machine would be timed instead of the server.
"""

import time
from dataclasses import dataclass
from urllib.parse import urlparse

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
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
    message = BackMsg()
    message.rerun_script.query_string, message.rerun_script.page_name = f"work={work}", page
    began, headings, errors = time.monotonic(), list[str](), list[str]()
    stream = f"ws://{urlparse(address).netloc}/_stcore/stream"
    with connect(stream, origin=Origin(address), subprotocols=[Subprotocol("streamlit")], max_size=_LARGEST, open_timeout=patience) as socket:
        socket.send(message.SerializeToString())
        while True:
            came = ForwardMsg.FromString(socket.recv(timeout=max(0.1, patience - (time.monotonic() - began)), decode=False))
            kind = came.WhichOneof("type")
            if kind == "new_session":
                headings, errors = [], []
            elif kind == "delta":
                element = came.delta.new_element
                headings += [element.heading.body] if element.WhichOneof("type") == "heading" else []
                errors += [element.exception.message] if element.WhichOneof("type") == "exception" else []
            elif kind == "script_finished" and came.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                return Opened(time.monotonic() - began, tuple(headings), tuple(errors))
