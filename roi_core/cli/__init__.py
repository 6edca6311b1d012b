"""The command line: `support-roi app | inspect | analyse | report | sample | template | work | delete`.

Exit codes: 0 done, 1 refused (the reason on stderr, in words), 2 wrong usage, 128 + n ended by signal n.
"""

import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy loads; its threads spin where cores are shared (0.7 s became 23 s)

from roi_core.cli.arguments import parser
from roi_core.cli.signals import ended_in_order
from roi_core.errors import SupportRoiError, quoted


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code. What an earlier one that was killed left behind is removed first."""
    chosen = parser().parse_args(arguments)
    try:
        with ended_in_order():
            _sweep()
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


def _sweep() -> None:
    """A home that cannot be cleaned stops no command that does not need it."""
    from roi_core.workspace import default_home, sweep

    with suppress(OSError):
        sweep(default_home())


def _refuse(reason: str) -> int:
    print(f"support-roi: {reason}", file=sys.stderr)
    return 1
