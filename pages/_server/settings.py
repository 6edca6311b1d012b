"""Settings of Streamlit that must hold: an environment variable or a flag can undo our configuration file."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

_SAFE: Mapping[str, Sequence[Any]] = {
    "browser.gatherUsageStats": (False,),
    "client.disableDataExport": (True,),
    "client.showErrorDetails": ("none",),
    "client.showErrorLinks": (False,),
    "logger.enableRich": (False,),
    "logger.level": ("critical", "error", "warning", "info"),
    "server.address": ("127.0.0.1", "::1", "localhost"),
    "server.corsAllowedOrigins": ([],),
    "server.enableAgentApi": (False,),
    "server.enableCORS": (True,),
    "server.enableStaticServing": (False,),
    "server.enableXsrfProtection": (True,),
    "server.trustedUserHeaders": ({},),
    "server.xsrfCookieSameSite": ("strict",),
}


def insist_on_safe_settings(option: Callable[[str], Any]) -> None:
    """Raises SystemExit, with the names of the settings, where one is not as safe as our file has it."""
    undone = [name for name, safe in _SAFE.items() if _plain(option(name)) not in safe]
    if undone:
        raise SystemExit(f"support-roi: unsafe settings: {', '.join(undone)}. Remove the STREAMLIT_ variables or flags that set them.")


def _plain(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value
