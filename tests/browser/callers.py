"""Visitors without a browser: each opens the socket of a page as Chromium does, and reads what the server sends until the page stands.

Twenty or seventy windows of Chromium on a small machine would be timed instead of the server, and show less: here every byte is read that is sent.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import parse_qsl, urlparse

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import UploadedFileInfo
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

_LARGEST, _MARK = 200 << 20, "a-boundary"


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


class Visitor:
    """One session that goes from page to page of one work, and remembers the widgets it was sent last."""

    def __init__(self, address: str, work: str = "", patience: float = 60.0) -> None:
        self.address, self.work, self.session = address, work, ""
        self.widgets: dict[str, str] = {}
        """Ids by label: buttons, places to drop files, drawers."""
        self.drawers: list[str] = []
        self._patience = patience
        self._open = ExitStack()
        self._socket = self._open.enter_context(connected(address, patience))

    def go(self, page: str, *states: WidgetState) -> Iterator[bytes]:
        """Everything that is sent until the page stands, with these widgets as they are given."""
        message = _asking(page, self.work)
        message.rerun_script.widget_states.widgets.extend(states)
        self._socket.send(message.SerializeToString())
        self.widgets, self.drawers = {}, []
        for content, came in _answers(self._socket, self._patience):
            self._notice(came)
            yield content

    def upload(self, name: str, content: bytes) -> UploadedFileInfo:
        """Sends one file as the page does, to the address that the server gives out for it."""
        message = BackMsg()
        message.file_urls_request.request_id = "1"
        message.file_urls_request.file_names.append(name)
        message.file_urls_request.session_id = self.session
        self._socket.send(message.SerializeToString())
        while (came := ForwardMsg.FromString(self._socket.recv(self._patience, decode=False))).WhichOneof("type") != "file_urls_response":
            continue
        (urls,) = came.file_urls_response.file_urls
        _put(self.address, urls.upload_url, name, content)
        return UploadedFileInfo(name=name, size=len(content), file_id=urls.file_id, file_urls=urls)

    def leave(self) -> None:
        """Closes the session."""
        self._open.close()

    def _notice(self, came: ForwardMsg) -> None:
        kind = came.WhichOneof("type")
        if kind == "new_session":
            self.session, self.widgets, self.drawers = came.new_session.initialize.session_id or self.session, {}, []
        elif kind == "page_info_changed":
            self.work = dict(parse_qsl(came.page_info_changed.query_string)).get("work", "")
        elif kind == "delta":
            element, block = came.delta.new_element, came.delta.add_block
            if (widget := element.WhichOneof("type")) in ("button", "file_uploader"):
                self.widgets[getattr(element, widget).label] = getattr(element, widget).id
            if block.WhichOneof("type") == "expandable" and block.expandable.id:
                self.drawers.append(block.expandable.id)


def connected(address: str, patience: float) -> ClientConnection:
    """A new session."""
    stream = f"ws://{urlparse(address).netloc}/_stcore/stream"
    return connect(stream, origin=Origin(address), subprotocols=[Subprotocol("streamlit")], max_size=_LARGEST, open_timeout=patience)


def _asking(page: str, work: str) -> BackMsg:
    message = BackMsg()
    message.rerun_script.query_string, message.rerun_script.page_name = f"work={work}" if work else "", page
    return message


def _answers(socket: ClientConnection, patience: float) -> Iterator[tuple[bytes, ForwardMsg]]:
    """What is sent until the script has ended by itself: a rerun that it asks for is waited for too."""
    began = time.monotonic()
    while True:
        content = socket.recv(timeout=max(0.1, patience - (time.monotonic() - began)), decode=False)
        came = ForwardMsg.FromString(content)
        yield content, came
        if came.WhichOneof("type") == "script_finished" and came.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            assert came.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
            return


def _put(address: str, path: str, name: str, content: bytes) -> None:
    """An upload with the token of the page. Raises AssertionError where it is refused."""
    place = urlparse(address)
    head = f'--{_MARK}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/csv\r\n\r\n'.encode()
    with closing(HTTPConnection(place.netloc, timeout=60)) as connection:
        connection.request("GET", "/_stcore/health", headers={"Origin": address})
        answer = connection.getresponse()
        answer.read()
        token = SimpleCookie(answer.headers.get("Set-Cookie", ""))["_streamlit_xsrf"].value
        headers = {"Origin": address, "Cookie": f"_streamlit_xsrf={token}", "X-Xsrftoken": token, "Content-Type": f"multipart/form-data; boundary={_MARK}"}
        connection.request("PUT", path, b"".join([head, content, f"\r\n--{_MARK}--\r\n".encode()]), headers)
        assert connection.getresponse().status == 204
