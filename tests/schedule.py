"""Which tests one worker runs together, and what is begun first: what shares a server, a browser or a company is prepared once."""

from xdist.scheduler import LoadScopeScheduling

UNITS = {
    "app": (
        "tests/browser/",
        "tests/test_server.py",
        "tests/test_attacks_on_the_server.py",
        "tests/test_wheel.py",
        "tests/cli/test_ports.py",
        "tests/cli/test_exit_codes.py",
    ),
    "pages": ("tests/pages/",),
}
"""Files that make one unit of work; any other file is a unit of its own. The first are begun first."""
LONG = (
    *UNITS,
    "tests/test_planted_exports.py",
    "tests/effects/test_planted_truth.py",
    "tests/workspace/test_trials.py",
    "tests/bundle/test_round_trip.py",
    "tests/test_bad_input.py",
    "tests/ingest/test_ninety.py",
)
"""Units of a minute and more, the longest first: begun last, one would leave the other workers without work at the end."""


def unit_of(test: str) -> str:
    """The unit of a test, told from its id."""
    file = test.partition("::")[0]
    return next((unit for unit, places in UNITS.items() if file.startswith(places)), file)


def turn_of(test: str) -> int:
    """The place of a test in the queue: the longest units first, so that no worker is left alone with one at the end."""
    unit = unit_of(test)
    return LONG.index(unit) if unit in LONG else len(LONG)


class InUnits(LoadScopeScheduling):
    """A unit goes to one worker as a whole. `xdist_group` does not: pytest 9 no longer sees the name that xdist gives a group."""

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)
