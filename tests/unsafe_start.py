"""What a start with given variables and flags is refused for, as Streamlit reads them, many starts in one process.

`python -m tests.unsafe_start` in the folder of the app takes a JSON list of [variables, flags] on stdin and prints a JSON list of what was said, `null` where
nothing was. The real server comes to the same two calls: `streamlit run` parses, app.py insists.
"""

import json
import os
import sys
from unittest import mock

from streamlit import get_option
from streamlit.web import bootstrap, cli

from pages._server.settings import insist_on_safe_settings


def refusal(variables: dict[str, str], flags: list[str]) -> str | None:
    """Why it does not start."""
    with mock.patch.dict(os.environ, variables):
        given = cli.main_run.make_context("run", [*flags, "app.py"]).params
        bootstrap.load_config_options(given)
        try:
            insist_on_safe_settings(get_option)
        except SystemExit as end:
            return str(end)
    return None


if __name__ == "__main__":
    print(json.dumps([refusal(*start) for start in json.load(sys.stdin)]))
