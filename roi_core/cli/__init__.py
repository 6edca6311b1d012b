"""The command line: `support-roi app | inspect | analyse | report | sample`.

Exit codes: 0 done, 1 refused (the reason on stderr, in words), 2 wrong usage.
"""

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from roi_core.cli.arguments import parser
from roi_core.errors import SupportRoiError, quoted


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    chosen = parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except SupportRoiError as error:
        return _refuse(str(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        return _refuse(f"{quoted(Path(error.filename).name)}: {error.strerror}." if error.filename else f"{error.strerror or error}.")
    except KeyboardInterrupt:
        return _refuse("stopped.")
    except Exception as error:  # noqa: BLE001 - the last line before the reader, who gets no traceback
        where = traceback.extract_tb(error.__traceback__)[-1]
        return _refuse(f"stopped by a fault of its own: {type(error).__name__} at {Path(where.filename).name}, line {where.lineno}.")


def _refuse(reason: str) -> int:
    print(f"support-roi: {reason}", file=sys.stderr)
    return 1
