"""What a page is sent after its connection was lost: nothing that the interrupted drawing left behind."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

_DRAWN = {"delta", "ref_hash"}
_BEGUN = "new_session"


class Resumed:
    """ASGI middleware that holds elements back until a drawing has begun on this WebSocket.

    Streamlit keeps what it had not sent when a connection was lost and sends it to the next one. What was lost before it is missing there: the browser is told
    to put an element after places that it does not have ("Bad delta path index"), and may leave the page blank. It asks for a whole drawing in any case.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request or connection."""
        begun = False

        async def send_of_this_drawing(message: Message) -> None:
            nonlocal begun
            kind = "" if begun else _kind(message)
            begun = begun or kind == _BEGUN
            if kind not in _DRAWN:
                await send(message)

        await self._app(scope, receive, send_of_this_drawing if scope["type"] == "websocket" else send)


def _kind(message: Message) -> str:
    """Which of Streamlit's messages to the browser this is; empty for what is none."""
    return ForwardMsg.FromString(message.get("bytes") or b"").WhichOneof("type") or ""
