"""The invented companies that ship with the app."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).resolve().parents[2].joinpath("sample_data")


@dataclass(frozen=True, slots=True)
class Sample:
    """An invented company that ships with the app."""

    key: str
    company: str
    story: str
    twin: str = ""

    @property
    def path(self) -> Path:
        """Its exports, one archive."""
        return _FOLDER.joinpath(f"{self.key}.zip")


_SAMPLES = (
    Sample("harbour_desk", "Harbour Desk", "a subscription company where support works, but a third as well as the spreadsheet says", "still_water"),
    Sample("still_water", "Still Water", "the same company, but support does nothing", "harbour_desk"),
    Sample("fogbank", "Fogbank", "customers in trouble ask for help, and no file says how deep the trouble is"),
)
SAMPLES: Mapping[str, Sample] = {sample.key: sample for sample in _SAMPLES}
FIRST = _SAMPLES[0]
