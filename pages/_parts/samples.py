"""The invented companies that ship with the app."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).resolve().parents[2].joinpath("sample_data")


@dataclass(frozen=True, slots=True)
class Sample:
    """An invented company that ships with the app. `twin` is the same company told otherwise; `of` the one whose exports it shares."""

    key: str
    company: str
    story: str
    twin: str = ""
    of: str = ""

    @property
    def path(self) -> Path:
        """The archive of the company itself, which holds the planted truth."""
        return _FOLDER.joinpath(f"{self.of or self.key}.zip")

    @property
    def paths(self) -> tuple[Path, ...]:
        """All its exports, archives."""
        return (self.path, _FOLDER.joinpath(f"{self.key}.zip")) if self.of else (self.path,)


_SAMPLES = (
    Sample("harbour_desk", "Harbour Desk", "a subscription company where support works, but a third as well as the spreadsheet says", "still_water"),
    Sample("still_water", "Still Water", "the same company, but support does nothing", "harbour_desk"),
    Sample("fogbank", "Fogbank", "customers in trouble ask for help, and no file says how deep the trouble is", "fogbank_usage"),
    Sample(
        "linden_loom",
        "Linden & Loom",
        "a shop whose bot answers in seconds, which pleases customers; what brings them back is a resolved question",
        "plain_weave",
    ),
    Sample("plain_weave", "Plain Weave", "the same shop, but support does nothing", "linden_loom"),
    Sample("fogbank_usage", "Fogbank with its usage file", "the same company, once a file shows the trouble", "fogbank", of="fogbank"),
)
SAMPLES: Mapping[str, Sample] = {sample.key: sample for sample in _SAMPLES}
FIRST = _SAMPLES[0]
