"""Whether visitors ask for anything, so that work nobody waits for is done while nobody waits."""

from threading import Event

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Quiet:
    """Ended by every message of a browser."""

    def __init__(self) -> None:
        self._ended = Event()

    def end(self) -> None:
        """A visitor has asked for something."""
        self._ended.set()

    def lasts(self, seconds: float) -> bool:
        """Waits so long; False as soon as somebody asks for something."""
        self._ended.clear()
        return not self._ended.wait(seconds)


class Listening:
    """ASGI middleware that ends the quiet at every request and at every message of a WebSocket."""

    def __init__(self, app: ASGIApp, quiet: Quiet) -> None:
        self._app = app
        self._quiet = quiet

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request or connection."""

        async def receive_heard() -> Message:
            message = await receive()
            self._quiet.end()
            return message

        await self._app(scope, receive if scope["type"] == "lifespan" else receive_heard, send)
