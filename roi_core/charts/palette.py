"""The colours of charts: one set for a light page, one for a dark page. A chart names a tone, never a colour."""

from dataclasses import dataclass
from enum import StrEnum

from roi_core.results import Grade


class Tone(StrEnum):
    """What a mark or a text stands for; a palette gives it its colour."""

    TEXT = "text"
    QUIET = "quiet"
    SUPPORTED = "supported"
    OTHER = "other"
    SHEET = "sheet"
    CAUTION = "caution"
    HARM = "harm"
    TESTED = "tested"
    COMPARED = "compared"
    INDICATED = "indicated"
    ASSUMED = "assumed"

    @classmethod
    def of_grade(cls, grade: Grade) -> "Tone":
        """The tone of a grade."""
        return cls(grade.word.lower())


@dataclass(frozen=True, slots=True)
class Palette:
    """Hexadecimal colours. Texts reach a contrast of 4.5 against `background` and `surface`, shapes 3 against `background`."""

    background: str
    surface: str
    grid: str
    text: str
    quiet: str
    supported: str
    other: str
    sheet: str
    caution: str
    harm: str
    tested: str
    compared: str
    indicated: str
    assumed: str

    def of(self, tone: Tone) -> str:
        """The colour of a tone."""
        return str(getattr(self, tone.value))

    def of_text(self, tone: Tone) -> str:
        """The colour of a text of a tone: shapes that are too pale to be read are written in the quiet colour."""
        return self.quiet if tone in _TOO_PALE_FOR_TEXT else self.of(tone)


_TOO_PALE_FOR_TEXT = frozenset({Tone.OTHER, Tone.SHEET, Tone.COMPARED, Tone.INDICATED, Tone.ASSUMED})

LIGHT = Palette(
    background="#FFFFFF",
    surface="#F5F3EE",
    grid="#DDD9CF",
    text="#1C2430",
    quiet="#5B6578",
    supported="#0B6E6E",
    other="#8A94A6",
    sheet="#8A8578",
    caution="#8A5F10",
    harm="#B4432F",
    tested="#0B6E6E",
    compared="#4E8F91",
    indicated="#9A7B2F",
    assumed="#6B6455",
)
DARK = Palette(
    background="#12171D",
    surface="#1B222B",
    grid="#333C47",
    text="#E8E6E1",
    quiet="#A3ADBC",
    supported="#5CC2BD",
    other="#76818F",
    sheet="#8E8A80",
    caution="#E0B25C",
    harm="#E58A76",
    tested="#5CC2BD",
    compared="#3D8C8E",
    indicated="#D6AE55",
    assumed="#A39C8B",
)
