"""Only this machine's browser, and only what our own pages ask: every other Host or Origin is refused before Streamlit sees it."""

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose
from streamlit import net_util

_NAMES = ("localhost", "127.0.0.1", "[::1]")
_POLICY_VIOLATION = 1008


class SameHost:
    """ASGI middleware that answers 403 unless Host is this machine with the server's own port, and Origin, where sent, is that host.

    A WebSocket must carry an Origin: a browser always sends it, and Streamlit lets one without it in (RFC 6455, section 10.2).
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request or handshake."""
        if scope["type"] == "lifespan" or _is_own(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await WebSocketClose(_POLICY_VIOLATION)(scope, receive, send)
        else:
            await PlainTextResponse("Open Support ROI at the address that it printed.", 403)(scope, receive, send)


def look_up_no_address() -> None:
    """Keeps Streamlit from asking outside hosts which address this machine has, which it does for an Origin that it does not know."""
    net_util.get_external_ip = _unknown
    net_util.get_internal_ip = _unknown


def is_from_our_page(scope: Scope) -> bool:
    """Whether a request was made by a page of ours: a browser says so in Origin and Sec-Fetch-Site, and no page can change either."""
    headers = Headers(scope=scope)
    return _is_own(scope) and len(headers.getlist("origin")) == 1 and headers.getlist("sec-fetch-site") == ["same-origin"]


def _unknown() -> None:
    return None


def _is_own(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    hosts, origins = headers.getlist("host"), headers.getlist("origin")
    if len(hosts) != 1 or hosts[0] not in _own_hosts(scope):
        return False
    scheme = "https" if scope["scheme"] in {"https", "wss"} else "http"
    return origins == [f"{scheme}://{hosts[0]}"] or (not origins and scope["type"] == "http")


def _own_hosts(scope: Scope) -> tuple[str, ...]:
    """The names of this server; without a port where a browser leaves it out."""
    port = scope["server"][1] if scope.get("server") else None
    usual = _NAMES if port in {80, 443} else ()
    return (*usual, *(f"{name}:{port}" for name in _NAMES))
