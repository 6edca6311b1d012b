"""A real server under attack: uploads without a token, from elsewhere, without a session, and more than it may hold."""

import http.client
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from roi_core.cli.serve import any_port, app_folder, wait_until_it_answers

SETTINGS = {
    "browser.gatherUsageStats": "true",
    "client.disableDataExport": "false",
    "client.showErrorDetails": "full",
    "client.showErrorLinks": "true",
    "logger.enableRich": "true",
    "logger.level": "debug",
    "server.address": "0.0.0.0",  # noqa: S104 - what must be refused
    "server.corsAllowedOrigins": "http://evil.example",
    "server.enableAgentApi": "true",
    "server.enableCORS": "false",
    "server.enableStaticServing": "true",
    "server.enableXsrfProtection": "false",
    "server.xsrfCookieSameSite": "lax",
}

UNSAFE = [*SETTINGS.items(), ("server.address", "::")]


def command(port: int, *flags: str) -> list[str]:
    return [sys.executable, "-m", "streamlit", "run", str(app_folder() / "app.py"), "--server.port", str(port), *flags]


def variable(name: str) -> str:
    return "STREAMLIT_" + re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).replace(".", "_").upper()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def port(home: Path) -> Iterator[int]:
    port = any_port()
    with (home / "log").open("wb") as log, subprocess.Popen(command(port), env=os.environ | {"SUPPORT_ROI_HOME": str(home)}, stdout=log, stderr=log) as server:
        wait_until_it_answers(server, port)
        yield port
        server.terminate()


def put(port: int, session: str = "nobody", body: bytes = b"x", path: str = "", **headers: str) -> int:
    """Status of an upload that no page asked for."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("PUT", path or f"/_stcore/upload_file/{session}/a-file", body, headers)
        return connection.getresponse().status


OWN = "http://127.0.0.1:{port}"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Host": "evil.example"},
        {"Origin": OWN},
        {"Origin": OWN, "X-Xsrftoken": "guessed"},
        {
            "Origin": OWN,
            "X-Xsrftoken": "2|00000000|00000000000000000000000000000000|1",
            "Cookie": "_streamlit_xsrf=2|11111111|00000000000000000000000000000000|1",
        },
        {"Origin": OWN, "Cookie": "_streamlit_xsrf=guessed"},
    ],
    ids=["bare", "foreign origin", "null origin", "rebound host", "no token", "a guessed token", "two tokens that differ", "a cookie alone"],
)
def test_an_upload_that_no_page_of_ours_makes_is_refused(port: int, headers: dict[str, str]) -> None:
    assert put(port, **{name: value.format(port=port) for name, value in headers.items()}) == 403
    assert put(port, path="/large-file", **{name: value.format(port=port) for name, value in headers.items()}) == 403


def test_after_the_attacks_the_log_holds_no_session_and_no_line_of_the_attacker(port: int, home: Path) -> None:
    given = "canary-session\r\nWARNING forged line"
    for path in (f"/_stcore/upload_file/{given.encode().hex()}/x", "/%0d%0aWARNING%20forged%20line", "/overview?work=%0d%0aWARNING%20forged%20line"):
        put(port, path=path)
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
            connection.request("GET", path)
            connection.getresponse().read()
    logged = (home / "log").read_text()
    assert [text for text in ("forged", given.encode().hex(), "canary", "Traceback", "upload_file") if text in logged] == []


def refusals(*starts: tuple[dict[str, str], list[str]]) -> list[str | None]:
    """What each of these starts is refused for."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.unsafe_start"],
        input=json.dumps(starts),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        cwd=app_folder(),
        env=clean,
    )
    found: list[str | None] = json.loads(done.stdout)
    return found


def test_every_unsafe_setting_by_variable_or_by_flag_is_found_and_no_other() -> None:
    """The flag is judged beside variables that are safe; a start that sets nothing is refused for nothing."""
    by_variable = [({variable(name): value}, []) for name, value in UNSAFE]
    by_flag = [({}, [f"--{name}={value}"]) for name, value in UNSAFE]
    none, *said = refusals(({}, []), *by_variable, *by_flag)
    assert none is None
    assert [name in str(text) and ", " not in str(text) for (name, _), text in zip([*UNSAFE, *UNSAFE], said, strict=True)] == [True] * 2 * len(UNSAFE), said


@pytest.mark.parametrize("way", ["variable", "flag", "file"])
def test_a_server_with_an_unsafe_setting_does_not_start(way: str, tmp_path: Path) -> None:
    name, value = "logger.level", "debug"
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "config.toml").write_text(f'[logger]\nlevel = "{value}"\n')
    given = {"variable": {variable(name): value}, "flag": {}, "file": {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}}[way]
    flags = [f"--{name}={value}"] if way == "flag" else []
    done = subprocess.run(command(any_port(), *flags), env=os.environ | given, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert f"unsafe settings: {name}" in done.stderr
    assert "Traceback" not in done.stderr
